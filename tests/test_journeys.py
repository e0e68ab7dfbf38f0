"""The main job, told as people live it."""

from tests.town import Town


async def test_a_family_follows_its_card_by_number(town: Town):
    (card,) = await town.files("KK")
    assert "Kartu Keluarga" in await town.sari.says(card.number)
    await town.sari.taps("Kabari saya")
    await town.carries(card, "to_district")
    await town.grace()
    assert "Berkas sedang dibawa dari desa ke kecamatan" in town.sari.screen
