"""Bags, as couriers, desks and villages pack and complete them."""

import pytest

from handlers.bags.buttons import CompleteBag, ShowBag, Tick, TickGroup
from handlers.holds.buttons import HoldWhy
from handlers.wording.layout import grouped
from storage import bags
from tests.storage.cast import ask
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


async def test_twelve_files_leave_in_three_taps(town: Town):
    numbers = await bag_of(town, 12)
    await town.follows(town.sari, numbers[0])
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    done = await town.joko.taps("✅ 12 berkas · Tlogopakis")
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
    assert town.joko.buttons[:2] == ["🛵 Serahkan di Disdukcapil (2)", "Bawa ke Disdukcapil (1)"]


async def test_a_tick_sent_twice_says_the_same_twice(town: Town):
    numbers = await bag_of(town, 2)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    await town.joko.taps(grouped(numbers[0]), times=2)
    assert "1 dari 2" in town.joko.screen


async def test_a_bag_of_more_than_eight_has_pages(town: Town):
    numbers = await bag_of(town, 10)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    assert sum("☑" in label for label in town.joko.buttons) == 8
    await town.joko.taps("▶")
    assert [label for label in town.joko.buttons if "☑" in label] == [
        f"☑ {grouped(number)} · KK" for number in numbers[8:]
    ]


async def test_what_arrives_later_is_named_and_not_swept_in(town: Town):
    await bag_of(town, 2)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    (late,) = await town.files("KK")
    await town.carries(late, "at_district")
    await town.joko.taps("Buka satu", "Pilih berkas")
    assert "+1" in town.joko.screen
    await town.joko.taps("✅ 2 berkas")
    assert (await town.document(late)).stage == "at_district"


async def test_two_couriers_on_one_bag_move_each_document_once(any_town: Town):
    town = any_town
    numbers = await bag_of(town, 3)
    for courier in (town.joko, town.slamet):
        await courier.says("/tugas")
        await courier.taps("Disdukcapil (3)")
    await town.slamet.taps(grouped(numbers[0]))
    await town.slamet.taps("✅")
    left = await town.joko.taps("✅ 3 berkas")
    assert "periksa sisanya" in town.joko.alert  # and nothing has moved: is it what he holds in his hands?
    assert "1 dari 1 dipilih" in left
    assert "2 berkas sudah dicatat sementara itu" in left
    assert (await town.joko.taps("✅ 1 berkas")).startswith("1 berkas dibawa ke Disdukcapil")


async def test_a_bag_that_others_emptied_says_by_whom(town: Town):
    await bag_of(town, 2)
    for courier in (town.joko, town.slamet):
        await courier.says("/tugas")
        await courier.taps("Disdukcapil (2)")
    await town.slamet.taps("✅")
    await town.joko.taps("✅ 2 berkas")
    assert "petugas Jek-Duk" in town.joko.screen
    assert "Sudah berubah" in town.joko.alert


async def test_a_bag_of_one_that_a_colleague_emptied_says_so_and_offers_no_next_leg_under_the_thumb(town: Town):
    await bag_of(town, 1)
    for courier in (town.joko, town.slamet):
        await courier.says("/tugas")
        await courier.taps("Disdukcapil (1)")
    await town.slamet.taps("✅ 1")
    assert "sudah dicatat petugas Jek-Duk lain Selasa 24 Nov pukul 08.11" in await town.joko.taps("✅ 1 berkas")
    assert not [label for label in town.joko.buttons if label.startswith("✅")]


@pytest.mark.parametrize("left", [0, 1])
async def test_a_bag_of_which_its_officer_has_recorded_all_by_several_acts_says_so_and_stays_a_bag(
    any_town: Town, left: int
):
    town = any_town
    numbers = await bag_of(town, 2 + left)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil", *map(grouped, numbers[2:]))
    ((bag,),) = await ask(town.storage, "select max(id) from bag")
    for number in numbers[:2]:
        await town.joko.says(number)
        await town.joko.taps("✅ Bawa ke Disdukcapil")
    await town.joko.says("/bantuan")
    said = await town.joko.forges(CompleteBag(bag, "to_registry"))
    assert town.joko.alert == "Sudah tercatat sebelumnya."
    assert said.startswith("2 berkas sudah Bapak/Ibu catat Selasa 24 Nov pukul 08.11")
    assert ("0 dari 1 dipilih" in said, [label[0] for label in town.joko.buttons].count("☐")) == (left == 1, left)
    assert not [label for label in town.joko.buttons if label.startswith("✅")]


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


