"""Answers in the words of SPDCI: a search at once or later, how that stands, and subscriptions, which are confirmed to
whoever asked for them.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from http import HTTPStatus
from urllib.parse import urlsplit

from aiohttp import web

from bot.feeds import searching, spdci, standing
from bot.feeds.georeport import system_of
from bot.feeds.quota import Quota
from bot.feeds.spdci import EVENT, LETTER, RECORD, Bad, Envelope, Json
from handlers.context import Services
from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.feeds import deferred, subscriptions, systems
from storage.feeds.deferred import TooManyWait
from storage.feeds.subscriptions import SubscriptionEnded, TooManySubscriptions
from storage.feeds.systems import System

BASE = "/spdci/v1.0.0/registry"
ELSEWHERE = "what comes back goes to the address that the operator wrote down alone"
Answer = Callable[[Tx, System, bytes], Awaitable[web.Response]]
Opening = Callable[[], AbstractAsyncContextManager[Tx]]


class Registry:
    """The interface of a civil registry, as far as it tells how documents go on."""

    def __init__(self, services: Services, quota: Quota) -> None:
        self._services, self._quota = services, quota
        self._name = urlsplit(services.page_url).hostname or "jekduk"

    def routes(self) -> list[web.RouteDef]:
        """Where it is answered."""
        storage = self._services.storage
        return [
            web.post(f"{BASE}/sync/search", self._admitted(self._search, storage.reading)),
            web.post(f"{BASE}/search", self._admitted(self._search_later, storage.transaction)),
            web.post(f"{BASE}/sync/txn/status", self._admitted(self._status, storage.reading)),
            web.post(f"{BASE}/txn/status", self._admitted(self._status_later, storage.transaction)),
            web.post(f"{BASE}/subscribe", self._admitted(self._subscribe, storage.transaction)),
            web.post(f"{BASE}/unsubscribe", self._admitted(self._unsubscribe, storage.transaction)),
        ]

    def _admitted(self, answer: Answer, opening: Opening) -> Callable[[web.Request], Awaitable[web.Response]]:
        """For whoever has a key: the answer, or why there is none."""

        async def admitted(request: web.Request) -> web.Response:
            body = await request.read()
            # Who has no key must not stand in line with those who write.
            async with self._services.storage.reading() as tx:
                system = await system_of(tx, request)
            if system is None:
                return _error(HTTPStatus.UNAUTHORIZED, "err.request.unauthorized", "this wants a valid key")
            if not self._quota.take(system.id):
                return _error(HTTPStatus.TOO_MANY_REQUESTS, "err.request.too_many_requests", "60 a minute")
            try:
                async with opening() as tx:
                    return await answer(tx, system, body)
            except Bad as bad:  # nothing of it is kept
                return _error(HTTPStatus.BAD_REQUEST, bad.code, str(bad))

        return admitted

    async def _search(self, tx: Tx, system: System, body: bytes) -> web.Response:
        _, transaction, wanted = _searched(body)
        envelope, id = await self._envelope(tx, system), new_id(self._services.now())
        return _sealed(await searching.answer(tx, self._services, envelope, transaction, id, wanted))

    async def _search_later(self, tx: Tx, system: System, body: bytes) -> web.Response:
        header, transaction, wanted = _searched(body)
        kept = [(reference, spdci.understood(criteria)) for reference, criteria in wanted]
        return await self._defer(tx, system, "search", header, transaction, kept)

    async def _status(self, tx: Tx, system: System, body: bytes) -> web.Response:
        _, transaction, wanted = _asked_about(body)
        envelope, id = await self._envelope(tx, system), new_id(self._services.now())
        found = await standing.answer(tx, system.id, envelope, transaction, id, wanted)
        return _sealed(found) if found else self._refused("err.request.not_found", "nothing of the kind was asked")

    async def _status_later(self, tx: Tx, system: System, body: bytes) -> web.Response:
        return await self._defer(tx, system, "txn-status", *_asked_about(body))

    async def _defer(
        self, tx: Tx, system: System, action: str, header: Json, transaction: str, wanted: object
    ) -> web.Response:
        """Answer it later, at the address that the operator wrote down. Raises Bad."""
        now = self._services.now()
        if not _goes_home(system, header):
            return self._refused("err.sender_uri.invalid", ELSEWHERE)
        try:
            id = await deferred.ask(tx, system.id, action, transaction, wanted, now)
        except TooManyWait:
            raise Bad("err.request.too_many_requests", f"at most {deferred.MOST} wait for their answer") from None
        return web.json_response(spdci.acknowledged(now, str(id)), status=HTTPStatus.ACCEPTED)

    async def _envelope(self, tx: Tx, system: System) -> Envelope:
        return Envelope(self._name, system.name, await systems.signing_key(tx, system.id), self._services.now())

    async def _subscribe(self, tx: Tx, system: System, body: bytes) -> web.Response:
        header, message = spdci.taken(body, "subscribe")
        now = self._services.now()
        if not _goes_home(system, header):
            return self._refused("err.sender_uri.invalid", ELSEWHERE)
        made = []
        for reference, criteria in spdci.asked(message, "subscribe_request", "subscribe_criteria"):
            kept = _criteria(criteria, message["transaction_id"], reference)
            try:
                made.append(
                    await subscriptions.subscribe(tx, system.id, f"{kept['transaction']} {reference}", kept, now)
                )
            except TooManySubscriptions:
                raise Bad("err.request.too_many_requests", f"at most {subscriptions.MOST} subscriptions") from None
            except SubscriptionEnded:
                raise Bad("err.request.bad", "this one has ended: subscribe with another transaction_id") from None
        return web.json_response(spdci.acknowledged(now, str(made[0])), status=HTTPStatus.ACCEPTED)

    async def _unsubscribe(self, tx: Tx, system: System, body: bytes) -> web.Response:
        _, message = spdci.taken(body, "unsubscribe")
        codes, now = message.get("subscription_codes"), self._services.now()
        if not isinstance(codes, list) or not codes or not all(isinstance(one, str) for one in codes):
            raise Bad("err.request.bad", "subscription_codes holds the codes that on-subscribe told")
        ended = [await subscriptions.unsubscribe(tx, system.id, spdci.id_of(one), now) for one in codes]
        if not any(ended):
            return self._refused("err.request.not_found", "there is no such subscription")
        return web.json_response(spdci.acknowledged(now, str(new_id(now)), "NACK"))

    def _refused(self, code: str, said: str) -> web.Response:
        now = self._services.now()
        return web.json_response(spdci.acknowledged(now, str(new_id(now)), "ERR", code, said))


def _searched(body: bytes) -> tuple[Json, str, list[tuple[str, Json]]]:
    """Header, transaction and searches of a message. Raises Bad."""
    header, message = spdci.taken(body, "search")
    return header, message["transaction_id"], spdci.asked(message, "search_request", "search_criteria")


def _asked_about(body: bytes) -> tuple[Json, str, Json]:
    """Header and transaction of a message, and of what it asks how it stands. Raises Bad."""
    header, message = spdci.taken(body, "txn-status")
    return header, message["transaction_id"], standing.wanted(message)


def _goes_home(system: System, header: Json) -> bool:
    """True if what comes back goes to the address that the operator wrote down."""
    uri = header.get("sender_uri")
    return bool(system.url) and (uri is None or str(uri).startswith(system.url))


def _sealed(message: bytes) -> web.Response:
    return web.Response(body=message, content_type="application/json", charset="utf-8")


def _criteria(written: Json, transaction: str, reference: str) -> Json:
    """What is kept of what is subscribed to. Raises Bad."""
    if written.get("reg_event_type") != EVENT or written.get("notify_record_type") != RECORD:
        raise Bad("err.request.bad", f"reg_event_type is {EVENT}, notify_record_type {RECORD}")
    try:
        query = spdci.query(written.get("filter_type", _kind(written.get("filter"))), written.get("filter"))
    except ValueError as wrong:
        raise Bad("err.request.bad", str(wrong)) from None
    if query.reference[0] == LETTER:
        raise Bad("err.request.bad", "a letter is searched, and not subscribed to")
    return {
        "transaction": transaction, "reference": reference, "document": query.reference[1],
        "attributes": [[name, list(values)] for name, values in query.attributes],
    }  # fmt: skip


def _kind(filter: object) -> str:
    return "predicate" if isinstance(filter, list) else "idtype-value"


def _error(status: HTTPStatus, code: str, said: str) -> web.Response:
    return web.json_response({"errors": [{"code": code, "message": said}]}, status=status)
