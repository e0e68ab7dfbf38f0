"""Addresses in settings: taken apart before anything connects, so that none is ever quoted, nor a password in it."""

import os
import re
from collections.abc import Mapping, Sequence
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import parse_qs, unquote, unquote_to_bytes, urlsplit

from bot import certificates
from bot.certificates import FILES, TlsFile

TELEGRAM = "https://api.telegram.org"
ENCODE = (
    "some characters in a user or password mean something else in an address; write each as % and two digits: "
    "%40 for @, %3A for :, %2F for /, %3F for ?, %23 for #, %5B for [, %5D for ], %25 for %, %20 for a blank"
)
UNTYPED = (
    "some % with two digits behind it stands in it for a sign that nobody types, such as %00 or %0A, or for none of "
    "UTF-8; take it out, and write the address anew"
)
# What nobody sees, and nobody means to write.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
BLANK = re.compile(r"[\s\x00-\x1f\x7f]")
# A name, a number, or a socket's folder written with %2F; there may be several. Or none: then it is this machine's.
HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[\w.%-]*)(:(?P<port>[^:]*))?", re.ASCII)
BOT = re.compile(r"/bot(?:\d+:.*)?/?$")  # what the library puts behind it, perhaps with the token
TLS = ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")
# What the library takes for an option of PostgreSQL, be it in an address or in a variable: PGSSLMODE for sslmode.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "sslmode": ("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
    "sslnegotiation": ("postgres", "direct"),
    "ssl_min_protocol_version": TLS,
    "ssl_max_protocol_version": TLS,
    "target_session_attrs": ("any", "primary", "standby", "prefer-standby", "read-write", "read-only"),
    "gsslib": ("gssapi", "sspi"),
}
FOLDER = "/var/lib/jekduk"
HIGHEST_PORT = 65535
LABEL = 63  # letters between two dots of a name, at most
LOOPBACK = "127.0.0.1"
IPV6 = 6


def lowered(url: str) -> str:
    """The same with its kind in small letters, as a telephone does not type it: Https://."""
    kind, mark, rest = url.partition("://")
    return f"{kind.lower()}{mark}{rest}" if kind.isalpha() else url


def path(text: str) -> Path:
    """A path of this machine. Raises ValueError for what a shell would put something in for, and nobody does here."""
    if text.startswith("~") or "$" in text:
        raise ValueError(f"~ and $ are not understood here; write the whole path, such as {FOLDER}")
    return Path(text)


def database(url: str) -> str:
    """The address of a database as it came, of a kind that the register knows. Raises ValueError for what is in it."""
    scheme, _, rest = url.partition("://")
    return _sqlite(url, rest[1:]) if scheme == "sqlite" else _postgresql(url, rest)


def _postgresql(url: str, rest: str) -> str:
    place, behind = _cut(rest)
    hosts = [HOST.fullmatch(host) for host in place.rpartition("@")[2].split(",")]
    # Behind its host an address has no @: where one stands, it ended too early. Two of them have no meaning either.
    if rest.count("@") > 1 or "@" in behind or "#" in rest or BLANK.search(rest) or not _is_split(url):
        raise ValueError(ENCODE)
    if not _is_typed(url):
        raise ValueError(UNTYPED)
    query = options(url)
    if name := _said_twice(place, behind, query):
        raise ValueError(f"its {name} is said twice, before the ? and behind it; keep one of them")
    if _has_another_port(place.rpartition("@")[2], query):
        raise ValueError("a port behind the ? counts only where no host stands before it; write it there, as host:port")
    look_at_options(query, with_files=opens_files(os.environ, query, place.rpartition("@")[2]))
    are_hosts = all(host and _can_be_asked_for(host["name"] or "localhost") for host in hosts)
    if not are_hosts or not all(_is_port(host["port"]) for host in hosts if host and host["port"]):
        raise ValueError(f"write host:port with a port from 1 to {HIGHEST_PORT}; or {ENCODE}")
    return url


