"""Tells this machine how the process is: `/healthz` for who restarts it, `/metrics` for who draws curves."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus

from aiohttp import web

from bot.config import WrongSettings
from storage import Storage, inbox, is_transient, outbox

HOST = "127.0.0.1"
# Seconds from which on something is wrong. A poll takes 50 s at most, and so does a pause after a 429 as a rule.
LIMITS = {"poll_age": 90.0, "owed_age": 900.0, "open_age": 300.0, "lag": 5.0}
HELP = {
    "leads": "1 while this process polls and sends",
    "poll_age": "seconds since a poll last succeeded",
    "owed": "notices and answers owed",
    "owed_age": "seconds for which the oldest has been owed",
    "open": "updates stored and not answered",
    "open_age": "seconds for which the longest waiting has waited for us, not for others of the same person",
    "lag": "seconds by which the event loop was late, at worst, within a minute",
}


@dataclass(frozen=True, slots=True)
class Health:
    """The state of the process: ages in seconds, and counts. Nothing about any person."""

    leads: bool
    poll_age: float
    owed: int
    owed_age: float
    open: int
    open_age: float
    lag: float

    def faults(self) -> list[str]:
        """What is wrong. One that waits for the lease answers for nothing but its own loop."""
        mine = LIMITS if self.leads else {"lag": LIMITS["lag"]}
        return [name for name, limit in mine.items() if getattr(self, name) > limit]


Look = Callable[[], Awaitable[Health]]


async def look(
    storage: Storage, now: int, *, leads: bool, poll_age: float, lag: float, turns: Mapping[int, int] | None = None
) -> Health:
    """Ask the register how old the oldest things are. `turns`: see `inbox.oldest`."""
    async with storage.reading() as tx:
        owed_since, owed = await outbox.oldest(tx)
        open_since, open = await inbox.oldest(tx, turns)
    return Health(leads, poll_age, owed, _age(owed_since, now), open, _age(open_since, now), lag)


def _age(since: int | None, now: int) -> float:
    return max(0, now - since) / 1000 if since is not None else 0.0


class Web:
    """Serves both pages to this machine alone."""

    def __init__(self, port: int, look: Look) -> None:
        self._port, self._look = port, look
        app = web.Application()
        app.add_routes([web.get("/healthz", self._health), web.get("/metrics", self._metrics)])
        self._runner = web.AppRunner(app, access_log=None)

    async def start(self) -> None:
        """Begin to answer. Raises WrongSettings if the port is not free."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, HOST, self._port).start()
        except OSError:
            await self._runner.cleanup()
            raise WrongSettings(f"PORT {self._port} is not free on {HOST}; write another") from None

    async def stop(self) -> None:
        """Answer no more."""
        await self._runner.cleanup()

    async def _health(self, _: web.Request) -> web.Response:
        try:
            health = await self._look()
        except Exception as error:
            if not is_transient(error):
                raise
            return _state(["database"], {})
        return _state(health.faults(), asdict(health))

    async def _metrics(self, _: web.Request) -> web.Response:
        return web.Response(text=metrics(asdict(await self._look())))


def _state(faults: list[str], facts: Mapping[str, float]) -> web.Response:
    status = HTTPStatus.SERVICE_UNAVAILABLE if faults else HTTPStatus.OK
    return web.json_response({"ok": not faults, "faults": faults, **facts}, status=status)


def metrics(facts: Mapping[str, float]) -> str:
    """Gauges in the text format of Prometheus (version 0.0.4)."""
    return "".join(_gauge(name, value) for name, value in facts.items())


def _gauge(name: str, value: float) -> str:
    full = f"jekduk_{name}_seconds" if name in LIMITS else f"jekduk_{name}"
    return f"# HELP {full} {HELP[name]}\n# TYPE {full} gauge\n{full} {float(value):g}\n"
