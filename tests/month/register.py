"""What the register says when a month is over: every document with its history, and who it belongs to."""

import tempfile
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.demo.cast import CAST
from handlers.wording.layout import grouped
from locales import words
from storage import ledger, overview, people
from storage.feedback import questions
from storage.feedback.questions import OpenQuestion
from storage.news import relays
from storage.records import Document, Event, Person
from tests.crash.truths import TOLD
from tests.month.month import Month
from tests.month.wired import Heard
from tests.month.workday import Family

# A disk would be waited for at each of some 10,000 commits.
MEMORY = next((place for place in (Path("/dev/shm"),) if place.is_dir()), None)
GREETINGS = ("Selamat pagi.", "Sugeng enjing.", "Good morning.")


@dataclass(frozen=True, slots=True)
class Register:
    """`events` by document; `undone` are the acts that were taken back; `to_tell` whom villages have yet to tell."""

    month: Month
    documents: Sequence[Document]
    events: Mapping[int, Sequence[Event]]
    undone: frozenset[int]
    staff: Mapping[int, Person]
    to_tell: Sequence[str]
    questions: Sequence[OpenQuestion]
    load: overview.Load

    @classmethod
    async def read(cls, month: Month) -> "Register":
        town = month.town
        async with town.storage.reading() as tx:
            documents = await overview.everything(tx, 0)
            events = {one.id: await ledger.history(tx, one.id) for one in documents}
            acts = [await ledger.act_of(tx, act) for act in {event.act for way in events.values() for event in way}]
            undone = frozenset(act.id for act in acts if act and act.undone_by is not None)
            staff = {one.chat: await people.get(tx, one.chat, town.clock) for one in CAST.values() if one.role}
            villages = town.workflow.villages
            open_ = [
                one.number for key in villages for one in await relays.in_village(tx, town.workflow, key, town.clock)
            ]
            asked = await questions.still_open(tx)
            return cls(month, documents, events, undone, staff, open_, asked, await overview.load(tx))

    def of(self, family: Family) -> list[Document]:
        return [one for one in self.documents if one.number == family.number]

    def news(self, family: Family) -> Iterator[Event]:
        """What happened to the documents of a family after it was filed, and stands."""
        for one in self.of(family):
            yield from (event for event in self.events[one.id] if event.kind in TOLD and event.act not in self.undone)

    def count(self, *kinds: str) -> int:
        """How many steps of these kinds there were."""
        return sum(event.kind in kinds for steps in self.events.values() for event in steps)

    def heard(self, chat: int) -> list[Heard]:
        return [one for one in self.month.town.heard if one.chat == chat]

    def heard_of(self, family: Family) -> list[Heard]:
        """All that the family read of its number."""
        return [one for one in self.heard(family.who.chat) if grouped(family.number) in one.text]

    def unasked(self, family: Family) -> list[Heard]:
        """The messages that came to a family by themselves."""
        return [one for one in self.heard(family.who.chat) if not one.asked and one.method != "editmessagetext"]

    def pairs(self) -> list[Family]:
        """Families of a KK and a KIA that are handed over."""
        return [
            family
            for family in self.month.people.families
            if sorted(one.type for one in self.of(family)) == ["KIA", "KK"]
            and all(one.stage == "handed_over" for one in self.of(family))
        ]

    def is_smooth(self, family: Family) -> bool:
        """True if nothing stood still, came back, was taken back or asked."""
        has_asked = any(one is family for one, _ in self.month.people.asked)
        return not has_asked and all(
            event.kind in ("file", "move") for one in self.of(family) for event in self.events[one.id]
        )

    def changed(self, chat: int, since: int, until: int) -> bool:
        """True if between two times something was taken back, or stood still and went on, of which a chat hears."""
        numbers = {family.number for family in self.month.people.families if family.who.chat == chat}
        return any(
            event.kind not in ("file", "move") and since <= event.at <= until
            for one in self.documents
            if one.number in numbers or self._sees(chat, one)
            for event in self.events[one.id]
        )

    def _sees(self, chat: int, one: Document) -> bool:
        return chat in self.staff and self.month.town.workflow.is_in_sight(self.staff[chat], one.village)

    def reminders(self) -> list[Heard]:
        """The mornings of those who have something to do."""
        return [one for one in self.month.town.heard if not one.asked and is_morning(one.text)]

    def waits_for(self, person: Person, at: int) -> bool:
        """True if at that time something was under way that this person sees, or a family waited for an answer."""
        workflow = self.month.town.workflow
        return self._asks(person, at) or any(
            workflow.is_in_sight(person, one.village) and not self._is_over(one, at) for one in self.documents
        )

    def _asks(self, person: Person, at: int) -> bool:
        return any(
            begun < at and not any(begun <= heard_at < at for heard_at in self.answers(family))
            for family, begun in self.month.people.asked
            if self.month.town.workflow.is_in_sight(person, self.of(family)[0].village)
        )

    def answers(self, family: Family) -> list[int]:
        """When a family read answers of an office."""
        told = words(family.who.member.lang)("An answer about {number}", number=grouped(family.number))
        return [one.at for one in self.heard(family.who.chat) if told in one.text]

    def _is_over(self, one: Document, at: int) -> bool:
        steps = self.events[one.id]
        past = bisect([event.at for event in steps], at)
        return not past or self.month.town.workflow.ends(steps[past - 1].to_stage, one.type)


def is_morning(text: str) -> bool:
    return text.removeprefix("<b>").startswith(GREETINGS)


async def played(seed: int, days: int, documents: int) -> Register:
    """What the register says of a month when it is over."""
    with tempfile.TemporaryDirectory(prefix="jekduk-month-", dir=MEMORY) as folder:
        async with Month.of(Path(folder), seed, days, documents) as month:
            await month.passes()
            return await Register.read(month)
