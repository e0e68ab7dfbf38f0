"""A family asks its village or the desk about a number, and is answered in its chat."""

import pytest

from handlers.corrections.buttons import Relocate
from handlers.feedback.buttons import AnswerQuestion, AskQuestion, ShowQuestion, ShowQuestions
from handlers.feedback.question_screens import answer_screen
from handlers.privacy.buttons import Forget
from handlers.wording import names
from locales import words
from storage.feedback import lines
from storage.numbers import EXAMPLE, draw
from storage.records import DAY, Document
from tests.storage.cast import ask
from tests.town import WORKFLOW, Town

OPEN = "select what, role, seen_at is not null from question where closed_at is null"


def place(stage: str) -> str:
    return names.stage_now(WORKFLOW, stage, "tlogopakis", "id", "KK").partition(". ")[0]


async def asked(town: Town, what: str = "Apa yang masih kurang?", to: str = "") -> Document:
    """Sari asks something about her card, which is on its road as far as that."""
    (card,) = await town.files("KK")
    if to:
        card = await town.carries(card, to)
    for who in town.people.values():
        who.forgets()
    await town.sari.says(card.number)
    await town.sari.taps("Tanya / lapor …")
    await town.sari.taps(what, times=2)
    await town.sari.taps("Tanpa tambahan")
    await town.passes(1)
    return card


@pytest.mark.parametrize(("lang", "free"), [("id", "Gratis."), ("jv", "Gratis."), ("en", "Free.")])
@pytest.mark.parametrize("said", ["ready", "come", "receipt"])
def test_whoever_is_sent_to_an_office_by_an_answer_reads_that_it_is_free(said: str, lang: str, free: str):
    assert free in answer_screen(EXAMPLE, "when", said, "kecamatan", "", "", words(lang)).text


async def test_the_village_answers_once_and_the_family_reads_it_in_its_chat(town: Town):
    await asked(town)
    assert "kantor desa Tlogopakis" in town.sari.screen
    [word] = town.warni.heard
    assert "Apa yang masih kurang?" in word
    for who in (town.rina, town.hadi, town.kayupuring):
        assert who.heard == []
    await town.warni.says("/tugas")
    await town.warni.taps("Pertanyaan keluarga: 1")
    await town.warni.taps("1. Apa yang masih kurang?")
    town.sari.forgets()
    await town.warni.taps("Tidak ada yang kurang", times=2)
    await town.passes(1)
    [answer] = town.sari.heard
    assert "Tidak ada yang kurang." in answer
    assert await ask(town.storage, OPEN) == []
    await town.warni.says("/tugas")
    assert not [label for label in town.warni.buttons if "Pertanyaan" in label]


@pytest.mark.parametrize("is_old", [True, False], ids=["on an old card", "at once"])
async def test_of_what_is_handed_over_it_is_only_asked_whether_there_is_a_mistake(town: Town, *, is_old: bool):
    card = await town.carries((await town.files("KK"))[0], "ready_at_village")
    await town.sari.says(card.number)
    if is_old:
        await town.sari.taps("Tanya / lapor …")
    await town.carries(card, "handed_over")
    await town.sari.taps("Kapan bisa diambil?" if is_old else "Tanya / lapor …")
    assert town.sari.buttons == ["Ada yang salah di dokumen", "Ada yang minta uang", "Kembali"]
    assert await ask(town.storage, OPEN) == []


async def test_it_goes_with_its_request_to_the_right_village_and_out_of_the_hands_of_the_wrong_one(town: Town):
    card = await asked(town)
    town.kayupuring.forgets()
    await town.rina.forges(Relocate(card.id, card.version, "kayupuring"))
    await town.rina.forges(Relocate(card.id, card.version, "kayupuring"))
    await town.grace()
    assert ["Apa yang masih kurang?" in word for word in town.kayupuring.heard].count(True) == 1
    [(id,)] = await ask(town.storage, "select id from question")
    await town.warni.taps("Tidak ada yang kurang")
    assert "Ini tugas petugas lain" in town.warni.alert
    assert not [seen for seen in town.warni.phone.heard if "Tidak ada yang kurang" in seen.buttons]
    assert len(await ask(town.storage, OPEN)) == 1
    await town.kayupuring.forges(AnswerQuestion(id, "nothing", 0))
    assert await ask(town.storage, OPEN) == []


