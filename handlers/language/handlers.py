"""Choose a language."""

from handlers.context import Request
from handlers.feature import Command, Feature
from handlers.language.buttons import Speak
from handlers.reply import Answer
from handlers.start.screens import welcome_screen
from handlers.wording import names
from locales import LANGUAGES, words
from storage import people


async def language(request: Request) -> Answer:
    """/bahasa: the choice."""
    return Answer("languages")


async def speak(request: Request, button: Speak) -> Answer:
    """Speak this language from now on."""
    if button.lang not in LANGUAGES:
        return Answer("languages", fresh=True)
    async with request.services.storage.transaction() as tx:
        await people.choose_language(tx, request.chat, button.lang)
    return Answer("welcome", ready=welcome_screen(request.workflow, words(button.lang)))


LANGUAGE = Feature(
    commands=(Command(("bahasa", "language"), language, names.CHOICE_OF_LANGUAGE),),
    buttons={Speak: speak},
)
