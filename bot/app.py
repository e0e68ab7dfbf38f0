"""The running bot: one process leads, any other waits; and how it begins and ends."""

import asyncio
import faulthandler
import gc
import logging
import os
import signal
import time
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from bot import database, version
from bot.clock import Clock, ServerClock
from bot.config import Settings
from bot.config.clashes import clashes
from bot.database import disk, ownership
from bot.exits import ADVICE, ExitCode, Stop, to_its_end
from bot.lease import Lease
from bot.parts import join
from bot.press.voice import can_speak
from bot.retry import Backoff
from bot.telegram import menu
from bot.telegram.greeting import greet
from bot.telegram.http import HttpClient, ServerClient
from bot.telegram.rate_limit import RateLimiter
from bot.web.supervisor import Supervisor
from handlers.context import Services
from locales.heard import vocabulary
from storage import Storage, district
from storage.heads import closed_days
from storage.workflow import Workflow

if TYPE_CHECKING:
    from bot.chores.daily_backup import DailyBackup
    from bot.web.certificate import Certificate
    from bot.web.health import Health

log = logging.getLogger(__name__)

WATCH_EVERY = 5.0
ZOMBIE_AFTER = 120.0
DRAIN = 3.0
STDERR = 2


async def run(settings: Settings, clock: Clock | None = None, haste: float = 1.0) -> int:
    """Serve until told to stop; the exit code.

    Raises WrongSettings, WrongFile, WrongWords, TooNew before anything has begun. With `haste` 10 a lease ends ten
    times sooner, and so does the waiting for a token that is refused.
    """
    now = clock or Clock()
    workflow = Workflow(district.load(settings.district_file))
    for fault in clashes(settings, workflow.district):
        log.warning("settings do not go together", extra={"fault": fault})
    vocabulary()  # a file of words that is broken is told now, and not to a family
    # It asks for the days off, which takes 0.2 s: now, and not amid the first answer that names a day.
    asyncio.get_running_loop().run_in_executor(None, workflow.calendar.next_opening, now())
    async with AsyncExitStack() as stack:
        storage = await database.awaited(settings, workflow, now)
        stack.push_async_callback(storage.close)
        await Backoff().until_database_is_back(partial(_learn_closed_days, storage, workflow, now))
        telegrams = ServerClock()
        http = ServerClient(settings.telegram_api_url, settings.token, proxy=settings.proxy, told=telegrams.hear)
        stack.push_async_callback(http.close)
        services = Services(storage, workflow, now, page_url=settings.page_url or "", speaks=can_speak())
        service = Service(services, http, settings, now, telegrams, haste)
        _spare_the_collector()
        return await service.serve()


async def _learn_closed_days(storage: Storage, workflow: Workflow, now: Clock) -> None:
    async with storage.reading() as tx:
        await closed_days.learn(tx, workflow, now())


def _spare_the_collector() -> None:
    """What the libraries have made by now stays for good: looking through it each time took a tenth of the time."""
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
    gc.enable()


def _backups(services: Services, settings: Settings) -> "DailyBackup | None":
    if settings.backup_dir is None:
        return None
    from bot.chores.daily_backup import DailyBackup  # noqa: PLC0415  # most need not load what copies a register

    return DailyBackup(services, settings, settings.backup_dir)


