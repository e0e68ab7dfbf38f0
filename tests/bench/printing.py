"""A booklet of 50 numbers as a PDF: how long until the sender has it, and what a scanner reads of it."""

import time

from bot.press.printer import Printer
from handlers.paper import sheets
from handlers.wording.links import number_link
from storage.paper.slips import Slip
from tests.bench.scales import Result, spread
from tests.gallery import NOW, WORKFLOW, numbers
from tests.paper import scanner

BOT, SLIPS = "jekduk_bot", 50


async def printing(rounds: int) -> Result:
    slips = [Slip(number, "tlogopakis") for number in numbers(SLIPS)]
    sheet = sheets.booklet(WORKFLOW, BOT, "tlogopakis", slips, NOW)
    took, pdf = [], b""
    for _ in range(rounds):
        begun = time.perf_counter()
        pdf = await Printer().draw(sheet)
        took.append(time.perf_counter() - begun)
    links = {number_link(BOT, one.number) for one in slips}
    read = {scale: links & {code.text for code in scanner.codes(pdf, 200, scale)} for scale in (1.0, 0.5)}
    return Result(
        f"a booklet of {SLIPS} numbers as a PDF, drawn by a process of its own",
        {"ours": f"{spread(took, ' s', 2)}   {len(pdf) / 1024:.0f} kB"},
        f"{len(read[1.0])} of {SLIPS} codes are read, and {len(read[0.5])} from a print at half its size",
        all(found == links for found in read.values()),
    )
