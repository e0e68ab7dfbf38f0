"""One line goes with a question of a family, and one with its answer: masked, read by a tap, and gone in time."""

import pytest

from handlers.feedback.buttons import AnswerQuestion, ShowQuestion, SkipLine, WriteLine
from handlers.privacy.buttons import Forget
from handlers.wording.layout import grouped
from storage import people
from storage.db.migrate import available
from storage.db.tables import tables_of
from storage.feedback import lines
from storage.records import DAY, MINUTE, Document
from tests.handlers.test_answered import answers
from tests.handlers.test_photographs import sheet, shows
from tests.storage.cast import ask
from tests.town import Town

LINE = "Nama adik saya kurang huruf H"
NIK = "3326164505990003"
TAKEN = "Tulisan Bapak/Ibu ikut"


async def asks(town: Town, line: str = "") -> Document:
    """Sari asks what she must bring, and writes that."""
    (card,) = await town.files("KK")
    await town.sari.says(card.number)
    await town.sari.taps("Tanya / lapor …")
    await town.sari.taps("Apa yang perlu dibawa?")
    for who in (town.warni, town.hadi):
        who.forgets()
    if line:
        await town.sari.says(line)
    await town.passes(1)
    return card


async def kept(town: Town, *words: str) -> list[str]:
    """Which of these words stand in some table."""
    tables = repr([await ask(town.storage, f"select * from {one.name}") for one in tables_of(available()[-1][0])])
    return [word for word in words if word in tables]


async def test_a_line_goes_with_the_question_and_one_with_the_answer(town: Town):
    await asks(town, LINE)
    assert TAKEN in town.sari.screen
    [notice] = town.warni.heard
    assert LINE not in notice
    await town.warni.taps("Baca dan jawab")
    assert LINE in town.warni.screen
    await town.warni.taps("Tambah satu baris")
    await town.warni.says("Bawa buku nikah asli")
    assert "Bawa buku nikah asli" in town.warni.screen
    town.sari.forgets()
    await town.warni.taps("Silakan datang bawa resi", times=2)
    await town.passes(1)
    [answer] = town.sari.heard
    assert "Silakan datang ke kantor desa Tlogopakis" in answer
    assert "Dari kantor desa Tlogopakis: “Bawa buku nikah asli”" in answer
    assert await kept(town, LINE) == []
    town.clock += lines.KEPT + 1
    await town.chores()
    assert await kept(town, "Bawa buku nikah") == []


async def test_without_a_line_the_question_goes_by_itself(town: Town):
    await asks(town)
    assert town.warni.heard == []
    await town.passes(lines.WRITING / 1000)
    [notice] = town.warni.heard
    assert "Apa yang perlu dibawa?" in notice
    assert "Tambah satu baris" in town.warni.buttons
    assert TAKEN not in await town.sari.says(LINE)
    assert await kept(town, LINE) == []


@pytest.mark.parametrize(
    "said, answer",
    [
        ("a" * 201, "paling panjang 200 huruf"),
        ("satu\ndua", "tanpa baris baru"),
        (NIK, "Nomor panjang tidak ikut"),
        ("lihat https://contoh.id", "Link dan perintah"),
    ],
)
async def test_what_does_not_go_along_is_said_and_may_be_written_again(town: Town, said: str, answer: str):
    await asks(town)
    assert answer in await town.sari.says(said)
    assert TAKEN in await town.sari.says(LINE)


async def test_pictures_and_contacts_are_refused_in_words(town: Town):
    await asks(town)
    assert "hanya tulisan" in await shows(town.sari, sheet([]))
    assert "hanya tulisan" in await shows(town.sari, sheet([]), LINE)
    town.sari.phone.contact("+628123456789")
    await town.settled()
    assert "hanya tulisan" in town.sari.screen
    assert await kept(town, LINE, "628123456789") == []


@pytest.mark.parametrize("secret", [NIK, "3326-1645-0599-0003", "0812 3456 7890", "+62 812-3456-789", "45 05 1999"])
async def test_long_numbers_are_left_out_and_that_is_said(town: Town, secret: str):
    await asks(town, f"Anak saya {secret} belum jadi😀")
    assert "“Anak saya … belum jadi”" in town.sari.screen
    assert "Nomor panjang tidak diikutkan" in town.sari.screen
    assert await kept(town, secret) == []


@pytest.mark.parametrize("said", ["matur nuwun", "bantuan", "5631 8591 5492"])
async def test_what_means_something_else_does_not_go_along(town: Town, said: str):
    await asks(town, said)
    assert TAKEN not in town.sari.screen
    assert TAKEN in await town.sari.says(LINE)
    assert TAKEN not in await town.sari.says("Satu lagi yang ingin saya tulis")


async def test_of_two_questions_each_has_its_line_and_what_is_written_afterwards_is_no_line(town: Town):
    await asks(town)
    second = await asks(town, LINE)
    assert grouped(second.number) in town.sari.screen
    other = await town.sari.says("Apakah perlu buku nikah?")
    assert (TAKEN in other, grouped(second.number) in other) == (True, False)
    assert "tanpa baris baru" not in await town.sari.says("satu lagi\nyang ingin saya tulis")


async def test_the_card_may_be_answered_and_a_restart_forgets_nobody(town: Town):
    await asks(town)
    await town.kill()
    await town.start()
    town.sari.phone.say(LINE, town.sari.last.id)
    await town.settled()
    assert f"“{LINE}”" in town.sari.screen


async def test_a_line_that_comes_after_the_answer_is_told_so(town: Town):
    await asks(town)
    [(id,)] = await ask(town.storage, "select id from question")
    await town.warni.forges(AnswerQuestion(id, "receipt"))
    assert "sudah dijawab" in await town.sari.says(LINE)
    assert await kept(town, LINE) == []
    await town.passes(lines.WRITING / 1000)
    assert not [word for word in town.warni.heard if "bertanya" in word]