def _said_twice(place: str, behind: str, query: Mapping[str, Sequence[str]]) -> str:
    """What somebody means to say by an option, and the library takes from before it; nothing if there is none."""
    who, _, hosts = place.rpartition("@")
    user, _, password = who.partition(":")
    name = behind.partition("?")[0].strip("/")
    if hosts and "host" in query and _parted(hosts)[0] != _parted(query["host"][-1])[0]:
        return "host"
    said = {"user": user, "password": password, "dbname": name, "database": name}
    return next((one for one, text in said.items() if text and one in query and query[one][-1] != unquote(text)), "")


def _has_another_port(hosts: str, query: Mapping[str, Sequence[str]]) -> bool:
    """Whether one is said behind the ? where the library takes it from before it, or its usual one."""
    used = {port or os.environ.get("PGPORT") or "5432" for port in _parted(hosts)[1]}
    said = {*_parted(query.get("host", [""])[-1])[1], *query.get("port", [""])[-1].split(",")}
    return bool(hosts) and not said <= used | {""}


def _parted(hosts: str) -> tuple[list[str], list[str]]:
    """The names, in which small letters mean the same, and their ports."""
    found = [re.sub(r":(\d*)$", r" \1", one.lower()).partition(" ") for one in unquote(hosts).split(",")]
    return [name for name, _, _ in found], [port for _, _, port in found]


def _cut(rest: str) -> tuple[str, str]:
    """Who and where, and all that stands behind it."""
    end = min((rest.find(mark) for mark in "/?#" if mark in rest), default=len(rest))
    return rest[:end], rest[end:]


def _is_split(url: str) -> bool:
    """False for brackets around what is no address, and for letters that are signs in disguise."""
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True


def _is_typed(url: str) -> bool:
    """False for an escape that stands for no sign, or for one that nobody sees: %00, %0A."""
    try:
        return not UNSEEN.search(unquote_to_bytes(url).decode())
    except UnicodeError:
        return False


def options(url: str) -> dict[str, list[str]]:
    """What stands behind the ? of an address. Raises ValueError."""
    behind = _cut(url.partition("://")[2])[1].partition("?")[2]
    try:
        return parse_qs(behind, strict_parsing=True) if behind else {}
    except ValueError:
        raise ValueError("write what stands behind its ? as name=value&name=value") from None


def opens_files(environ: Mapping[str, str], query: Mapping[str, Sequence[str]], place: str) -> bool:
    """False where no TLS is asked for: nor is it, unless somebody writes so, where all hosts are folders of sockets."""
    mode = query.get("sslmode", [environ.get("PGSSLMODE")])[-1]
    hosts = unquote(place or query.get("host", [environ.get("PGHOST", "")])[-1]).split(",")
    return mode != "disable" and (mode is not None or not all(host.startswith("/") for host in hosts))


def look_at_options(query: Mapping[str, Sequence[str]], *, with_files: bool = True) -> None:
    """Look at what stands behind the ? of an address, and `with_files` into those of TLS that are named there. Raises
    ValueError for what the library would refuse as if user or host were wrong.
    """
    for name, values in query.items():
        if name in CHOICES and not {*CHOICES[name]}.issuperset(values):
            raise ValueError(f"write one of {', '.join(sorted(CHOICES[name]))} for {name}")
        fits = {"host": _is_host, "port": _is_port}.get(name)
        if fits and not all(map(fits, ",".join(values).split(","))):
            raise ValueError(f"write host:port with a port from 1 to {HIGHEST_PORT}; or {ENCODE}")
    files = {name: TlsFile(name, query[name][-1]) for name in FILES if with_files and name in query}
    certificates.look_at(files, query.get("sslpassword", [""])[-1], all_are_named=False)


def _is_host(text: str) -> bool:
    """Whether it is a name, a number, or the folder of a socket."""
    found = HOST.fullmatch(text)
    return text.startswith("/") or bool(found and _can_be_asked_for(found["name"]) and _is_port(found["port"] or "1"))


def _is_port(text: str) -> bool:
    return text.isdecimal() and len(text) <= len(str(HIGHEST_PORT)) and 1 <= int(text) <= HIGHEST_PORT


def _sqlite(url: str, path: str) -> str:
    if "?" in path or "#" in path:
        raise ValueError("leave out the ? or # in it and what stands behind; a file has no options")
    if path.startswith("~") or "$" in path:
        raise ValueError(f"~ and $ are not understood here; write the whole path, such as sqlite:///{FOLDER}/jekduk.db")
    return url


