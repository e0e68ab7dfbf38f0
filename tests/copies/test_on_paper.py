"""Receipts that were given out after the backup are on paper: they are filed again under their numbers."""

from bot.cli.register.restore import restore
from storage import Tx, district, documents, open_storage, people
from storage.paper import booklets
from storage.records import Actor
from storage.workflow import Workflow
from tests.copies.filled import contents
from tests.copies.test_restore import HOUR, backed_up, register, settings
from tests.town import TUESDAY

__all__ = ["register", "settings"]

WATI = 103


async def file_under(tx: Tx, slip: str) -> str:
    officer, workflow = Actor(await people.get(tx, WATI, TUESDAY), TUESDAY), Workflow(district.load())
    return (await documents.file(tx, workflow, "tlogopakis", ["KK"], f"draft:{slip}", officer, slip)).number


async def test_a_number_that_is_on_paper_already_can_be_filed_again(settings, register):
    async with register.transaction() as tx:
        await people.give_post(tx, WATI, "village_officer", "tlogopakis", None, TUESDAY)
    file = await backed_up(settings)
    async with register.transaction() as tx:
        await booklets.reserve(tx, 7, "tlogopakis", 2, None, TUESDAY)
        slip, other = [one.number for one in await booklets.of_booklet(tx, 7)]
        assert await file_under(tx, slip) == slip
    before = await contents(settings.database_url)
    said = await restore(settings, file, TUESDAY + HOUR, dry=True)
    assert ("lost, for they came later: 1, of so many documents: 1\n" in said, "numbers: 2" in said) == (True, True)
    assert {**await contents(settings.database_url), "lease": []} == {**before, "lease": []}
    assert "to be filed again under their numbers: 2" in await restore(settings, file, TUESDAY + HOUR)
    opened = await open_storage(settings.database_url)
    async with opened.transaction() as tx:
        assert await file_under(tx, slip) == slip
        assert await booklets.of_number(tx, other)
    await opened.close()
