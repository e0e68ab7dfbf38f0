"""The commands of whoever looks after the register: each imports what it needs when it is called."""

from pathlib import Path

import click

from bot.cli.command import FAILED, Number, Place, at_once, configured, does, now

A_PATH = Place(path_type=Path)


@click.command()
@does
async def init() -> None:
    """Set it up on a new machine. Asks for token and district, writes .env, tries it and prints the head's link."""
    import warnings
    from getpass import GetPassWarning

    from bot.cli import init

    def ask(question: str, *, default: str = "", hidden: bool = False) -> str:
        shown = bool(default.strip())
        with at_once(), warnings.catch_warnings():
            # That it may be echoed is said in words, too.
            warnings.simplefilter("ignore", GetPassWarning)
            return str(click.prompt(question, default=default or None, hide_input=hidden, show_default=shown))

    async for line in init.init(ask, now()):
        click.echo(line)


@click.command()
@click.argument("file", required=False, type=A_PATH)
@click.option(
    "--to", metavar="FOLDER", type=A_PATH, help="Make one more there instead; BACKUP_DIR if neither is given."
)
@click.option("--keep", type=Number(1, 90), help="How many stay in the folder; BACKUP_KEEP if not given.")
@click.option("--recipient", metavar="KEYS", help="Who can open it; BACKUP_RECIPIENT if not given.")
@does
async def backup(file: Path | None, to: Path | None, keep: int | None, recipient: str | None) -> None:
    """Copy the register into a FILE, also while the bot runs. It is looked into before it has its name."""
    from bot import config
    from bot.cli.register import backup

    settings = configured()
    if recipient is not None:  # an empty one would make a backup that anybody reads
        settings = config.elsewhere(settings, backup_recipient=recipient)
    click.echo(await backup.backup(settings, file, to, keep or settings.backup_keep, now()))


@click.command()
@click.argument("file", type=A_PATH)
@click.option(
    "--identity", "identities", multiple=True, metavar="KEY", type=A_PATH,
    help="The file of the key that opens what age has encrypted; gpg finds its own.",
)  # fmt: skip
@click.option("--dry-run", "dry", is_flag=True, help="Change nothing; say what would be lost, and what put right.")
@does
async def restore(file: Path, identities: tuple[Path, ...], *, dry: bool) -> None:
    """Put a backup in the place of the register. The bot must be stopped; what happened since is put right."""
    from bot.cli.register import restore

    click.echo(await restore.restore(configured(), file, now(), identities, dry=dry))


@click.command("move-to")
@click.argument("url", metavar="ADDRESS")
@does
async def move_to(url: str) -> None:
    """Copy the register to an empty database at another ADDRESS. All of it is compared; the bot must be stopped."""
    from bot.cli.register import move

    click.echo(await move.move(configured(), url, now()))


@click.command()
@does
async def status() -> None:
    """Say how bot and register are. A line each: who leads, posts, open documents, what is owed, the last backup."""
    from bot import version
    from bot.cli import status

    click.echo("\n".join(await status.status(configured(), version(), now())))


@click.command()
@click.option("--all", "every", is_flag=True, help="Fail for every fault, not only for those that a restart may mend.")
@does
async def healthy(*, every: bool) -> int:
    """Ask the health page of a bot that runs here. Fails if it should be started again: for containers."""
    from bot.cli import healthy

    is_well, told = healthy.look(configured(), every=every)
    click.echo(told)
    return 0 if is_well else FAILED


@click.command()
@click.option("--dump", is_flag=True, expose_value=False, help="The same: it does nothing else.")
@does
async def config() -> None:
    """Print the settings in force. They are lines for .env, without what is secret."""
    from bot.cli import shown_settings

    for line in shown_settings.lines(configured()):
        click.echo(line)


@click.command()
@click.argument("file", default="-", type=click.Path(allow_dash=True, path_type=Path))
@does
async def export(file: Path) -> None:
    """Write every step of every document as CSV to a FILE. Nothing in it is about any person."""
    import sys

    from bot.cli.register import export

    settings = configured()
    if str(file) == "-":
        count = await export.show(settings, sys.stdout, now())
    else:
        count = await export.export(settings, file, now())
    click.echo(f"rows: {count}", err=True)


@click.group()
def staff() -> None:
    """List posts, or end one. For when nobody can do so in a chat."""