async def test_who_writes_while_a_colleague_answers_is_told_so(town: Town):
    await asks(town, LINE)
    await town.warni.taps("Baca dan jawab")
    await town.warni.taps("Tambah satu baris")
    [(id,)] = await ask(town.storage, "select id from question")
    await town.hadi.forges(AnswerQuestion(id, "receipt"))
    assert "sudah dijawab rekan" in await town.warni.says("Bawa buku nikah asli")
    assert await kept(town, "Bawa buku nikah") == []


async def test_only_who_may_answer_now_reads_it(town: Town):
    card = await asks(town)
    [(id,)] = await ask(town.storage, "select id from question")
    async with town.storage.transaction() as tx:
        await tx.script(f"update post set until = {town.clock} where chat = {town.warni.chat}")
        await people.give_post(tx, town.ningsih.chat, "village_officer", "tlogopakis", None, town.clock)
    await town.paijo.forges(SkipLine(id))
    assert grouped(card.number) not in town.paijo.screen
    await town.sari.says(LINE)
    await town.passes(lines.WRITING / 1000)
    assert town.warni.heard == []
    for who in (town.warni, town.kayupuring, town.paijo):
        for button in (ShowQuestion(id), WriteLine(id), AnswerQuestion(id, lines.ALONE), SkipLine(id)):
            await who.forges(button)
        assert LINE not in await who.says("Saya ingin baca tulisan itu")
    await town.ningsih.forges(ShowQuestion(id))
    assert LINE in town.ningsih.screen


async def test_the_head_reads_a_late_one_by_a_tap_alone(town: Town):
    await asks(town, LINE)
    town.clock += 2 * DAY
    await town.hadi.says("/tugas")
    await town.hadi.taps("Pertanyaan keluarga: 1 ⚠")
    assert not [word for word in town.hadi.heard if LINE in word]
    await town.hadi.taps("1. Apa yang perlu dibawa?")
    assert LINE in town.hadi.screen


async def test_who_was_away_reads_the_line_on_return_and_one_that_is_gone_sends_to_the_office(town: Town):
    await asks(town, LINE)
    town.sari.phone.block()
    await town.warni.taps("Baca dan jawab")
    await town.warni.taps("Tambah satu baris")
    await town.warni.says("Cukup resi saja")
    await town.warni.taps("Kirim tulisan saya saja")
    await town.passes(1)
    town.sari.phone.unblock()
    await town.passes(1)
    assert "“Cukup resi saja”" in town.sari.screen
    async with town.storage.transaction() as tx:
        await tx.script("delete from question_line")
        await tx.script("update outbox set sent_at = null where kind = 'answered'")
    await town.passes(1)
    assert "sudah tidak disimpan" in town.sari.screen


async def test_an_officer_writes_of_no_money_and_works_on_beside_it(town: Town):
    await asks(town, LINE)
    await town.warni.taps("Baca dan jawab")
    await town.warni.taps("Tambah satu baris")
    assert "Jek-Duk gratis" in await town.warni.says("Bawa uang 50 ribu")
    (other,) = await town.files("KTP")
    assert "KTP" in await town.warni.says(other.number)
    assert other.number[-4:] in (await town.warni.says(other.number[-4:])).replace(" ", "")
    assert "Silakan Kamis jam 8" in await town.warni.says("Silakan Kamis jam 8 ya")


async def test_a_report_of_papers_is_none_and_neither_is_a_search_or_a_photograph(town: Town):
    (paper,) = await town.files("KTP")
    await asks(town, LINE)
    await town.warni.taps("Baca dan jawab")
    await town.warni.taps("Tambah satu baris")
    tail = paper.number[-4:]
    for report in (f"{tail} dibawa tadi pukul 07.30", f"cari {tail}", "bantuan"):
        assert TAKEN not in await town.warni.says(report)
    assert TAKEN not in await shows(town.warni, sheet([paper.number]), "dibawa semua")
    assert TAKEN in await town.warni.says("Kamis pukul 08.00 di loket 12345")


async def test_who_has_written_their_line_hears_of_no_other_s_length(town: Town):
    await asks(town, LINE)
    await town.warni.taps("Baca dan jawab")
    await town.warni.taps("Tambah satu baris")
    assert "Bawa buku nikah" in await town.warni.says("Bawa buku nikah")
    for said in ("a" * 201, "satu\ndua", "lihat https://contoh.id"):
        assert "/tugas" in await town.warni.says(said)
    assert "Tulisan Bapak/Ibu ikut" in await town.warni.says("Bawa buku nikah")


async def test_who_answers_without_a_line_is_waited_for_no_more(town: Town):
    await asks(town, LINE)
    await town.warni.taps("Baca dan jawab")
    await town.warni.taps("Tambah satu baris")
    await town.warni.taps("Cukup bawa resi")
    assert "/tugas" in await town.warni.says("sudah ya")
    assert "sudah dijawab" not in town.warni.screen


async def test_a_line_stands_in_one_s_own_data_and_goes_with_them(town: Town):
    await asks(town, LINE)
    town.clock += MINUTE
    await town.sari.says("/dataku")
    assert await kept(town, LINE) == [LINE]
    await town.sari.forges(Forget(1))
    assert await kept(town, LINE) == []


async def test_a_time_in_a_line_that_answers_the_card_of_the_question_tells_of_no_papers(town: Town):
    await asks(town, LINE)
    await town.warni.taps("Baca dan jawab")
    await town.warni.taps("Tambah satu baris")
    said = "Sudah dibawa kemarin jam 9, tunggu kabar"
    assert f"“{said}”" in await answers(town.warni, said)
