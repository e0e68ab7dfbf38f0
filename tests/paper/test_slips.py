"""What a family gets on paper, looked at as a scanner and a reader do."""

from dataclasses import replace

import pytest

from bot.press.__main__ import draw
from bot.press.ink import letters
from handlers.paper import sheets
from handlers.wording.layout import grouped
from handlers.wording.links import typed
from storage.paper.slips import Slip
from storage.workflow import Workflow
from tests.gallery import NOW, WORKFLOW, numbers
from tests.handlers.largest import largest
from tests.paper import scanner
from tests.paper.samples import BOT, SLIPS, UNFILED, everything

LONGEST_NAME = "j" * 29 + "bot"  # of a bot: 32 letters
LINKS = [f"https://t.me/{BOT}?start={one.number}" for one in SLIPS]


@pytest.mark.parametrize("four", [False, True], ids=["a6", "a4"])
@pytest.mark.parametrize("scale", [1.0, 0.5])
def test_every_code_is_read_also_from_a_print_at_half_its_size(four, scale):
    pdf = draw(sheets.slips(WORKFLOW, BOT, SLIPS, four=four))
    assert [code.text for code in scanner.codes(pdf, dots=200, scale=scale)] == LINKS


def test_the_longest_name_of_a_bot_is_read_at_half_its_size():
    pdf = draw(sheets.slips(WORKFLOW, LONGEST_NAME, SLIPS, four=True))
    read = [code.text for code in scanner.codes(pdf, dots=200, scale=0.5)]
    assert read == [f"https://t.me/{LONGEST_NAME}?start={one.number}" for one in SLIPS]


@pytest.mark.parametrize("bot", [BOT, LONGEST_NAME])
def test_a_code_is_25_mm_wide_at_least(bot):
    assert min(code.side for code in scanner.codes(draw(sheets.slips(WORKFLOW, bot, SLIPS)))) >= 25


def test_a_slip_says_what_a_family_must_know_and_no_name():
    [said] = scanner.words(draw(sheets.slips(WORKFLOW, BOT, SLIPS[:1])))
    for words in (grouped(SLIPS[0].number), "Tlogopakis", "24 Nov 2026", "4821", "GRATIS", "Senin sampai Kamis"):
        assert words in said
    for language in ("tidak pernah meminta uang", "mboten nate nyuwun arta", "never ask for money"):
        assert language in said.replace("\n", " ")


def test_the_telephone_of_the_office_is_on_it_if_the_district_file_knows_it():
    about = replace(WORKFLOW.district.district, phone="(0285) 123456")
    workflow = Workflow(replace(WORKFLOW.district, district=about))
    assert "(0285) 123456" in scanner.words(draw(sheets.slips(workflow, BOT, SLIPS[:1])))[0]
    assert "Telepon" not in scanner.words(draw(sheets.slips(WORKFLOW, BOT, SLIPS[:1])))[0].split("\n")[-1]


def test_a_family_without_telegram_reads_of_the_public_page_where_there_is_one():
    about = replace(WORKFLOW.district.district, public_page=True)
    public, url = Workflow(replace(WORKFLOW.district, district=about)), "https://jekduk.example.id"
    page = typed(public, url)
    with_it = (
        sheets.slips(WORKFLOW, BOT, SLIPS[:1], page=page),
        sheets.booklet(WORKFLOW, BOT, "tlogopakis", UNFILED[:1], NOW, page),
        sheets.poster(WORKFLOW, BOT, page),
    )
    assert ["kode ambil di jekduk.example.id" in scanner.words(draw(one))[-1] for one in with_it] == [True] * 3
    assert [typed(public, ""), typed(WORKFLOW, url)] == ["", ""]
    assert "Tanpa Telegram" not in str(everything())


def test_what_is_not_known_yet_is_a_line_to_write_on():
    [said] = scanner.words(draw(sheets.slips(WORKFLOW, BOT, [Slip(numbers(1)[0], "tlogopakis")])))
    assert "Kode ambil" in said
    assert "Nov" not in said


def test_nothing_is_printed_over_the_edge():
    assert {name: lost for name, sheet in everything().items() if (lost := scanner.beyond_the_edge(draw(sheet)))} == {}


def test_nothing_is_printed_over_the_edge_in_the_largest_district():
    workflow = Workflow(largest())
    slips = [Slip(number, workflow.district.villages[0].key, NOW, "4821") for number in numbers(4)]
    page = f"{'j' * 30}.pekalongankab.go.id"
    assert scanner.beyond_the_edge(draw(sheets.slips(workflow, LONGEST_NAME, slips, four=True, page=page))) == ""


def test_javanese_is_printed_with_its_accents_and_what_the_font_lacks_is_seen_to_lack():
    assert letters("sampun dados, badhé dipunpundhut · kèndel – ×") == "sampun dados, badhé dipunpundhut · kèndel – ×"
    assert letters("e\u0301 ꦗ") == "é ?"


def test_the_same_sheet_is_the_same_file():
    assert all(draw(sheet) == draw(sheet) for sheet in everything().values())
