"""Families without Telegram hear by WhatsApp or SMS, from their village's officer."""

import itertools
import re
from dataclasses import replace

import pytest

from handlers.relays.buttons import KeepProxy, Relayed, ShowRelay
from handlers.relays.texts import _ALPHABET, LONGEST, family_text
from handlers.sms import in_one_sms
from handlers.wording.layout import grouped
from locales import words
from storage import documents, people
from storage.news import relays
from storage.numbers import EXAMPLE
from storage.records import DAY, Actor, Document, Seen
from tests.storage.cast import ask
from tests.town import TUESDAY, WORKFLOW, Town


def document(type: str, stage: str, hold: str | None = None) -> Document:
    return Document(1, 1, EXAMPLE, "songgodadi", type, stage, TUESDAY, 1, hold)


STANDS = [(stage, None) for stage in (*WORKFLOW.stages, *WORKFLOW.exits)] + [
    ("at_district", one) for one in WORKFLOW.holds
]


@pytest.mark.parametrize("lang", ["id", "jv", "en"])
def test_each_text_is_one_sms_with_sender_and_number_and_without_a_link(lang: str):
    for types, (stage, hold) in itertools.product((["KK"], ["AKL", "KK", "KIA"], list(WORKFLOW.types)), STANDS):
        text = family_text(WORKFLOW, [document(type, stage, hold) for type in types], words(lang))
        assert len(text) <= LONGEST
        assert set(text) <= _ALPHABET
        assert text.startswith("Jek-Duk Petungkriyono: ")
        assert re.findall(r"\d{4} \d{4} \d{4}", text) == [grouped(EXAMPLE)]
        assert not re.search(r"http|t\.me|telegram", text, re.IGNORECASE)


@pytest.mark.parametrize("lang", ["id", "jv", "en"])
def test_the_longest_names_of_a_district_still_make_one_sms(lang: str):
    district = replace(WORKFLOW.district.district, name="Ŝ" * 39 + "–")
    wide = document("KK", "returned")
    workflow = type(WORKFLOW)(replace(WORKFLOW.district, district=district))
    assert len(family_text(workflow, [wide], words(lang))) <= LONGEST


@pytest.mark.parametrize(("types", "is_told"), [(["KK"], True), (list(WORKFLOW.types), False)], ids=["one", "all"])
def test_that_something_stands_still_counts_as_told_only_if_the_sms_says_so(types: list[str], *, is_told: bool):
    ways = itertools.cycle([("returned", None), ("at_district", "incomplete")])
    found = [document(type, *way) for type, way in zip(types, ways, strict=False)]
    for before in (frozenset[int](), frozenset({found[0].id})):
        sms = in_one_sms.status(WORKFLOW, "6281", found, words("id"), before)
        assert sms.held == (frozenset({found[0].id}) if is_told else before), sms.text


def test_of_several_documents_those_are_told_that_concern_the_family():
    found = [document("KK", "ready_at_village"), document("KIA", "at_registry")]
    assert family_text(WORKFLOW, found, words("id")) == (
        "Jek-Duk Petungkriyono: no. 5631 8591 5492, KK: siap diambil di kantor desa Songgodadi. Gratis. "
        "Tanya: kantor desa Songgodadi."
    )


@pytest.mark.parametrize(
    ("type", "stage", "hold", "said"),
    [
        ("KTP", "at_registry", "blank", "KTP-el: di Disdukcapil, tertunda, blangko habis."),
        ("KK", "ready_at_district", "road", "KK: di kecamatan, tertunda, jalan tertutup."),
        ("KK", "to_district", "tracing", "KK: terakhir di jalan ke kecamatan, tertunda, masih dicari."),
        ("KTP", "at_registry", "attend", "KTP-el: tertunda, datang sendiri, rekam data."),
    ],
)
def test_who_asks_by_sms_reads_that_it_is_held_up_and_why(type: str, stage: str, hold: str, said: str):
    assert said in family_text(WORKFLOW, [document(type, stage, hold)], words("id"))


async def taken_over(town: Town, stage: str = "from_registry") -> Document:
    """A family card whose family Warni tells."""
    (card,) = await town.files("KK")
    async with town.storage.transaction() as tx:
        await relays.keep(tx, card.request, town.clock, on=True)
    return await town.carries(card, stage)


async def test_an_officer_takes_a_family_over_with_one_tap(town: Town):
    await town.warni.says("/baru")
    await town.warni.taps("☐ KK")
    await town.warni.taps("✅ Daftarkan")
    town.warni.phone.tap("Tanpa Telegram: saya kabari")
    await town.settled()
    assert len(await ask(town.storage, "select request from proxy")) == 1
    assert "☑ Tanpa Telegram: desa kabari" in [label for seen in town.warni.phone.heard for label in seen.buttons]


