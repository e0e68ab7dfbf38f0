"""The first words, the choice of a language, and help."""

from collections.abc import Sequence

from handlers.feature import Command, anyone
from handlers.lookup.buttons import ShowFollows
from handlers.reply import Screen
from handlers.start.buttons import Help, Speak
from handlers.wording import layout, names
from handlers.wording.layout import GAP, bold, button, column, grouped, page
from locales import Words
from storage.numbers import EXAMPLE
from storage.records import Person
from storage.workflow import Workflow


def welcome_screen(workflow: Workflow, t: Words) -> Screen:
    """The first thing anybody sees."""
    return Screen(
        page(
            bold(t("Welcome to Jek-Duk {district}.", district=workflow.district.district.name)),
            t(
                "Send the receipt number: 12 digits on the slip from the village office, for example {example}.",
                example=grouped(EXAMPLE),
            ),
            t("This service is free. Do not pay anyone."),
        ),
        ((button(names.CHOICE_OF_LANGUAGE, Speak()),), (button(t("Help"), Help()),)),
    )


def languages_screen() -> Screen:
    """The choice of languages, each in its own."""
    rows = column(button(name, Speak(lang)) for lang, name in names.LANGUAGE_NAMES.items())
    return Screen(page("Pilih bahasa · Sumangga milih basa · Choose a language"), rows)


def needs_screen(
    workflow: Workflow, types: Sequence[str], t: Words, *, follows: bool, for_staff: bool = False
) -> Screen:
    """What to bring for these kinds of documents, and where to; for none, how to ask. The way to the numbers that are
    followed, for who meant these.
    """
    is_mourned = any(one.mourning for key, one in workflow.types.items() if key in types)
    lines = [t("We are sorry for your loss.")] if is_mourned else []
    for key, one in workflow.types.items():
        if key in types and (needs := workflow.asked(key, t.lang)):
            lines += [t("To bring for {document}:", document=one.short), *(f"• {need}" for need in needs)]
            lines.append(GAP)
    if not types:
        first = next(iter(workflow.types.values()))
        lines.append(t("For which one? Please write, for example: requirements {document}", document=first.short))
    where = (
        t("The village registers it with /baru, where all that is needed is shown. It is free.")
        if for_staff
        else t("It is registered at your village office. Please ask there what else is needed. It is free.")
    )
    return Screen(page(*lines, where), ((button(t("All my numbers"), ShowFollows()),),) if follows else ())


def help_screen(commands: Sequence[Command], workflow: Workflow, person: Person, t: Words) -> Screen:
    """What one can do here; staff see their commands too."""
    about = workflow.district.district
    mine = [command for command in commands if command.does and command.in_help and command.may(workflow, person)]
    return Screen(
        page(
            t("Send your receipt number to see where your document is."),
            *(_help_line(command, t) for command in mine if command.may is anyone),
            GAP if person.posts else "",
            *(_help_line(command, t) for command in mine if command.may is not anyone),
            t("⚠ marks what has waited for longer than it should.") if person.posts else "",
            GAP,
            t("Lost the number? Ask your village office. It is free."),
            t("Telephone of the district office: {phone}.", phone=about.phone) if about.phone else "",
            t(
                "🏠 village · 🏢 district office · 🏛 {registry} · 🛵 on the road · ● here · ✓ passed",
                registry=about.registry,
            ),
        )
    )


def _help_line(command: Command, t: Words) -> str:
    does, shown = t(command.does), command.names[: 2 if t.lang == "en" else 1]  # the second one is English
    return f"{' · '.join(f'/{name}' for name in shown)}{command.example}: {does}"


def menu_lines(commands: Sequence[Command], workflow: Workflow, person: Person, t: Words) -> list[tuple[str, str]]:
    """(command, what it does) as Telegram's menu shows them to somebody: first what only their posts may use."""
    mine = [one for one in commands if one.does and one.in_menu and one.may(workflow, person)]
    return [
        (one.names[0], layout.capital(t(one.does)))
        for of_all in (False, True)
        for one in mine
        if (one.may is anyone) == of_all
    ]
