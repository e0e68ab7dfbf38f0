"""Choose a language."""

from handlers.context import Request
from handlers.language.buttons import Speak
from handlers.reply import Answer
from handlers.start.screens import welcome_screen
from locales import LANGUAGES, words
from storage import people


async def language(asked: Request) -> Answer:
    """/bahasa: the choice."""
    return Answer("languages")


async def speak(asked: Request, button: Speak) -> Answer:
    """Speak this language from now on."""
    if button.lang not in LANGUAGES:
        return Answer("languages", fresh=True)
    async with asked.services.storage.transaction() as tx:
        await people.choose_language(tx, asked.chat, button.lang)
    return Answer("welcome", ready=welcome_screen(asked.workflow, words(button.lang)))
