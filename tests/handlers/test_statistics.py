"""The head asks how long things take, and gets it in words, as a picture, a workbook, and a page for the registry."""

import re
import zipfile
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from reportlab.lib.utils import simpleSplit  # type: ignore[import-untyped]  # reportlab tells no types
from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]  # as above

from bot.press import charts
from bot.press.__main__ import draw
from bot.press.ink import BOLD, PLAIN
from handlers.pages.board import month_figures, steps
from handlers.reply import Paper
from handlers.statistics import files
from handlers.statistics.buttons import SendMonth, ShowMonth
from handlers.statistics.screens import file_screen, month_screen, spread_words
from handlers.wording import names
from locales import words
from storage.records import DAY, HOUR
from storage.statistics import forecast
from storage.statistics.ages import Ages
from storage.statistics.figures import Spread, Summary
from tests.paper import scanner
from tests.storage.cast import NOW
from tests.storage.history import summary, year
from tests.town import WORKFLOW, Town

TODAY = WORKFLOW.calendar.day(NOW)
MONTH = 30 * DAY


def months(legs: float = 3.4, count: int = 200) -> list[Summary]:
    found = list(year(WORKFLOW, NOW - 2 * MONTH, count, 40, legs, seed=5, type="KTP", blank=0.3))
    return [summary(WORKFLOW, found, NOW - n * MONTH, NOW - (n - 1) * MONTH) for n in (2, 1)]


async def test_the_head_reads_how_many_and_how_long(town: Town):
    (card,) = await town.files("KK")
    await town.files("KIA")
    town.clock += 3 * HOUR
    await town.carries(card, "handed_over")
    shown = await town.hadi.says("/statistik")
    assert "Didaftarkan 2, siap 1, diserahkan 1." in shown
    assert "Dari didaftarkan sampai siap: 3 jam" in shown
    assert "Dijanjikan 2–4 hari: tepat 1 dari 1." in shown
    assert "1 dokumen dalam proses: yang di tengah 3 jam, terlama 3 jam." in shown
    before = await town.hadi.taps(town.hadi.buttons[0])
    assert "dalam proses" not in before
    assert "Didaftarkan 0" in before
    assert "Tidak ada yang menjadi siap" in before
    assert len([label for label in town.hadi.buttons if "▶" in label]) == 1
    assert shown == await town.hadi.taps(next(label for label in town.hadi.buttons if "▶" in label))


@pytest.mark.parametrize(
    "lang, said",
    [("id", "2 jam (sasaran 1,5 jam)"), ("jv", "2 jam (ancas 1,5 jam)"), ("en", "2 hours (target 1.5 hours)")],
)
def test_the_step_that_is_late_is_told_in_hours_as_people_speak(lang: str, said: str):
    third = Spread(9, 0.2, 1 / 3, 0.5)
    late = Summary(NOW - MONTH, NOW, (2, 4), legs={"at_district": third})
    assert said in month_screen(WORKFLOW, TODAY, late, words(lang), NOW).text


async def test_nobody_but_the_head_reads_them(town: Town):
    for who in (town.rina, town.sari):
        await who.forges(ShowMonth(202611))
        await who.forges(SendMonth(202611, "book"))
        assert who.heard == []


@pytest.mark.parametrize("lang", ["id", "jv", "en"])
def test_a_picture_says_each_month_step_and_village(lang: str):
    sheet = files.chart(WORKFLOW, TODAY, months(), words(lang), NOW)
    assert [len(panel["rows"]) for panel in sheet["panels"]] == [2, 9, len(WORKFLOW.villages)]
    with Image.open(BytesIO(draw(sheet))) as picture:
        assert picture.format == "PNG"
        assert picture.width == 1080
        assert 1000 < picture.height < 2400


@pytest.mark.parametrize("value", ["0,26", "1.234,56"])
def test_a_line_never_runs_into_its_numbers(value: str):
    row = {"label": "Terbit", "low": 0.1, "median": 0.3, "high": 9.0, "target": 1.0, "value": value, "count": 120}
    sheet = {"kind": "chart", "title": "", "note": "", "panels": [{"heading": "", "rows": [row, row]}]}
    right = charts.WIDTH - charts.MARGIN - stringWidth(f"{value} · 120", BOLD, charts.SIZE)
    with Image.open(BytesIO(draw(sheet))) as picture:
        gap = [round(charts.SCALE * one) for one in (right - charts.GAP + 1, right - 1)]
        between = picture.convert("L").crop((gap[0], 0, gap[1], picture.height))
        assert between.getextrema() == (255, 255)


def test_no_label_needs_more_than_two_lines_that_can_be_read():
    labels = [names.stage_next(WORKFLOW, stage, lang) for stage in WORKFLOW.stages for lang in ("id", "jv", "en")]
    assert max(len(simpleSplit(one, PLAIN, charts.SMALL, charts.LABELS - 6)) for one in labels) == 2


def test_what_is_late_by_less_than_is_said_is_not_red():
    row = {"label": "Tiba", "low": 0.1, "high": 0.4, "target": 0.25, "value": "0,25", "count": 120}

    def drawn(median: float) -> bytes:
        rows = [{**row, "median": median}]
        return draw({"kind": "chart", "title": "", "note": "", "panels": [{"heading": "", "rows": rows}]})

    assert drawn(0.2504) == drawn(0.25)
    assert drawn(0.26) != drawn(0.25)


