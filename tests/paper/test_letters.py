"""The letter for a school or a bank: who has it, what stands on it, and what its code says to whoever checks it."""

import pytest

from bot.outgoing.hand import Unsettled, settle
from bot.press.__main__ import draw
from bot.press.printer import Printer
from bot.telegram.errors import GivenUp
from handlers.attestations.buttons import SendLetter
from handlers.attestations.views import CheckedView
from handlers.context import viewer_of
from handlers.view import Refused
from handlers.wording.layout import grouped
from storage import outbox
from storage.attestations import letters
from storage.attestations.letters import GOOD_FOR, MARK
from storage.records import HOUR
from storage.workflow import Workflow
from tests.gallery import NOW, WORKFLOW, document
from tests.handlers.largest import largest
from tests.paper import scanner
from tests.paper.lettered import LINK, lettered
from tests.paper.test_printed_in_chat import files, pickup_of
from tests.storage.cast import ask
from tests.town import Inhabitant, Town

LABEL, ONLY_FOR = "Surat keterangan proses", "Surat ini untuk yang mengikuti nomornya"


async def has_letter(town: Town, who: Inhabitant, number: str) -> str:
    """Somebody asks for the letter about a number: what its code says to the bot."""
    await who.forges(SendLetter(number))
    [code] = scanner.codes(files(who)[-1])
    return code.text.partition("?start=")[2]


async def test_who_follows_has_it_from_the_card_and_its_code_says_that_it_is_from_us(any_town: Town):
    town = any_town
    (card,) = await town.files("KTP")
    await town.carries(card, "at_registry")
    await town.follows(town.sari, card.number)
    await town.sari.says(card.number)
    await town.sari.taps(LABEL)
    [pdf] = files(town.sari)
    [said] = scanner.words(pdf)
    for words in (
        grouped(card.number),
        "KTP",
        "Tlogopakis",
        "GRATIS",
        "24 Nov 2026",
        "24 Des 2026",
        "Nama",
        "bukan pengganti",
    ):
        assert words in said
    assert await pickup_of(town, card.number) not in said.replace(grouped(card.number), "")
    [code] = scanner.codes(pdf)
    assert code.text.startswith(f"https://t.me/jekduk_bot?start={MARK}")
    checked = await town.emma.says(f"/start {code.text.partition('?start=')[2]}")
    assert grouped(card.number) in checked
    assert "This letter is from us" in checked


async def test_a_stranger_has_none_and_learns_no_number(town: Town):
    (card,) = await town.files("KK")
    await town.sari.says(card.number)
    assert LABEL not in town.sari.buttons
    heard = len(town.sari.heard)
    for number in (card.number, "563185915492"):
        await town.sari.forges(SendLetter(number))
        assert ONLY_FOR in town.sari.alert
    assert (files(town.sari), len(town.sari.heard)) == ([], heard)


async def test_its_village_office_has_it_and_no_other(town: Town):
    (card,) = await town.files("KK")
    await town.kayupuring.forges(SendLetter(card.number))
    await town.ningsih.forges(SendLetter(card.number))
    assert (len(files(town.kayupuring)), len(files(town.ningsih))) == (0, 1)