@pytest.mark.parametrize(
    "what, to, role",
    [
        ("Ada yang salah di dokumen", "", "district_desk"),
        ("Kapan bisa diambil?", "at_district", "district_desk"),
        ("Kapan bisa diambil?", "ready_at_village", "village_officer"),
    ],
)
async def test_the_desk_answers_for_a_mistake_and_for_what_lies_there(town: Town, what: str, to: str, role: str):
    await asked(town, what, to)
    assert [found[1] for found in await ask(town.storage, OPEN)] == [role]
    assert bool(town.rina.heard) == (role == "district_desk")
    assert bool(town.warni.heard) == (role == "village_officer")


@pytest.mark.parametrize(
    "what, to, untrue",
    [
        pytest.param("Kapan bisa diambil?", "to_registry", "Sudah bisa diambil di sini", id="on-the-road"),
        pytest.param("Kapan bisa diambil?", "ready_at_village", "", id="ready"),
        pytest.param("Apa yang masih kurang?", "to_registry", "", id="complete"),
    ],
)
async def test_no_answer_is_offered_that_the_status_contradicts(town: Town, what: str, to: str, untrue: str):
    card = await asked(town, what, to)
    await town.warni.says("/tugas")
    await town.warni.taps("Pertanyaan keluarga: 1")
    await town.warni.taps(f"1. {what}")
    assert f"\nKK: {place(card.stage)}\n" in town.warni.screen
    first = {"when": "Sudah bisa diambil di sini", "missing": "Tidak ada yang kurang"}
    assert (untrue in town.warni.buttons, bool(set(first.values()) & set(town.warni.buttons))) == (False, not untrue)


async def test_what_came_back_is_not_said_to_be_complete_by_an_old_card_either(town: Town):
    card = await asked(town, "Apa yang masih kurang?", "at_district")
    await town.rina.says(card.number)
    for label in ("Belum lengkap …", "☐ KK lama bila ada", "✅ Kirim ke desa"):
        await town.rina.taps(label)
    town.sari.forgets()
    [(id,)] = await ask(town.storage, "select id from question")
    await town.rina.forges(AnswerQuestion(id, "nothing", 0))
    assert "Tidak ada yang kurang" not in town.rina.buttons
    assert "KK: Belum lengkap" in town.rina.screen
    await town.passes(1)
    assert not [one for one in town.sari.heard if "Tidak ada yang kurang" in one]


async def test_a_mistake_is_put_right_by_a_day(town: Town):
    await asked(town, "Ada yang salah di dokumen")
    town.sari.forgets()
    [label] = [one for one in town.rina.buttons if one.startswith("Beres")]
    await town.rina.taps(label)
    await town.passes(1)
    assert f"Kesalahannya dibetulkan {label.removeprefix('Beres ')}." in town.sari.heard[0]


async def test_a_day_that_has_gone_by_is_promised_to_nobody(town: Town):
    await asked(town, "Ada yang salah di dokumen")
    town.sari.forgets()
    [label] = [one for one in town.rina.buttons if one.startswith("Beres")]
    town.clock += 30 * DAY
    await town.rina.taps(label)
    assert "Sudah berubah" in town.rina.alert
    [later] = [one for one in town.rina.buttons if one.startswith("Beres")]
    assert later != label
    await town.passes(1)
    assert town.sari.heard == []


async def test_what_nobody_has_answered_is_in_the_morning_of_who_may(town: Town):
    await asked(town)
    town.clock = WORKFLOW.calendar.opening_after(town.clock, 1)
    await town.chores()
    await town.passes(1)
    assert "Pertanyaan keluarga: 1" in town.warni.screen
    assert "Apa yang masih kurang?" in await town.warni.taps("Pertanyaan keluarga: 1")
    assert not [word for word in town.kayupuring.heard if "Pertanyaan" in word]


