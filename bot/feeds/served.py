"""What the feeds serve at the port of the pages, if the settings want them."""

from collections.abc import Iterable

from aiohttp import web

from bot.config import Settings
from handlers.context import Services


def routes(services: Services, settings: Settings) -> Iterable[web.RouteDef]:
    """The addresses; none unless they are switched on."""
    if settings.feeds == "no":
        return ()
    from bot.feeds.georeport import GeoReport  # noqa: PLC0415  # as above
    from bot.feeds.quota import Quota  # noqa: PLC0415  # most have none
    from bot.feeds.registry import Registry  # noqa: PLC0415  # as above

    quota = Quota()
    return [*GeoReport(services, quota).routes(), *Registry(services, quota).routes()]
