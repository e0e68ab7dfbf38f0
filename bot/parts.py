"""Where the parts are made and joined: the only place that knows them all."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from telegram import Bot

from bot.chores.timetable import Job, Timetable, rows
from bot.counts import Counts
from bot.incoming.dispatcher import Dispatcher
from bot.incoming.poller import Poller
from bot.outgoing.sender import Sender
from bot.telegram.api import BotApi
from bot.telegram.http import HttpClient
from bot.telegram.rate_limit import PATIENCE, Priority, RateLimiter
from handlers.adapters import handle
from handlers.context import LedStorage, Services
from handlers.view import render


class Parts(NamedTuple):
    """A bot whose parts know each other; nothing runs yet."""

    services: Services
    bot: Bot
    api: BotApi
    dispatcher: Dispatcher
    poller: Poller
    sender: Sender
    timetable: Timetable
    counts: Counts


def join(
    services: Services,
    http: HttpClient,
    leads: Callable[[], bool],
    rate_limiter: RateLimiter | None = None,
    back_up: Job | None = None,
    faults: Callable[[], Awaitable[list[str]]] | None = None,
    **polling: Any,
) -> Parts:
    """Make the parts around the services and an HTTP client. `polling` is what else the poller is told."""
    counts = Counts()
    api = BotApi(http, rate_limiter, counts, leads)
    services = replace(services, fetch=api.fetch)
    led = replace(services, storage=LedStorage(services.storage, leads))
    bot = api.bot()
    sender = Sender(services, api, partial(render, services, bot), leads=leads, counts=counts)
    call = partial(api.call, patience=PATIENCE)
    answer = partial(handle, led, bot, call)
    later = partial(handle, led, bot, partial(call, priority=Priority.NOTICE))
    dispatcher = Dispatcher((answer, later), services, sender.wake, random.random, leads, counts=counts)
    poller = Poller(api, services, dispatcher, chance=random.random, **polling)
    timetable = Timetable(rows(services, back_up, faults), services.now, wake=sender.wake, chance=random.random)
    return Parts(services, bot, api, dispatcher, poller, sender, timetable, counts)
