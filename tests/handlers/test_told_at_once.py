"""A hold before its receipt was told: each is told by itself, and an undo to whoever heard of what is taken back."""

from storage.records import Document
from tests.handlers.test_holds import brought, hold
from tests.town import Town


async def on_its_way(town: Town) -> Document:
    """Somebody waits for a document that has just been received, and nobody has told them yet."""
    coming = await brought(town, town.sari, at="to_registry")
    await town.joko.says(coming.number)
    await town.joko.taps("✅ Serahkan")
    return coming


async def test_what_is_held_before_its_receipt_is_told_is_told_after_it_and_rings_if_it_is_their_turn(any_town: Town):
    town = any_town
    await hold(town, town.budi, await on_its_way(town), "Datang sendiri")
    await town.grace()
    await town.grace()
    received, said = town.sari.heard
    assert received.startswith("Diterima Disdukcapil: ")
    assert "Tertunda" not in received
    assert said.startswith("Tertunda: datang sendiri rekam data.")
    assert said.splitlines()[1].startswith("Bawa KK dan resi ke kantor kecamatan")
    assert not town.sari.last.silent


async def test_whoever_heard_of_a_hold_behind_the_receipt_hears_that_it_was_wrong(town: Town):
    await hold(town, town.budi, await on_its_way(town), "Kartu kosong")
    await town.grace()
    await town.budi.taps("Urungkan")
    await town.grace()
    _, _, sorry = town.sari.heard
    assert sorry.startswith("Mohon maaf")


async def test_a_hold_that_is_taken_back_before_the_receipt_is_told_is_told_to_nobody(town: Town):
    await hold(town, town.budi, await on_its_way(town), "Kartu kosong")
    await town.budi.taps("Urungkan")
    await town.grace()
    (said,) = town.sari.heard
    assert "Biasanya terbit paling lambat" in said


async def handed_over_again_before_the_correction_left(town: Town) -> None:
    """What had been told was taken back, and was done once more as the correction waited: it says nothing any more."""
    coming = await on_its_way(town)
    await town.grace()
    town.sandbox.fault("flood", "sendMessage", chat=town.sari.chat, seconds=5)
    await town.joko.taps("Urungkan")
    await town.joko.says(coming.number)
    await town.joko.taps("✅ Serahkan")
    await town.passes(6)
    assert len(town.sari.heard) == 1


async def test_whoever_heard_of_what_was_taken_back_twice_hears_that_it_was_wrong(any_town: Town):
    town = any_town
    await handed_over_again_before_the_correction_left(town)
    await town.joko.taps("Urungkan")
    await town.grace()
    _, sorry = town.sari.heard
    assert sorry.startswith("Mohon maaf")


async def test_whoever_hears_once_more_that_it_is_so_hears_of_no_mistake(town: Town):
    await handed_over_again_before_the_correction_left(town)
    await town.grace()
    assert [text.startswith("Diterima Disdukcapil: ") for text in town.sari.heard] == [True, True]
