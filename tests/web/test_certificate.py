"""The certificate of the page is asked for as a browser does."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.web.certificate import Certificate
from tests.web.test_health import free_port

PEM = (
    Path(__file__).parent / "localhost.pem"
)  # for these tests alone: certificate and key of localhost, signed by itself
ENDS = 4949317868.0  # in a hundred years
DAY = 86_400.0


@pytest.fixture
async def url() -> AsyncIterator[str]:
    """Where it is shown."""
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(PEM)
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0, ssl=own)
    async with server:
        yield f"https://localhost:{server.sockets[0].getsockname()[1]}"


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(PEM))


@pytest.mark.parametrize(
    ("trust", "left"),
    [(trusting, 3 * DAY), (ssl.create_default_context, 0.0)],
    ids=["good for three days", "refused by browsers"],
)
async def test_it_is_known_for_how_long_browsers_take_it(url: str, trust: Callable[[], ssl.SSLContext], left: float):
    one = Certificate(url, lambda: ENDS - 3 * DAY, trust)
    await one.ask()
    assert one.left() == left


async def test_what_cannot_be_reached_says_nothing():
    one = Certificate(f"https://localhost:{free_port()}", lambda: ENDS, trusting)
    await one.ask()
    assert one.left() is None
    assert Certificate("http://127.0.0.1:8766").left() is None
