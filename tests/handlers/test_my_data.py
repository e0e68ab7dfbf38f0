"""Who asks what is kept about them gets all of it, as a file."""

import json
import sqlite3
from pathlib import Path

import pytest

import storage
from storage import people
from storage.db.protocol import queries
from storage.feeds import systems
from storage.numbers import draw
from storage.people import FOLLOWS_SHOWN
from tests.town import Town

MIGRATIONS = Path(storage.__file__).parent / "migrations"
NOBODYS = {"miss", "village_group"}  # under a hash; of a group chat, not of a person


async def test_all_that_is_kept_about_a_chat_comes_as_a_file(town: Town):
    (card,) = await town.files("KK")
    await town.sari.says(card.number)
    await town.sari.taps("Kabari saya")
    await town.carries(card, "to_district")
    await town.grace()
    await town.sari.says("/dataku")
    await town.sari.taps("Semuanya sebagai file")
    body = town.sari.last.message.body
    file = town.sandbox.files.get(body["document"]["file_id"])
    assert file
    assert file.file.name == "jek-duk-data-saya.json"
    kept = json.loads(file.file.body)
    assert kept["chat"] == town.sari.chat
    assert [one["number"] for one in kept["follows"]] == [card.number]
    assert [one["language"] for one in kept["consents"]] == ["id"]
    assert [one["kind"] for one in kept["messages"]] == ["act"]
    assert kept["posts"] == []


async def test_who_chose_no_language_or_deleted_it_is_not_told_that_it_is_kept(town: Town):
    assert "Bahasa belum dipilih." in await town.sari.says("/dataku")
    await town.sari.says("/bahasa")
    await town.sari.taps("Bahasa Indonesia")
    assert "pilihan bahasa (Bahasa Indonesia)" in await town.sari.says("/dataku")
    await town.sari.says("/hapus")
    await town.sari.taps("Ya, hapus")
    assert "Bahasa belum dipilih." in await town.sari.says("/dataku")


async def test_a_message_of_ours_is_told_from_one_that_says_it_is(town: Town):
    said = await town.sari.says("/asli")
    assert "@jekduk_bot" in said
    assert "tidak pernah meminta uang" in said


async def test_which_other_systems_read_how_documents_go_on_is_told(town: Town):
    await town.sari.says("/privasi")
    assert "sekolah" not in await town.sari.taps("Buku kantor")
    async with town.storage.transaction() as tx:
        for name in ("sekolah", "bank"):
            assert await systems.add(tx, name, "", town.clock)
        assert await systems.revoke(tx, "bank", town.clock)
    await town.sari.taps("Kembali")
    told = await town.sari.taps("Buku kantor")
    assert ("tanpa nama dan nomor: sekolah." in told, "bank" in told) == (True, False)


@pytest.mark.parametrize("command", ["/status", "/dataku"])
async def test_an_officer_who_follows_more_than_are_listed_reads_how_many_more(town: Town, command: str):
    async with town.storage.transaction() as tx:
        for _ in range(FOLLOWS_SHOWN + 12):
            await people.follow(tx, town.warni.chat, draw(), "id", "id", known=False, now=town.clock)
    assert "… dan 12 lagi" in await town.warni.says(command)


def test_no_table_that_names_a_chat_is_left_out_of_it():
    with sqlite3.connect(":memory:") as connection:
        for path in sorted(MIGRATIONS.glob("*.sql")):
            connection.executescript(path.read_text())
        tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        columns = {
            table: {row[1] for row in connection.execute(f"pragma table_info({table})")} & {"chat", "person", "used_by"}
            for table in tables
        }
    connection.close()
    told = " ".join(text for name, text in queries().items() if name.startswith("my_"))
    assert [one for one, found in columns.items() if found and one not in NOBODYS and f"from {one} " not in told] == []
