"""The days off of a country: national holidays and shared leave, as the library `holidays` knows them.

To name some 25 days a year it loads 300 modules, 11 MiB. So a process of its own asks it: this file is its script.
"""

import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, date
from threading import Lock

_BESIDE = 60  # years that are asked for at once: a clock that was wrong may be of 1970, and each question stops us
_asking = Lock()
_known: dict[tuple[str, int], frozenset[date]] = {}


def of_year(country: str, year: int) -> frozenset[date]:
    """The days off of a year. The first time it takes a moment (0.2 s), then a lifetime beside it is known too.

    Whoever asks meanwhile, in another thread, waits for the same answer.
    """
    if (country, year) not in _known:
        with _asking:
            if (country, year) not in _known:
                years = range(max(MINYEAR, year - _BESIDE), min(MAXYEAR, year + _BESIDE) + 1)
                days = {y: set[date]() for y in years}
                for day in _ask(country, years):
                    days[day.year].add(day)
                _known.update({(country, y): frozenset(found) for y, found in days.items()})
    return _known[country, year]


def _ask(country: str, years: Sequence[int]) -> list[date]:
    # -P: what lies beside this file has names of other modules, such as calendar.
    # The library warns of countries of which it does not know a year.
    command = [sys.executable, "-P", "-W", "ignore", __file__, country, *map(str, years)]
    try:
        # In a session of its own: Ctrl-C is for us alone.
        told = subprocess.run(  # noqa: S603  # no shell
            command, check=True, stdout=subprocess.PIPE, text=True, start_new_session=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):  # there is none to be had just now, or it was killed
        return _found(country, years)
    return [date.fromisoformat(day) for day in told.split()]


def _found(country: str, years: Sequence[int]) -> list[date]:
    import holidays  # noqa: PLC0415  # see above

    # Indonesia's shared leave (cuti bersama) is in the category "government", which is off by default.
    categories = {"public", "government"} & {*holidays.country_holidays(country).supported_categories}
    return sorted(holidays.country_holidays(country, years=years, categories=categories))


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # whoever asked may be gone: that is no news
    print(*_found(sys.argv[1], [int(year) for year in sys.argv[2:]]), sep="\n")  # noqa: T201  # to the process that asks
