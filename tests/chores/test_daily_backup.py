"""A backup each day of the district, and a folder without room keeps nobody from work."""

import logging

import pytest

from bot.chores.daily_backup import AGAIN, DailyBackup
from bot.cli.register.backup import backup
from bot.cli.register.restore import restore
from bot.config import Settings
from handlers.context import Services
from storage import open_storage
from storage.copies import backups
from storage.db.owner import claim
from storage.records import DAY, HOUR
from tests.town import WORKFLOW

LOOKS = 3


@pytest.fixture
def settings(database_url, tmp_path):
    return Settings(database_url=database_url, backup_dir=tmp_path / "backups", backup_keep=2)


@pytest.fixture
def daily(quiet_morning, settings):
    return DailyBackup(quiet_morning.services, settings, settings.backup_dir)


async def test_one_is_made_each_day_and_so_many_stay(quiet_morning, settings, daily):
    found = []
    for _ in range(3):
        assert [await daily.make() for _ in range(LOOKS)] == [False] * LOOKS
        found.append([path.name[7:15] for path in backups.in_folder(settings.backup_dir)])
        quiet_morning.now += DAY
    assert found == [["20261124"], ["20261124", "20261125"], ["20261125", "20261126"]]


async def test_its_age_is_known_to_whoever_takes_over(quiet_morning, settings, daily):
    assert daily.age() == 0
    await daily.make()
    quiet_morning.now += HOUR
    other = DailyBackup(quiet_morning.services, settings, settings.backup_dir)
    await other.make()
    assert (daily.age(), other.age()) == (3600, 3600)


async def test_a_folder_that_cannot_be_is_told_and_tried_again(quiet_morning, settings, daily, caplog):
    caplog.set_level(logging.INFO)
    settings.backup_dir.touch()
    assert [await daily.make() for _ in range(LOOKS)] == [False] * LOOKS
    quiet_morning.now += AGAIN
    settings.backup_dir.unlink()
    await daily.make()
    assert [record.getMessage() for record in caplog.records] == ["no backup", "backup made"]
    assert caplog.records[0].error == "File exists"
    assert daily.age() == 0


async def test_a_folder_without_any_of_those_before_gets_one_and_is_told_until_they_are_back(
    quiet_morning, settings, daily, caplog, tmp_path
):
    await daily.make()
    settings.backup_dir.rename(tmp_path / "not mounted")
    for _ in range(2):
        quiet_morning.now += DAY
        await daily.make()
    assert (caplog.messages, daily.age()) == (2 * ["the backups before are not there"], 2 * DAY / 1000)
    assert len(backups.in_folder(settings.backup_dir)) == 2
    settings.backup_dir.rename(tmp_path / "below")
    (tmp_path / "not mounted").rename(settings.backup_dir)
    quiet_morning.now += DAY
    await daily.make()
    assert (len(caplog.messages), daily.age()) == (2, 0)


async def test_who_types_a_backup_takes_an_empty_folder_for_the_right_one(quiet_morning, settings, daily, tmp_path):
    await daily.make()
    settings.backup_dir.rename(tmp_path / "thrown away")
    quiet_morning.now += HOUR
    said = await backup(settings, None, None, 2, quiet_morning.now)
    assert said.endswith("is its disk mounted?")
    quiet_morning.now += DAY
    await daily.make()
    assert daily.age() == 0


async def test_backups_of_another_bot_are_told_once_a_day_and_stay(quiet_morning, settings, daily, caplog):
    async with quiet_morning.services.storage.transaction() as tx:
        await claim(tx, 7)
    settings.backup_dir.mkdir()
    (settings.backup_dir / "jekduk-20261101T000000Z-8.db").touch()
    (settings.backup_dir / "jekduk-20261031T000000Z.db").touch()  # whose it is nobody knows
    for _ in range(3):
        for _ in range(LOOKS):
            await daily.make()
        quiet_morning.now += DAY
    assert caplog.messages == 3 * ["backups of another bot are there"]
    assert caplog.records[0].of_anybody == "jekduk-20261031T000000Z.db"
    left = [path.name[11:15] for path in backups.in_folder(settings.backup_dir)]
    assert left == ["1031", "1101", "1125", "1126"]


async def test_what_somebody_keeps_elsewhere_is_no_backup_of_the_day(quiet_morning, settings, daily, tmp_path):
    for _ in range(2):
        await backup(settings, tmp_path / "mine.db", None, 2, quiet_morning.now)
        await daily.make()
        quiet_morning.now += DAY
    assert (len(backups.in_folder(settings.backup_dir)), daily.age()) == (2, DAY / 1000)


async def test_an_empty_folder_gets_no_more_than_one_a_day(quiet_morning, settings, daily, tmp_path):
    await daily.make()
    settings.backup_dir.rename(tmp_path / "not mounted")
    quiet_morning.now += DAY
    for _ in range(LOOKS):
        await daily.make()
        quiet_morning.now += HOUR
    assert len(backups.in_folder(settings.backup_dir)) == 1


async def test_what_was_restored_does_not_miss_the_backups_before_it(quiet_morning, settings, daily, caplog):
    for _ in range(2):
        await daily.make()
        quiet_morning.now += DAY
    first, second = backups.in_folder(settings.backup_dir)
    first.unlink()
    await restore(settings, second, quiet_morning.now)
    restored = await open_storage(settings.database_url)
    daily = DailyBackup(Services(restored, WORKFLOW, lambda: quiet_morning.now), settings, settings.backup_dir)
    await daily.make()
    await restored.close()
    assert (caplog.messages, daily.age()) == ([], 0)
    assert len(backups.in_folder(settings.backup_dir)) == 2
