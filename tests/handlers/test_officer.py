"""Work, as couriers, desks and villages do it: what waits, bags, single documents, taking back."""

import asyncio

from handlers.documents.buttons import TakeLeg
from storage.numbers import grouped
from tests.town import Town


async def bag_of(town: Town, count: int, stage: str = "at_district") -> list[str]:
    numbers = []
    for _ in range(count):
        (card,) = await town.files("KK")
        await town.carries(card, stage)
        numbers.append(card.number)
    town.clock += 60_000
    await town.grace()
    return numbers


async def test_a_courier_sees_what_waits_by_leg_with_counts(town: Town):
    await bag_of(town, 3)
    await bag_of(town, 2, "issued")
    assert "Tugas" in await town.joko.says("/tugas")
    assert [label.split(" · ")[0] for label in town.joko.buttons] == [
        "Bawa ke Disdukcapil (3)", "Jemput dari Disdukcapil (2)", "Muat ulang",
    ]  # fmt: skip


async def test_the_oldest_age_is_shown_and_warns(town: Town):
    await bag_of(town, 1)
    town.clock += 3 * 24 * 3600 * 1000
    await town.joko.says("/tugas")
    assert "terlama 3 hari kerja" in town.joko.screen
    assert "⚠" in town.joko.buttons[0]


async def test_twelve_files_leave_in_three_taps(town: Town):
    numbers = await bag_of(town, 12)
    await town.follows(town.sari, numbers[0])
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    done = await town.joko.taps("✅ 12 berkas dibawa ke Disdukcapil")
    assert done.startswith("12 berkas dibawa ke Disdukcapil")
    await town.grace()
    assert "Disdukcapil" in town.sari.screen


async def test_what_is_unticked_stays(town: Town):
    numbers = await bag_of(town, 3)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    await town.joko.taps(grouped(numbers[1]))
    assert "2 dari 3" in town.joko.screen
    await town.joko.taps("✅ 2 berkas")
    await town.joko.says("/tugas")
    assert town.joko.buttons[0].startswith("Bawa ke Disdukcapil (1)")


async def test_a_tick_sent_twice_says_the_same_twice(town: Town):
    numbers = await bag_of(town, 2)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    await town.joko.taps(grouped(numbers[0]), times=2)
    assert "1 dari 2" in town.joko.screen


async def test_abag_of_more_than_eight_has_pages(town: Town):
    numbers = await bag_of(town, 10)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    assert sum("☑" in label for label in town.joko.buttons) == 8
    await town.joko.taps("▶")
    assert [label for label in town.joko.buttons if "☑" in label] == [
        f"☑ {grouped(number)} · KK · Tlogopakis" for number in numbers[8:]
    ]


async def test_what_arrives_later_is_named_and_not_swept_in(town: Town):
    await bag_of(town, 2)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    (late,) = await town.files("KK")
    await town.carries(late, "at_district")
    await town.joko.taps("Buka satu")
    await town.joko.taps("Pilih berkas")
    assert "+1" in town.joko.screen
    await town.joko.taps("✅ 2 berkas")
    assert (await town.document(late)).stage == "at_district"


async def test_one_document_can_be_opened_and_completed_alone(town: Town):
    numbers = await bag_of(town, 3)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    await town.joko.taps("Buka satu")
    assert grouped(numbers[2]) in await town.joko.taps(grouped(numbers[2]))
    assert (await town.joko.taps("✅ Bawa ke Disdukcapil")).startswith("1 berkas dibawa")


async def test_undo_takes_back_before_anyone_is_told(town: Town):
    numbers = await bag_of(town, 2)
    await town.follows(town.sari, numbers[0])
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    await town.joko.taps("✅ 2 berkas")
    await town.joko.taps("Urungkan")
    await town.grace()
    assert town.sari.heard == []
    await town.joko.says("/tugas")
    assert town.joko.buttons[0].startswith("Bawa ke Disdukcapil (2)")


async def test_undo_is_over_with_the_grace(town: Town):
    await bag_of(town, 1)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    await town.joko.taps("✅ 1 berkas")
    await town.grace()
    await town.joko.taps("Urungkan")
    assert "Terlambat" in town.joko.alert


async def test_two_couriers_on_one_bag_move_each_document_once(any_town: Town):
    town = any_town
    numbers = await bag_of(town, 3)
    for courier in (town.joko, town.slamet):
        await courier.says("/tugas")
        await courier.taps("Disdukcapil (3)")
    await town.slamet.taps(grouped(numbers[0]))
    await town.slamet.taps("✅")
    assert "1 " in await town.joko.taps("✅ 3 berkas")
    assert "2 sudah" in town.joko.screen
    assert "petugas Jek-Duk" in town.joko.screen
    assert all(f"…{number[-4:]}" in town.joko.screen for number in numbers[1:])


async def test_a_bag_that_others_emptied_says_by_whom(town: Town):
    await bag_of(town, 2)
    for courier in (town.joko, town.slamet):
        await courier.says("/tugas")
        await courier.taps("Disdukcapil (2)")
    await town.slamet.taps("✅")
    await town.joko.taps("✅ 2 berkas")
    assert "petugas Jek-Duk" in town.joko.screen
    assert "Sudah berubah" in town.joko.alert


async def test_a_double_tap_acts_once_and_both_are_answered(any_town: Town):
    town = any_town
    numbers = await bag_of(town, 2)
    await town.follows(town.sari, numbers[0])
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    await town.joko.taps("✅ 2 berkas", times=2)
    assert not town.joko.phone.unanswered
    await town.grace()
    assert len(town.sari.heard) == 1
    assert "2 berkas dibawa" in town.joko.screen


