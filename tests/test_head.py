"""Inviting and dismissing."""

from tests.town import Town


async def _link(town: Town, *labels: str) -> str:
    await town.hadi.says("/undang")
    for label in labels:
        await town.hadi.taps(label)
    return next(line for line in town.hadi.screen.splitlines() if "start=" in line)


async def test_a_link_gives_a_post_once(town: Town):
    link = await _link(town, "Petugas Jek-Duk")
    for person in (town.sari, town.emma):
        person.phone.open(f"https://{link}")
        await town.settled()
    assert (await town.person(town.sari)).holds("courier")
    assert not (await town.person(town.emma)).posts
    assert "Petugas Jek-Duk" in town.sari.screen


async def test_opening_ones_own_link_again_is_no_harm(town: Town):
    link = await _link(town, "Petugas Jek-Duk")
    for _ in range(2):
        town.sari.phone.open(f"https://{link}")
        await town.settled()
    assert len((await town.person(town.sari)).posts) == 1


async def test_a_village_post_asks_for_the_village(town: Town):
    link = await _link(town, "Perangkat desa", "Kasimpar")
    town.sari.phone.open(f"https://{link}")
    await town.settled()
    assert [(p.role, p.village) for p in (await town.person(town.sari)).posts] == [("village_officer", "kasimpar")]


async def test_a_link_ends_after_two_days(town: Town):
    link = await _link(town, "Petugas Jek-Duk")
    town.clock += 49 * 3600 * 1000
    town.sari.phone.open(f"https://{link}")
    await town.settled()
    assert "terlalu lama" in town.sari.screen


async def test_the_list_shows_posts_without_names_and_dismisses(town: Town):
    await town.hadi.says("/undang")
    shown = await town.hadi.taps("Daftar petugas")
    assert "Petugas Jek-Duk 1 · sejak 24 Nov" in shown
    assert "Joko" not in shown
    await town.hadi.taps("Petugas Jek-Duk 1: berhentikan")
    await town.hadi.taps("Ya, berhentikan")
    assert not (await town.person(town.joko)).posts
    assert "petugas" in await town.joko.says("/tugas")


async def test_the_last_head_stays(town: Town):
    await town.hadi.says("/undang")
    await town.hadi.taps("Daftar petugas")
    while not any("Camat" in label for label in town.hadi.buttons):
        await town.hadi.taps("▶")
    await town.hadi.taps("Camat 1: berhentikan")
    await town.hadi.taps("Ya, berhentikan")
    assert "Camat terakhir" in town.hadi.alert
    assert (await town.person(town.hadi)).holds("head")


async def test_only_heads_invite(town: Town):
    assert "petugas" in await town.joko.says("/undang")
