"""A village's board: numbers at their stages, and nothing by which neighbours would know whose they are."""

from bot.press.__main__ import draw
from handlers.paper import sheets
from handlers.wording.layout import grouped
from tests.gallery import NOW, WORKFLOW, document, numbers
from tests.paper import scanner

MINE = numbers(7)


def printed(*papers) -> str:
    return "\n".join(scanner.words(draw(sheets.board(WORKFLOW, "tlogopakis", papers, NOW))))


def test_three_at_a_stage_are_listed_under_it():
    said = printed(*(document(stage="at_registry", number=number) for number in MINE[:3]))
    assert all(grouped(number) in said for number in MINE[:3])
    assert "Berkas diterima di Disdukcapil" in said


def test_fewer_at_a_stage_stand_with_the_others_on_their_way():
    few = [document(stage="issued", number=number) for number in MINE[:2]]
    said = printed(*few, document(stage="filed", number=MINE[2]))
    assert "terbit" not in said
    assert "Terdaftar" not in said
    assert all(grouped(number) in said.partition("Masih dalam proses")[2] for number in MINE[:3])


def test_fewer_in_all_are_not_listed():
    said = printed(*(document(stage="filed", number=number) for number in MINE[:2]))
    assert not any(grouped(number) in said for number in MINE)
    assert "terlalu sedikit" in said


def test_what_is_held_or_returned_is_not_told_apart():
    held = [document(stage="at_registry", number=number, hold="blank") for number in MINE[:3]]
    said = printed(*held, *(document(stage="returned", number=number) for number in MINE[3:6]))
    assert "Berkas diterima di Disdukcapil" not in said
    assert all(grouped(number) in said.partition("Masih dalam proses")[2] for number in MINE[:6])


def test_kinds_and_names_are_not_on_it():
    said = printed(*(document("AKM", "filed", number) for number in MINE[:4]))
    assert "kematian" not in said


def test_a_long_board_goes_on_with_its_pages_numbered():
    papers = [document(stage="filed", number=number) for number in numbers(200)]
    pages = scanner.words(draw(sheets.board(WORKFLOW, "tlogopakis", papers, NOW)))
    assert len(pages) > 1
    assert all(any(grouped(one.number) in page for page in pages) for one in papers)
