"""Makes a backup of the register, be the bot running or not."""

from pathlib import Path

from bot import database
from bot.cli.register import outfile
from bot.config import Settings, WrongSettings
from storage import marks
from storage.copies import backups


async def backup(settings: Settings, file: Path | None, folder: Path | None, keep: int, now: int) -> str:
    """What is in the file that was made, in a sentence, and another if its folder has lost those before it.

    Raises WrongSettings, NoBackup, TooNew, WrongKey or CopyDiffers.
    """
    if file and folder:
        raise WrongSettings("write either a FILE, or --to and a folder")
    if file:
        outfile.refuse_taken(settings, file)
        outfile.refuse_anothers(file, settings.backup_recipient or "")
    url, recipients, place = settings.database_url, settings.backup_recipient or "", file or _chosen(settings, folder)
    async with database.opened(settings, new=False) as register:
        present, _ = await database.version(register, now)
        try:
            is_bare = not file and present > 0 and await backups.is_bare(register, place)
            if file:
                made = await backups.backup(url, file, now, recipients)
            else:
                made = await backups.backup_into(url, place, keep, now, recipients)
        except OSError as error:
            raise WrongSettings(
                f"{place}: {error.strerror}; write a place where there is room, and where you may write"
            ) from None
        async with register.transaction() as tx:
            for name in (backups.MARK, *([] if file else [backups.mark_of(place)])):
                await marks.mark(tx, name, now)
    said = [str(made)]
    if is_bare:
        said.append(f"of those made before none is in {place}: is its disk mounted?")
    if not file and (found := backups.whose(place, made.bot)).others:
        said.append(f"{found} are there, too, and stay: give each a folder of its own")
    return "\n".join(said)


def _chosen(settings: Settings, folder: Path | None) -> Path:
    if chosen := folder or settings.backup_dir:
        return chosen
    raise WrongSettings("write a FILE, or --to and a folder, or name the folder in BACKUP_DIR")