def test_what_is_late_is_red():
    def reds(legs: float) -> int:
        sheet = files.chart(WORKFLOW, TODAY, months(legs), words("id"), NOW)
        with Image.open(BytesIO(draw(sheet))) as picture:
            colours = picture.convert("RGB").split()
            red, green, blue = (one.point([255 * (value > 110) for value in range(256)]) for one in colours)
            only = ImageChops.subtract(ImageChops.subtract(red, green), blue)
            return only.histogram()[255]

    assert reds(12.0) > 10 * reds(1.5)


def test_the_page_for_the_registry_is_one_page_and_hides_what_is_few():
    t = words("id")
    (text,) = scanner.words(draw(files.page(WORKFLOW, TODAY, months(), t, NOW)))
    assert "Kartu kosong" in text
    assert "Bulan lalu" in text
    assert "1,5 jam" in text  # a target of a quarter of a working day
    assert "0,25" not in text
    few = files.page(WORKFLOW, TODAY, months(count=8), t, NOW)
    assert [table["rows"] for table in few["tables"]] == [[]]
    assert all("%" not in value and "hari kerja" not in value for _, value in few["facts"])
    bare = files.page(WORKFLOW, TODAY, [Summary(0, NOW, (2, 4), filed=4, ready=5, handed_over=1)] * 2, t, NOW)
    assert bare["facts"] == [["Didaftarkan", "kurang dari 5"], ["Siap", "5"], ["Diserahkan", "kurang dari 5"]]


@pytest.mark.parametrize("now, told", [(NOW - HOUR, 4), (NOW, 0)], ids=["running", "over"])
def test_a_month_that_is_not_over_says_so_on_all_that_is_passed_on(now: int, told: int):
    found, t = months(), words("id")
    page = files.page(WORKFLOW, TODAY, found, t, now)
    said = [
        "Sementara, sampai" in files.chart(WORKFLOW, TODAY, found, t, now)["note"],
        "Sementara, sampai" in page["facts"][0][0],
        "Sementara, sampai" in files.book(WORKFLOW, found, {}, t, now)["sheets"][0]["rows"][-1][0],
        "Sementara, sampai" in file_screen(WORKFLOW, TODAY, found[-1], Paper("a.pdf", page), t, now).text,
    ]
    assert sum(said) == told


@pytest.mark.parametrize(("lang", "hours"), [("id", "1,5 jam"), ("jv", "1,5 jam"), ("en", "1.5 hours")])
def test_no_part_of_a_day_is_a_fraction_of_one_in_a_picture_on_a_page_or_in_words(lang: str, hours: str):
    quick, t = Spread(40, 0.25, 0.25, 0.25), words(lang)
    found = Summary(
        NOW - MONTH, NOW, (2, 4), filed=40, ready=40, handed_over=40, kept=40, days=quick, waits={"power": (40, 0.25)},
        legs=dict.fromkeys(WORKFLOW.stages, quick), by_village={"simego": quick}, in_time={},
    )  # fmt: skip
    said = [
        str(
            [row["value"] for one in files.chart(WORKFLOW, TODAY, [found] * 2, t, NOW)["panels"] for row in one["rows"]]
        ),
        str([files.page(WORKFLOW, TODAY, [found] * 2, t, NOW)[part] for part in ("facts", "tables")]),
        month_screen(WORKFLOW, TODAY, found, t, NOW).text,
        str(month_figures(WORKFLOW, found, t)),
        str(steps(WORKFLOW, found, "", t)),
    ]
    assert [hours in one for one in said] == [True] * 5
    assert [one for one in said if re.search(r"'0[.,]25|[( ]0[.,]25", one)] == []


def test_what_waited_for_no_time_worth_a_figure_is_not_told():
    found = Summary(NOW - MONTH, NOW, (2, 4), waits={"power": (1, 0.004), "blank": (2, 1.5)})
    said = month_screen(WORKFLOW, TODAY, found, words("id"), NOW).text
    assert "Kartu kosong (blangko) sedang habis, 2 dokumen, jumlah 1,5 hari." in said.replace("kartu", "Kartu")
    assert "istrik" not in said


def test_what_all_took_alike_is_no_range():
    assert spread_words(WORKFLOW, Spread(9, 3.6, 3.6, 3.6), words("id")) == "3,6 hari kerja"


def test_a_workbook_holds_the_numbers_as_numbers():
    found = months()
    old = {"": Ages(7, 1.0, 9.5), "issued": Ages(6, 1.0, 4.0), "returned": Ages(1, 9.5, 9.5)}
    with zipfile.ZipFile(BytesIO(draw(files.book(WORKFLOW, found, old, words("id"), NOW)))) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        first, last = (book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 6))
        texts = book.read("xl/sharedStrings.xml").decode()
    assert len(sheets) == 6
    assert f"<v>{found[-1].filed}</v>" in first
    assert last.count("<v>9.5</v>") == 2  # the middle one and the oldest of what was returned
    assert "Dalam proses, Selasa 24 Nov" in texts


async def test_a_family_reads_when_it_is_probably_ready(town: Town):
    (card,) = await town.files("KK")
    async with town.storage.transaction() as tx:
        await forecast.keep(tx, {("KK", "filed"): [2.0 + 0.1 * n for n in range(20)]})
    shown = await town.sari.says(card.number)
    assert "Kira-kira siap diambil: antara Kamis 26 Nov dan Jumat 27 Nov." in shown
    async with town.storage.transaction() as tx:
        await forecast.keep(tx, {("KK", "filed"): [3.1] * 20})
    assert "Kira-kira siap diambil: Jumat 27 Nov." in await town.sari.says(card.number)