async def test_who_only_looks_into_it_still_owes_an_answer(town: Town):
    await asked(town)
    town.sari.forgets()
    await town.warni.taps("Kami periksa dulu", times=2)
    await town.passes(1)
    assert len(town.sari.heard) == 1
    assert await ask(town.storage, OPEN) == [("missing", "village_officer", 1)]
    await town.warni.taps("1. Apa yang masih kurang?")
    assert "Kami periksa dulu" not in town.warni.buttons
    await town.warni.taps("Tidak ada yang kurang")
    await town.passes(1)
    assert len(town.sari.heard) == 2


async def test_of_a_number_one_chat_asks_one_thing_at_a_time(town: Town):
    card = await asked(town)
    town.warni.forgets()
    await town.sari.forges(AskQuestion(card.number, "mistake"))
    await town.passes(lines.WRITING / 1000)
    assert "sudah bertanya" in town.sari.screen
    assert await ask(town.storage, OPEN) == [("missing", "village_officer", 0)]
    assert town.rina.heard == town.warni.heard == []
    await town.paijo.forges(AskQuestion(card.number, "mistake"))
    assert await ask(town.storage, "select count(*) from question") == [(2,)]


async def test_nobody_else_reads_or_answers_it(town: Town):
    await asked(town)
    [(id,)] = await ask(town.storage, "select id from question")
    for who in (town.sari, town.kayupuring, town.rina):
        for button in (ShowQuestions(), ShowQuestion(id), AnswerQuestion(id, "nothing")):
            await who.forges(button)
            assert "Apa yang masih kurang?" not in who.screen
    await town.warni.forges(AnswerQuestion(id, "right"))
    assert await ask(town.storage, OPEN) == [("missing", "village_officer", 0)]


async def test_what_nobody_answers_in_two_working_days_the_head_sees_and_answers(town: Town):
    await asked(town)
    label = "Pertanyaan keluarga: 1 ⚠"
    town.clock += DAY
    await town.hadi.says("/tugas")
    assert label not in town.hadi.buttons
    town.clock += DAY
    await town.hadi.says("/tugas")
    await town.hadi.taps(label)
    await town.hadi.taps("1. Apa yang masih kurang?")
    await town.hadi.taps("Silakan datang bawa resi")
    await town.passes(1)
    assert "Silakan datang ke kantor desa Tlogopakis" in town.sari.screen


async def test_where_a_village_has_no_officer_the_desk_is_asked(town: Town):
    (card,) = await town.files("KK")
    await ask(town.storage, "update post set until = 1 where role = 'village_officer'")
    await town.sari.forges(AskQuestion(card.number, "bring"))
    assert await ask(town.storage, OPEN) == [("bring", "district_desk", 0)]


async def test_it_goes_with_whoever_is_forgotten_and_after_90_days(town: Town):
    card = await asked(town)
    await town.sari.forges(Forget(1))
    assert await ask(town.storage, OPEN) == []
    await town.paijo.forges(AskQuestion(card.number, "bring"))
    town.clock += 91 * DAY
    await town.chores()
    assert await ask(town.storage, OPEN) == []


async def test_of_a_number_that_is_not_there_and_in_other_words_nothing_is_asked(town: Town):
    (card,) = await town.files("KK")
    for button in (AskQuestion(draw(), "when"), AskQuestion(card.number, "3326160101010001"), AskQuestion("1", "when")):
        await town.sari.forges(button)
    assert await ask(town.storage, OPEN) == []


async def test_whoever_deletes_everything_and_asks_again_rings_nobody_for_a_day(any_town: Town):
    town = any_town
    card = await asked(town)
    await town.sari.forges(Forget(1))
    town.warni.forgets()
    await town.sari.forges(AskQuestion(card.number, "missing"))
    assert "coba lagi sesudah" in town.sari.alert
    await town.passes(lines.WRITING / 1000 + 1)
    assert (town.warni.heard, await ask(town.storage, OPEN)) == ([], [])
    await ask(town.storage, f"update forgotten set at = at - {DAY}")
    await town.sari.forges(AskQuestion(card.number, "missing"))
    assert await ask(town.storage, OPEN) == [("missing", "village_officer", 0)]
