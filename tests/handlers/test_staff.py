"""Inviting and dismissing."""

import pytest

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


@pytest.mark.parametrize("pasted", ["https://{}", "{}", "Assalamualaikum, ini linknya: https://{} nggih"])
async def test_a_link_that_is_pasted_gives_its_post_too_but_not_to_a_head(town: Town, pasted: str):
    link = await _link(town, "Petugas Jek-Duk")
    await town.hadi.says(pasted.format(link))
    assert not (await town.person(town.hadi)).holds("courier")
    assert "Petugas Jek-Duk" in await town.sari.says(pasted.format(link))
    assert (await town.person(town.sari)).holds("courier")


async def test_a_link_to_another_bot_gives_nothing(town: Town):
    link = await _link(town, "Petugas Jek-Duk")
    await town.sari.says(link.replace("jekduk_bot", "other_bot"))
    assert not (await town.person(town.sari)).posts


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
    assert "lewat waktunya" in town.sari.screen


async def test_the_list_shows_posts_without_names_and_dismisses(town: Town):
    await town.hadi.says("/undang")
    shown = await town.hadi.taps("Daftar petugas")
    assert "Petugas Jek-Duk 1 · sejak 24 Nov" in shown
    assert "Joko" not in shown
    await town.hadi.taps("✕ Petugas Jek-Duk 1", "Ya, cabut akses")
    assert not (await town.person(town.joko)).posts
    assert "petugas" in await town.joko.says("/tugas")


async def test_the_last_head_stays(town: Town):
    await town.hadi.says("/undang")
    await town.hadi.taps("Daftar petugas")
    while not any("Pimpinan kecamatan" in label for label in town.hadi.buttons):
        await town.hadi.taps("▶")
    await town.hadi.taps("✕ Pimpinan kecamatan 1", "Ya, cabut akses")
    assert "Harus ada sedikitnya satu pimpinan" in town.hadi.alert
    assert (await town.person(town.hadi)).holds("head")


async def test_only_heads_invite(town: Town):
    assert "Ini tugas petugas lain" in await town.joko.says("/undang")


async def test_of_a_double_tap_one_link_works_and_it_is_the_one_that_is_shown(town: Town):
    await town.hadi.says("/undang")
    for label in ("Perangkat desa", "Kasimpar"):
        await town.hadi.taps(label, times=2)
    shown = [call.params.get("text", "") for call in town.sandbox.calls if call.method == "editMessageText"]
    tokens = [text.split("start=")[1].split()[0] for text in shown if "start=" in text]
    for person, token in zip((town.sari, town.emma), tokens, strict=True):
        person.phone.open(f"https://t.me/jekduk_bot?start={token}")
        await town.settled()
    assert not (await town.person(town.sari)).posts
    assert (await town.person(town.emma)).holds("village_officer")


async def test_a_tap_that_comes_once_more_after_the_link_was_used_makes_no_other(town: Town):
    await town.hadi.says("/undang")
    keys = [key for row in town.hadi.last.message.body["reply_markup"]["inline_keyboard"] for key in row]
    (tap,) = [key["callback_data"] for key in keys if key["text"] == "Petugas Jek-Duk"]
    shown = await town.hadi.forges(tap)
    town.sari.phone.open(f"https://t.me/jekduk_bot?start={shown.split('start=')[1].split()[0]}")
    await town.settled()
    assert "start=" not in await town.hadi.forges(tap)
    assert "Sudah berubah" in town.hadi.alert


async def test_from_one_card_one_may_invite_one_after_the_other(town: Town):
    links = [await _link(town, "Petugas Jek-Duk")]
    await town.hadi.taps("Kembali", "Petugas Jek-Duk")
    links.append(next(line for line in town.hadi.screen.splitlines() if "start=" in line))
    for person, link in zip((town.sari, town.emma), links, strict=True):
        person.phone.open(f"https://{link}")
        await town.settled()
        assert (await town.person(person)).holds("courier")


async def test_whoever_invited_hears_who_joined_and_whoever_is_dismissed_that_it_is_over(town: Town):
    link = await _link(town, "Petugas Jek-Duk")
    town.sari.phone.open(f"https://{link}")
    await town.settled()
    assert town.hadi.screen == "Link sudah dibuka. Petugas baru: Petugas Jek-Duk 3."
    await town.hadi.says("/undang")
    await town.hadi.taps("Daftar petugas", "✕ Petugas Jek-Duk 1", "Ya, cabut akses")
    await town.settled()
    assert (
        town.joko.screen == "Akses Bapak/Ibu di bot ini sudah ditutup: Petugas Jek-Duk. "
        "Jabatan tidak berubah. Terima kasih atas bantuannya."
    )


async def test_an_open_link_is_listed_and_can_be_withdrawn(town: Town):
    link = await _link(town, "Perangkat desa", "Kasimpar")
    await town.hadi.says("/undang")
    assert "Perangkat desa · Kasimpar · sampai Kamis 26 Nov pukul 08.10" in await town.hadi.taps("Undangan terbuka")
    assert "Tidak ada link" in await town.hadi.taps("✕ Perangkat desa · Kasimpar")
    town.sari.phone.open(f"https://{link}")
    await town.settled()
    assert not (await town.person(town.sari)).posts


async def test_a_label_is_shown_to_staff_and_goes_with_hapus(town: Town):
    assert "Petugas Jek-Duk 1 (motor biru)" in await town.joko.says("/label  motor  biru")
    await town.hadi.says("/undang")
    assert "Petugas Jek-Duk 1 (motor biru)" in await town.hadi.taps("Daftar petugas")
    await town.joko.says("/hapus")
    await town.joko.taps("Ya, hapus")
    assert "(motor biru)" not in await town.joko.says("/label")
    assert "petugas" in await town.sari.says("/label motor biru")


@pytest.mark.parametrize("label", ["0812 555 1234", "a" * 21, "biru \u202e oruib", "KTP 3326015708950002", "???"])
async def test_a_label_holds_no_number_and_no_trick(town: Town, label: str):
    await town.joko.says(f"/label {label}")
    assert (await town.person(town.joko)).posts[0].label == ""


async def test_to_invite_is_work_of_the_head(town: Town):
    await town.hadi.says("/undang")
    await town.hadi.taps("Petugas Jek-Duk")
    await town.hadi.says("/undang")
    await town.hadi.taps("Daftar petugas")
    line = next(line for line in town.hadi.screen.splitlines() if line.startswith("Pimpinan kecamatan 1"))
    assert "terakhir" in line
