"""A backup each day of the district, and a folder without room keeps nobody from work."""

import logging

import pytest

from bot.chores.daily_backup import AGAIN, DailyBackup
from bot.cli.register.backup import backup
from bot.config import Settings
from storage.copies import backups
from storage.records import DAY, HOUR

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