async def test_who_stops_following_before_it_leaves_has_none(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    town.sandbox.fault("status", "sendDocument", code=500, words="Internal Server Error")
    await town.sari.forges(SendLetter(card.number))
    await town.sari.says(f"/berhenti {card.number}")
    await town.passes(120)
    assert (files(town.sari), ONLY_FOR in town.sari.screen) == ([], True)


async def test_a_number_has_one_letter_in_ten_minutes(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    for seconds in (0, 0, 599, 1):
        town.clock += seconds * 1000
        await town.sari.forges(SendLetter(card.number))
    assert len(files(town.sari)) == 2


async def test_whoever_checks_it_reads_the_road_as_it_was_then_and_where_it_is_today(town: Town):
    (card,) = await town.files("KK")
    card = await town.carries(card, "to_district")
    reference = await has_letter(town, town.ningsih, card.number)
    town.clock += HOUR
    await town.carries(card, "at_registry")
    said = await town.sari.says(f"/start {reference}")
    road, _, today = said.partition("Per ")
    assert ("sedang dibawa" in road, "Disdukcapil" in road) == (True, False)
    assert "Disdukcapil" in today


async def test_an_officer_does_not_read_that_the_letter_bears_their_own_name(town: Town):
    (card,) = await town.files("KK")
    await town.ningsih.forges(SendLetter(card.number))
    assert town.ningsih.screen.endswith("Nama pemohon ditulis dan dicap di kantor desa.")


async def test_who_asks_again_soon_reads_that_it_is_answered_or_that_it_cannot_be_made(any_town: Town):
    town = any_town
    (card,), (other,) = await town.files("KK"), await town.files("KK")
    for _ in range(2):
        await town.ningsih.forges(SendLetter(card.number))
    assert "Jawabannya sudah ada di chat ini" in town.ningsih.alert
    town.parts.sender._delivery._printer = Printer(module="tests.paper.nothing")
    await town.ningsih.forges(SendLetter(other.number))
    assert "Sebentar lagi" in town.ningsih.alert
    for _ in range(6):
        await town.passes(30)
    assert "Mohon maaf" in town.ningsih.screen
    await town.ningsih.forges(SendLetter(other.number))
    assert ("Mohon maaf" in town.ningsih.alert, len(files(town.ningsih))) == (True, 1)


async def test_who_is_forgotten_while_it_is_drawn_hears_nothing_of_what_cannot_be_made(any_town: Town):
    town, chat = any_town, any_town.sari.chat
    async with town.storage.transaction() as tx:
        await outbox.owe(tx, [outbox.Due("one", chat, "letter", outbox.ANSWER, town.clock)], town.clock)
        [owed] = await outbox.claim(tx, outbox.ANSWER, town.clock, 1)
    assert await ask(town.storage, "delete from outbox where key = 'one' returning id")
    async with town.storage.transaction() as tx:
        await settle(tx, [Unsettled(owed, GivenUp("paper", ours=True), 0)], town.clock)
    assert await ask(town.storage, "select kind from outbox") == []


async def test_after_thirty_days_it_says_nothing_of_the_documents(town: Town):
    (card,) = await town.files("KK")
    reference = await has_letter(town, town.ningsih, card.number)
    town.clock += GOOD_FOR + HOUR  # of the day that stands on it
    assert grouped(card.number) in await town.sari.says(f"/start {reference}")
    town.clock = town.workflow.calendar.end_of(town.workflow.calendar.day(town.clock))
    said = await town.sari.says(f"/start {reference}")
    assert "berlaku sampai" in said
    assert (grouped(card.number) in said, "KK" in said, "Tlogopakis" in said) == (False, False, False)


async def test_a_reference_that_is_changed_anywhere_is_not_ours(town: Town):
    (card,) = await town.files("KK")
    async with town.storage.transaction() as tx:
        _, reference = await letters.issue(tx, [card], town.clock)
    reader = await viewer_of(town.services, "jekduk_bot", town.sari.chat, "id")
    for place in range(len(MARK), len(reference)):
        if reference[place] != "_":
            other = "a" if reference[place] != "a" else "b"
            forged = reference[:place] + other + reference[place + 1 :]
            with pytest.raises(Refused, match="forged_letter"):
                await CheckedView(forged).show(reader)
    assert "bukan dari kami" in await town.sari.says(f"/start {MARK}aa_bb_{'c' * 16}")


@pytest.mark.parametrize("workflow", [WORKFLOW, Workflow(largest())], ids=["shipped", "largest"])
def test_it_is_one_page_of_which_nothing_is_lost_however_much_is_filed(workflow):
    many = [
        document(type, workflow.route(type)[-2], since=NOW - i * HOUR)
        for i, type in enumerate(list(workflow.types)[:12])
    ]
    pdf = draw(lettered(workflow, *many))
    assert (len(scanner.words(pdf)), scanner.beyond_the_edge(pdf)) == (1, "")
    [code] = scanner.codes(pdf, dots=200, scale=0.5)
    assert code.text == LINK
