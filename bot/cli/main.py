"""The commands: what can be typed behind `jekduk`."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot.cli import upkeep
from bot.cli.command import FAILED, WRONG, Number, TypedTime, configured, does, now

PORT = Number(0, 65535)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="jekduk", message="%(package)s %(version)s")
def main() -> None:
    """Tells families and officers on Telegram where their documents are. Settings come from the environment."""


@main.command()
@click.option("--clock", hidden=True, type=click.Path(path_type=Path), help="The demo's clock: a file with an offset.")
@click.option(
    "--haste", hidden=True, default=1, type=Number(1, 1000), help="For tests: how much sooner than usual waiting ends."
)
@does
async def run(clock: Path | None, haste: int) -> int:
    """Run the bot. Migrations are applied first."""
    import gc
    import importlib
    import logging
    import os
    import threading

    gc.disable()  # hardly anything that is imported is garbage; `app` enables it before it serves
    settings = configured(token=True)
    # With aiohttp OpenSSL reads all certificates of this machine, and needs no Python for it: beside the rest.
    threading.Thread(target=importlib.import_module, args=("aiohttp",)).start()
    from bot import app  # after the settings: it takes half a second
    from bot.clock import Clock
    from bot.database import disk

    if fault := disk.vanishing(settings.database_url, os.environ):
        logging.getLogger("bot").warning(fault)

    return await app.run(settings, Clock(clock) if clock else None, haste)


@main.command()
@does
async def migrate() -> None:
    """Bring the database up to this version of the code."""
    from bot import database
    from storage import migrate

    settings = configured()
    async with database.opened(settings) as register:
        await database.owned(register, settings, now())
        applied = await migrate(register, now())
    click.echo(f"applied: {', '.join(map(str, applied))}" if applied else "nothing to apply")


@main.command()
@click.option("--port", default=8080, show_default=True, type=PORT, help="The page; 0 takes a free one.")
@click.option(
    "--at",
    metavar="TIME",
    type=TypedTime("%Y-%m-%dT%H:%M", "2026-11-24T08:10"),
    help="As if it were started then, by the district's clocks, as 2026-11-24T08:10.",
)
@does
async def demo(port: int, at: datetime | None) -> int:
    """Try it out, without token or network. Starts a pretend Telegram, the bot and a town, and prints an address."""
    from bot.demo.run import play

    return await play(port, at)


@main.command()
@click.option("--port", default=8081, show_default=True, type=PORT, help="The Bot API; 0 takes a free one.")
@click.option("--control-port", default=8082, show_default=True, type=PORT, help="The people; 0 takes a free one.")
@does
async def sandbox(port: int, control_port: int) -> None:
    """Run the pretend Telegram alone, for any bot."""
    import asyncio

    from bot.addresses import why_not_had
    from bot.config import WrongSettings
    from bot.sandbox import Sandbox
    from bot.sandbox.server import serve

    try:
        runner = await serve(Sandbox(), port, control_port)
    except OSError as error:
        ports = " or ".join(str(wanted) for wanted in (port, control_port) if wanted)
        mend = "write another with --port and --control-port, or 0 for one that is free"
        raise WrongSettings(f"port {ports} cannot be had ({why_not_had(error)}); {mend}") from None
    click.echo(f"Bot API  {runner.url}\npeople   {runner.control_url}")
    try:
        await asyncio.Event().wait()
    finally:
        await runner.close()


@main.command()
@click.option("--mend", "mends", is_flag=True, help="First mend what needs no decision of yours.")
@does
async def check(*, mends: bool) -> int:
    """Try all that is needed. Looks at settings, district file, words, database and token, and says what to mend."""
    from bot.cli import check

    if mends:
        from bot.cli import mending

        async for line in mending.mend(now()):
            click.echo(f"MENDED {line}")
    wrong = False
    async for finding in check.findings(now()):
        click.echo(str(finding))
        wrong |= bool(finding.faults)
    return WRONG if wrong else 0


@main.command()
@click.argument("role")
@click.option("--village", default="", metavar="NAME", help="For a role that belongs to a village.")
@does
async def invite(role: str, village: str) -> None:
    """Print a one-time link that gives a ROLE. Who opens it first is the head, courier, …; it lasts 48 hours."""
    from bot.cli import invite

    click.echo(await invite.link(configured(token=True), role, village, now()))


@main.command(name="print")
@click.argument("what", type=click.Choice(["slip", "booklet", "manifest", "board", "poster"]))
@click.argument("numbers", nargs=-1)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The PDF to write.")
@click.option("--four", is_flag=True, help="Slips: four on an A4 sheet instead of one on A6.")
@click.option("--village", default="", metavar="NAME", help="Whose booklet or board, or what of a manifest.")
@click.option("--stage", default="", metavar="KEY", help="Manifest: of what is at this stage.")
@click.option("--count", default=50, show_default=True, type=Number(1, 200), help="Booklet: so many numbers.")
@does
async def print_(out: Path, **wanted: Any) -> None:
    """Print a PDF. Slips of NUMBERS, a booklet of new ones, a manifest, a village's board, or a poster."""
    from bot.cli import printing

    click.echo(await printing.into(out, configured(token=True), printing.Wanted(**wanted), now()))


