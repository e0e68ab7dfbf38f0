"""Makes a backup of the register, be the bot running or not."""

from pathlib import Path

from bot import database
from bot.cli.register import outfile
from bot.config import Settings, WrongSettings
from storage import marks
from storage.copies import backups


async def backup(settings: Settings, file: Path | None, folder: Path | None, keep: int, now: int) -> str:
    """What is in the file that was made, in a sentence.

    Raises WrongSettings, NoBackup, TooNew, WrongKey or CopyDiffers.
    """
    if file:
        outfile.refuse_taken(settings, file)
        outfile.refuse_anothers(file, settings.backup_recipient or "")
    url, recipients = settings.database_url, settings.backup_recipient or ""
    async with database.opened(settings, new=False) as register:
        try:
            if file:
                made = await backups.backup(url, file, now, recipients)
            else:
                made = await backups.backup_into(url, _chosen(settings, folder), keep, now, recipients)
        except OSError as error:
            where = file or folder or settings.backup_dir
            raise WrongSettings(
                f"{where}: {error.strerror}; write a place where there is room, and where you may write"
            ) from None
        async with register.transaction() as tx:
            await marks.mark(tx, backups.MARK, now)
    return str(made)


def _chosen(settings: Settings, folder: Path | None) -> Path:
    if chosen := folder or settings.backup_dir:
        return chosen
    raise WrongSettings("write a FILE, or --to and a folder, or name the folder in BACKUP_DIR")
