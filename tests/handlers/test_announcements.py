"""A head tells people something: to whom it goes, how it arrives, what came of it; and what may not stand in it."""

import pytest

from handlers.announcements.buttons import BeginAnnouncement, CutAnnouncement
from handlers.announcements.composing import previews, told, written, wrong_with
from locales import words
from storage import outbox
from storage.heads import hearers, pausing
from storage.records import HOUR
from tests.storage.cast import ask
from tests.town import Town

TEXT = "/umumkan Loket tutup hari Jumat."


@pytest.fixture
async def town(town: Town) -> Town:
    """Sari, Emma and Mbah Paijo follow documents of Tlogopakis."""
    (card,) = await town.files("KK")
    await town.grace()
    for who in (town.sari, town.emma, town.paijo):
        await town.follows(who, card.number)
    return town


async def goes_out(town: Town) -> None:
    """Everybody's turn comes, and the job that ends announcements has its own."""
    await town.passes(60)
    await town.chores()
    await town.settled()


async def test_a_village_is_told_as_the_preview_shows_and_the_sums_agree(town: Town):
    town.emma.phone.block()
    await town.settled()
    assert "Siapa yang menerima?" in await town.hadi.says(TEXT)
    await town.hadi.taps("Satu desa …")
    preview = await town.hadi.taps("Tlogopakis")
    assert "Loket tutup hari Jumat." in preview
    assert "5 orang menerimanya." in preview  # three families, the officer and the midwife
    assert "Pembaca Basa Jawi (krama), English menerimanya dalam Bahasa Indonesia, dengan catatan." in preview
    await town.hadi.taps("✅ Kirim ke 5 orang")
    await goes_out(town)
    assert preview.startswith(town.sari.screen)
    assert town.paijo.screen.endswith("Pesen menika namung wonten ing Bahasa Indonesia.")
    assert "Terkirim: 4. Tidak sampai: 1.\nMohon dikabari lewat telepon: Tlogopakis (1)" in town.hadi.screen


async def test_to_nobody_there_is_nothing_to_send_and_the_preview_says_what_to_do(town: Town):
    await town.hadi.says(TEXT)
    preview = await town.hadi.taps("Keluarga, per tahap …", "Siap diambil di desa")
    assert preview.endswith("Tidak ada yang akan menerimanya. Silakan kembali dan pilih penerima lain.")
    assert town.hadi.buttons == ["Kembali"]


async def test_it_begins_once(town: Town):
    id = await drafted(town)
    for role in ("village_officer", "village_officer", "courier"):
        await town.hadi.forges(BeginAnnouncement(id, "role", role))
    await goes_out(town)
    assert sum("Loket tutup" in text for text in town.warni.heard) == 1
    assert town.joko.heard == []


async def test_those_of_a_stage_are_told_and_no_others(town: Town):
    (other,) = await town.files("KK", village="simego", by="simego")
    await town.carries(other, "at_registry")
    await town.follows(town.sari, other.number)
    await town.hadi.forges(BeginAnnouncement(await drafted(town), "stage", "at_registry"))
    await goes_out(town)
    assert any("Loket tutup" in text for text in town.sari.heard)
    assert not any("Loket tutup" in text for text in town.emma.heard)


async def test_the_sums_agree_after_a_kill_amid_it(town: Town):
    await town.hadi.forges(BeginAnnouncement(await drafted(town), "all", ""))
    async with town.storage.transaction() as tx:  # as a process that took one in hand, and died
        assert len(await outbox.claim(tx, outbox.NOTICE, town.clock + HOUR, 1)) == 1
    await town.kill()
    await town.start()
    await goes_out(town)
    assert "Terkirim: 3. Tidak sampai: 0." in town.hadi.screen
    assert [sum("Loket tutup" in text for text in who.heard) for who in (town.sari, town.emma, town.paijo)] == [1, 1, 1]


async def test_it_is_stopped_goes_on_after_a_restart_and_leaves_the_rest_alone(town: Town):
    await town.hadi.forges(BeginAnnouncement(await drafted(town), "all", ""))
    assert "Dihentikan." in await town.hadi.taps("Hentikan")
    await goes_out(town)
    await town.kill()
    await town.start()
    heard = [any("Loket tutup" in text for text in who.heard) for who in (town.sari, town.emma, town.paijo)]
    assert heard == [True, False, False]  # one was on its way
    assert "⏸ Dijeda: satu pengumuman" in await town.hadi.says("/tugas")
    await town.hadi.taps("Lanjutkan: satu pengumuman")
    await goes_out(town)
    assert "Terkirim: 3. Tidak sampai: 0." in town.hadi.screen


async def test_what_goes_on_leaves_as_slowly_as_it_began(town: Town):
    async with town.storage.transaction() as tx:
        await pausing.begin(tx, pausing.ALL, "", "other", 1, town.clock)
        chats = range(740_000_000, 740_000_020)
        await outbox.owe(
            tx, [outbox.Due(f"a:{n}", n, "announcement", outbox.NOTICE, town.clock) for n in chats], town.clock
        )
        await outbox.owe(
            tx, [outbox.Due(f"n:{n}", n, "reminder", outbox.NOTICE, town.clock) for n in chats], town.clock
        )
        while await outbox.claim(tx, outbox.NOTICE, town.clock, 50):
            pass
        [(pause, *_)] = await tx.all("pauses")
        assert await pausing.end(tx, pause, town.clock)
    due = await ask(town.storage, "select kind, due_at from outbox where sent_at is null and kind <> 'act' order by id")
    times = {kind: [at - town.clock for one, at in due if one == kind] for kind, _ in due}
    assert times["announcement"] == [n * pausing.EACH_MS for n in range(20)]
    assert set(times["reminder"]) == {0}


