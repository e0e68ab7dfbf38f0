"""An Android telephone that sends SMS for us: the local API of "SMS Gateway for Android".

Its documents: https://docs.sms-gate.app (`POST /message`, `GET /message/{id}`). It keeps what it took through a restart
of its own. A second message with the same id it refuses, older ones with an error of their database.
"""

from base64 import b64encode
from http import HTTPStatus

import aiohttp
from yarl import URL

from bot.sms.channel import NotTaken, OutOfReach

SECONDS = 20.0  # for one call
NEVER = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}


class Gateway:
    """The gateway at `url`; `user` and `password` are on its first page. None of them is ever told in an error."""

    def __init__(self, url: str, user: str, password: str, seconds: float = SECONDS) -> None:
        self._url = URL(url) / "message"
        self._headers = {"Authorization": f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"}
        self._limits = aiohttp.ClientTimeout(total=seconds)
        self._session: aiohttp.ClientSession | None = None

    async def send(self, id: str, phone: str, text: str, *, repeated: bool) -> None:
        if repeated and await self._has(id):
            return
        status = await self._call("POST", self._url, {"id": id, "textMessage": {"text": text}, "phoneNumbers": [phone]})
        if status in NEVER:
            raise NotTaken(f"refused with {status}")
        if status >= HTTPStatus.MULTIPLE_CHOICES and not await self._has(id):
            raise OutOfReach(f"answers {status}")

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    async def _has(self, id: str) -> bool:
        status = await self._call("GET", self._url / id)
        if status not in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}:
            raise OutOfReach(f"answers {status}")
        return status == HTTPStatus.OK

    async def _call(self, method: str, url: URL, body: object = None) -> int:
        """The status of the answer. Raises OutOfReach; its words name the error alone, which may quote an address."""
        self._session = self._session or aiohttp.ClientSession(headers=self._headers, timeout=self._limits)
        try:
            async with self._session.request(method, url, json=body) as answer:
                await answer.read()
                return answer.status
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise OutOfReach(type(error).__name__) from None