class Service:
    """The running bot: one process leads (polls, sends, ticks), any other waits for its lease."""

    def __init__(
        self, services: Services, http: HttpClient, settings: Settings, clock: Clock, telegrams: ServerClock,
        haste: float = 1.0,
    ) -> None:  # fmt: skip
        self._services, self._settings, self._haste, self._stopping = services, settings, haste, asyncio.Event()
        self._backups, self._telegrams = _backups(services, settings), telegrams
        self._certificate: Certificate | None = None
        self._files = disk.FileWatch(settings.database_file)
        self._lease = Lease(services, haste, clock, self._look_at_files)
        back_up = self._backups.make if self._backups else None
        self._parts = join(services, http, self._lease.is_sure, RateLimiter(), back_up, self._faults)

    async def serve(self) -> int:
        """Until SIGTERM, SIGINT or something fatal."""
        self._heed_signals()
        try:
            async with AsyncExitStack() as stack:
                await stack.enter_async_context(Supervisor(os.environ).told(self._is_ready, self._status))
                if self._settings.port:
                    await stack.enter_async_context(self._health(self._settings.port))
                if self._settings.page_url:
                    from bot.feeds.served import routes  # noqa: PLC0415  # as below
                    from bot.web.certificate import Certificate  # noqa: PLC0415  # as below
                    from bot.web.pages import Pages  # noqa: PLC0415  # as below

                    at = self._settings.page_port, self._settings.page_host, self._settings.page_proxy
                    pages = Pages(self._services, *at, beside=routes(self._services, self._settings))
                    await stack.enter_async_context(pages.site.served())
                    self._certificate = Certificate(self._settings.page_url)
                await self._until_stopped(self._lead())
        except Stop as stop:
            return _told(stop)
        log.info("stopped", extra={"code": int(ExitCode.OK), "reason": "told to"})
        return int(ExitCode.OK)

    def _look_at_files(self) -> None:
        try:
            self._files.look()
        except Stop as stop:
            # To wind down would write to what is harmed, and to close it bring its log into it: both harm it further.
            os._exit(_told(stop))

    def _is_ready(self) -> bool:
        """True from the first poll on, and for one that waits to take over."""
        return self._lease.waits or not self._parts.poller.last_poll.is_first

    def _status(self) -> str:
        """What `systemctl status` shows, so that nobody wonders why a start does not end."""
        if self._lease.waits and not self._lease.held:
            return "waits to take over"
        return "has not reached Telegram yet" if self._parts.poller.last_poll.is_first else "polls Telegram"

    def _heed_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stopping.set)

    async def _look(self) -> "Health":
        from bot.web.health import Process, look  # noqa: PLC0415  # not before somebody has been answered

        parts, lease, outage = self._parts, self._lease, self._parts.api.outage
        process = Process(
            leads=lease.held,
            poll_age=parts.poller.last_poll.age(),
            outage_age=outage.age(),
            lag=parts.timetable.lag(),
            write_age=time.monotonic() - lease.renewed_at,
            clock_skew=abs(lease.clock_skew),
            server_skew=abs(self._telegrams.ahead),
            disk=disk.room_of(self._settings.database_file),
            outage=outage.said(),
            backup_age=self._backups.age() if self._backups else None,
            certificate_left=self._certificate.left() if self._certificate else None,
            clashes=len([*clashes(self._settings, self._services.workflow.district)]),
        )
        return await look(self._services.storage, self._services.now(), process, parts.dispatcher.turns())

    async def _faults(self) -> list[str]:
        return (await self._look()).faults()

    @asynccontextmanager
    async def _health(self, port: int) -> AsyncIterator[None]:
        from bot.web.server import Web  # noqa: PLC0415  # 3 MiB that most do not need

        host, counts = self._settings.health_host, self._parts.counts
        async with Web(port, self._look, counts, version(), host=host).site.served():
            yield

    async def _until_stopped(self, work: Coroutine[Any, Any, None]) -> None:
        """Do the work until it ends by itself or a signal comes; then cancel it and wait for its clean-up."""
        task = asyncio.create_task(work)
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def _lead(self) -> None:
        taken_over = await self._lease.take()
        # Kept from the first moment: Telegram may be away for longer than a lease lasts.
        keeping = asyncio.create_task(self._lease.keep())
        serving = asyncio.create_task(self._begin(taken_over=taken_over))
        try:
            await _first_failure([keeping, serving])
        finally:
            await to_its_end(self._let_go(serving, keeping))

    async def _let_go(self, *tasks: asyncio.Task[None]) -> None:
        for task in tasks:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await self._lease.drop()

    async def _begin(self, *, taken_over: bool) -> None:
        await greet(self._parts.bot, self._parts.api.outage, self._haste)
        claim = partial(ownership.claim, self._services.storage, self._settings.token)
        await Backoff().until_database_is_back(claim)
        log.info("took over" if taken_over else "started", extra=self._who())
        try:
            await self._work()
        except OSError as error:
            # A command would blame a setting, which stays wrong until somebody mends it; this one was served with them.
            raise RuntimeError("the machine failed a bot that ran") from error

    def _who(self) -> Mapping[str, str | int]:
        """What somebody who reads the log has to know of the process that leads from here on."""
        engine, name = self._settings.database_url.partition(":")[0], self._services.workflow.district.district.name
        bot = f"@{self._parts.bot.username}"
        return {"version": version(), "bot": bot, "district": name, "engine": engine, "pid": os.getpid()}

    async def _work(self) -> None:
        parts = self._parts
        parts.timetable.start()
        taking = asyncio.create_task(parts.poller.run())
        works = [parts.dispatcher.run(), parts.sender.run(), self._watch(), menu.keep(parts.bot, self._services)]
        if self._settings.sms_gateway:
            from bot.sms.second_channel import serve  # noqa: PLC0415  # most have none

            works.append(serve(self._services, self._settings, self._lease.is_sure))
        if url := self._settings.ping_url:
            from bot.web import ping  # noqa: PLC0415  # as above

            works.append(ping.keep(url.reveal(), self._faults, self._settings.proxy_to(url.reveal())))
        if self._settings.feeds == "yes":
            from bot.feeds.notifier import Notifier  # noqa: PLC0415  # as above

            works.append(Notifier(self._services, self._lease.is_sure).run())
        tasks = [taking, *map(asyncio.create_task, works)]
        try:
            await _first_failure(tasks)
        finally:
            taking.cancel()
            await to_its_end(self._wind_down(tasks))

    async def _wind_down(self, tasks: list[asyncio.Task[None]]) -> None:
        """Nothing new is taken in: finish what is held, settle it, then let go."""
        await self._parts.timetable.stop()
        drains = self._parts.dispatcher.drain(DRAIN), self._parts.sender.drain(DRAIN)
        await asyncio.gather(*drains, return_exceptions=True)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _watch(self) -> None:
        """A process that no longer does anything exits, so that its supervisor starts another."""
        try:
            while True:
                # From a thread of its own, for then not even this loop turns: says where it stands, and ends with 1.
                faulthandler.dump_traceback_later(ZOMBIE_AFTER, exit=True, file=STDERR)
                await asyncio.sleep(WATCH_EVERY)
                if self._parts.poller.age_of_heartbeat() > ZOMBIE_AFTER:
                    raise Stop(ExitCode.ZOMBIE, "the poll loop gives no sign")
        finally:
            faulthandler.cancel_dump_traceback_later()


def _told(stop: Stop) -> int:
    """The exit code, once it was said why."""
    log.error("stopped", extra={"code": int(stop.code), "reason": stop.reason, "advice": ADVICE[stop.code]})
    return int(stop.code)


async def _first_failure(tasks: list[asyncio.Task[None]]) -> None:
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    for task in done:
        task.result()