@main.command()
@does
async def adopt() -> None:
    """Give the database to another bot, for good. It is that of the token, whichever bot had it until now."""
    from bot.cli.register import adopt

    click.echo(await adopt.adopt(configured(token=True), now()))


@main.command()
@does
async def held() -> None:
    """Print what stands still and why, as CSV. Each reason with the code that carriers have for it, if any."""
    from bot import database
    from bot.cli import held
    from storage import district
    from storage.workflow import Workflow

    settings = configured()
    workflow = Workflow(district.load(settings.district_file))
    async with database.fitting(settings, now()) as register:
        await database.fits(register, workflow)
        table = held.table(await held.listed(register, workflow))
    click.echo(table, nl=False)


@main.command()
@click.option(
    "--since",
    required=True,
    metavar="DAY",
    type=TypedTime("%Y-%m-%d", "2026-11-24"),
    help="The first day, as 2026-11-24.",
)
@does
async def affected(since: datetime) -> None:
    """Print whom to tell of a breach, and how."""
    from bot import database
    from bot.cli.register import affected
    from storage import district
    from storage.workflow import Workflow

    settings = configured()
    workflow = Workflow(district.load(settings.district_file))
    async with database.fitting(settings, now()) as register:
        report = await affected.report(register, workflow, since.date(), now())
    click.echo(report)


@main.group(invoke_without_command=True)
@click.pass_context
def stuck(context: click.Context) -> None:
    """List or retry what could not be done. Those are updates in quarantine, and notices that were given up."""
    if context.invoked_subcommand is None:
        listing()


@does
async def listing() -> None:
    """What is stuck, a line each."""
    from bot import database
    from bot.cli import stuck

    async with database.fitting(configured(), now()) as register:
        found, away = await stuck.listed(register), await stuck.away(register)
    click.echo("\n".join(map(str, found)) if found else "nothing is stuck")
    if away:
        click.echo(away)


@stuck.command()
@click.argument("which", metavar="ID|all|away")
@does
async def retry(which: str) -> int:
    """Try one of them, or all, or what is kept for people who are away, once more."""
    from bot import database
    from bot.cli import stuck

    async with database.fitting(configured(), now()) as register:
        away = await stuck.retry_away(register, now()) if which == "away" else None
        repeated = await stuck.retry(register, which, now()) if away is None else ()
    if away is not None:
        click.echo(f"people to be tried again: {away}")
        return 0
    click.echo(f"to be tried again: {', '.join(map(str, repeated))}" if repeated else "nothing to try again")
    return 0 if repeated or which == "all" else FAILED


for command in upkeep.COMMANDS:
    main.add_command(command)
