"""Runs what a command does to its end, and tells what went wrong in sentences."""

import signal
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from errno import ENOSPC
from functools import wraps
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import asyncio

    from bot.config import Settings

FAILED, WRONG, INTERRUPTED = 1, 2, 130  # try again; somebody must mend something first; Ctrl-C
ERRORS = 2  # the last of the three files with which a process begins
FILES = 64  # a bot that serves a few people has half of them open


class Number(click.IntRange):
    """A whole number; what is none is refused in words, not in those of a programmer."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number. Raises click.BadParameter for what is none from `min` to `max`."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{value}' is not one; write a number from {self.min} to {self.max}", param, ctx)


class Place(click.Path):
    """The name of a file or folder. An empty one, as of a variable that is not set, would be the folder we are in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Raises click.BadParameter for an empty one."""
        return super().convert(value or self.fail("it is empty; write a name", param, ctx), param, ctx)


class TypedTime(click.DateTime):
    """A day, or a minute of one, written as `such_as`."""

    def __init__(self, form: str, such_as: str) -> None:
        super().__init__([form])
        self._such_as = such_as

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The moment. Raises click.BadParameter for what is none."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{value}' is not one; write it as {self._such_as}", param, ctx)


def does(command: Callable[..., Coroutine[Any, Any, int | None]]) -> Callable[..., None]:
    """Make a command of it: runs it to its end, and tells what went wrong in sentences."""

    @wraps(command)
    def run(**arguments: Any) -> None:
        threading.excepthook = _of_threads
        try:
            _may_open_files()
            _open_what_is_closed()
            _stand_somewhere()
            from bot import config, logs

            how = config.of_logs()
            logs.begin(how.log_format, how.log_level)
            code = _run(command(**_in_text(arguments)))
        except KeyboardInterrupt:
            code = INTERRUPTED
        except click.Abort:
            code = _say("nobody answered; it is not done", INTERRUPTED)
        except BrokenPipeError:
            code = _silenced()
        except OSError as error:
            code = explain(error)
            if error.errno == ENOSPC:
                _silenced()  # what could not be said is not tried again at the end
        except Exception as error:  # noqa: BLE001  # whatever it is, it is told once and has a code
            code = explain(error)
        sys.exit(code or 0)

    return run


def _in_text(arguments: dict[str, Any]) -> dict[str, Any]:
    """The same. Raises WrongSettings if a terminal sent letters of another encoding, which no database takes.

    The name of a file may be in any: typed anew it would be the same.
    """
    from bot.config import WrongSettings

    parts = [part for one in arguments.values() for part in (one if isinstance(one, tuple) else (one,))]
    if any("\ud800" <= sign <= "\udfff" for part in parts if isinstance(part, str) for sign in part):
        raise WrongSettings("what stands behind the command is not text in UTF-8; type it anew")
    return arguments


def _may_open_files() -> None:
    """Raises WrongSettings where a process may open fewer files than it takes to say what is wrong later."""
    import resource

    from bot.config import WrongSettings

    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed != resource.RLIM_INFINITY and allowed < FILES:
        raise WrongSettings(
            f"this process may open {allowed} files, and needs {FILES}; allow it more (ulimit -n 1024, LimitNOFILE=)"
        )


def _stand_somewhere() -> None:
    """Raises WrongSettings in a folder that is gone, where neither .env nor a register would be found."""
    import os

    from bot.config import WrongSettings

    try:
        os.getcwd()  # noqa: PTH109  # as for all that is named without its folder
    except OSError:
        raise WrongSettings(
            "the folder you are in is gone; go to the one where the bot runs, and type it anew"
        ) from None


def _open_what_is_closed() -> None:
    """Whoever started us may have closed what we say things to: then our own files must not take its place."""
    import os

    # Python gives a file the lowest number that is free.
    while (opened := os.open(os.devnull, os.O_RDWR)) <= ERRORS:
        pass
    os.close(opened)
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115  # for as long as we run
    sys.stderr = sys.stderr or open(ERRORS, "w", closefd=False)  # noqa: SIM115  # as above
    if isinstance(sys.stdout, TextIOWrapper):
        # Whoever reads a file of ours reads UTF-8, wherever it was printed; a terminal shows what it can.
        sys.stdout.reconfigure(encoding=None if sys.stdout.isatty() else "utf-8", errors="replace")


def _of_threads(args: threading.ExceptHookArgs) -> None:
    """A thread whose answer comes after Ctrl-C finds that nobody waits for it: that is no news."""
    if "Event loop is closed" not in str(args.exc_value):
        threading.__excepthook__(args)


def _run(work: Coroutine[Any, Any, int | None]) -> int | None:
    """Ctrl-C cancels it, so that it leaves nothing half done behind."""
    import asyncio

    at_once = signal.getsignal(signal.SIGINT)
    try:
        if at_once is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, signal.default_int_handler)  # the only one that a runner knows to replace
        with asyncio.Runner(loop_factory=_loop()) as runner:
            return runner.run(work)
    finally:
        signal.signal(signal.SIGINT, at_once)
        work.close()  # it may not even have begun


@contextmanager
def at_once() -> Iterator[None]:
    """Ctrl-C ends a question while it is put: the loop, which would hear of it, stands still until the answer."""
    cancels = signal.getsignal(signal.SIGINT)
    if cancels is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, cancels)


def _loop() -> "Callable[[], asyncio.AbstractEventLoop] | None":
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def explain(error: Exception) -> int:
    import logging

    from bot import logs
    from bot.config import WrongSettings
    from bot.exits import ADVICE, Stop
    from locales.heard import WrongWords
    from storage import is_transient
    from storage.copies.backups import NoBackup
    from storage.copies.encryption import WrongKey
    from storage.copies.rows import CopyDiffers
    from storage.db.migrate import TooNew
    from storage.district import WrongFile

    if isinstance(error, WrongSettings | WrongFile | WrongWords | TooNew | NoBackup | WrongKey):
        return _say(str(error), WRONG)
    if isinstance(error, CopyDiffers):
        return _say(str(error), FAILED)
    if isinstance(error, Stop):
        return _say(f"{error.reason}; {ADVICE[error.code]}", error.code)
    if isinstance(error, OSError) and error.filename:
        return _say(f"{error.filename}: {error.strerror}; name a file or folder that you may use", WRONG)
    if isinstance(error, OSError) and error.errno == ENOSPC:
        return _say("There is no room for what this command prints; send it to a disk with room", FAILED)
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


def now() -> int:
    from bot.clock import Clock

    return Clock()()


def configured(*, token: bool = False) -> "Settings":
    """The settings in force; those without a `token` will do for what does not ask Telegram. Raises WrongSettings."""
    from bot import config

    return config.read(token=token)
