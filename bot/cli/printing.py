"""Prints from where the bot runs: the same sheets as from the chat, into a file."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bot import database
from bot.cli import connect
from bot.cli.register import outfile
from bot.config import Settings, WrongSettings
from bot.config.posts import place_of
from bot.press.printer import Printer
from handlers.paper import sheets
from handlers.wording import links, names
from handlers.wording.layout import grouped
from locales import words
from storage import Storage, district, migrate, numbers, overview
from storage.db.ids import new_id
from storage.paper import booklets, slips
from storage.records import Document
from storage.workflow import Workflow

LANG = "id"  # of what officers read
LEADS = {"slip", "booklet", "poster"}  # to the bot, by a code
HEEDS = {
    "slip": {"numbers", "four"}, "booklet": {"village", "count"}, "manifest": {"stage", "village"},
    "board": {"village"}, "poster": set[str](),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to print, as it was typed."""

    what: str
    numbers: tuple[str, ...] = ()
    four: bool = False
    village: str = ""
    stage: str = ""
    count: int = 50


async def into(file: Path, settings: Settings, wanted: Wanted, now: int) -> str:
    """Write the PDF; what came of it, in a sentence. Raises WrongSettings for what cannot be printed."""
    with outfile.writing(settings, file) as opened:
        pdf = await printed(settings, wanted, now)
        opened.write(pdf)
    return f"{file}: {len(pdf) // 1024 + 1} kB"


async def printed(settings: Settings, wanted: Wanted, now: int) -> bytes:
    """The PDF. Raises WrongSettings for what cannot be printed."""
    workflow = Workflow(district.load(settings.district_file))
    _refuse_unheeded(wanted)
    _refuse_incomplete(workflow, wanted)
    bot = await connect.username(settings) if wanted.what in LEADS else ""
    page = links.typed(workflow, settings.page_url or "")
    if wanted.what == "poster":
        return await Printer().draw(sheets.poster(workflow, bot, page))
    async with database.opened(settings, new=False) as register:
        await database.owned(register, settings, now)
        await migrate(register, now)
        sheet = await _sheet(register, workflow, bot, wanted, now, page)
    return await Printer().draw(sheet)


def _refuse_unheeded(wanted: Wanted) -> None:
    for one in fields(Wanted)[1:]:
        if one.name not in HEEDS[wanted.what] and getattr(wanted, one.name) != one.default:
            shown = "receipt numbers" if one.name == "numbers" else f"--{one.name}"
            raise WrongSettings(f"{shown}: no {wanted.what} heeds that; leave it out")


def _refuse_incomplete(workflow: Workflow, wanted: Wanted) -> None:
    match wanted:
        case Wanted(what="slip", numbers=()):
            raise WrongSettings("write the receipt numbers behind it")
        case Wanted(what="slip") if wrong := [one for one in wanted.numbers if not numbers.find(one).good]:
            raise WrongSettings(f"no receipt number: {', '.join(wrong)}; compare it with the paper, digit by digit")
        case Wanted(what="manifest") if wanted.stage not in workflow.stages:
            raise WrongSettings(f"write --stage and one of {', '.join(workflow.stages)}")
        case Wanted(what="board" | "booklet") if not wanted.village:
            raise WrongSettings("write --village and its name")
    if wanted.village:
        place_of(workflow.district, "village_officer", wanted.village)


async def _sheet(
    register: Storage, workflow: Workflow, bot: str, wanted: Wanted, now: int, page: str
) -> Mapping[str, Any]:
    village = place_of(workflow.district, "village_officer", wanted.village) if wanted.village else ""
    if wanted.what == "slip":
        return sheets.slips(workflow, bot, await _slips(register, wanted), four=wanted.four, page=page)
    if wanted.what == "booklet":
        found = await _reserved(register, village, wanted.count, now)
        return sheets.booklet(workflow, bot, village, found, now, page)
    async with register.reading() as tx:
        if wanted.what == "board":
            return sheets.board(workflow, village, await overview.of_village(tx, village, now), now)
        papers = await overview.everything(tx, now)
    return _manifest(workflow, [one for one in papers if village in ("", one.village)], wanted.stage, now)


async def _slips(register: Storage, wanted: Wanted) -> list[slips.Slip]:
    asked = numbers.find(" ".join(wanted.numbers)).good
    async with register.reading() as tx:
        found = {number: await slips.of_number(tx, number) for number in asked}
    if missing := [grouped(number) for number, slip in found.items() if slip is None]:
        raise WrongSettings(f"not filed: {', '.join(missing)}")
    return [slip for slip in found.values() if slip]


async def _reserved(register: Storage, village: str, count: int, now: int) -> list[slips.Slip]:
    booklet = new_id(now)
    try:
        async with register.transaction() as tx:
            await booklets.reserve(tx, booklet, village, count, None, now)
            return booklets.left_of(await booklets.of_booklet(tx, booklet))
    except booklets.Enough:
        most = f"a village may have {booklets.MOST_OPEN} slips under which nothing is filed"
        raise WrongSettings(f"{most}; write a smaller --count, or have them print what is left again: /cetak") from None


def _manifest(workflow: Workflow, papers: list[Document], stage: str, now: int) -> Mapping[str, Any]:
    title = names.stage_now(workflow, stage, "", LANG).partition(". ")[0]
    return sheets.manifest(workflow, title, [one for one in papers if one.stage == stage], words(LANG), now)
