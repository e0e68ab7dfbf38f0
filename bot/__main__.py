"""The commands: `python -m bot …`, also `jekduk …`."""

import sys
from collections.abc import Callable, Coroutine
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import asyncio

FAILED, WRONG, INTERRUPTED = 1, 2, 130  # try again; somebody must mend something first; Ctrl-C
PORT = click.IntRange(0, 65535)


def does(command: Callable[..., Coroutine[Any, Any, int | None]]) -> Callable[..., None]:
    """Make a command of it: runs it to its end, and tells what went wrong in sentences."""

    @wraps(command)
    def run(**arguments: Any) -> None:
        from bot import config, logs

        how = config.of_logs()
        logs.begin(how.log_format, how.log_level)
        try:
            code = _run(command(**arguments))
        except KeyboardInterrupt:
            code = INTERRUPTED
        except BrokenPipeError:
            code = _silenced()
        except Exception as error:  # noqa: BLE001  # whatever it is, it is told once and has a code
            code = _explain(error)
        sys.exit(code or 0)

    return run


def _run(work: Coroutine[Any, Any, int | None]) -> int | None:
    import asyncio

    with asyncio.Runner(loop_factory=_loop()) as runner:
        return runner.run(work)


def _loop() -> "Callable[[], asyncio.AbstractEventLoop] | None":
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def _explain(error: Exception) -> int:
    import logging

    from bot import logs
    from bot.config import WrongSettings
    from bot.exits import Stop
    from storage import is_transient
    from storage.db.migrate import TooNew
    from storage.district import WrongFile

    if isinstance(error, WrongSettings | WrongFile | TooNew):
        return _say(str(error), WRONG)
    if isinstance(error, Stop):
        return _say(error.reason, error.code)
    if is_transient(error):
        return _say(f"The database cannot be used: {logs.told(error)}", FAILED)
    logging.getLogger("bot").critical("stopped by an error nobody expected", exc_info=error)
    return FAILED


def _say(sentences: str, code: int) -> int:
    """In lines, or in JSON where the log is read by machines."""
    import logging

    from bot.config import of_logs

    if of_logs().log_format == "text":
        click.echo(sentences, err=True)
        return code
    for sentence in sentences.splitlines():
        logging.getLogger("bot").error(sentence, extra={"code": code})
    return code


def _silenced() -> int:
    """Nobody reads any more what we say, such as `head -1`: not even that can be said."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED


def _now() -> int:
    from bot.clock import Clock

    return Clock()()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="jekduk", message="%(package)s %(version)s")
def main() -> None:
    """Tells families and officers on Telegram where their documents are. Settings come from the environment."""


@main.command()
@click.option("--clock", hidden=True, type=click.Path(path_type=Path), help="The demo's clock: a file with an offset.")
@click.option("--haste", hidden=True, default=1.0, help="For tests: how much sooner than usual waiting ends.")
@does
async def run(clock: Path | None, haste: float) -> int:
    """Run the bot. Migrations are applied first."""
    import gc
    import logging
    import os

    from bot import config

    gc.disable()  # hardly anything that is imported is garbage; `app` enables it before it serves
    settings = config.read()
    if fault := config.vanishing(settings.database_url, os.environ):
        logging.getLogger("bot").warning(fault)
    from bot import app  # after the settings: it takes half a second
    from bot.clock import Clock

    return await app.run(settings, Clock(clock) if clock else None, haste)


@main.command()
@does
async def migrate() -> None:
    """Bring the database up to this version of the code."""
    from bot import config, database
    from storage import migrate

    async with database.opened(config.read(token=False)) as register:
        applied = await migrate(register, _now())
    click.echo(f"applied: {', '.join(map(str, applied))}" if applied else "nothing to apply")


@main.command()
@click.option("--port", default=8080, show_default=True, type=PORT, help="The page; 0 takes a free one.")
@click.option(
    "--at", type=click.DateTime(["%Y-%m-%dT%H:%M"]), help="The district's time when it begins, as 2026-11-24T08:10."
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

    from bot.config import WrongSettings
    from bot.sandbox import Sandbox
    from bot.sandbox.server import serve

    try:
        runner = await serve(Sandbox(), port, control_port)
    except OSError as error:
        ports = f"port {port} or {control_port} cannot be had ({error.strerror})"
        raise WrongSettings(f"{ports}; write others with --port and --control-port, 0 for free ones") from None
    click.echo(f"Bot API  {runner.url}\npeople   {runner.control_url}")
    try:
        await asyncio.Event().wait()
    finally:
        await runner.close()


@main.command()
@does
async def check() -> int:
    """Try all that is needed. Looks at settings, district file, words, database and token, and says what to mend."""
    from bot.cli import check

    wrong = False
    async for finding in check.findings(_now()):
        click.echo(str(finding))
        wrong |= bool(finding.faults)
    return WRONG if wrong else 0


@main.command()
@click.argument("role")
@click.option("--village", default="", metavar="NAME", help="For a role that belongs to a village.")
@does
async def invite(role: str, village: str) -> None:
    """Print a one-time link that gives a ROLE. Who opens it first is the head, courier, …; it lasts 48 hours."""
    from bot import config
    from bot.cli import invite

    click.echo(await invite.link(config.read(), role, village, _now()))


@main.command()
@does
async def adopt() -> None:
    """Give the database to another bot, for good. It is that of the token, whichever bot had it until now."""
    from bot import config
    from bot.cli import adopt

    click.echo(await adopt.adopt(config.read(), _now()))


@main.command()
@does
async def held() -> None:
    """Print what stands still and why, as CSV. Each reason with the code that carriers have for it, if any."""
    from bot import config, database
    from bot.cli import held
    from storage import district
    from storage.workflow import Workflow

    settings = config.read(token=False)
    workflow = Workflow(district.load(settings.district_file))
    async with database.opened(settings, new=False) as register:
        await database.same_version(register, _now())
        await database.fits(register, workflow)
        click.echo(held.table(await held.listed(register, workflow)), nl=False)


@main.group(invoke_without_command=True)
@click.pass_context
def stuck(context: click.Context) -> None:
    """List or retry what could not be done. Those are updates in quarantine, and notices that were given up."""
    if context.invoked_subcommand is None:
        listing()


@does
async def listing() -> None:
    """What is stuck, a line each."""
    from bot import config, database
    from bot.cli import stuck

    async with database.opened(config.read(token=False), new=False) as register:
        await database.same_version(register, _now())
        found, away = await stuck.listed(register), await stuck.away(register)
    click.echo("\n".join(map(str, found)) if found else "nothing is stuck")
    if away:
        click.echo(away)


@stuck.command()
@click.argument("which", metavar="ID|all|away")
@does
async def retry(which: str) -> int:
    """Try one of them, or all, or what is kept for people who are away, once more."""
    from bot import config, database
    from bot.cli import stuck

    async with database.opened(config.read(token=False), new=False) as register:
        await database.same_version(register, _now())
        if which == "away":
            click.echo(f"people to be tried again: {await stuck.retry_away(register, _now())}")
            return 0
        repeated = await stuck.retry(register, which, _now())
    click.echo(f"to be tried again: {', '.join(map(str, repeated))}" if repeated else "nothing to try again")
    return 0 if repeated or which == "all" else FAILED


if __name__ == "__main__":
    main()
