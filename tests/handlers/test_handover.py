"""Documents go into a family's hands: one request at a time, with a proof, and with who fetched them."""

import pytest

from handlers.bags.buttons import CompleteBag
from handlers.documents.buttons import TakeLeg, TakeTogether
from handlers.handover.buttons import Give, Received
from handlers.wording.layout import grouped
from storage import ledger
from storage.counter import handovers, pickup
from storage.records import HOUR, Document
from tests.handlers.test_answered import answers
from tests.handlers.wants_codes import wrong
from tests.town import Inhabitant, Town


async def ready(town: Town, *types: str, stage: str = "ready_at_village") -> list[Document]:
    """Documents of one family that lie ready."""
    return [await town.carries(one, stage) for one in await town.files(*types or ("KK", "KIA"))]


async def code_of(town: Town, one: Document) -> str:
    async with town.storage.reading() as tx:
        [(code, _)] = await tx.all("pickup", request=one.request)
    return str(code)


async def types_code(town: Town, who: Inhabitant, code: str) -> None:
    for digit in code:
        await who.taps(digit)


async def stages(town: Town, *found: Document) -> set[str]:
    return {(await town.document(one)).stage for one in found}


async def test_a_village_hands_a_family_its_two_papers_with_one_message_and_two_taps(any_town: Town):
    town = any_town
    cards = await ready(town)
    await town.follows(town.sari, cards[0].number)
    await town.warni.says(cards[0].number)
    await town.warni.taps("Serahkan ke warga")
    assert "Serahkan: KK dan KIA" in town.warni.screen
    done = await town.warni.taps("✅ Tetangga")
    assert done.startswith("2 dokumen diserahkan ke warga")
    assert await stages(town, *cards) == {"handed_over"}
    await town.grace()
    assert "Diambil tetangga. Belum menerima?" in town.sari.screen
    assert len(town.sari.heard) == 1


async def test_from_the_list_it_takes_three_taps_and_nothing_is_ticked_before(town: Town):
    one, other = await ready(town), await ready(town, "KTP")
    await town.warni.says("/tugas")
    await town.warni.taps("Serahkan ke warga (3)")
    assert town.warni.buttons[:2] == [f"{grouped(one[0].number)} · KK, KIA", f"{grouped(other[0].number)} · KTP-el"]
    await town.warni.taps("KK, KIA")
    await town.warni.taps("✅ Suami/istri")
    assert await stages(town, *one) == {"handed_over"}
    assert await stages(town, *other) == {"ready_at_village"}


async def test_only_one_of_two_papers_may_be_fetched(town: Town):
    kk, kia = await ready(town)
    await town.warni.says(kk.number)
    await town.warni.taps("Serahkan ke warga")
    await town.warni.taps("Hanya KIA")
    await town.warni.taps("✅ Anak")
    assert (await stages(town, kia), await stages(town, kk)) == ({"handed_over"}, {"ready_at_village"})
    assert "Serahkan ke warga" in town.warni.buttons  # the rest stays on the card


async def test_the_desk_asks_for_the_code_and_the_family_reads_it(any_town: Town):
    town = any_town
    (card,) = await ready(town, "KTP", stage="ready_at_district")
    code = await code_of(town, card)
    await town.follows(town.sari, card.number)
    assert f"Kode ambil {grouped(card.number)}: {code}" in await town.sari.says(card.number)
    assert code not in await town.emma.says(card.number)  # who does not follow knows no code
    await town.rina.says(card.number)
    await town.rina.taps("Serahkan ke warga")
    assert not any("✅" in label for label in town.rina.buttons)  # a desk knows nobody
    await town.rina.taps("Kode ambil")
    await types_code(town, town.rina, code)
    await town.rina.taps("✅ Pemohon sendiri")
    assert await stages(town, card) == {"handed_over"}
    async with town.storage.reading() as tx:
        last = (await ledger.history(tx, card.id))[-1]
        assert await handovers.fetched_by(tx, last.act, card.request) == "self"


async def test_the_code_stands_on_the_receipt_and_not_in_the_number(town: Town):
    await town.warni.says("/baru")
    await town.warni.taps("☐ KK")
    await town.warni.taps("✅ Daftarkan")
    filed = next(text for text in town.warni.heard if "Terdaftar" in text)
    code = filed.partition("Kode ambil: ")[2][:4]
    assert code.isdigit()
    assert code not in filed.partition("\n")[0].replace(" ", "")


