"""A backup each day, in the folder that the settings name."""

import logging
from contextlib import suppress
from datetime import date
from pathlib import Path

from bot.config import Settings
from handlers.context import Services
from storage import marks
from storage.copies import backups
from storage.copies.backups import NoBackup
from storage.copies.encryption import WrongKey
from storage.copies.ends import in_thread
from storage.copies.rows import CopyDiffers
from storage.db import owner
from storage.records import MINUTE

AGAIN = 10 * MINUTE
MOUNT = "mount their disk; if they are to be gone, type jekduk backup"
APART = "give each bot a folder of its own, and delete those of one that is no more once there are enough new ones"
log = logging.getLogger(__name__)


class DailyBackup:
    """Makes one as soon as the district's day has none in the folder, whatever anybody keeps elsewhere."""

    def __init__(self, services: Services, settings: Settings, folder: Path) -> None:
        self._services, self._settings, self._folder = services, settings, folder
        self._mark, self._lone_mark = backups.mark_of(folder), backups.lone_mark_of(folder)
        self._last = self._not_before = services.now()
        self._looked: date | None = None  # the day on which whose backups lie there was last looked at

    def age(self) -> float:
        """Seconds since the last one that lies with those before it; without any, since this process began."""
        return max(0, self._services.now() - self._last) / 1000

    async def make(self) -> bool:
        """Never leaves anything to send."""
        now, day = self._services.now(), self._services.workflow.calendar.day
        async with self._services.storage.reading() as tx:
            last, kept, lone = [await marks.marked(tx, name) for name in (backups.MARK, self._mark, self._lone_mark)]
            bot = await owner.owner(tx)
        self._last = kept or last or self._last
        await self._tell_of_others(bot, day(now))
        if now < self._not_before or any(at and day(at) == day(now) for at in (kept, lone)):
            return False
        url, keep, recipients = self._settings.database_url, self._settings.backup_keep, self._settings.backup_recipient
        try:
            is_bare = await backups.is_bare(self._services.storage, self._folder)
            made = await backups.backup_into(url, self._folder, keep, now, recipients or "")
        except (OSError, NoBackup, CopyDiffers, WrongKey) as error:
            self._not_before = now + AGAIN
            why = getattr(error, "strerror", None) or str(error)
            log.error("no backup", extra={"folder": str(self._folder), "error": why})  # noqa: TRY400  # it says all
            return False
        async with self._services.storage.transaction() as tx:
            for name in (backups.MARK, self._lone_mark if is_bare else self._mark):
                await marks.mark(tx, name, now)
        if is_bare:
            log.error("the backups before are not there", extra={"folder": str(self._folder), "advice": MOUNT})
        else:
            self._last = now
        log.info("backup made", extra={"file": str(made.file), "rows": sum(made.counts.values())})
        return False

    async def _tell_of_others(self, bot: int | None, today: date) -> None:
        """Once a day, and so soon after the start: nobody thins out backups of a bot that has left the folder."""
        if today == self._looked:
            return
        self._looked = today
        with suppress(OSError):  # told when one is made
            found = await in_thread(backups.whose, self._folder, bot)
            if found.others:
                unsaid = ", ".join(path.name for path in found.unsaid)
                facts = {"folder": str(self._folder), "bots": found.others, "of_anybody": unsaid, "advice": APART}
                log.error("backups of another bot are there", extra=facts)
