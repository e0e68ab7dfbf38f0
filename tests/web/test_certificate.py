"""The certificate of the page is asked for as a browser does."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.telegram.connections import NotSent
from bot.telegram.http import ServerClient
from bot.web.certificate import Certificate
from tests.web.serving import free_port

DAY = 86_400.0


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Certificate and key of localhost, signed by itself, good for three days."""
    if (openssl := shutil.which("openssl")) is None:
        pytest.skip("no openssl; on Debian: apt-get install openssl")
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3 -subj /CN=localhost"
    names = ("-addext", "subjectAltName=DNS:localhost", "-keyout", str(file), "-out", str(file))
    subprocess.run([openssl, *made.split(), *names], check=True, capture_output=True)
    return file


@pytest.fixture
async def url(pem: Path) -> AsyncIterator[str]:
    """Where it is shown."""
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(pem)
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0, ssl=own)
    async with server:
        yield f"https://localhost:{server.sockets[0].getsockname()[1]}"


async def test_it_is_known_for_how_long_browsers_take_it(pem: Path, url: str):
    one = Certificate(url, trust=lambda: ssl.create_default_context(cafile=str(pem)))
    await one.ask()
    left = one.left()
    assert left is not None
    assert 2.9 * DAY < left <= 3 * DAY


async def test_one_that_browsers_refuse_is_good_for_no_time(url: str):
    one = Certificate(url)
    await one.ask()
    assert one.left() == 0.0


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"\x15\x03\x03\x00\x02\x02\x50", id="alert-internal-error"),  # a proxy that has not got one yet
        pytest.param(b"HTTP/1.1 400 Bad Request\r\n\r\n", id="no-tls"),
    ],
)
async def test_a_page_without_a_certificate_is_one_that_browsers_refuse(said: bytes):
    async def says_no(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(said)
        writer.close()

    async with await asyncio.start_server(says_no, "127.0.0.1", 0) as server:
        one = Certificate(f"https://localhost:{server.sockets[0].getsockname()[1]}")
        await one.ask()
        assert one.left() == 0.0


@pytest.mark.parametrize("good, pause", [pytest.param(False, 120, id="refused"), pytest.param(True, 3600, id="taken")])
async def test_one_that_is_refused_is_asked_for_again_in_two_minutes(pem, url, good, pause):
    asked: list[float] = []
    clock = [0.0]

    def trust() -> ssl.SSLContext:
        asked.append(clock[0])
        return ssl.create_default_context(cafile=str(pem) if good or len(asked) > 1 else None)

    one = Certificate(url, trust=trust, clock=lambda: clock[0])
    await one.ask()
    for clock[0] in (pause - 1, pause):
        one.left()
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))
    assert asked == [0.0, pause]
    assert one.left()


async def test_what_cannot_be_reached_says_nothing():
    one = Certificate(f"https://localhost:{free_port()}")
    await one.ask()
    assert one.left() is None
    assert Certificate("http://127.0.0.1:8766").left() is None


@pytest.mark.parametrize("files", [{}, {"photo": ("a.png", b"a", "image/png")}], ids=["a message", "a picture"])
async def test_nothing_is_sent_to_a_server_whose_certificate_is_wrong_and_it_is_said_what_is(url: str, files: Any):
    client = ServerClient(url, "1:secret")
    await client.open()
    with pytest.raises(NotSent, match=r"^\w*Cert\w*Error self-signed certificate$"):
        await client.post("sendPhoto", {}, files, 5)
    await client.close()
