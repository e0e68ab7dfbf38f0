"""What stands on each sheet of paper, as `bot.press` draws it: words and numbers, and never a name.

What families keep or read on a wall is in every language of the district, Indonesian first. `page` is the public page
as somebody types it, for families without Telegram; nothing if there is none.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handlers.wording import layout, names
from handlers.wording.layout import grouped
from handlers.wording.links import bot_link, number_link, sms_to
from locales import LANGUAGES, Words, dates, speech, words
from storage.paper.slips import Slip
from storage.records import BagItem, Document
from storage.workflow import Workflow

Sheet = Mapping[str, Any]
SMALL = 3  # receipts at a stage, below which a board does not name it: neighbours would know whose they are
EVER = 0  # a "now" from which every day is of another year, so that paper says the year


def slips(workflow: Workflow, bot: str, found: Iterable[Slip], *, four: bool = False, page: str = "") -> Sheet:
    """Receipt slips: one on an A6 page, or four on an A4 sheet."""
    drawn = [_slip(workflow, bot, one, page) for one in found]
    return {"kind": "slips", "size": "a4" if four else "a6", "slips": drawn}


def _slip(workflow: Workflow, bot: str, slip: Slip, page: str) -> Sheet:
    t, *_ = every = spoken(workflow)
    filed = "" if slip.filed_at is None else dates.date(slip.filed_at, EVER, workflow.zone, t.lang)
    return {
        "head": f"Jek-Duk {workflow.district.district.name}",
        "title": t("Receipt for papers"),
        "free": t("FREE"),
        "number": grouped(slip.number),
        "link": number_link(bot, slip.number),
        "facts": [
            [t("Village"), names.village_name(workflow, slip.village)],
            [t("Registered on"), filed],
            [t("Pickup code"), slip.pickup],
        ],
        "words": [_what_next(workflow, bot, slip, page if one is t else "", one) for one in every],
        "foot": office(workflow, t),
        "stub": [t("Day"), t("Documents")],
    }


def booklet(workflow: Workflow, bot: str, village: str, found: Sequence[Slip], made_at: int, page: str = "") -> Sheet:
    """Slips with numbers under which nothing is filed yet, for a village without signal."""
    t, *_ = spoken(workflow)
    return {
        "kind": "booklet",
        "cover": {
            "head": f"Jek-Duk {workflow.district.district.name}",
            "title": t("Booklet of numbers"),
            "facts": [
                [t("Village"), names.village_name(workflow, village)],
                [t("Made on"), dates.date(made_at, EVER, workflow.zone, t.lang)],
                [t("Slips"), str(len(found))],
            ],
            "lines": [
                t("1. Give the family one slip. Write the day and the documents on the stub; the stub stays here."),
                t("2. With the slip they can ask the bot to tell them, at once and before anything is registered."),
                t(
                    "3. With signal, send the number on the slip to t.me/{bot} or scan it, and choose the documents.",
                    bot=bot,
                ),
                t("4. The bot then shows the pickup code. It is written on the slip when the family comes by."),
                t("Each slip is for one application, and for this village alone. What is left stays valid."),
            ],
            "foot": [free_of_charge(t), *office(workflow, t)],
        },
        "slips": [_slip(workflow, bot, one, page) for one in found],
    }


def spoken(workflow: Workflow) -> list[Words]:
    """The words of each language of the district, Indonesian first."""
    return [words(lang) for lang in LANGUAGES if lang in workflow.district.district.languages]


def _what_next(workflow: Workflow, bot: str, slip: Slip, page: str, t: Words) -> list[str]:
    about = workflow.district.district
    return [
        t(
            "Your papers go to {registry} and come back. Scan the code or send this number to t.me/{bot}: you hear "
            "where they are and when they are ready.",
            registry=about.registry,
            bot=bot,
        ),
        *filter(None, [sms_to(workflow, grouped(slip.number), t)]),
        *([t("No Telegram? Write number and pickup code at {page}", page=page)] if page else []),
        t("Whoever fetches the documents brings this slip and names the pickup code."),
        free_of_charge(t),
    ]


def free_of_charge(t: Words) -> str:
    """That nobody has to pay, and what nobody of ours asks for."""
    return t("Free of charge. We never ask for money, nor for a code by telephone, SMS or WhatsApp.")


def office(workflow: Workflow, t: Words) -> list[str]:
    """Where to ask, when it is open, and its telephone if the district file knows one."""
    about, hours = workflow.district.district, speech.hours(workflow.district.hours, t.lang)
    asked = t("District office {district}: {hours}.", district=about.name, hours=hours)
    return [asked, *([t("Telephone: {phone}", phone=about.phone)] if about.phone else [])]


def manifest(workflow: Workflow, title: str, papers: Sequence[BagItem | Document], t: Words, now: int) -> Sheet:
    """What lies in a bag, to be checked and signed for by both sides."""
    rows = [
        [
            str(i),
            grouped(one.number),
            names.village_name(workflow, one.village),
            names.type_short(workflow, one.type),
            "[   ]",
        ]
        for i, one in enumerate(papers, 1)
    ]
    columns = ["#", t("Number"), t("Village"), t("Document"), t("Seen")]
    counts = [[one] for one in names.by_village(workflow, papers)]
    sides = (t("Given by"), t("Received by"))
    return {
        "kind": "list",
        "title": title,
        "facts": [
            [t("Printed"), dates.moment(now, EVER, workflow.zone, t.lang)],
            [t("Papers"), str(len(papers))],
        ],
        "tables": [
            {"heading": "", "columns": columns, "widths": [5, 22, 22, 22, 8], "size": 10, "rows": rows},
            {"heading": t("By village"), "columns": [], "widths": [1], "size": 10, "rows": counts},
        ],
        "notes": [],
        "signatures": [[side, t("Signature:"), t("Day and hour:"), t("How many:")] for side in sides],
    }


def board(workflow: Workflow, village: str, papers: Iterable[Document], now: int) -> Sheet:
    """A village's receipts by their stages, for the wall of its office: numbers and nothing else."""
    t, *_ = every = spoken(workflow)
    stages, others = _by_stage(workflow, papers)
    tables = [
        _numbers(names.stage_now(workflow, stage, village, t.lang).partition(". ")[0], found)
        for stage, found in stages.items()
    ]
    tables += [_numbers(t("Elsewhere on its way"), others)] if len(others) >= SMALL else []
    notes = [t("Send your number to the bot to read where your papers are. It is free of charge.") for t in every]
    return {
        "kind": "list",
        "title": " · ".join(["Jek-Duk", t("{village} village", village=names.village_name(workflow, village))]),
        "facts": [[t("As of"), dates.day(now, EVER, workflow.zone, t.lang)]],
        "tables": tables,
        "notes": [*([] if tables else [t("There are too few receipts on their way to list them.")]), *notes],
        "signatures": [],
    }


