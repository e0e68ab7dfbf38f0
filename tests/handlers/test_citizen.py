"""What a family sees and decides."""

import pytest

from handlers.documents.buttons import TakeLeg
from storage import outbox
from storage.numbers import EXAMPLE, grouped
from tests.storage.cast import ask
from tests.town import Town


@pytest.mark.parametrize(
    "spelling", ["{0}{1}{2}", "{0} {1} {2}", "{0}.{1}.{2}", "resi: {0}-{1}-{2} ya", "/status {0}{1} {2}"]
)
async def test_a_number_in_any_spelling_shows_where_the_document_is(town: Town, spelling: str):
    (card,) = await town.files("KK")
    number = card.number
    shown = await town.sari.says(spelling.format(number[:4], number[4:8], number[8:]))
    assert shown.splitlines()[0] == f"Kartu Keluarga · {grouped(number)}"
    assert "Terdaftar di desa, Sel 24 Nov, 08.10 WIB." in shown
    assert "Gratis" in shown


async def test_a_deep_link_shows_the_same_as_the_number(town: Town):
    (card,) = await town.files("KK")
    town.sari.phone.start(card.number)
    await town.settled()
    linked = town.sari.screen
    assert linked == await town.sari.says(card.number)


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
    assert "taken to the registry" in "".join(town.emma.heard)
    assert "dibawa" in "".join(town.sari.heard)


