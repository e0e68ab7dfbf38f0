"""Files of TLS for PostgreSQL are opened before the library does, and what they do not hold is told by their names."""

import asyncio
import os
import shutil
import ssl
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from bot import addresses, database
from bot.config import Settings, WrongSettings
from bot.database import library
from bot.database.meaning import Away
from tests.town import TUESDAY, WORKFLOW


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two certificates and their keys, one of them also with a password; and other keys and files."""
    if (openssl := shutil.which("openssl")) is None:
        pytest.skip("no openssl; on Debian: apt-get install openssl")
    folder = tmp_path_factory.mktemp("tls")
    for name in ("one", "two"):
        how = f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3 -subj /CN={name}"
        subprocess.run([openssl, *how.split(), "-keyout", f"{name}.key", "-out", f"{name}.crt"], check=True, cwd=folder)
    for name in ("rsa", "ed25519"):
        makes = f"genpkey -algorithm {name} -out {name}.key"
        subprocess.run([openssl, *makes.split()], check=True, cwd=folder)
    locks = "ec -aes256 -passout pass:s3same -in one.key -out locked.key"
    subprocess.run([openssl, *locks.split()], check=True, cwd=folder)
    (folder / "both.pem").write_text((folder / "one.crt").read_text() + (folder / "one.key").read_text())
    (folder / "letter.txt").write_text("Dear camat")
    (folder / "empty").touch()
    os.mkfifo(folder / "pipe")
    return folder


@pytest.mark.parametrize(
    "options, told",
    [
        ("sslrootcert=letter.txt", "no certificate in the file of sslrootcert"),
        ("sslrootcert=empty", "no certificate in the file of sslrootcert"),
        ("sslrootcert=one.key", "no certificate in the file of sslrootcert"),
        ("sslrootcert=pipe", "there is no file where sslrootcert says"),
        ("sslrootcert=one.crt/x", "there is no file where sslrootcert says"),
        ("sslcert=one.key", "no certificate in the file of sslcert"),
        ("sslcrl=one.crt", "no list of revoked certificates in the file of sslcrl"),
        ("sslcert=one.crt&sslkey=two.key", "the key in the file of sslkey is not that of sslcert"),
        ("sslcert=one.crt&sslkey=rsa.key", "the key in the file of sslkey is not that of sslcert"),
        ("sslcert=one.crt&sslkey=ed25519.key", "the key in the file of sslkey is not that of sslcert"),
        ("sslcert=one.crt&sslkey=letter.txt", "no key can be read in the file of sslkey"),
        ("sslcert=one.crt&sslkey=locked.key", "and its password in sslpassword"),
        ("sslcert=one.crt&sslkey=locked.key&sslpassword=wr0ng", "and its password in sslpassword"),
    ],
)
def test_a_file_that_does_not_hold_what_it_must_is_told_by_its_option(made, monkeypatch, options, told):
    monkeypatch.chdir(made)
    with pytest.raises(ValueError, match=told) as refused:
        addresses.database(f"postgresql://jek:s3cret@h/db?{options}")
    assert not any(secret in str(refused.value) for secret in ("wr0ng", "s3cret"))


@pytest.mark.parametrize(
    "options",
    [
        "sslrootcert=one.crt", "sslcert=one.crt", "sslcert=one.crt&sslkey=one.key", "sslcert=both.pem&sslkey=both.pem",
        "sslcert=one.crt&sslkey=locked.key&sslpassword=s3same",
    ],
)  # fmt: skip
def test_files_that_go_together_are_taken(made, monkeypatch, options):
    monkeypatch.chdir(made)
    addresses.database(f"postgresql://h/db?{options}")


@pytest.fixture
async def server(made):
    """One that says yes to TLS, with a certificate of its own, and knows nothing else."""
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(made / "one.crt", made / "one.key")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            await reader.readexactly(8)
            writer.write(b"S")
            await writer.start_tls(own)
        writer.close()

    serving = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with serving:
        yield f"postgresql://jek:s3cret@127.0.0.1:{serving.sockets[0].getsockname()[1]}/db"


@pytest.mark.parametrize(
    "options, environ, told",
    [
        ("sslmode=verify-full", {}, "; sslmode=verify-full needs sslrootcert"),
        ("sslmode=verify-full", {"PGSSLROOTCERT": "letter.txt"}, "mend or unset PGSSLROOTCERT.*no certificate"),
        ("sslmode=require", {"PGSSLCERT": "one.crt"}, "no key can be read in the file of PGSSLCERT"),
        ("sslmode=require&sslcert=one.crt", {"PGSSLKEY": "two.key"}, "the key in the file of PGSSLKEY is not"),
        ("sslmode=require", {"HOME": "home"}, "no certificate in the file of ~/.postgresql/root.crt"),
        ("sslmode=prefer&sslnegotiation=direct", {}, "direct goes with an sslmode that is one of require"),
        ("sslmode=verify-ca&sslrootcert=two.crt", {}, "see whether its certificate is for the host of the address"),
    ],
)  # fmt: skip
async def test_what_does_not_go_together_with_the_rest_of_this_machine_is_told(
    made, server, monkeypatch, options, environ, told
):
    monkeypatch.chdir(made)
    (made / "home/.postgresql").mkdir(parents=True, exist_ok=True)
    shutil.copy("letter.txt", "home/.postgresql/root.crt")
    for name, value in ({"HOME": "empty"} | environ).items():
        monkeypatch.setenv(name, str(made / value))
    with pytest.raises(WrongSettings, match=told) as refused:
        await database.prepared(Settings(database_url=f"{server}?{options}"), WORKFLOW, TUESDAY)
    assert type(refused.value) is WrongSettings
    assert "whether user, password" not in str(refused.value)


@pytest.mark.parametrize(
    "name, value, told",
    [
        ("PGSSLMODE", "verify-ca", "PGSSLMODE=verify-ca needs sslrootcert"),
        ("PGSSLNEGOTIATION", "direct", "PGSSLNEGOTIATION=direct goes with"),
    ],
)
def test_what_the_environment_says_is_not_told_of_the_address(tmp_path, monkeypatch, name, value, told):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert library.misread({name: value}, "postgresql://jek@h/db").startswith(told)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://jek@127.0.0.1/db?sslmode=disable&",
        "postgresql://jek@/db?host=/run/postgresql&",
        "postgresql://jek@%2Frun%2Fpostgresql/db?",
    ],
)
@pytest.mark.parametrize("file", ["sslrootcert=letter.txt", "sslrootcert=nowhere", "sslcert=one.crt&sslkey=two.key"])
def test_a_file_that_is_named_in_an_address_and_not_opened_is_not_to_blame(made, monkeypatch, url, file):
    monkeypatch.chdir(made)
    assert addresses.database(url + file) == url + file


@pytest.mark.parametrize("environ", [{"HOME": "home"}, {"PGSSLROOTCERT": "letter.txt"}], ids=["home", "variable"])
@pytest.mark.parametrize("options", ["&sslmode=disable", ""])
async def test_no_file_of_tls_is_to_blame_where_none_is_opened(made, monkeypatch, options, environ):
    (made / "home/.postgresql").mkdir(parents=True, exist_ok=True)
    shutil.copy(made / "letter.txt", made / "home/.postgresql/root.crt")
    for name, value in environ.items():
        monkeypatch.setenv(name, str(made / value))
    url = f"postgresql://jek@/db?host={made}{options}"  # its socket is not there
    with pytest.raises(Away, match="see whether the server runs"):
        await database.prepared(Settings(database_url=url), WORKFLOW, TUESDAY)


async def test_a_server_without_tls_that_is_asked_for_it_is_told(made):
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(8)
        writer.write(b"N")
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as serving:
        url = f"postgresql://jek@127.0.0.1:{serving.sockets[0].getsockname()[1]}/db?sslmode=require"
        with pytest.raises(WrongSettings, match="whether it speaks TLS"):
            await database.prepared(Settings(database_url=url), WORKFLOW, TUESDAY)
