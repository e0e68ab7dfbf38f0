"""What people had to hear, against what they heard.

What happens to a family's numbers within a short while is one message. So no message is looked for to the word: of each
request are known all words in which its steps can be told, one by one or together, and by them what a message tells.
"""

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise, product
from operator import itemgetter
from typing import NamedTuple, TypeVar

from bot.demo.cast import CAST
from handlers.bags.screens import arrived_screen
from handlers.wording.layout import NO_BREAK, grouped
from handlers.wording.names import SIGNS
from handlers.wording.notices import notice
from locales import words
from storage.news.cards import CONCERNS, EVERY_STAGE
from storage.outbox import AS_STAFF
from storage.records import Document, Event, Owed, Person, Reached
from tests.crash.accounts import Accounts
from tests.crash.scene import Message

Moved = tuple[Document, Event]
Told = tuple[tuple["Known", tuple[Moved, ...]], ...]  # of each act so much


class Known(NamedTuple):
    """News: what an act did to a request, and when."""

    at: int
    act: int
    request: int


@dataclass(frozen=True, slots=True)
class Telling:
    """News that may be told together, oldest first, in these words; the number is one of them."""

    news: tuple[Known, ...]
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """What a message tells of one number: one of these, from this place on."""

    place: int
    number: str
    tellings: tuple[Telling, ...]

    def is_true(self, back: Container[tuple[int, int]]) -> bool:
        """False if it surely tells of what an act did to a request and was taken back."""
        return any(all((one.act, one.request) not in back for one in telling.news) for telling in self.tellings)

    def begins(self) -> Iterator[Known]:
        """The first of what it tells."""
        return (one.news[0] for one in self.tellings)


M = TypeVar("M", bound=Message)


