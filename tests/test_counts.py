"""What the bot has done is counted where it is done."""

from tests.town import Town


async def test_an_update_and_its_answer_are_counted_with_the_wait(town: Town):
    await town.sari.says("/bantuan")
    counts = town.parts.counts
    assert (counts.updates, dict(counts.answers)) == (1, {"Answered": 1})
    assert (sum(counts.answer_waits.places), 0 < counts.answer_waits.total < 5) == (1, True)


async def test_a_notice_is_counted_with_the_time_for_which_it_was_owed(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    await town.carries(card, "at_district")
    await town.passes(60)
    before = town.parts.counts.notices["Done"]
    await town.joko.says(card.number)
    await town.joko.taps("✅ Bawa ke Disdukcapil")
    await town.grace()
    counts = town.parts.counts
    assert counts.notices["Done"] == before + 1
    assert sum(counts.notice_waits.places) == counts.notices["Done"]
    assert counts.notice_waits.total >= town.workflow.grace / 1000


async def test_what_telegram_refuses_is_counted_by_status(town: Town):
    town.sandbox.fault("status", "sendMessage", code=403, words="Forbidden: bot was blocked by the user")
    await town.sari.says("/bantuan")
    counts = town.parts.counts
    assert (counts.refusals[403], dict(counts.answers)) == (1, {"Answered": 0, "PersonGone": 1})
    assert sum(counts.answer_waits.places) == 0
