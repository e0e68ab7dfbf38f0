"""The choice of a language."""

from handlers.language.buttons import Speak
from handlers.reply import Screen
from handlers.wording import names
from handlers.wording.layout import button, column, page


def languages_screen() -> Screen:
    """The choice of languages, each in its own."""
    rows = column(button(name, Speak(lang)) for lang, name in names.LANGUAGE_NAMES.items())
    return Screen(page("Pilih bahasa · Sumangga milih basa · Choose a language"), rows)
