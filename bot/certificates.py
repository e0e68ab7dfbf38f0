"""Files of TLS that are named for PostgreSQL's library, opened as it opens them."""

from collections.abc import Mapping
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

FILES = ("sslrootcert", "sslcert", "sslkey", "sslcrl")
# What OpenSSL counts of a file that must hold it, what it is called, and how it begins there.
HOLDS = {
    "sslrootcert": ("x509", "certificate", "CERTIFICATE"),
    "sslcert": ("x509", "certificate", "CERTIFICATE"),
    "sslcrl": ("crl", "list of revoked certificates", "X509 CRL"),
}
# OpenSSL's words for a key of another certificate: of its kind, or of another.
ANOTHERS = {"KEY_VALUES_MISMATCH", "KEY_TYPE_MISMATCH", "NO_CERTIFICATE_ASSIGNED"}
KEY = "-----BEGIN PRIVATE KEY-----"


class TlsFile(NamedTuple):
    """A file, and the name under which somebody wrote its path."""

    where: str
    file: str


def look_at(files: Mapping[str, TlsFile], password: str = "", *, all_are_named: bool) -> None:
    """Raises ValueError, which says what to write, for a file that cannot be read or does not hold what it must.

    A certificate may be named here and its key elsewhere, unless `all_are_named`; then the key is in the same file.
    """
    for option, (where, file) in files.items():
        _can_be_read(where, file)
        if option in HOLDS and not _holds(option, file):
            _, what, begins = HOLDS[option]
            raise ValueError(f"there is no {what} in the file of {where}; name one with -----BEGIN {begins}-----")
    if "sslcert" in files and (all_are_named or "sslkey" in files):
        _go_together(files["sslcert"], files.get("sslkey"), password)


def _can_be_read(where: str, file: str) -> None:
    try:
        is_file = S_ISREG(Path(file).stat().st_mode)  # a pipe would be waited for
        if is_file:
            Path(file).open("rb").close()
    except (FileNotFoundError, NotADirectoryError):
        is_file = False
    except OSError as error:
        raise ValueError(f"the file of {where} cannot be read ({error.strerror}); name another") from None
    if not is_file:
        raise ValueError(f"there is no file where {where} says; name one that the bot may read")


def _holds(option: str, file: str) -> bool:
    import ssl  # noqa: PLC0415  # only where files of it are named

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(file)
    except ssl.SSLError:
        return False
    return context.cert_store_stats()[HOLDS[option][0]] > 0


def _go_together(certificate: TlsFile, key: TlsFile | None, password: str) -> None:
    import ssl  # noqa: PLC0415  # as above

    where = key.where if key else certificate.where
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_cert_chain(certificate.file, key and key.file, lambda: password)
    except ssl.SSLError as error:
        if error.reason in ANOTHERS:
            raise ValueError(
                f"the key in the file of {where} is not that of {certificate.where}; name its own"
            ) from None
        locked = "its password in sslpassword, if it has one"
        raise ValueError(f"no key can be read in the file of {where}; name one with {KEY}, and {locked}") from None