def server(url: str) -> str:
    """The address of a Bot API server, without a slash at its end. Raises ValueError with what to write instead."""
    url = lowered(url)
    if not is_http(url) or BOT.search(urlsplit(url).path):
        raise ValueError(f"write the address of a Bot API server without anything behind it, such as {TELEGRAM}")
    return url.rstrip("/")


def page(url: str) -> str:
    """The address at which browsers find a page, without a slash at its end. Raises ValueError with what to write."""
    url = lowered(url)
    alone = shown(url).partition(":")[0] in {"127.0.0.1", "localhost"}
    if not is_http(url) or urlsplit(url).path.strip("/") or "@" in url or not (alone or url.startswith("https:")):
        raise ValueError("write https:// and a name, without anything behind it, such as https://jekduk.example.id")
    return url.rstrip("/")


def gateway(url: str) -> str:
    """The address of an SMS gateway, without a slash at its end. Raises ValueError with what to write instead."""
    url = lowered(url)
    if not is_http(url.rstrip("/")) or "@" in url:
        raise ValueError("write the telephone's address alone, such as http://127.0.0.1:8080; SMS_USER has the user")
    return url.rstrip("/")


def proxy(url: str) -> str:
    """The address of a proxy; http:// may be left out. Raises ValueError with what to write instead."""
    whole = lowered(url) if "://" in url else f"http://{url}"
    if whole.startswith("socks"):
        raise ValueError("the bot speaks to HTTP proxies only, not to SOCKS; write one such as http://proxy:3128")
    if not is_http(whole.rstrip("/")):
        raise ValueError(f"write the address of a proxy such as http://proxy:3128; or {ENCODE}")
    return whole


def is_http(url: str) -> bool:
    scheme, _, rest = url.partition("://")
    place, behind = _cut(rest)
    host = HOST.fullmatch(place.rpartition("@")[2])
    if scheme not in {"http", "https"} or not host or not _is_port(host["port"] or "1"):
        return False
    if not host["name"] or "%" in host["name"] or not _can_be_asked_for(host["name"]):
        return False
    if not _is_split(url) or not _is_typed(url):
        return False
    return place.count("@") <= 1 and not BLANK.search(url) and not re.search("[@?#]", behind)


def _can_be_asked_for(name: str) -> bool:
    """False for two dots in a row and for parts that are too long: to look such a name up raises UnicodeError."""
    return name.startswith("[") or all(1 <= len(part) <= LABEL for part in name.removesuffix(".").split("."))


def listening(host: str) -> str:
    """An address of this machine, to listen at. Raises ValueError."""
    try:
        return str(ip_address(host))
    except ValueError:
        raise ValueError("write an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them") from None


def proxies(text: str) -> str:
    """Addresses or networks, with commas between them. Raises ValueError."""
    try:
        return ",".join(str(ip_network(one.strip())) for one in text.split(","))
    except ValueError:
        raise ValueError("write the proxy's address, such as 127.0.0.1, or a network such as 172.16.0.0/12") from None


def near(host: str) -> str:
    """Where this machine itself asks what listens at such an address."""
    found = ip_address(host)
    return ("::1" if found.version == IPV6 else LOOPBACK) if found.is_unspecified else host


def why_not_had(error: OSError) -> str:
    """Why a port cannot be had. The error's own words are those of a library, and repeat the address."""
    return os.strerror(error.errno or 0)


def secrets(url: str) -> set[str]:
    """What of an address must not be shown, as it is written and as it is meant."""
    address = urlsplit(url)
    query = parse_qs(address.query)
    found = [address.password, *query.get("password", ()), *query.get("sslpassword", ())]
    return {spelt for secret in found if secret for spelt in (secret, unquote(secret))}


def concealed(url: str) -> str:
    """An address with what must not be shown left out."""
    for secret in secrets(url):
        url = url.replace(secret, "…")
    return url


def shown(url: str) -> str:
    """Where an address leads, without user and password."""
    return urlsplit(url).netloc.rpartition("@")[2]


def quotable(text: str) -> str:
    """A value that was written into a wrong place, if it cannot be a secret that belongs into another."""
    return f"'{text}'" if re.fullmatch(r"[\w./ -]{1,200}", text) else "what is written there"