class News:
    """`owed` is what each chat has to hear, in order, `tellings` in which words it may."""

    tellings: dict[int, list[Telling]]
    owed: dict[int, list[Known]]

    def __init__(self, accounts: Accounts) -> None:
        self.accounts, self._stage = accounts, accounts.stage
        self._told = cache(self._told_of)
        self.tellings, self.owed = {}, {}
        for chat in self._stage.phones:
            moved = self._moved(chat)
            self.tellings[chat] = [*self._tellings(chat, moved)]
            self.owed[chat] = [one for one, steps in moved.items() if self._is_owed(chat, one, steps)]
        self.count = sum(map(len, self.owed.values()))
        self.parts = cache(self._parts)

    # What is news to whom

    def _moved(self, chat: int) -> Mapping[Known, list[Moved]]:
        """What moved of what somebody waits for, in order, whether it was taken back since or not."""
        found: dict[tuple[int, int], list[Moved]] = {}
        for one in self.accounts.documents:
            for event in self.accounts.events[one.id]:
                if self._concerns(chat, one, event):
                    found.setdefault((event.act, one.request), []).append((one, event))
        news = {Known(steps[0][1].at, *key): steps for key, steps in found.items()}
        return {one: news[one] for one in sorted(news)}

    def _concerns(self, chat: int, document: Document, event: Event) -> bool:
        accounts = self.accounts
        if document.request in accounts.special or not accounts.is_new(event) or event.kind != "move":
            return False
        if event.chat == chat:
            return False
        return self._is_work(chat, document, event) or self._follows(chat, document.number)

    def _is_work(self, chat: int, document: Document, event: Event) -> bool:
        tells = self._stage.workflow.stages[event.to_stage].tell
        told = any(m.chat == chat and m.role in tells and m.village == document.village for m in CAST.values())
        return told and chat not in self.accounts.stepped_back

    def _follows(self, chat: int, number: str) -> bool:
        return number in self._stage.followed.get(chat, ())

    def _is_owed(self, chat: int, one: Known, steps: Sequence[Moved]) -> bool:
        """True if it is told in a message: to those who hear what concerns them if it does, and is how it is now."""
        if chat in self._stage.concerned:
            is_over = any(self.accounts.events[document.id][-1] is not event for document, event in steps)
            if is_over or not self._told(self.accounts.langs[chat], ((one, tuple(steps)),), CONCERNS):
                return False
        is_relayed = {(one.act, chat, one.request), (one.act, chat, 0)} & self.accounts.relayed
        if is_relayed and not self._follows(chat, steps[0][0].number):
            return False  # the text for the family tells them, too
        return self._stays(one, steps) and any(one in telling.news for telling in self.tellings[chat])

    def _stays(self, one: Known, steps: Iterable[Moved]) -> bool:
        return (one.act, one.request) not in self.accounts.mixed and not any(
            self.accounts.is_undone(*step) for step in steps
        )

    # In which words

    def _tellings(self, chat: int, moved: Mapping[Known, list[Moved]]) -> Iterator[Telling]:
        """A family's by request: all that is news when a message leaves. Officers': by act, of its requests at once."""
        lang = self.accounts.langs[chat]
        requests: dict[int, list[Known]] = {}
        acts: dict[int, list[Known]] = {}
        for one, steps in moved.items():
            is_followed = self._follows(chat, steps[0][0].number)
            (requests.setdefault(one.request, []) if is_followed else acts.setdefault(one.act, [])).append(one)
        for news in requests.values():
            yield from self._together(lang, [(one, moved[one]) for one in news], EVERY_STAGE)
            if chat in self._stage.concerned:
                yield from self._together(lang, [(one, moved[one]) for one in news], CONCERNS)
        for news in acts.values():
            yield from self._of_work(chat, news, [step for one in news for step in moved[one]])

    def _of_work(self, chat: int, news: Sequence[Known], steps: Sequence[Moved]) -> Iterator[Telling]:
        if self._is_work_besides(chat, news[0].act):
            return  # nobody knows how all of it is counted
        if len(news) == 1:
            told = self._telling(self.accounts.langs[chat], news, steps, to_staff=True)
            yield from [told] if told else []
        elif all(self.accounts.events[one.id][-1] is event for one, event in steps):  # else it has gone on since
            yield Telling(tuple(news), grouped(steps[0][0].number), self._arrived(chat, steps))

    def _is_work_besides(self, chat: int, act: int) -> bool:
        """True if this act moved also what stood still, left its road or was put right, of which the chat is told."""
        return any(
            event.act == act and event.kind == "move" and self._is_work(chat, one, event)
            for one in self.accounts.documents
            if one.request in self.accounts.special
            for event in self.accounts.events[one.id]
        )

    def _together(self, lang: str, news: Sequence[tuple[Known, list[Moved]]], heard: str) -> Iterator[Telling]:
        """Whatever was one after the other; of what was taken back, or half of it, nobody knows whether it was told."""
        for i, j in combinations(range(len(news) + 1), 2):
            ways: list[Told] = [()]
            for one, steps in news[i:j]:
                kept = tuple(step for step in steps if not self.accounts.is_undone(*step))
                parts = {tuple(steps): 0, kept: 0} | ({} if self._stays(one, steps) else {(): 0})
                ways = [(*way, *(((one, part),) if part else ())) for way in ways for part in parts]
            yield from (told for way in ways if way and (told := self._told(lang, way, heard)))

    def _told_of(self, lang: str, way: Told, heard: str) -> Telling | None:
        return self._telling(lang, [one for one, _ in way], [step for _, part in way for step in part], heard)

    def _telling(
        self, lang: str, news: Sequence[Known], steps: Sequence[Moved], heard: str = "", *, to_staff: bool = False
    ) -> Telling | None:
        one, fetchers = steps[0][0], {act: who for act in news if (who := self.accounts.fetched.get(act[1:]))}
        if len(fetchers) > 1:
            return None  # each of these is a message of its own
        facts = [{"act": act.act, "fetched_by": who} for act, who in fetchers.items()] or [{}]
        stops = [(e.at, e.act, d.id, Reached(d.type, e.to_stage, e.at)) for d, e in steps]
        owed = Owed(
            (), 0, 1, "act", one.request, one.number, one.village, json.dumps(AS_STAFF if to_staff else facts[0]),
            news[0].at, 0, lang, None, tuple(stop for *_, stop in sorted(stops, key=itemgetter(0, 1, 2))),
            mourned=one.request in self.accounts.mourned, news=heard,
        )  # fmt: skip
        message = notice(owed, self._stage.workflow, news[-1].at)
        return Telling(tuple(news), grouped(one.number), message[0].text.replace(NO_BREAK, " ")) if message else None

    def _arrived(self, chat: int, steps: Sequence[Moved]) -> str:
        documents = sorted((one for one, _ in steps), key=lambda one: one.id)
        t, stage = words(self.accounts.langs[chat]), steps[0][1].to_stage
        return arrived_screen(self._stage.workflow, Person(chat), stage, documents, (), t).text.replace(NO_BREAK, " ")

    def _parts(self, chat: int, text: str) -> tuple[Part, ...]:
        """What a message tells, in its order."""
        found: dict[str, list[Telling]] = {}
        text = _bare(text)  # with news of a death there are no pictures, whatever else is told
        for one in self.tellings[chat]:
            if _bare(one.text) in text:
                found.setdefault(one.number, []).append(one)
        parts = [Part(text.index(_bare(ways[0].text)), number, tuple(ways)) for number, ways in found.items()]
        return tuple(sorted(parts, key=lambda part: part.place))

    # What was heard

    def untold(self, grace: float = 0.0) -> Iterator[str]:
        """Somebody who did not hear of a stage once its grace (seconds) was over, or not in order."""
        for chat, owed in self.owed.items():
            heard = [one for one in self.accounts.sent if one.chat == chat and one.method == "sendmessage"]
            times = self._heard_at(heard, grace)
            yield from (f"{chat} never heard of {one}: {self._words(chat, one)}" for one in owed if one not in times)
            for one, other in pairwise(one for one in owed if one in times):
                # What is heard twice may be of another act. Of two acts of one instant the clock is read before the
                # transaction, the id is drawn in it.
                if times[one][0] > times[other][-1] and one.at < other.at and one.act < other.act:
                    yield f"{chat} heard {other} at {times[other]} and {one} at {times[one]}"
            for sent in heard:
                for part, following in pairwise(self.parts(chat, sent.text)):
                    ways = list(product(part.begins(), following.begins()))
                    if all(one.at > other.at and one.act > other.act for one, other in ways):
                        yield f"{chat} heard first what came later, {ways}: {sent.text}"

    def _heard_at(self, heard: Iterable[Message], grace: float) -> dict[Known, list[float]]:
        """When each was told that could be by then."""
        times: dict[Known, list[float]] = {}
        for sent in heard:
            ways = [way for part in self.parts(sent.chat, sent.text) for way in part.tellings]
            for one in {one for way in ways for one in way.news}:
                if sent.at >= one.at / 1000 + grace:
                    times.setdefault(one, []).append(sent.at)
        return times

    def _words(self, chat: int, one: Known) -> str:
        return next(telling.text for telling in self.tellings[chat] if telling.news == (one,))


@cache
def _bare(text: str) -> str:
    for sign in filter(None, SIGNS.values()):
        text = text.replace(f" {sign}", "").replace(sign, "")
    return text