async def test_what_is_ended_tells_nobody_more(town: Town):
    id = await drafted(town)
    await town.hadi.forges(BeginAnnouncement(id, "all", ""))
    shown = await town.hadi.forges(CutAnnouncement(id))
    assert "Terkirim: 1. Tidak sampai: 2." in shown
    await goes_out(town)
    assert not any("Loket tutup" in text for text in town.paijo.heard)


async def test_what_waits_in_the_senders_hands_when_it_is_ended_is_not_told(town: Town):
    id = await drafted(town)
    await town.hadi.forges(BeginAnnouncement(id, "all", ""))
    town.clock += 1000
    async with town.storage.transaction() as tx:
        found = await outbox.claim(tx, outbox.NOTICE, town.clock, 50)
        await hearers.cut(tx, id, town.clock)
    async with town.storage.transaction() as tx:  # one of them is throttled, say, and tried again later
        await outbox.let_go(tx, found)
    await goes_out(town)
    heard = [any("Loket tutup" in text for text in who.heard) for who in (town.sari, town.emma, town.paijo)]
    assert heard == [True, False, False]


async def test_who_is_forgotten_meanwhile_is_not_reached(town: Town):
    id = await drafted(town)
    await town.hadi.forges(BeginAnnouncement(id, "all", ""))
    async with town.storage.transaction() as tx:
        await tx.all("forget_notices", chat=town.paijo.chat)
        await hearers.cut(tx, id, town.clock)
        ended = await hearers.get(tx, id)
    assert ended
    assert (ended.people, ended.sent, ended.missing) == (3, 1, {"tlogopakis": 1, "": 1})


async def test_only_a_head_announces(town: Town):
    assert "Siapa yang menerima" not in await town.rina.says(TEXT)
    await town.rina.forges(BeginAnnouncement(await drafted(town), "all", ""))
    await goes_out(town)
    assert town.sari.heard == []


@pytest.mark.parametrize(
    "text, wrong",
    [
        ("Loket tutup hari Jumat.", ""),
        ("Telepon (0285) 123456, dokumen gratis.", ""),
        ("NIK 3326010101900001 siap", "announce_nik"),
        ("9999-8888-7777-6666", "announce_nik"),
        ("3326 0101 0190 0001", "announce_nik"),
        ("3326/0101/0190/0001", "announce_nik"),
        ("Mohon transfer Rp 20.000", "announce_money"),
        ("Kirim kode OTP kepada kami", "announce_money"),
        ("Please send the verification code", "announce_money"),
        ("Lengkapi data di https://jekduk.example/isi", "announce_link"),
        ("Hubungi wa.me/62812000", "announce_link"),
        ("Tanya @jekduk_resmi", "announce_link"),
        ("Buka pukul 08.00 s.d. 14.30, Senin 30.11.2026.", ""),
        ("x" * 901, "announce_long"),
        ("", "announce_how"),
        ("???", "announce_how"),
        ("id: 📣 12.30", "announce_how"),
    ],
)
def test_what_may_not_be_announced(text, wrong):
    assert wrong_with(written(text, "id")) == wrong


@pytest.mark.parametrize(
    "text",
    [
        "Loket tutup 24/12/2026 - 26/12/2026.",
        "Rekam KTP 24-11-2026 08.00-12.00 di balai desa.",
        "Buka 08.00–10.00, 10.00–12.00 (Jumat 08.00-10.30).",
        "Keliling:\n• 24/11 08.00\n• 25/11 08.00\n• 26/11 08.00",
    ],
)
async def test_days_and_hours_are_announced_however_many_digits_they_have(town: Town, text: str):
    assert "Siapa yang menerima" in await town.hadi.says(f"/umumkan {text}")


async def test_a_number_of_sixteen_digits_is_refused_in_words(town: Town):
    assert "16 angka" in await town.hadi.says("/umumkan NIK 3326010101900001 siap diambil")


def test_three_languages_stand_in_one_message():
    texts = written("Tutup.\njv: Tutup nggih.\nen: Closed.", "id")
    assert texts == {"id": "Tutup.", "jv": "Tutup nggih.", "en": "Closed."}
    assert written("Tutup.\nid: Jumat.\nen: Closed.\nid: Senin buka.", "id")["id"] == "Tutup.\nJumat.\nSenin buka."
    assert [told(texts, words(lang)) for lang in ("id", "jv", "en")] == previews(texts)
    assert "There <b> & you" not in told({"id": "There <b> & you"}, words("id"))


async def drafted(town: Town) -> int:
    async with town.storage.transaction() as tx:
        return await hearers.draft(tx, {"id": "Loket tutup hari Jumat."}, 1, town.clock)
