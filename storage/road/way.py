"""A document's way as far as it is known: what is told of it in any order comes to the same. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from storage.records import MINUTE, Event

LATE = "late"  # the kind of step that says when a leg was, which the document had behind it already
STAYS = frozenset({"hold", "release", "retype", "relocate"})
_ANEW = frozenset({"correct", "resume"})  # what was known of the stages behind these is void


class Way(NamedTuple):
    """The stages of a road, the one that was reached, and when (epoch ms) each was, as far as somebody said so."""

    route: tuple[str, ...]
    stage: str
    times: Mapping[str, int]

    def told(self, stage: str, at: int) -> "Way":
        """The way once somebody has said when a stage was reached. Of two times the earlier one counts and nothing
        leads back, so the order in which they are told makes no difference. What cannot have been then changes nothing.
        """
        is_known = stage in self.times and self.times[stage] // MINUTE <= at // MINUTE
        if is_known or not self._fits(stage, at):
            return self
        furthest = max(self.stage, stage, key=self.route.index)
        return self._replace(stage=furthest, times={**self.times, stage: at})

    def before(self, moment: int) -> str | None:
        """The last stage that was reached before a moment; None if all that is known came after it."""
        before = [stage for stage, at in self.times.items() if at < moment]
        return max(before, key=self.route.index, default=None)

    def _fits(self, stage: str, at: int) -> bool:
        """True if it was reached after the stages before it and before those behind it, to the minute."""
        place, minute = self.route.index(stage), at // MINUTE
        return all(
            known // MINUTE <= minute if self.route.index(other) < place else minute <= known // MINUTE
            for other, known in self.times.items()
            if other != stage
        )


def way(route: tuple[str, ...], stage: str, events: Iterable[Event]) -> Way:
    """The way of a document that stands at a stage of its road, from the steps that still count."""
    times: dict[str, int] = {}
    for event in events:
        if event.kind in STAYS or event.to_stage not in route:
            continue
        if event.kind in _ANEW:
            place = route.index(event.to_stage)
            times = {one: at for one, at in times.items() if route.index(one) <= place}
        if event.kind not in _ANEW or event.to_stage not in times:
            times[event.to_stage] = event.at
    return Way(route, stage, times)


def still_counting(events: Iterable[Event]) -> list[Event]:
    """The steps that still count: a step and the undo that took it back cancel out. Whose hands it is in is no step."""
    kept: list[Event] = []
    for event in events:
        if event.kind == "undo" and kept:
            kept.pop()
        elif event.kind != "pass":
            kept.append(event)
    return kept


def in_order(events: Sequence[Event]) -> list[Event]:
    """The steps in the order in which they happened, whenever they were told; without what was told better since."""
    better = {event.to_stage: event.version for event in events if event.kind == LATE}
    kept = [one for one in events if one.kind not in ("move", LATE) or one.version >= better.get(one.to_stage, 0)]
    return sorted(kept, key=minute)


def minute(event: Event) -> int:
    """In which minute it was: who tells of a time tells no seconds."""
    return event.at // MINUTE
