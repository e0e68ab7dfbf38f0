"""What was told in words among other news is put right in words, whatever a card shows by then."""

import pytest

from handlers.wording.layout import grouped
from storage import ledger, people
from storage.mistakes import taking_back
from storage.records import Actor, Document
from tests.storage.cast import ask
from tests.town import Town


async def said_among_others(town: Town) -> Document:
    """A card on its way, of which Sari has read beside news of another number, and nowhere else."""
    (one,), (other,) = await town.files("KK"), await town.files("KTP")
    for card in (one, other):
        await town.follows(town.sari, card.number, news="")
        await town.carries(card, "to_district")
    await town.passes(200)
    (said,) = town.sari.heard
    assert grouped(one.number) in said
    return one


async def test_what_was_said_among_other_news_is_put_right_though_a_card_shows_it_by_now(patient: Town):
    one = await said_among_others(patient)
    await patient.sari.says(one.number)
    await taken_back(patient, one)
    await patient.passes(200)
    assert "kabar kami keliru" in patient.sari.screen
    assert grouped(one.number) in patient.sari.screen


@pytest.mark.parametrize("how", ["known to be said", "may have been said"])
async def test_what_was_said_among_other_news_is_put_right_though_a_card_told_it_once_more(patient: Town, how: str):
    """It was taken back and done again at once; the card shows that, and it is taken back, too."""
    one = await said_among_others(patient)
    if how == "may have been said":  # then a card told the same
        await ask(patient.storage, "update outbox set facts = '{}', repeated = 1 where sent_at is not null returning 1")
    await taken_back(patient, one)
    await patient.carries(await patient.document(one), "to_district")  # before the correction left
    await patient.sari.says(one.number)
    await patient.passes(200)
    assert not any("kabar kami keliru" in text for text in patient.sari.heard)
    await taken_back(patient, one)
    await patient.passes(200)
    assert "kabar kami keliru" in patient.sari.screen
    assert grouped(one.number) in patient.sari.screen


async def test_what_was_said_among_other_news_and_is_true_again_is_not_put_right_with_the_step_behind_it(patient: Town):
    one = await said_among_others(patient)
    await taken_back(patient, one)
    await patient.carries(await patient.document(one), "to_district")  # before the correction left
    await patient.sari.says(one.number)
    await patient.passes(200)
    await patient.carries(await patient.document(one), "at_district")
    await patient.passes(200)
    await taken_back(patient, one)
    await patient.passes(200)
    assert not any("kabar kami keliru" in text for text in patient.sari.heard)


async def taken_back(town: Town, card: Document) -> None:
    async with town.storage.transaction() as tx:
        step = (await ledger.history(tx, card.id))[-1]
        await taking_back.undo(tx, town.workflow, step.act, Actor(await people.get(tx, step.chat or 0), town.clock))


@pytest.mark.parametrize("told", ["by nothing", "by its card"])
async def test_a_correction_that_only_a_card_shows_puts_no_words_right(patient: Town, told: str):
    """It was done three times and each time taken back; the first correction said nothing, as it was done again."""
    one = await said_among_others(patient)
    await patient.sari.says(one.number)
    await taken_back(patient, one)
    await patient.carries(await patient.document(one), "to_district")
    if told == "by its card":
        await ask(
            patient.storage, "update outbox set sent_at = owed_at where kind = 'act' and sent_at is null returning 1"
        )
    await taken_back(patient, one)
    await patient.carries(await patient.document(one), "to_district")
    await ask(patient.storage, "delete from outbox where kind = 'regret' and facts not like '%unsaid%' returning 1")
    await taken_back(patient, one)
    await patient.passes(200)
    assert ["kabar kami keliru" in text for text in patient.sari.heard[1:]].count(True) == 1
