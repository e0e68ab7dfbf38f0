"""The head reads who of the staff looked at which number; what families look at is noted nowhere."""

from datetime import datetime

import pytest

from handlers.audit.buttons import ShowLooks
from handlers.documents.buttons import OpenDocument
from handlers.statistics.buttons import SendMonth
from handlers.wording.layout import grouped
from storage.heads import looks
from storage.records import DAY
from tests.town import Town


async def test_the_head_reads_which_post_looked_at_a_number_and_no_name(town: Town):
    (card,) = await town.files("KK")
    await town.rina.says(card.number)
    await town.rina.says(card.number)
    await town.sari.says(card.number)
    shown = await town.hadi.says(f"/audit {card.number}")
    assert [line for line in shown.splitlines() if line.endswith(grouped(card.number))][1:] == [
        f"Selasa 24 Nov pukul 08.10 · Petugas loket kecamatan 1 · {grouped(card.number)}"
    ]
    assert "Rina" not in shown


async def test_what_is_opened_found_or_taken_away_is_noted_too(town: Town):
    (card,) = await town.files("KK")
    await town.budi.forges(OpenDocument(card.id))  # not where the registry works yet: not seen
    await town.warni.forges(OpenDocument(card.id))
    await town.rina.says(f"/cari {card.number[-4:]}")
    async with town.storage.reading() as tx:
        noted = [(one.role, one.what, one.subject) for one in await looks.latest(tx)]
    assert ("village_officer", "number", card.number) in noted
    assert ("district_desk", "search", card.number[-4:]) in noted


@pytest.mark.parametrize("said", ["{}", "/cari {}", "resi {}?"])
async def test_a_number_that_is_shown_for_its_last_digits_is_noted(town: Town, said: str):
    (card,) = await town.files("KK")
    assert grouped(card.number) in await town.rina.says(said.format(card.number[-4:]))
    shown = await town.hadi.says(f"/audit {card.number}")
    assert f"Petugas loket kecamatan 1 · {grouped(card.number)}" in shown


@pytest.mark.parametrize("said", ["17-08-1960", "/cari 08950002", "/cari 015708950002", "0285381234"])
async def test_of_digits_that_were_searched_for_the_last_four_are_noted(town: Town, said: str):
    await town.rina.says(said)
    async with town.storage.reading() as tx:
        assert [one.subject for one in await looks.latest(tx)] == [said.replace("-", "")[-4:]]


async def test_a_telephone_is_no_search(town: Town):
    assert "nomor telepon" in await town.rina.says("/cari 0812-3456-7890")
    async with town.storage.reading() as tx:
        assert await looks.latest(tx) == []


async def test_a_month_that_was_taken_away_is_named_as_people_name_it(town: Town):
    await town.hadi.forges(SendMonth(202611, "page"))
    await town.hadi.forges(SendMonth(0, "page"))  # no month: it is noted as it was asked for
    shown = await town.hadi.says("/audit")
    assert "angka November 2026" in shown
    assert "angka 0" in shown


async def test_it_is_kept_for_90_days_and_a_day_counts_once(town: Town):
    async with town.storage.transaction() as tx:
        rina = await town.person(town.rina)
        for day in (0, 0, 1):
            await looks.note(tx, town.workflow, rina, looks.NUMBER, ["563185915492"], town.clock + day * DAY)
        assert len(await looks.latest(tx)) == 2
        await looks.purge(tx, town.clock + looks.KEPT + 1)
        assert len(await looks.latest(tx, "563185915492")) == 1


async def test_a_day_begins_at_midnight_in_the_district(town: Town):
    (card,) = await town.files("KK")
    for clock in ("2026-11-24T23:30", "2026-11-25T06:50", "2026-11-25T08:10"):  # by UTC one day, and another
        town.clock = int(datetime.fromisoformat(f"{clock}+07:00").timestamp() * 1000)
        await town.rina.says(card.number)
    async with town.storage.reading() as tx:
        noted = [one.at for one in await looks.latest(tx, card.number) if one.role == "district_desk"]
    assert [f"{town.workflow.calendar.local(at):%d %H:%M}" for at in noted] == ["25 06:50", "24 23:30"]


async def test_only_a_head_reads_it(town: Town):
    await town.rina.says("/audit")
    await town.rina.forges(ShowLooks())
    assert not any("90" in text for text in town.rina.heard)
