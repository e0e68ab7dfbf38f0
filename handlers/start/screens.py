"""The first words, and help."""

from collections.abc import Iterable

from handlers.language.buttons import Speak
from handlers.reply import Screen
from handlers.start.buttons import Help
from handlers.wording.layout import GAP, bold, button, page
from locales import Words
from storage.numbers import EXAMPLE, grouped
from storage.records import Person
from storage.workflow import Workflow

_CHOOSE = "Bahasa · Basa · Language"


def welcome_screen(workflow: Workflow, t: Words) -> Screen:
    """The first thing anybody sees."""
    return Screen(
        page(
            bold(t("Welcome to Jek-Duk {district}.", district=workflow.district.district.name)),
            t("Send your receipt number (12 digits), for example {example}.", example=grouped(EXAMPLE)),
            t("This service is free. Do not pay anyone."),
        ),
        ((button(_CHOOSE, Speak()),), (button(t("Help"), Help()),)),
    )


def help_screen(person: Person, t: Words) -> Screen:
    """What one can do here; staff see their commands too."""
    return Screen(
        page(
            t("Send your receipt number to see where your document is."),
            t("/status: the numbers you follow"),
            t("/berhenti: stop notices"),
            t("/bahasa: change the language"),
            t("/privasi: what we keep"),
            t("/hapus: delete what we keep about you"),
            *_staff_help(person, t),
            GAP,
            t("Lost the number? Ask your village office. This service is free."),
        )
    )


def _staff_help(person: Person, t: Words) -> Iterable[str]:
    if person.posts:
        yield GAP
    if person.holds("village_officer", "courier", "district_desk", "registry_desk"):
        yield t("/tugas: what waits for you")
    if person.holds("reporter"):
        yield t("/tugas: what you filed")
    if person.holds("village_officer", "reporter", "district_desk"):
        yield t("/baru: file a request")
    if person.posts:
        yield t("/cari 5492: find a number by its last digits")
    if person.holds("head"):
        yield t("/undang: invite or dismiss staff")
