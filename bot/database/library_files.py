"""Files in which PostgreSQL's library looks for what an address leaves out: passwords, and services by their names. It
passes over what it cannot use there in silence, or quotes it.
"""

import re
from collections.abc import Mapping
from configparser import ConfigParser, Error
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from bot import addresses

OTHERS = 0o077  # what a file lets others do
PARTS = 5  # of a line of passwords


def of_passwords(environ: Mapping[str, str], url: str) -> str:
    """Why the library has no password out of its file, and what to do; nothing if the file is not asked, or is as it
    should be.
    """
    query = addresses.options(url)
    has_one = urlsplit(url).password or "password" in query or environ.get("PGPASSWORD") or "service" in query
    where, file = _file(environ, query, "passfile", ".pgpass")
    if has_one or file is None:
        return ""
    try:
        if not file.is_file():
            return f"{where} is not there, or is none; name one, or write the password into the address"
        if file.stat().st_mode & OTHERS:
            return f"others may read {where}, so no password is taken from it; type chmod 600 {file}"
        lines = enumerate(file.read_text().splitlines(), 1)
    except (OSError, UnicodeDecodeError) as error:
        return f"{where} cannot be read ({getattr(error, 'strerror', '') or 'it is no text in UTF-8'}); mend it"
    wrong = [number for number, line in lines if _is_entry(line.strip()) and len(_parts(line)) < PARTS]
    return f"line {wrong[0]} of {where} cannot be read; write host:port:database:user:password" if wrong else ""


def of_services(environ: Mapping[str, str], url: str) -> str:
    """Why the library finds no address under the service that is named; nothing if it does, or none is named."""
    name = addresses.options(url).get("service", [""])[-1]  # PGSERVICE it reads too late to heed
    if not name:
        return ""
    where, file = _file(environ, {}, "servicefile", ".pg_service.conf")
    found = ConfigParser()
    try:
        found.read(file or ())
        options = dict(found[name]) if name in found.sections() else None
    except (Error, UnicodeDecodeError):  # it quotes lines, with a password perhaps
        return f"{where} cannot be read; write [{name}] and lines such as host=127.0.0.1 below it, with %% for each %"
    if options is None:
        return f"there is no service of that name in {where}; write it there as [{name}], or leave it out"
    query = {option: [value] for option, value in options.items()}
    try:
        addresses.look_at_options(query, with_files=addresses.opens_files(environ, query, ""))
    except ValueError as error:
        return f"mend [{name}] in {where}: {error}"
    return ""


def _file(
    environ: Mapping[str, str], query: Mapping[str, list[str]], option: str, usual: str
) -> tuple[str, Path | None]:
    """What to call it, and where it is; no place if it is the usual one, which need not be there."""
    for name, named in (
        (option, query.get(option, [""])[-1]),
        (f"PG{option.upper()}", environ.get(f"PG{option.upper()}")),
    ):
        if named:
            return f"the file of {name}", Path(named)
    with suppress(RuntimeError):  # some have no home
        if (file := Path.home() / usual).exists():
            return f"~/{usual}", file
    return f"~/{usual}", None


def _is_entry(line: str) -> bool:
    return bool(line) and not line.startswith("#")


def _parts(line: str) -> list[str]:
    return re.split(r"(?<!\\):", line.replace(r"\\", "\n"), maxsplit=PARTS - 1)
