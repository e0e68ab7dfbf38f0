"""From the move to the words on a phone: the whole bot, a real database, a pretended Telegram."""

from handlers.wording.layout import grouped
from storage import documents
from storage.records import Actor, Document, Seen
from tests.town import Inhabitant, Town


async def filed(town: Town, *followers: Inhabitant) -> Document:
    """A family card on its way, and people who want to know; each has the bot."""
    (card,) = await town.files("KK")
    for who in (*followers, town.warni):
        await who.says("/start")
        who.forgets()
    for who in followers:
        await town.follows(who, card.number)
    return card


async def test_each_step_is_told_in_order_to_each_in_their_language(any_town: Town):
    town = any_town
    card = await filed(town, town.sari, town.paijo, town.emma)
    await town.carries(card, "handed_over")
    await town.grace()
    assert [len(who.heard) for who in (town.sari, town.paijo, town.emma)] == [10, 10, 10]
    assert "Berangkat ke kecamatan" in town.sari.heard[0]
    assert "Bidhal dhateng kecamatan" in town.paijo.heard[0]
    assert "Left for the district office" in town.emma.heard[0]
    assert "diserahkan" in town.sari.screen


async def test_nobody_is_told_before_the_grace_is_over(town: Town):
    card = await filed(town, town.sari)
    await town.carries(card, "to_district")
    await town.settled()
    assert town.sari.heard == []
    await town.grace()
    assert len(town.sari.heard) == 1


async def test_the_village_hears_at_once_what_waits_for_it_at_the_district(town: Town):
    card = await filed(town)
    await town.carries(card, "ready_at_district")
    await town.grace()
    said = f"Siap diambil di kecamatan: Kartu Keluarga {grouped(card.number)}. 🏢"
    assert town.warni.heard == [said]  # not what a family has to bring
    assert town.warni.last.silent


async def test_what_comes_to_the_district_together_is_one_message_with_its_bag(town: Town):
    await filed(town)
    cards = [*await town.files("KK"), *await town.files("KTP"), *await town.files("KK", village="simego", by="rina")]
    for card in cards:
        await town.carries(card, "from_registry")
    town.warni.forgets()
    await town.joko.says("/tugas")
    await town.joko.taps("(3)", "✅")
    await town.grace()
    assert town.warni.heard == [
        "Siap diambil di kantor kecamatan Petungkriyono: 2 dokumen.\nTlogopakis: KK 1, KTP-el 1"
    ]
    assert town.warni.last.silent
    await town.warni.taps("Jemput di kecamatan (2)")
    assert "2 dari 2 dipilih" in town.warni.screen


async def test_an_officer_who_follows_hears_what_a_family_hears(town: Town):
    card = await filed(town, town.warni)
    await town.carries(card, "from_registry")
    town.warni.forgets()
    await town.carries(await town.document(card), "ready_at_district")
    await town.grace()
    assert "Bawa resi" in town.warni.screen
    assert not town.warni.last.silent


async def test_an_outage_ends_in_one_message_that_names_every_step(any_town: Town):
    town = any_town
    card = await filed(town, town.sari)
    town.sandbox.fault("refuse", "sendMessage", times=None)
    for stage in ("to_district", "at_district", "to_registry", "at_registry"):
        card = await town.carries(card, stage)
        await town.passes(1200)
    town.sandbox.faults.clear()
    await town.passes(61)
    assert town.sari.screen.startswith("Diterima Disdukcapil: ")
    assert town.sari.screen.splitlines()[1] == (
        "Sebelumnya: dibawa ke kecamatan, diterima kecamatan, dibawa ke Disdukcapil."
    )
    assert len(town.sari.heard) == 1
    await town.passes(3600)
    assert len(town.sari.heard) == 1


async def test_whoever_comes_back_hears_what_they_missed(any_town: Town):
    town = any_town
    card = await filed(town, town.sari, town.emma)
    town.sari.phone.block()
    for stage in ("to_district", "at_district"):
        card = await town.carries(card, stage)
        await town.passes(1800)
    assert (len(town.sari.heard), len(town.emma.heard)) == (0, 2)
    town.sari.phone.unblock()
    await town.sari.says("/start")
    assert any(text.startswith("Diterima kecamatan: ") and "dibawa ke kecamatan." in text for text in town.sari.heard)


async def test_a_restart_repeats_nothing_and_forgets_nothing(any_town: Town):
    town = any_town
    card = await filed(town, town.sari)
    card = await town.carries(card, "at_district")
    await town.grace()
    card = await town.carries(card, "to_registry")
    await town.kill()
    await town.start()
    await town.grace()
    assert [text.split(":")[0] for text in town.sari.heard] == [
        "Berangkat ke kecamatan", "Diterima kecamatan", "Dibawa Jek-Duk ke Disdukcapil"
    ]  # fmt: skip


async def test_one_tap_for_several_documents_is_one_message(town: Town):
    found = await town.files("AKL", "KK", "KIA")
    await town.sari.says("/start")
    town.sari.forgets()
    await town.follows(town.sari, found[0].number)
    officer, wanted = await town.person(town.warni), [Seen(one.id, one.version) for one in found]
    async with town.storage.transaction() as tx:
        await documents.move(tx, town.workflow, wanted, "to_district", Actor(officer, town.clock))
    await town.grace()
    assert len(town.sari.heard) == 1
    assert "KK, KIA, Akta lahir" in town.sari.screen
