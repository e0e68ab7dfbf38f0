"""Encrypts backups for whoever holds a key, by age or gpg, and opens them: a file's last name says by which."""

import asyncio
import os
import termios
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from storage.copies.ends import in_thread

LONGEST = 600.0  # seconds for a program that may wait for a passphrase
NEEDED = ("PATH", "HOME", "GNUPGHOME", "GPG_TTY", "TERM", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS")  # not our secrets
NAMES = (".age", ".gpg")
# A key is good because somebody wrote it into the settings; one that is not there is not asked for in the network.
GPG = ["--batch", "--quiet", "--no-tty", "--trust-model", "always", "--no-auto-key-locate", "--encrypt"]
AGE = b"age-encryption.org/"  # how a file of age begins
# One of gpg begins with a packet for a key, in the old or in the new way to write its length (RFC 9580, 4.2).
GPG_BEGINS = frozenset({0x84, 0x85, 0x86, 0xC1})


class WrongKey(ValueError):
    """A key that is not the right one or that nobody knows, or a program that is not there."""


def program(recipients: str) -> str:
    """Which program knows such keys: age those that begin as its own do or as SSH's, gpg all others."""
    return "age" if recipients.startswith(("age1", "ssh-")) else "gpg"


def named(file: Path, recipients: str) -> Path:
    """What a file is called once it is encrypted."""
    name = f".{program(recipients)}"
    return file if file.suffix == name else file.with_name(file.name + name)


def is_encrypted(file: Path) -> bool:
    """True for the name of an encrypted backup."""
    return file.suffix in NAMES


def begins_so(content: bytes) -> bool:
    """True if what begins so may be encrypted, or is nothing."""
    return content.startswith(AGE) or not content or content[0] in GPG_BEGINS


async def encrypt(source: Path, target: Path, recipients: str) -> None:
    """Write what is in a file into another that is there already. Raises WrongKey."""
    by = program(recipients)
    options = [word for one in recipients.split(",") for word in ("-r", one.strip())]
    always = GPG if by == "gpg" else []
    read, write = await in_thread(_opened_both, source, target)
    with read, write:
        if said := await _run([by, *always, *options], read, write):
            raise WrongKey(f"it cannot be encrypted for {recipients} ({said})")


def _opened_both(source: Path, target: Path) -> tuple[BinaryIO, BinaryIO]:
    return source.open("rb"), target.open("wb")


@asynccontextmanager
async def opened(file: Path, place: Path, identities: Sequence[Path]) -> AsyncIterator[Path]:
    """A backup to be read: the file itself, or what is in it, for as long as it is needed. Raises WrongKey."""
    if not is_encrypted(file):
        yield file
        return
    plain = place / file.stem
    try:
        with (
            _terminal_as_it_was(),
            file.open("rb") as read,
            os.fdopen(os.open(plain, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as to,
        ):
            if said := await _run(_opening(file, identities), read, to):
                raise WrongKey(f"{file}: it cannot be opened ({said})")
        yield plain
    finally:
        plain.unlink(missing_ok=True)


@contextmanager
def _terminal_as_it_was() -> Iterator[None]:
    """A program that Ctrl-C ends at its passphrase leaves a terminal that shows nothing of what is typed."""
    with ExitStack() as at_the_end:
        with suppress(OSError, termios.error):  # there is none, or it was hung up
            terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
            at_the_end.callback(os.close, terminal)
            at_the_end.callback(_put_back, terminal, termios.tcgetattr(terminal))
        yield


def _put_back(terminal: int, before: list[Any]) -> None:
    with suppress(termios.error):
        if termios.tcgetattr(terminal) != before:  # whoever sets it from the background is stopped
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _opening(file: Path, identities: Sequence[Path]) -> list[str]:
    if file.suffix == ".gpg":
        return ["gpg", "--batch", "--quiet", "--decrypt"]
    if not identities:
        raise WrongKey(f"{file}: name the file of the key that opens it, with --identity")
    for identity in identities:
        try:
            identity.open("rb").close()
        except OSError as error:
            raise WrongKey(f"{identity}: {error.strerror}; name the file of the key that opens {file}") from None
    return ["age", "--decrypt", *(word for one in identities for word in ("-i", str(one)))]


async def _run(words: list[str], read: BinaryIO, write: BinaryIO) -> str:
    """What is wrong, in the program's own words; nothing if all went well."""
    env = {name: os.environ[name] for name in NEEDED if name in os.environ} | {"LC_ALL": "C"}
    try:
        process = await asyncio.create_subprocess_exec(*words, stdin=read, stdout=write, stderr=PIPE, env=env)
    except FileNotFoundError:
        return f"there is no program {words[0]} here; install it"
    try:
        async with asyncio.timeout(LONGEST):
            said = (await process.communicate())[1].decode(errors="replace").splitlines()
    except TimeoutError:
        return f"{words[0]} did not end within {LONGEST:.0f} seconds"
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode == 0:
        return ""
    reasons = [line for line in said if "error:" in line] or said[-1:]
    return reasons[0].removeprefix("age: error: ") if reasons else f"{words[0]} failed"
