"""The figures of a month: what it cost families in messages, how soon they knew, and what reminders led to."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import mean, median

from storage.records import MINUTE
from tests.bench.scales import Result, percentile
from tests.month.promised import faults
from tests.month.register import Register, played
from tests.month.workday import Family
from tests.storage.cast import NOW
from tests.storage.history import backtest
from tests.town import WORKFLOW

SEED = 1


def table(register: Register) -> Mapping[str, str]:
    """Row by row."""
    people = register.month.people
    families = people.families
    pairs = register.pairs()
    known, reminders = [*minutes(register)], register.reminders()
    led = sum(is_led_by(register, one.chat, one.at) for one in reminders)
    rung = sum(not one.silent for one in reminders)
    return {
        "documents, families with a phone": f"{len(register.documents)}, {len(families)}",
        "messages a family, with sound": costs(register, families),
        "a KK and a KIA up to the hand-over": costs(register, pairs),
        "those to whom nothing else happened": costs(register, [one for one in pairs if register.is_smooth(one)]),
        "minutes until a family knows": f"{median(known):.1f}, 95 %: {percentile(known, 0.95):.1f}, {max(known):.0f}",
        "reminders, with sound": f"{len(reminders)}, {rung}",
        "reminders that led to a deed that day": f"{led} ({led / max(1, len(reminders)):.0%})",
        "holds, returns, steps taken back": ", ".join(str(register.count(kind)) for kind in ("hold", "return", "undo")),
        "questions to an office, all answered": str(len(people.asked)),
        "mornings put off, kills, bad moments": f"{people.put_off}, {register.month.kills}, {register.month.faults}",
    }  # fmt: skip


def forecasts() -> Mapping[str, str]:
    """How many of the days that families are told come true, on made-up years: four of five are meant to."""
    told, true = backtest(WORKFLOW, NOW, legs=3.0, blank=0.15)
    return {"forecasts that came true": f"{true / told:.1%} of {told}"}


async def month(days: int, documents: int) -> Result:
    """The row of the bench."""
    register = await played(SEED, days, documents)
    wrong = faults(register)
    broken = "; ".join(f"{promise} ({len(found)})" for promise, found in wrong.items())
    title = f"a month of {days} working days and {documents} documents, seed {SEED}"
    return Result(title, {**table(register), **forecasts()}, broken or "every promise is kept", not wrong)


def costs(register: Register, families: Sequence[Family]) -> str:
    """How many messages came by themselves: of a usual family, and at most."""
    if not families:
        return "none"
    counts, rung = [], []
    for family in families:
        heard = register.unasked(family)
        counts.append(len(heard))
        rung.append(sum(not one.silent for one in heard))
    return f"{mean(counts):.1f} (most {max(counts)}), {mean(rung):.1f} (most {max(rung)}), of {len(families)}"


def minutes(register: Register) -> Iterator[float]:
    """From each step to the first that a family reads of its number from then on."""
    for family in register.month.people.families:
        heard = register.heard_of(family)
        for event in register.news(family):
            since = [one.at for one in heard if one.at >= event.at]
            if since:
                yield (min(since) - event.at) / MINUTE


def is_led_by(register: Register, chat: int, at: int) -> bool:
    """True if whoever was reminded did something later that day."""
    day = register.month.town.workflow.calendar.day
    return any(
        event.chat == chat and event.at > at and day(event.at) == day(at)
        for steps in register.events.values()
        for event in steps
    )