async def test_a_village_fetches_with_one_tap_past_the_road(town: Town):
    (card,) = await town.files("KK")
    card = await town.carries(card, "ready_at_district")
    await town.warni.says("/tugas")
    await town.warni.taps("Jemput di kecamatan", "Lain …", "✅ Siapkan di kantor desa")
    assert (await town.document(card)).stage == "ready_at_village"


async def test_whoever_was_dismissed_is_refused_at_the_next_tap(town: Town):
    await bag_of(town, 1)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    async with town.storage.transaction() as tx:
        await tx.all("end_post", id=(await town.person(town.joko)).posts[0].id, now=town.clock)
    await town.joko.taps("✅ 1 berkas")
    assert "Akses Bapak/Ibu di bot ini sudah ditutup, jadi tidak ada yang dicatat." in town.joko.alert
    async with town.storage.reading() as tx:
        assert [row[0] for row in await tx.all("waiting")] == ["at_district"]


async def test_every_document_that_others_moved_is_counted(town: Town):
    await bag_of(town, 25)
    for courier in (town.joko, town.slamet):
        await courier.says("/tugas")
        await courier.taps("Disdukcapil (25)")
    await town.slamet.taps("✅")
    await town.joko.taps("✅ 25 berkas")
    assert "25 berkas sudah dicatat" in town.joko.screen


async def test_a_full_bag_says_how_many_more_wait(town: Town, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bags, "MOST", 3)
    await bag_of(town, 5)
    await town.joko.says("/tugas")
    assert "3 dari 3 dipilih" in await town.joko.taps("Bawa ke Disdukcapil (5)")
    assert "2 berkas lagi menunggu" in town.joko.screen
    assert "Muat ulang" not in town.joko.screen


async def test_a_bag_with_nothing_ticked_is_not_completed(town: Town):
    await bag_of(town, 2)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    town.joko.phone.tap("Lepas semua")
    await town.joko.taps("✅ 2 berkas")  # faster than the card can follow
    assert "paling sedikit satu" in town.joko.alert
    assert "0 dari 2" in town.joko.screen


async def test_whoever_unticks_quickly_waits_for_one_card_and_not_for_each(town: Town):
    await bag_of(town, 6)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    town.sandbox.calls.clear()
    lines = [label for label in town.joko.buttons if label.startswith("☑")]
    for line in lines[:5]:
        town.joko.phone.tap(line)
    await town.settled()
    assert "1 dari 6" in town.joko.screen
    assert not town.joko.phone.unanswered
    assert sum(call.method == "editMessageText" for call in town.sandbox.calls) == 1


async def test_a_tap_on_another_card_or_of_another_kind_leaves_no_card_as_it_was(town: Town):
    await bag_of(town, 3)
    for _ in range(2):
        await town.joko.says("/tugas")
        await town.joko.taps("Bawa ke Disdukcapil")
    one, other = [seen.id for seen in town.joko.phone.heard if "3 dari 3" in seen.text]
    line = next(label for label in town.joko.buttons if label.startswith("☑"))
    town.joko.phone.tap(line, message=one)
    town.joko.phone.tap(line, message=other)
    town.joko.phone.tap("Buka satu", message=other)
    await town.settled()
    edited = [call.params["message_id"] for call in town.sandbox.calls if call.method == "editMessageText"]
    assert edited[-3:] == [str(one), str(other), str(other)]


@pytest.mark.parametrize(
    "kind, rest",
    [
        (ShowBag, ()),
        (Tick, (0, 0, 0)),
        (TickGroup, (0, "KK", 0)),
        (HoldWhy, (0,)),
        (CompleteBag, ("to_registry",)),
    ],
)
async def test_the_bag_of_a_colleague_is_nobody_elses_whatever_is_forged(town: Town, kind, rest):
    await bag_of(town, 2)
    await town.joko.says("/tugas")
    await town.joko.taps("Bawa ke Disdukcapil")
    ((bag,),) = await ask(town.storage, "select max(id) from bag")
    await town.slamet.says("/tugas")
    await town.slamet.forges(kind(int(bag), *rest))
    assert "Sampun gantos" in town.slamet.alert
    assert await ask(town.storage, "select act from bag where chat <> 0") == [(None,)]
