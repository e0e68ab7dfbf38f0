"""Choose a language."""

from handlers.context import Request
from handlers.feature import Command, Feature
from handlers.language.buttons import Speak
from handlers.language.views import LanguagesView
from handlers.start.views import WelcomeView
from handlers.view import Answer, View
from handlers.wording import names
from locales import LANGUAGES
from storage import people


async def language(request: Request) -> View:
    """/bahasa: the choice."""
    return LanguagesView()


async def speak(request: Request, button: Speak) -> View | Answer:
    """Speak this language from now on."""
    if button.lang not in LANGUAGES:
        return Answer(LanguagesView(), fresh=True)
    async with request.storage.transaction() as tx:
        await people.choose_language(tx, request.person.chat, button.lang)
    return WelcomeView(button.lang)


LANGUAGE = Feature(
    commands=(Command(("bahasa", "language"), language, names.CHOICE_OF_LANGUAGE),),
    buttons={Speak: speak},
)