async def test_a_milestone_comes_with_a_text_to_copy_and_one_tap_says_that_it_is_told(town: Town):
    card = await taken_over(town)
    await town.carries(card, "ready_at_district")
    await town.grace()
    assert "Keluarga ini tanpa Telegram." in town.warni.screen
    assert "KK: siap diambil di kantor kecamatan Petungkriyono. Gratis." in town.warni.screen
    assert town.warni.last.silent
    assert "sudah dikabari" in await town.warni.taps("Sudah disampaikan")
    await town.warni.taps("Lihat tugas")
    assert "perlu dikabari" not in " ".join(town.warni.buttons)


async def test_the_text_is_there_in_each_language_and_stays_in_the_one_chosen(town: Town):
    card = await taken_over(town)
    await town.carries(card, "ready_at_district")
    await town.grace()
    assert "eady at the Petungkriyono kecamatan office. Free." in await town.warni.taps("English")
    await town.warni.taps("Kembali")
    await town.warni.taps("Kembali")
    await town.warni.taps("Keluarga perlu dikabari: 1")
    assert "eady at the Petungkriyono kecamatan office. Free." in await town.warni.taps(grouped(card.number))


async def test_several_families_of_one_act_are_one_message(town: Town):
    found = [await taken_over(town) for _ in range(2)]
    async with town.storage.transaction() as tx:
        rina = Actor(await people.get(tx, town.rina.chat), town.clock)
        seen = [Seen(one.id, one.version) for one in found]
        await documents.move(tx, town.workflow, seen, "ready_at_district", rina)
    await town.grace()
    assert [text.splitlines()[0] for text in town.warni.heard] == ["2 keluarga perlu dikabari"]


async def test_who_blocked_the_bot_is_told_by_the_village_until_they_return(town: Town):
    card = await town.carries((await town.files("KK"))[0], "from_registry")
    await town.follows(town.sari, card.number)
    town.sari.phone.block()
    await town.settled()
    await town.carries(card, "ready_at_district")
    await town.grace()
    assert "Pesan kami tidak sampai" in town.warni.screen
    town.sari.phone.unblock()
    await town.sari.says("/start")
    assert "Tidak ada yang perlu disampaikan" in await town.warni.taps("English")


@pytest.mark.parametrize("who", ["sari", "joko", "kayupuring", "ningsih"])
async def test_a_family_is_told_by_its_village_alone(town: Town, who: str):
    card = await town.carries(await taken_over(town), "ready_at_district")
    for button in (KeepProxy(card.request, 0), ShowRelay(card.request, "jv"), Relayed(card.request, 2**62)):
        if not (who == "ningsih" and isinstance(button, KeepProxy)):  # she files there
            await town.people[who].forges(button)
    assert await ask(town.storage, "select lang from proxy") == [("",)]
    assert await ask(town.storage, "select told_at from relay") == [(None,)]


async def test_what_nobody_confirms_comes_back_in_the_village_s_morning_and_then_in_the_district_s(town: Town):
    card = await taken_over(town)
    await town.carries(card, "ready_at_district")
    heard = {}
    for day in range(1, 7):
        town.clock += DAY
        for who in (town.warni, town.rina):
            who.forgets()
        await town.chores()
        await town.settled()
        for who in (town.warni, town.rina):
            new = who.phone.heard[-len(who.heard) :] if who.heard else []
            heard[who.member.key, day] = any("Keluarga perlu dikabari: 1" in one.buttons for one in new)
    assert [day for (who, day), is_told in heard.items() if who == "warni" and is_told] == [2, 3, 6]  # over a weekend
    assert [day for (who, day), is_told in heard.items() if who == "rina" and is_told] == [6]


async def two_papers(town: Town) -> list[Document]:
    """A family card and a child's card on the way to the district, whose family Warni tells."""
    found = await town.files("KK", "KIA")
    async with town.storage.transaction() as tx:
        await relays.keep(tx, found[0].request, town.clock, on=True)
    return [await town.carries(one, "from_registry") for one in found]


def told(town: Town) -> list[str]:
    return [text for text in town.warni.heard if text.startswith("Kabari keluarga")]


async def test_two_papers_one_after_the_other_are_one_text_to_send(town: Town):
    for card in await two_papers(town):
        await town.carries(card, "ready_at_district")
        await town.passes(4)
    await town.grace()
    [text] = told(town)
    assert "KK, KIA: siap diambil di kantor kecamatan" in text


async def test_what_was_left_to_news_that_is_taken_back_is_told_after_all(town: Town):
    first, second = await two_papers(town)
    await town.carries(first, "ready_at_district")
    await town.passes(4)
    await town.rina.says(second.number)
    await town.rina.taps("✅ KIA · Terima dokumen jadi")
    await town.passes(7)  # the grace of the first is over
    assert told(town) == []
    await town.rina.taps("Urungkan")
    await town.grace()
    [text] = told(town)
    assert "KK: siap diambil di kantor kecamatan" in text