def _by_stage(workflow: Workflow, papers: Iterable[Document]) -> tuple[dict[str, list[str]], list[str]]:
    """The numbers at each stage that has enough of them, in the order of the road; and all the others."""
    found: dict[str, set[str]] = {stage: set() for stage in workflow.stages}
    aside: set[str] = set()
    for one in papers:
        (aside if one.hold else found.get(one.stage, aside)).add(one.number)
    named = {stage: sorted(numbers) for stage, numbers in found.items() if len(numbers) >= SMALL}
    others = aside.union(*(numbers for stage, numbers in found.items() if stage not in named))
    return named, sorted(others)


def _numbers(heading: str, found: Sequence[str]) -> Sheet:
    cells = [grouped(number) for number in found]
    cells += [""] * (-len(cells) % 4)
    rows = [cells[i : i + 4] for i in range(0, len(cells), 4)]
    return {"heading": layout.capital(heading), "columns": [], "widths": [1, 1, 1, 1], "size": 12, "rows": rows}


def poster(workflow: Workflow, bot: str, page: str = "") -> Sheet:
    """The bot's code for a wall, and what it is good for."""
    t, *_ = every = spoken(workflow)
    return {
        "kind": "poster",
        "title": f"Jek-Duk {workflow.district.district.name}",
        "lines": [t("Where are your papers? Scan, and send your receipt number.") for t in every],
        "link": bot_link(bot),
        "shown": f"t.me/{bot}",
        "beside": t("No Telegram? Write number and pickup code at {page}", page=page) if page else "",
        "foot": [free_of_charge(t), *map(free_of_charge, every[1:]), *office(workflow, t)],
    }