async def test_a_code_may_be_written_as_the_answer_to_the_card_with_its_keys(town: Town):
    (card,) = await ready(town, "KTP", stage="ready_at_district")
    code = await code_of(town, card)
    await town.rina.says(card.number)
    await town.rina.taps("Serahkan ke warga")
    assert "balas pesan ini" in await town.rina.taps("Kode ambil")
    keys = town.rina.last.id
    refused = await answers(town.rina, f"kode {wrong(code)}", keys)
    assert "Kode keliru" in refused
    assert "Sisa 4 kali." in refused
    await town.kill()
    await town.start()  # no process remembers it
    assert "Kode benar" in await answers(town.rina, f"{code[:2]} {code[2:]}", keys)
    assert "Kembali" in town.rina.buttons  # somebody else's turn first
    await town.rina.taps("✅ Suami/istri")
    assert await stages(town, card) == {"handed_over"}


async def test_digits_that_answer_no_card_are_a_search(town: Town):
    (card,) = await ready(town, "KTP", stage="ready_at_district")
    mistaken = wrong(await code_of(town, card))
    await town.rina.says(card.number)
    await town.rina.taps("Serahkan ke warga")
    await town.rina.taps("Kode ambil")
    for said in (mistaken, f"kode {mistaken}", f"Kode ambil: {mistaken}"):
        assert "Balas pesan yang berisi tombol angkanya" in await town.rina.says(said)
    found = await town.rina.says(f"kode {card.number[-4:]}")  # ends exactly one number: its card, and where codes go
    assert grouped(card.number) in found
    assert "Balas pesan yang berisi tombol angkanya" in found
    assert "Kode ambil?" not in await town.joko.says(card.number[-4:])  # who carries hands nothing over
    async with town.storage.reading() as tx:
        assert await pickup.left(tx, card.request) == pickup.TRIES


@pytest.mark.parametrize("said", ["kode 5851", "Kode ambil: 5851", "5851", "58 51"])
async def test_a_family_that_writes_a_code_reads_what_codes_are_for(town: Town, said: str):
    (card,) = await ready(town, "KK")
    for _ in range(2):  # whether they follow a number or not
        answer = await town.sari.says(said)
        assert "Kode ambil 4 angka: sebutkan kepada petugas" in answer
        assert "nomor resi: 12 angka" in answer
        await town.follows(town.sari, card.number)


async def test_a_code_is_guessed_five_times_and_no_more(any_town: Town):
    town = any_town
    (card,) = await ready(town, "KTP", stage="ready_at_district")
    code = await code_of(town, card)
    await town.rina.says(card.number)
    await town.rina.taps("Serahkan ke warga")
    await town.rina.taps("Kode ambil")
    for left in (4, 3, 2, 1):
        await types_code(town, town.rina, wrong(code, left))
        assert "Kode keliru" in town.rina.alert
        assert f"Sisa {left} kali" in town.rina.screen
    now = await town.document(card)
    await town.rina.forges(Give(card.number, 0, now.version, "self", wrong(code, 5)))  # a forged guess counts, too
    assert "Kode keliru" in town.rina.alert
    await town.rina.forges(Give(card.number, 0, now.version, "self", code))
    assert await stages(town, card) == {"ready_at_district"}
    assert "Kode ambil" not in town.rina.buttons


async def test_a_wrong_code_that_is_tapped_twice_or_named_again_is_one_of_the_five(any_town: Town):
    town = any_town
    (card,) = await ready(town, "KTP", stage="ready_at_district")
    mistaken = wrong(await code_of(town, card))
    await town.rina.says(card.number)
    await town.rina.taps("Serahkan ke warga", "Kode ambil", *mistaken[:3])
    await town.rina.taps(mistaken[3], times=2)
    assert "Sisa 4 kali" in town.rina.screen
    await town.kill()
    await town.start()
    await types_code(town, town.rina, mistaken)
    assert "Sisa 4 kali" in town.rina.screen


async def test_a_double_tap_hands_over_once(any_town: Town):
    town = any_town
    cards = await ready(town)
    await town.follows(town.sari, cards[0].number)
    await town.warni.says(cards[0].number)
    await town.warni.taps("Serahkan ke warga")
    await town.warni.taps("✅ Anak", times=2)
    assert "Sudah tercatat" in town.warni.alert
    await town.grace()
    assert len(town.sari.heard) == 1


async def test_what_has_moved_meanwhile_is_shown_anew_and_not_handed_over(town: Town):
    kk, kia = await ready(town)
    await town.warni.says(kk.number)
    await town.warni.taps("Serahkan ke warga")
    await town.carries(kia, "handed_over")
    await town.warni.taps("✅ Anak")
    assert "Sudah berubah" in town.warni.alert
    assert "Serahkan: KK ·" in town.warni.screen
    assert await stages(town, kk) == {"ready_at_village"}