@staff.command("list")
@does
async def list_posts() -> None:
    """List every post that is held, a line each."""
    from bot.cli import staff

    click.echo("\n".join(await staff.listed(configured(), now())) or "nobody has a post")


@staff.command()
@click.argument("post", type=Number(1, 2**63 - 1))
@does
async def dismiss(post: int) -> None:
    """End the POST of that number."""
    from bot.cli import staff

    click.echo(await staff.dismiss(configured(), post, now()))


@click.group()
def systems() -> None:
    """Admit other systems to the feeds, list them, or shut one out."""


@systems.command("add")
@click.argument("name")
@click.option("--url", default="", help="Where it takes what it subscribes to, such as https://school.example.id/spdci")
@does
async def add_system(name: str, url: str) -> None:
    """Admit a system by NAME. Its keys are shown this once."""
    from bot.cli.register import admitted

    click.echo("\n".join(await admitted.add(configured(), name, url, now())))


@systems.command("list")
@does
async def list_systems() -> None:
    """List every system, a line each."""
    from bot.cli.register import admitted

    click.echo("\n".join(await admitted.listed(configured(), now())) or "there is no system")


@systems.command("revoke")
@click.argument("name")
@does
async def revoke_system(name: str) -> None:
    """Shut out the system NAME. Its key opens nothing from then on."""
    from bot.cli.register import admitted

    click.echo(await admitted.revoke(configured(), name, now()))


@click.group()
def district() -> None:
    """Print or check a district file."""


@district.command("print")
@does
async def print_district() -> None:
    """Print the district file in force, to be copied and edited."""
    from storage import district

    file = configured().district_file or district.SHIPPED
    click.echo(file.read_text("utf-8"), nl=False)


@district.command("check")
@click.argument("file", type=A_PATH)
@does
async def check_district(file: Path) -> None:
    """Say what of a FILE cannot be used, by its lines."""
    from storage import district

    found = district.load(file)
    told = f"{len(found.villages)} villages, {len(found.types)} kinds of documents"
    click.echo(f"{file}: {found.district.name}, {told}; write its name in DISTRICT_FILE")


@district.command("texts")
@does
async def print_texts() -> None:
    """Print the sentences of the district's own, and its announcements. Each as its readers have it."""
    from storage import district

    found = district.load(configured().district_file)
    own = {"opening": found.sentences.opening, "closing": found.sentences.closing, **found.announcements}
    if not any(own.values()):
        click.echo("the district has no sentences of its own: the bot's are said", err=True)
    for name, one in own.items():
        if one:
            click.echo("\n".join(f"{name}, {lang}: {one.said(lang)}" for lang in found.district.languages))


@district.command()
@click.argument("old")
@click.argument("new")
@does
async def rename(old: str, new: str) -> None:
    """Give a village whose key was OLD its NEW one. First write it into the district file; the bot must be stopped."""
    from bot.cli.register import rename

    click.echo(await rename.rename(configured(), old, new, now()))


@district.command()
@click.argument("old")
@click.argument("new")
@does
async def move(old: str, new: str) -> None:
    """Take what stands on the stage OLD to the stage NEW, before OLD leaves the file. The bot must be stopped."""
    from bot.cli.register import clear

    click.echo(await clear.clear(configured(), old, new, now()))


@click.command()
@click.argument("numbers", nargs=-1, required=True)
@click.option("--village", required=True, metavar="NAME", help="Where the receipts were given out.")
@does
async def reserve(numbers: tuple[str, ...], village: str) -> None:
    """Keep NUMBERS that are on paper and that the register lost. An officer files anew under them."""
    from bot.cli.register import reserve

    click.echo(await reserve.reserve(configured(), numbers, village, now()))


@click.command()
@click.argument("name", required=False)
@does
async def files(name: str | None) -> None:
    """List or print what is shipped beside the bot. Those are units, container files, alerts and a dashboard."""
    from importlib.resources import files

    from bot.config import WrongSettings

    shipped = {file.name: file for file in (files("bot.cli") / "files").iterdir()}
    if name is None:
        click.echo("\n".join(sorted(shipped)))
    elif name in shipped:
        click.echo(shipped[name].read_text("utf-8"), nl=False)
    else:
        raise WrongSettings(f"'{name}' is not among them; write one of {', '.join(sorted(shipped))}")


COMMANDS = (init, backup, restore, move_to, status, healthy, config, export, files, staff, systems, district, reserve)
