"""What health tells and what was done so far, in the text of Prometheus. Only here its client library is loaded."""

from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any

from prometheus_client import ProcessCollector, generate_latest
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)

from bot.counts import SECONDS, Counts, Waits
from bot.web.health import LIMITS, Health

GAUGES = {
    "leads": "1 while this process polls and sends",
    "poll_age": "seconds since a poll last succeeded",
    "outage_age": "seconds for which every send or every poll has failed, 0 if none does",
    "lag": "seconds by which the event loop was late, at worst, within a minute",
    "write_age": "seconds since the register was last written",
    "clock_skew": "seconds between this process's clock and the database's",
    "server_skew": "seconds between this machine's clock and Telegram's",
    "backup_age": "seconds since the last backup",
    "certificate_left": "seconds until browsers refuse the page's certificate",
    "disk_free": "bytes left on the disk where the register lies",
    "clashes": "settings that do not go together; jekduk check says which",
    "owed": "messages owed to people who can be reached",
    "owed_age": "seconds for which the oldest has been owed",
    "open": "updates stored and not answered",
    "open_age": "seconds for which the longest waiting has waited for us, not for others of the same person",
    "stuck": "updates in quarantine and notices given up",
    "away": "people who cannot be reached",
    "misses": "numbers within the last hour that nobody has",
    "page_misses": "wrong numbers and codes within the last hour on the public page",
}
UNITS = dict.fromkeys(LIMITS, "_seconds") | {"disk_free": "_bytes", "certificate_left": "_seconds"}


class Figures:
    """All of them as they are now: what Prometheus' library calls a collector."""

    def __init__(self, health: Health, counts: Counts, version: str) -> None:
        self._health, self._counts, self._version = health, counts, version

    def text(self) -> bytes:
        """As they are served."""
        return generate_latest(self)

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily("jekduk_build", "what runs", {"version": self._version})
        up = self._health.register is not None
        yield GaugeMetricFamily("jekduk_database_up", "1 if the register could be asked", up)
        for name, value in self._health.facts().items():
            yield GaugeMetricFamily(f"jekduk_{name}{UNITS.get(name, '')}", GAUGES[name], value)
        counts = self._counts
        yield CounterMetricFamily("jekduk_updates", "updates that were new", counts.updates)
        yield _by("answers", "outcome", "updates handled, by what came of them", counts.answers)
        yield _by("notices", "outcome", "messages owed, by what came of sending them", counts.notices)
        yield _by("refusals", "status", "calls that Telegram refused, by status", counts.refusals)
        yield _took("answer", "seconds from an update to its answer", counts.answer_waits)
        yield _took("notice", "seconds from when a message was owed until it was out", counts.notice_waits)
        yield from ProcessCollector(registry=None).collect()


def _by(name: str, label: str, words: str, counted: Mapping[Any, int]) -> Metric:
    family = CounterMetricFamily(f"jekduk_{name}", words, labels=[label])
    for value, count in counted.items():
        family.add_metric([str(value)], count)
    return family


def _took(name: str, words: str, waits: Waits) -> Metric:
    bounds = [*map(str, SECONDS), "+Inf"]
    buckets = list(zip(bounds, accumulate(waits.places), strict=True))
    return HistogramMetricFamily(f"jekduk_{name}_seconds", words, buckets, waits.total)