async def test_no_old_card_and_no_forged_one_hands_over_without_a_proof(town: Town):
    (card,) = await ready(town, "KK")
    for old in (
        TakeLeg(card.id, card.version, "handed_over"),
        TakeTogether(card.number, 1, card.version, "handed_over"),
        Give(card.number, 0, card.version, "self", ""),
    ):
        await town.warni.forges(old)
        assert await stages(town, card) == {"ready_at_village"}
    await town.rina.forges(Give(card.number, 0, card.version, "self", "known"))
    assert await stages(town, card) == {"ready_at_village"}
    await town.simego.forges(Give(card.number, 0, card.version, "self", "known"))
    assert "Ini tugas petugas lain" in town.simego.alert
    assert town.simego.heard == []


async def test_no_bag_is_completed_into_a_familys_hands(town: Town):
    (card,) = await ready(town, "KK", stage="ready_at_district")
    await town.warni.says("/tugas")
    await town.warni.taps("Jemput di kecamatan")
    data = next(key["callback_data"] for row in town.warni.last.message.buttons for key in row if "✅" in key["text"])
    bag = int(data.split(":")[1], 36)
    await town.warni.forges(CompleteBag(bag, "handed_over"))
    assert await stages(town, card) == {"ready_at_district"}


# The receiver's own tap


async def test_the_receiver_says_in_their_own_chat_that_they_have_it(any_town: Town):
    town = any_town
    cards = await ready(town)
    await town.follows(town.sari, cards[0].number)
    await town.rina.says(cards[0].number)
    await town.warni.says(cards[0].number)
    await town.warni.taps("Serahkan ke warga")
    asked = await town.warni.taps("Penerima menekan")
    assert ("1 orang ditanyai" in asked, "sampai Selasa 24 Nov pukul 09.10." in asked) == (True, True)
    assert "Petugas menyerahkan: Kartu Keluarga dan Kartu Identitas Anak" in town.sari.screen
    assert "Sudah tercatat" in await town.sari.taps("✅ Saya terima")
    assert await stages(town, *cards) == {"handed_over"}
    assert town.warni.screen.startswith("2 dokumen diserahkan ke warga")
    assert "Urungkan" in "".join(town.warni.buttons)


async def test_who_it_was_is_not_made_up_where_the_receiver_taps(town: Town):
    (card,) = await ready(town, "KK")
    for who in (town.sari, town.emma):
        await town.follows(who, card.number)
    await town.warni.says(card.number)
    await town.warni.taps("Serahkan ke warga")
    await town.warni.taps("Penerima menekan")
    await town.emma.taps("✅ I have it")  # a neighbour, perhaps
    await town.passes(300)
    assert "Diambil yang mengikuti nomor ini." in town.sari.heard[-1]
    assert "Fetched by: somebody who follows this number." in await town.emma.says(card.number)


async def test_the_receivers_tap_is_offered_while_somebody_follows(town: Town):
    (card,) = await ready(town, "KTP", stage="ready_at_district")
    await town.rina.says(card.number)
    assert "Tanyakan kodenya" in await town.rina.taps("Serahkan ke warga")
    assert town.rina.buttons == ["Kode ambil", "Kembali"]
    await town.follows(town.sari, card.number)
    await town.rina.says(card.number)
    assert "penerima menekan di HP-nya" in await town.rina.taps("Serahkan ke warga")
    assert "Penerima menekan di HP-nya" in town.rina.buttons


async def test_where_no_code_can_be_tried_any_more_none_is_asked_for(town: Town):
    (card,) = await ready(town, "KTP", stage="ready_at_district")
    await town.follows(town.sari, card.number)
    await town.rina.says(card.number)
    await town.rina.taps("Serahkan ke warga", "Kode ambil")
    right = await code_of(town, card)
    for by in range(1, pickup.TRIES + 1):
        await types_code(town, town.rina, wrong(right, by))
    assert town.rina.alert == "Terlalu sering keliru: kode tidak bisa dicoba lagi. Mohon pilih cara lain."
    assert "Penerima menekan di HP-nya sendiri." in town.rina.screen
    assert ("kode ambil" in town.rina.screen.lower(), town.rina.buttons) == (
        False, ["Penerima menekan di HP-nya", "Kembali"],
    )  # fmt: skip


async def test_nobody_receives_who_was_not_asked_or_does_not_follow_or_too_late(town: Town):
    (card,) = await ready(town, "KK")
    await town.follows(town.sari, card.number)
    await town.sari.forges(Received(card.request))  # nobody asked
    assert "petugas" in town.sari.alert
    await town.warni.says(card.number)
    await town.warni.taps("Serahkan ke warga")
    await town.warni.taps("Penerima menekan")
    await town.emma.forges(Received(card.request))  # she follows nothing
    town.clock += 2 * HOUR
    await town.sari.taps("✅ Saya terima")
    assert await stages(town, card) == {"ready_at_village"}
