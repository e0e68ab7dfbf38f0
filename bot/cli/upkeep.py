"""The commands of whoever looks after the register: each imports what it needs when it is called."""

from pathlib import Path

import click

from bot.cli.command import does, now

A_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("file", required=False, type=A_PATH)
@click.option(
    "--to", metavar="FOLDER", type=A_PATH, help="Make one more there instead; BACKUP_DIR if neither is given."
)
@click.option("--keep", type=click.IntRange(1), help="How many stay in the folder; BACKUP_KEEP if not given.")
@does
async def backup(file: Path | None, to: Path | None, keep: int | None) -> None:
    """Copy the register into a FILE, also while the bot runs. It is looked into before it has its name."""
    from bot import config
    from bot.cli import backup

    settings = config.read(token=False)
    click.echo(await backup.backup(settings, file, to, keep or settings.backup_keep, now()))


@click.command()
@click.argument("file", type=A_PATH)
@does
async def restore(file: Path) -> None:
    """Put a backup in the place of the register. The bot must be stopped; what happened since is put right."""
    from bot import config
    from bot.cli import restore

    click.echo(await restore.restore(config.read(token=False), file, now()))


@click.command("move-to")
@click.argument("url", metavar="ADDRESS")
@does
async def move_to(url: str) -> None:
    """Copy the register to an empty database at another ADDRESS. All of it is compared; the bot must be stopped."""
    from bot import config
    from bot.cli import move

    click.echo(await move.move(config.read(token=False), url, now()))


COMMANDS = (backup, restore, move_to)
