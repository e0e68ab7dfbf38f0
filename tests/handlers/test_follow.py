"""To be told at each stage, and no longer."""

import pytest

from handlers.wording.layout import grouped
from locales import dates
from storage.numbers import draw
from storage.people import WAIT_LASTS
from storage.records import HOUR
from tests.storage.cast import ask
from tests.storage.test_numbers import OTHER
from tests.town import Town


async def test_whoever_follows_is_told_at_every_stage_in_their_language(town: Town):
    (card,) = await town.files("KK")
    for person in (town.sari, town.paijo, town.emma):
        await town.follows(person, card.number)
    for stage in town.workflow.route("KK")[1:]:
        card = await town.carries(card, stage)
        await town.grace()
    told = len(town.workflow.route("KK")) - 1
    assert [len(p.heard) for p in (town.sari, town.paijo, town.emma)] == [told] * 3
    assert "dipunbekta" in "".join(town.paijo.heard)
    assert "taken to Disdukcapil" in "".join(town.emma.heard)
    assert "dibawa" in "".join(town.sari.heard)


async def test_only_what_concerns_the_family_rings(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    for stage in town.workflow.route("KK")[1:]:
        card = await town.carries(card, stage)
        await town.grace()
    rings = [seen.text.splitlines()[0] for seen in town.sari.phone.heard if not seen.silent]
    assert ["Siap diambil" in ring for ring in rings] == [True, True]  # at the district, at the village


async def test_following_records_the_consent_and_says_what_is_kept(town: Town):
    (card,) = await town.files("KK")
    await town.sari.says(card.number)
    await town.sari.taps("Kabari saya")
    assert "/privasi" in town.sari.alert
    assert any("Hentikan kabar" in label for label in town.sari.buttons)
    assert await ask(town.storage, "select chat from consent") == [(town.sari.chat,)]


async def test_who_keeps_what_is_told_once_and_again_once_its_wording_has_changed(town: Town):
    promises = []
    (card,) = await town.files("KTP")
    for change in ("", "", "update consent set wording = wording - 1", "update consent set withdrawn_at = 1"):
        (card,) = await town.files("KK")
        await ask(town.storage, change or "select 1")
        await town.sari.says(card.number)
        await town.sari.taps("Kabari saya")
        promises.append("Kecamatan menyimpan" in town.sari.alert)
    assert promises == [True, False, True, True]
    await town.sari.says(f"/daftar {(await town.files('KK'))[0].number}")
    assert "Kecamatan menyimpan" not in town.sari.screen
    assert "district office keeps" in await town.emma.says(f"/daftar {card.number}")


async def test_who_waits_reads_for_how_long_also_below_what_they_sent(town: Town):
    assert "by 24 Dec that we stop waiting" in await town.emma.says(f"/daftar {draw()}")
    (card,) = await town.files("KK")
    assert "we stop waiting" not in await town.budi.says(f"/daftar {card.number} {draw()}")
    assert "Kecamatan menyimpan" not in await town.joko.says(f"/daftar {card.number[:-1]}")


async def test_that_a_wait_is_over_is_told_by_the_day_that_was_named(town: Town):
    town.clock += 15 * HOUR  # 23.10
    said = await town.emma.says(f"/daftar {draw()}")
    town.clock += WAIT_LASTS
    await town.chores()  # a moment too early
    town.clock += HOUR
    town.emma.forgets()
    await town.chores()
    await town.settled()
    assert "so we stopped waiting" in town.emma.screen
    assert f"by {dates.date(town.clock, town.clock, town.workflow.zone, 'en')} that" in said


async def test_stopping_stops(town: Town):
    (card,) = await town.files("KK")
    await town.sari.says(card.number)
    await town.sari.taps("Kabari saya", "Hentikan kabar")
    town.sari.forgets()
    await town.carries(card, "to_district")
    await town.grace()
    assert town.sari.heard == []


async def test_status_without_a_number_lists_what_is_followed(town: Town):
    (card,) = await town.files("KK")
    (other,) = await town.files("KTP", village="tlogopakis")
    await town.follows(town.sari, card.number)
    town.clock += 1000
    await town.follows(town.sari, other.number)
    lines = (await town.sari.says("/status")).splitlines()
    assert [line[:14] for line in lines[1:]] == [grouped(other.number), grouped(card.number)]


@pytest.mark.parametrize(
    "said, answer",
    [("563185915429", "angka yang keliru"), ("3326 0440 0101 9001", "Jangan kirim NIK"), ("", "Kabari saya")],
    ids=["slip", "nik", "nothing"],
)
async def test_to_follow_by_command_needs_a_sound_number(town: Town, said: str, answer: str):
    assert answer in await town.sari.says(f"/daftar {said}".rstrip())


async def test_forgetting_leaves_nothing(town: Town):
    (card,) = await town.files("KK")
    await town.sari.says(card.number)
    await town.sari.taps("Kabari saya")
    assert "Kabar ikut berhenti, permohonan tidak." in await town.sari.says("/hapus")
    assert "Sudah dihapus" in await town.sari.taps("Ya, hapus")
    town.sari.forgets()
    await town.carries(card, "to_district")
    await town.grace()
    assert town.sari.heard == []


async def test_who_touched_hapus_by_mistake_is_told_as_before(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    await town.sari.says("/hapus")
    assert "Tidak ada yang dihapus" in await town.sari.taps("Batal")
    town.sari.forgets()
    await town.carries(card, "to_district")
    await town.grace()
    assert len(town.sari.heard) == 1


async def test_a_number_that_is_waited_for_is_told_apart_beside_one_that_is_there(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    await town.follows(town.sari, OTHER)
    told = await town.sari.says(f"{card.number} {OTHER}")
    assert f"{grouped(OTHER)} belum ada di catatan kami. Bapak/Ibu akan dikabari" in told
    assert [label for label in town.sari.buttons if "Hentikan" in label][-1] == f"🔕 Hentikan kabar · …{OTHER[-4:]}"
    assert f"{grouped(OTHER)}: belum ada di catatan kami" in await town.sari.says("/status")
