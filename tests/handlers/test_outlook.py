"""What a family reads of what comes: by which day, when an office is open, and never just to wait for what is late."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from handlers.corrections.buttons import Relocate
from handlers.holds.buttons import THESE, PutOnHold
from handlers.lookup.screens import status_screen
from handlers.returns.views import missing_of
from handlers.wording.names import next_lines
from locales import words
from storage import district
from storage.district.schema import MOST_NEEDS
from storage.holds.queues import A_WEEK
from storage.records import DAY, Remark
from storage.workflow import Workflow
from tests.gallery import CITIZEN, document, looked_up
from tests.handlers.test_screens import read
from tests.town import Town

SHIPPED = district.load()


def ms(at: str) -> int:
    return int(datetime.fromisoformat(f"{at}+07:00").timestamp() * 1000)


def workflow(**changes: Any) -> Workflow:
    return Workflow(replace(SHIPPED, **changes))


def said(now: str, found: Workflow | None = None, **facts: Any) -> list[str]:
    facts = {"since": ms(now), **facts}
    screen = status_screen(found or workflow(), CITIZEN, [looked_up(document(**facts))], [], words("id"), ms(now))
    return [line for line in read(screen).splitlines()[1:] if "🏠" not in line]  # but for the road of pictures


VILLAGES = {"village": {"sat": ("09:00", "12:00")}}


@pytest.mark.parametrize(
    "stage, hours_of, told",
    {
        "district": (
            "ready_at_district",
            {},
            "Buka Senin sampai Kamis 08.00–14.00, Jumat 08.00–10.30.",
        ),
        "unknown": ("ready_at_village", {}, "Bawa resi. Gratis."),
        "village": ("ready_at_village", VILLAGES, "Buka Sabtu 09.00–12.00. Bawa resi. Gratis."),
    }.values(),
)
def test_each_office_has_its_own_hours_and_what_is_unknown_is_not_told(stage: str, hours_of: Mapping[str, Any], told):
    assert said("2026-11-24 08:10", workflow(hours_of=hours_of), stage=stage)[1].startswith(told)


def test_a_village_may_be_open_at_other_hours_than_the_rest():
    own = [replace(one, hours={"sun": ("07:00", "08:00")}) for one in SHIPPED.villages]
    found = workflow(villages=tuple(own), hours_of=VILLAGES)
    assert said("2026-11-24 08:10", found, stage="ready_at_village")[1].startswith("Buka Minggu 07.00–08.00.")
    turn = said("2026-11-24 08:10", found, stage="at_registry", hold="mismatch")
    assert turn[-1] == "Bawa resi, akta atau ijazah ke kantor desa Tlogopakis. Gratis. Buka Minggu 07.00–08.00."


@pytest.mark.parametrize(("missing", "told"), [(1, True), (1 << MOST_NEEDS, False), (1 | 1 << MOST_NEEDS, True)])
def test_the_hours_of_the_village_office_are_told_to_whoever_brings_something_there(missing: int, *, told: bool):
    found, one = workflow(hours_of=VILLAGES), document("KTP", "returned")
    remark = Remark(one.id, "at_district", json.dumps(missing_of(found, "KTP", missing)))
    look = looked_up(one)._replace(remarks=(remark,))
    screen = status_screen(found, CITIZEN, [look], [], words("id"), ms("2026-11-24 08:10"))
    assert ("Buka Sabtu 09.00–12.00." in read(screen)) is told


@pytest.mark.parametrize("bring, told", [(True, "Bawa KK dan resi ke"), (False, "Mohon ke")])
def test_a_family_comes_to_the_office_that_the_file_names_when_that_is_open(bring, told):
    holds = tuple(one if bring else replace(one, bring=None) for one in SHIPPED.holds)
    turn = said("2026-12-24 15:10", workflow(holds=holds), stage="at_registry", hold="attend")
    assert turn[-2].startswith(f"{told} kantor kecamatan")
    assert turn[-2].endswith(" Gratis. Buka Senin 28 Des 08.00–14.00.")
    assert turn[-1].startswith("Tutup: ")
    elsewhere = tuple(replace(one, come_to="village") for one in holds)
    turn = said("2026-12-24 15:10", workflow(holds=elsewhere), stage="at_registry", hold="attend")
    assert turn[-2].startswith(f"{told} kantor desa Tlogopakis")


def test_days_on_which_nobody_works_are_named_with_the_day_that_is_promised():
    assert said("2026-12-24 08:10", stage="filed")[1:] == [
        "Biasanya dibawa ke kecamatan paling lambat Senin 28 Des.",
        "Tutup: Kamis 24 Des–Jumat 25 Des.",
        "Bapak/Ibu cukup menunggu. Gratis.",
    ]


@pytest.mark.parametrize("today", ["2027-02-24", "2027-02-26", "2027-03-05"])
def test_a_closure_is_told_to_its_last_day_however_far_that_is(today: str):
    assert "Tutup: Senin 8 Mar–Senin 15 Mar." in said(f"{today} 08:10", stage="ready_at_district")


def test_what_names_no_day_is_late_after_a_while_too():
    waits = said("2026-11-24 08:10", stage="to_village")
    assert "cukup menunggu" in waits[-1]
    late = said("2026-12-02 08:10", stage="to_village", since=ms("2026-11-24 08:10"))
    assert late[-2:] == [
        "Mohon maaf, ini lebih lama dari biasanya.",
        "Tanyakan ke kantor desa Tlogopakis (buka Rabu 2 Des). Gratis.",
    ]


@pytest.mark.parametrize(
    "now, hours, opens",
    [
        ("2026-12-04 10:29", {}, "Jumat 4 Des"),  # its last minute
        ("2026-12-04 10:30", {}, "Senin 7 Des"),
        ("2026-12-05 21:00", {}, "Senin 7 Des"),  # a Saturday night
        ("2026-12-24 08:10", {}, "Senin 28 Des"),
        ("2026-12-04 21:00", VILLAGES, "Sabtu 5 Des 09.00–12.00"),  # when the counters are shut
        ("2026-12-05 12:00", VILLAGES, "Sabtu 12 Des 09.00–12.00"),
    ],
)
def test_who_is_sent_to_ask_reads_when_that_is_open_next(now: str, hours: Mapping[str, Any], opens: str):
    late = said(now, workflow(hours_of=hours), stage="at_registry", since=ms("2026-11-24 08:10"))
    assert late == [
        "Di Disdukcapil.",
        "Maaf, seharusnya sudah terbit Rabu 25 Nov.",
        f"Tanyakan ke kantor desa Tlogopakis (buka {opens}). Gratis.",
    ]


@pytest.mark.parametrize("hold", ["tracing", "blank", "siak"])
@pytest.mark.parametrize("review", [None, -1, 0, 2], ids=["no day", "over", "that day", "to come"])
def test_what_is_held_up_and_late_says_whom_to_ask_whatever_day_was_named(hold: str, review: int | None):
    since, now = ms("2026-11-10 08:10"), "2026-11-28 20:10"  # a Saturday night
    day = None if review is None else ms(now) + review * DAY
    late = said(now, stage="at_registry", hold=hold, since=since, hold_since=since, hold_review=day)
    assert late[-1] == "Tanyakan ke kantor desa Tlogopakis (buka Senin 30 Nov). Gratis."


@pytest.mark.parametrize(
    "review, told",
    [
        (None, "Maaf, tidak perlu datang. Gratis."),
        (0, "Maaf, tidak perlu datang. Gratis."),
        (-1, "Tanyakan ke kantor desa Tlogopakis (buka Selasa 24 Nov). Gratis."),
    ],
)
def test_what_is_held_up_past_the_day_on_which_it_was_to_be_looked_at_says_whom_to_ask(review: int | None, told: str):
    now = "2026-11-24 08:10"
    day = None if review is None else ms(now) + review * DAY
    held = said(now, stage="to_village", hold="road", hold_since=ms(now) - 3 * DAY, hold_review=day)
    assert held[-1] == told


def test_a_telephone_of_the_district_is_named_where_there_is_one():
    about = replace(SHIPPED.district, phone="(0285) 123456")
    late = said("2026-12-02 08:10", workflow(district=about), stage="to_registry", since=ms("2026-11-24 08:10"))
    assert late[-1] == "Tanyakan ke kantor desa Tlogopakis (buka Rabu 2 Des), atau telepon (0285) 123456. Gratis."


def test_what_was_handed_over_says_what_to_do_if_it_was_not():
    assert said("2026-11-24 08:10", stage="handed_over")[-1] == "Belum menerimanya? Segera tanya kantor desa."


@pytest.mark.parametrize(
    ("named", "says"),
    [(True, "Berikutnya untuk Kartu Keluarga: siap diambil di desa."), (False, "Berikutnya: siap diambil di desa.")],
)
def test_where_no_day_is_promised_what_comes_next_is_said_all_the_same(named, says):
    times = ms("2026-11-24 08:00"), ms("2026-11-24 09:00")
    assert next_lines(workflow(), "ready_at_village", ("KK",), times, words("id"), named=named) == ([says], False)


async def test_whose_turn_it_is_reads_what_to_do_beside_a_correction_and_no_day_of_the_office(any_town: Town):
    town = any_town
    (card,) = await town.files("KTP")
    await town.follows(town.sari, card.number)
    card = await town.carries(card, "at_district")
    await town.rina.forges(PutOnHold(card.id, card.version, "attend", A_WEEK, THESE))
    await town.grace()
    card = await town.document(card)
    await town.rina.forges(Relocate(card.id, card.version, "kayupuring"))
    await town.grace()
    assert town.sari.screen.splitlines()[-2:] == [
        "Datang sendiri, rekam data.",
        "Bawa KK dan resi ke kantor kecamatan. Gratis. Buka Selasa 24 Nov 08.00–14.00.",
    ]
    assert town.kayupuring.screen.splitlines()[-1] == "Datang sendiri, rekam data."


async def test_officers_read_no_more_of_what_a_family_reads_than_it_does(town: Town):
    (card,) = await town.files("KTP")
    card = await town.carries(card, "at_registry")
    await town.budi.says(card.number)
    await town.budi.taps("Tunda", "Datang sendiri")
    assert "Keluarga membaca bahwa ini giliran mereka, dan ke mana." in town.budi.screen
