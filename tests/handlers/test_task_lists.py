"""The lists of work and bags, drawn: what each promises to the officer who reads it."""

import pytest

from handlers.bags.buttons import Tick
from handlers.bags.screens import bag_screen
from handlers.bags.task_lists import tasks_screen
from locales import dates, words
from storage.records import Bag, Leg
from tests.gallery import EVERYBODY, NOW, WORKFLOW, packed, person
from tests.handlers.test_screens import labels, read

ID = words("id")


def test_late_tasks_are_marked_and_told_in_words():
    found = [
        Leg("at_district", "to_registry", "simego", 12, NOW),
        Leg("issued", "from_registry", "gumelem", 1, NOW - 14 * dates.DAY),
        Leg("issued", "from_registry", "simego", 4, NOW),
        Leg("to_registry", "at_registry", "simego", 2, NOW - dates.DAY, mine=True),
    ]
    shown = tasks_screen(WORKFLOW, person("courier"), found, [], ID, NOW)
    assert read(shown).splitlines()[1:] == [
        "Saya bawa · Serahkan di Disdukcapil: Simego 2 ⚠ sejak Senin",
        "Bawa ke Disdukcapil: Simego 12",
        "Jemput dari Disdukcapil: Gumelem 1 ⚠ sejak 10 Nov · Simego 4",
    ]
    assert labels(shown) == [
        "🛵 Serahkan di Disdukcapil (2) ⚠",
        "Bawa ke Disdukcapil (12)",
        "Jemput dari Disdukcapil (5) ⚠",
        "Muat ulang",
        "Cari …",
        "Pengganti …",
    ]


def test_in_one_village_each_leg_is_told_with_its_age():
    found = [
        Leg("filed", "to_district", "tlogopakis", 2, NOW - 4 * dates.DAY),
        Leg("ready_at_village", "handed_over", "tlogopakis", 1, NOW),
    ]
    shown = tasks_screen(WORKFLOW, person("village_officer"), found, [], ID, NOW)
    assert read(shown).splitlines()[1:] == [
        "Bawa ke kecamatan: 2 ⚠ sejak Jumat",
        "Serahkan ke warga: 1 sejak Selasa",
    ]


def test_nobody_is_late_on_the_first_day():
    morning, afternoon = NOW, NOW + 5 * dates.HOUR
    for until, is_late in ((afternoon, False), (afternoon + dates.DAY, True)):
        assert WORKFLOW.is_late("at_district", morning, until) is is_late


def test_the_head_reads_what_is_late_and_good_news_only_if_nothing_is():
    late = [Leg("issued", "from_registry", village, 2, NOW - 14 * dates.DAY) for village in ("gumelem", "simego")]
    shown = tasks_screen(WORKFLOW, person("head"), [], late, ID, NOW)
    assert read(shown).splitlines()[1:] == [
        "",
        "Terlambat:",
        "Menunggu dijemput petugas Jek-Duk: Gumelem sejak 10 Nov · Simego sejak 10 Nov",
    ]
    assert "Semua beres" in read(tasks_screen(WORKFLOW, person("head"), [], [], ID, NOW))
    assert "Semua beres" not in read(tasks_screen(WORKFLOW, person("registry_desk"), [], late, ID, NOW))


@pytest.mark.parametrize("village", WORKFLOW.villages)
@pytest.mark.parametrize("type", WORKFLOW.types)
def test_a_line_of_a_bag_names_village_and_kind_whole_in_36_characters(village, type):
    bag = packed(2, "to_registry")
    items = (bag.items[0]._replace(village=village, type=type), bag.items[1]._replace(village="gone"))
    shown = labels(bag_screen(WORKFLOW, EVERYBODY, bag._replace(items=items), 0, 0, 0, ID))[0]
    assert shown.endswith(f" · {WORKFLOW.types[type].short} · {WORKFLOW.villages[village].name}")
    assert len(shown) <= 36


def test_the_button_that_completes_a_leg_names_its_villages():
    bag = packed(2, "to_registry")  # of Simego and Gumelem
    assert "✅ 2 berkas · Gumelem, Simego" in labels(bag_screen(WORKFLOW, person("courier"), bag, 0, 0, 0, ID))


def test_past_a_stage_leads_a_step_of_its_own_and_never_into_a_familys_hands():
    bag = packed(1, "to_village")
    first = labels(bag_screen(WORKFLOW, person("village_officer"), bag_of(bag, "tlogopakis"), 0, 0, 0, ID))
    assert [label for label in first if "✅" in label or "…" in label] == [
        "✅ Jemput di kecamatan (1)", "Lain …", "⏸ Tunda …",
    ]  # fmt: skip
    past = labels(bag_screen(WORKFLOW, person("village_officer"), bag_of(bag, "tlogopakis"), 0, 2, 0, ID))
    assert past == ["✅ Siapkan di kantor desa (1)", "Kembali"]


def bag_of(bag: Bag, village: str) -> Bag:
    return bag._replace(items=tuple(item._replace(village=village) for item in bag.items))


def test_a_line_of_a_bag_wants_the_other_state():
    bag = packed(2, "to_registry")
    ticks = [row[0].data for row in bag_screen(WORKFLOW, EVERYBODY, bag, 0, 0, 0, ID).rows[:2]]
    assert ticks == [Tick(bag.id, place, 0, 0).pack() for place in (0, 1)]


def test_what_others_moved_leaves_the_bag_and_what_is_new_is_told():
    shown = bag_screen(WORKFLOW, EVERYBODY, packed(5, "to_village", gone=2), 0, 0, 3, ID)
    assert "3 dari 3 dipilih" in read(shown)
    assert read(shown).endswith("2 berkas sudah dicatat sementara itu.\n+3 baru: tekan “Muat ulang”.")