async def test_a_tap_resent_by_the_phone_changes_nothing(town: Town):
    numbers = await bag_of(town, 1)
    await town.follows(town.sari, numbers[0])
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    town.sandbox.fault("drop", method="answerCallbackQuery", times=None)
    await town.joko.taps("✅ 1 berkas")
    town.joko.phone.resend_unanswered()
    await town.settled()
    await town.grace()
    assert len(town.sari.heard) == 1


async def test_an_old_card_turns_into_the_present(town: Town):
    await bag_of(town, 1)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    old = [key["callback_data"] for row in town.joko.last.message.buttons for key in row]
    await town.joko.taps("✅ 1 berkas")
    await town.joko.forges(next(data for data in old if data.startswith("k:")))
    assert "Sudah berubah" in town.joko.alert


async def test_a_village_acts_for_itself_alone(town: Town):
    (card,) = await town.files("KK", village="kayupuring", by="kayupuring")
    await town.warni.forges(TakeLeg(card.id, card.version, "to_district"))
    assert "Bukan tugas" in town.warni.alert
    assert town.warni.heard == []  # not even where it is
    assert (await town.document(card)).stage == "filed"


async def test_a_courier_cannot_hand_over_to_families(town: Town):
    (card,) = await town.files("KTP")
    card = await town.carries(card, "ready_at_village")
    await town.joko.forges(TakeLeg(card.id, card.version, "handed_over"))
    assert "Bukan tugas" in town.joko.alert
    assert town.sari.heard == []


async def test_a_village_fetches_with_one_tap_past_the_road(town: Town):
    (card,) = await town.files("KK")
    card = await town.carries(card, "ready_at_district")
    await town.warni.says("/tugas")
    await town.warni.taps("Jemput di kecamatan")
    await town.warni.taps("siap di kantor desa")
    assert (await town.document(card)).stage == "ready_at_village"


async def test_the_desk_hands_a_walk_in_their_document(town: Town):
    await town.rina.says("/baru")
    await town.rina.taps("Kasimpar")
    await town.rina.taps("KTP-el")
    await town.rina.taps("✅ Daftarkan")
    async with town.storage.reading() as tx:
        (waiting,) = await tx.all("waiting")
    assert waiting[0] == "at_district"


async def test_the_village_hears_at_once_and_silently_that_something_is_ready(town: Town):
    (card,) = await town.files("KK")
    card = await town.carries(card, "from_registry")
    await town.rina.says(card.number)
    await town.rina.taps("✅ Serahkan ke kecamatan")
    await town.grace()
    assert "siap" in town.warni.screen.lower()


async def test_whoever_was_dismissed_is_refused_at_the_next_tap(town: Town):
    await bag_of(town, 1)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    async with town.storage.transaction() as tx:
        await tx.all("end_post", id=(await town.person(town.joko)).posts[0].id, now=town.clock)
    await town.joko.taps("✅ 1 berkas")
    assert "petugas" in town.joko.alert
    async with town.storage.reading() as tx:
        assert [row[0] for row in await tx.all("waiting")] == ["at_district"]


async def test_whoever_was_dismissed_takes_nothing_back(town: Town):
    await bag_of(town, 1)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    await town.joko.taps("✅ 1 berkas")
    async with town.storage.transaction() as tx:
        await tx.all("end_post", id=(await town.person(town.joko)).posts[0].id, now=town.clock)
    await town.joko.taps("Urungkan")
    assert "Ini untuk petugas" in town.joko.alert


async def test_officers_find_a_file_by_its_last_digits(town: Town):
    (card,) = await town.files("KK")
    await town.warni.says(f"/cari {card.number[-4:]}")
    assert grouped(card.number) in await town.warni.taps(grouped(card.number))


async def test_a_village_finds_only_its_own(town: Town):
    (card,) = await town.files("KK", village="kayupuring", by="kayupuring")
    assert "Tidak ada" in await town.warni.says(f"/cari {card.number[-6:]}")


async def test_tasks_are_for_staff(town: Town):
    assert "petugas" in await town.sari.says("/tugas")


async def test_taps_fifty_milliseconds_apart_by_two_people_move_once(any_town: Town):
    town = any_town
    (card,) = await town.files("KK")
    card = await town.carries(card, "at_district")
    tap = TakeLeg(card.id, card.version, "to_registry")
    for courier in (town.joko, town.slamet):
        await courier.says("/tugas")
    await asyncio.gather(town.joko.forges(tap), town.slamet.forges(tap))
    assert (await town.document(card)).version == card.version + 1
    assert sum("Sudah berubah" in p.alert or "Sampun gantos" in p.alert for p in (town.joko, town.slamet)) == 1


async def test_what_i_moved_myself_by_another_way_is_not_said_to_be_anothers(town: Town):
    one, other = await town.files("KK", "KTP")
    for document in (one, other):
        await town.carries(document, "ready_at_district")
    await town.warni.says("/tugas")
    await town.warni.taps("Jemput di kecamatan")
    old = next(key["callback_data"] for row in town.warni.last.message.buttons for key in row if "✅" in key["text"])
    found = await town.document(one)
    await town.warni.forges(TakeLeg(found.id, found.version, "ready_at_village"))
    await town.warni.forges(old)
    assert "1 sudah Bapak/Ibu catat" in town.warni.screen