async def test_only_what_concerns_the_family_rings(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    for stage in town.workflow.route("KK")[1:]:
        card = await town.carries(card, stage)
        await town.grace()
    rings = [seen.text.splitlines()[0] for seen in town.sari.phone.heard if not seen.silent]
    assert len(rings) == 3  # issued, ready at the district, ready at the village
    assert "terbit" in rings[0]
    assert "siap diambil" in rings[-1].lower()


async def test_following_records_the_consent_and_says_what_is_kept(town: Town):
    (card,) = await town.files("KK")
    await town.sari.says(card.number)
    await town.sari.taps("Kabari saya")
    assert "/hapus" in town.sari.alert
    assert any("Berhenti kabar" in label for label in town.sari.buttons)
    assert await ask(town.storage, "select chat from consent") == [(town.sari.chat,)]


async def test_stopping_stops(town: Town):
    (card,) = await town.files("KK")
    await town.sari.says(card.number)
    await town.sari.taps("Kabari saya")
    await town.sari.taps("Berhenti kabar")
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


async def test_a_number_that_is_not_filed_can_be_waited_for(town: Town):
    assert "belum ada di catatan kami" in await town.sari.says(EXAMPLE)
    await town.sari.taps("Kabari bila sudah ada")
    assert "30" in town.sari.alert
    assert "belum ada" in await town.sari.says("/status")


async def test_a_mistyped_number_is_called_a_slip(town: Town):
    (card,) = await town.files("KK")
    wrong = card.number[:-1] + str((int(card.number[-1]) + 1) % 10)
    assert (
        await town.sari.says(wrong) == f"{grouped(wrong)}: sepertinya ada satu angka yang keliru. Mohon periksa lagi."
    )


async def test_a_nik_is_refused_and_kept_nowhere(town: Town):
    assert "Jangan kirim NIK" in await town.sari.says("NIK saya 3326 0440 0101 9001")


async def test_guessing_numbers_ends_in_a_pause_in_which_followed_numbers_still_answer(town: Town):
    (card,) = await town.files("KK")
    (other,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    for guess in GUESSES[:5]:
        assert "belum ada" in await town.sari.says(guess)
    assert "Terlalu banyak percobaan" in await town.sari.says(GUESSES[5])
    assert "Terlalu banyak percobaan" in await town.sari.says(other.number)
    assert "Kartu Keluarga" in await town.sari.says(card.number)
    town.clock += 61 * 60 * 1000
    assert "Kartu Keluarga" in await town.sari.says(other.number)


async def test_guessing_by_asking_to_be_told_is_guessing_too(town: Town):
    (card,) = await town.files("KK")
    await town.sari.says("/daftar " + " ".join(GUESSES[:5]))
    assert "Terlalu banyak percobaan" in await town.sari.says(f"/daftar {card.number}")
    assert "Terlalu banyak percobaan" in await town.sari.says(GUESSES[5])


async def test_to_ask_twice_for_the_same_number_is_one_guess(town: Town):
    for _ in range(6):
        assert "dikabari bila sudah ada" in await town.sari.says(f"/daftar {GUESSES[0]}")
    for number in GUESSES[1:4]:
        await town.sari.says(number)
    assert "belum ada" in await town.sari.says(GUESSES[4])


async def test_to_wait_no_longer_is_no_guess(town: Town):
    for number in GUESSES[:3]:
        await town.sari.says(number)
        await town.sari.taps("Kabari bila sudah ada")
    for number in GUESSES[:3]:
        await town.sari.says(number)
        assert "mungkin belum didaftarkan" in await town.sari.taps("Berhenti kabar")
    assert "belum ada" in await town.sari.says(GUESSES[4])


@pytest.mark.parametrize(
    "said, answer",
    [("563185915429", "satu angka yang keliru"), ("3326 0440 0101 9001", "Jangan kirim NIK"), ("", "Kabari saya")],
    ids=["slip", "nik", "nothing"],
)
async def test_to_follow_by_command_needs_a_sound_number(town: Town, said: str, answer: str):
    assert answer in await town.sari.says(f"/daftar {said}".rstrip())


async def test_whoever_writes_can_be_reached_again(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    async with town.storage.transaction() as tx:
        await outbox.lose(tx, town.sari.chat, "not found", town.clock)
    await town.carries(card, "to_district")
    await town.grace()
    assert town.sari.heard == []
    await town.sari.says("/status")
    assert sum("dibawa ke kecamatan" in text for text in town.sari.heard) == 1


async def test_the_language_changes_at_once_and_stays(town: Town):
    await town.sari.says("/bahasa")
    assert "Welcome" in await town.sari.taps("English")
    assert "Please send the receipt number" in await town.sari.says("hello")


async def test_forgetting_leaves_nothing(town: Town):
    (card,) = await town.files("KK")
    await town.sari.says(card.number)
    await town.sari.taps("Kabari saya")
    assert "Sudah dihapus" in await town.sari.says("/hapus")
    town.sari.forgets()
    await town.carries(card, "to_district")
    await town.grace()
    assert town.sari.heard == []


async def test_a_death_is_told_in_plain_words(town: Town):
    documents = await town.files("AKM", "KK")
    shown = await town.sari.says(documents[0].number)
    await town.follows(town.sari, documents[0].number)
    await town.carries(documents[0], "to_district")
    await town.grace()
    assert not set("🏠🏢🏛🛵🔔🔕●✓") & set(shown + town.sari.screen + "".join(town.sari.phone.heard[0].buttons))


async def test_the_history_leaves_out_what_was_taken_back(town: Town):
    (card,) = await town.files("KK")
    await town.warni.says(card.number)
    await town.warni.taps("Bawa ke kecamatan")
    await town.warni.taps("Urungkan")
    await town.sari.says(card.number)
    history = await town.sari.taps("Riwayat")
    assert "Terdaftar di desa" in history
    assert "kecamatan" not in history


@pytest.mark.parametrize("word", ["halo", "🙏", "a" * 4096, "/apaini", "12345"])
async def test_stray_words_get_a_short_useful_answer(town: Town, word: str):
    answer = await town.sari.says(word)
    assert len(answer) < 160
    assert "12 angka" in answer or "/bantuan" in answer


async def test_photos_voices_and_stickers_get_a_short_answer(town: Town):
    town.sari.phone.photo(b"not a real picture")
    town.sari.phone.sticker()
    town.sari.phone.voice()
    await town.settled()
    assert len(town.sari.heard) == 3
    assert "foto" in town.sari.heard[0].lower()


async def test_an_edited_message_and_a_group_get_silence(town: Town):
    message = town.sari.phone.say("halo")
    await town.settled()
    town.sari.forgets()
    town.sari.phone.edit(message, "halo lagi")
    group = town.sandbox.group("Desa", "group")
    window = group.add_person(town.sari.person.user)
    group.add_bot(town.telegram, town.sari.person.user)
    window.say(EXAMPLE)
    await town.settled()
    assert town.sari.heard == []
    assert window.heard == []


@pytest.mark.parametrize(
    "data", ["", "zzz", "t:1:2:3:4:5", "s:12", "t:zzzzzzzzzzzzzzzzz:1:issued", "x" * 80, "f:000000000000"]
)
async def test_forged_taps_are_refused_politely(town: Town, data: str):
    await town.sari.says("/start")
    await town.sari.forges(data or " ")
    assert "Tombol ini sudah terlalu lama" in town.sari.alert


async def test_a_citizen_cannot_press_an_officers_button(town: Town):
    (card,) = await town.files("KK")
    await town.sari.says(card.number)
    await town.sari.forges(TakeLeg(card.id, card.version, "to_district"))
    assert "petugas" in town.sari.alert
    assert (await town.document(card)).stage == "filed"


GUESSES = ["200000000008", "200000001377", "200000002740", "200000004113", "200000005482", "200000006856"]
