"""One of each sheet, as the town would print them."""

from collections.abc import Mapping
from typing import Any

from handlers.paper import sheets
from locales import words
from storage.paper.slips import Slip
from tests.gallery import NOW, WORKFLOW, document, numbers, packed
from tests.paper.lettered import lettered

BOT = "jekduk_bot"
SLIPS = [Slip(number, "tlogopakis", NOW, "4821", 1) for number in numbers(6)]
UNFILED = [Slip(number, "tlogopakis") for number in numbers(20)]


def everything() -> Mapping[str, Mapping[str, Any]]:
    """By the name of its picture."""
    stages = list(WORKFLOW.stages)
    papers = [document(stage=stages[i * i % 7], number=number) for i, number in enumerate(numbers(40))]
    t = words("id")
    return {
        "slip": sheets.slips(WORKFLOW, BOT, SLIPS[:1]),
        "sheet": sheets.slips(WORKFLOW, BOT, SLIPS, four=True),
        "booklet": sheets.booklet(WORKFLOW, BOT, "tlogopakis", UNFILED, NOW),
        "manifest": sheets.manifest(WORKFLOW, "Bawa ke kecamatan", packed(24, "to_district").items, t, NOW),
        "board": sheets.board(WORKFLOW, "tlogopakis", papers, NOW),
        "poster": sheets.poster(WORKFLOW, BOT),
        "letter": lettered(WORKFLOW, document("KK", "issued"), document("KTP", "at_registry", hold="blank")),
    }
