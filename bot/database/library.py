"""What PostgreSQL's library reads of its own, beside an address: variables of the environment, and files of TLS."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from bot import addresses, certificates
from bot.certificates import FILES, TlsFile

# Where it looks for files that nobody has named, in the folder .postgresql of whoever runs the bot.
DEFAULTS = {"sslrootcert": "root.crt", "sslcert": "postgresql.crt", "sslkey": "postgresql.key", "sslcrl": "root.crl"}
TRUSTED = ("verify-ca", "verify-full")
ENCRYPTED = ("require", *TRUSTED)


def misread(environ: Mapping[str, str], url: str) -> str:
    """The first of what PostgreSQL's library cannot read, beside an address that it can, and what to write; nothing if
    it can read all that it looks at. It does not look at each of them every time, so ask once it has failed.
    """
    written = addresses.options(url)
    query = {name: values[-1] for name, values in written.items()}
    opens_files = addresses.opens_files(environ, written, urlsplit(url).netloc.rpartition("@")[2])
    for option in (*addresses.CHOICES, *(FILES if opens_files else ()), "host", "port"):
        name = _variable(option)
        try:
            if name in environ and (environ[name] or option in addresses.CHOICES):
                addresses.look_at_options({option: [environ[name]]})
        except ValueError as error:
            return f"mend or unset {name}, which is in the environment: {error}"
    return _at_odds(environ, query, opens_files=opens_files)


def _variable(option: str) -> str:
    return f"PG{option.replace('_', '').upper()}"


def _at_odds(environ: Mapping[str, str], query: Mapping[str, str], *, opens_files: bool) -> str:
    """What can be read one by one, and does not go together; nothing if it does."""
    mode, how = (query.get(one, environ.get(_variable(one), "")) for one in ("sslmode", "sslnegotiation"))
    if how == "direct" and mode not in ENCRYPTED:
        named = _as_set("sslnegotiation", query)
        return f"{named}=direct goes with an sslmode that is one of {', '.join(ENCRYPTED)}; write that, too"
    if not opens_files:
        return ""
    files = _defaults() | {
        one: TlsFile(_variable(one), environ[_variable(one)]) for one in FILES if environ.get(_variable(one))
    }
    files |= {one: TlsFile(one, query[one]) for one in FILES if query.get(one)}
    if mode in TRUSTED and "sslrootcert" not in files:
        named = _as_set("sslmode", query)
        return f"{named}={mode} needs sslrootcert: write it, too, with the file of the certificate that is trusted"
    try:
        certificates.look_at(files, query.get("sslpassword", ""), all_are_named=True)
    except ValueError as error:
        return str(error)
    return ""


def _as_set(option: str, query: Mapping[str, str]) -> str:
    """Its name where it is set: in the address, or in the environment."""
    return option if option in query else _variable(option)


def _defaults() -> dict[str, TlsFile]:
    """The files that are there, or that nobody lets us see."""
    with suppress(RuntimeError):  # some have no home
        folder = Path.home() / ".postgresql"
        return {
            option: TlsFile(f"~/.postgresql/{name}", str(folder / name))
            for option, name in DEFAULTS.items()
            if not _is_missing(folder / name)
        }
    return {}


def _is_missing(file: Path) -> bool:
    try:
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
