"""A family asks its village or the desk about a request, and is answered in its chat.

A question is a word, with which one line may go (`lines`). It is open until somebody has answered it::

    ask ──▶ open ── look_into ──▶ open, and the family hears that somebody looks into it
              ├── answer ──▶ closed: the family hears the answer ── `lines.KEPT` ──▶ gone
              └── /hapus, `KEPT` ──▶ gone without an answer
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from storage import outbox
from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.feedback import lines
from storage.records import DAY, Document, Person
from storage.workflow import Workflow

LOOK = "look"  # the answer after which a question stays open
ANSWERS: Mapping[str, Sequence[str]] = {  # what can be asked, and what can be answered
    "when": ("ready", "come", LOOK),
    "bring": ("receipt", "come", LOOK),
    "missing": ("nothing", "come", LOOK),
    "mistake": ("right", "soon", "come", LOOK),
}
SOON = 5  # working days in which a mistake is put right
_PLACES = {"village_officer": "village", "district_desk": "district"}  # where who is asked hands out
PATIENCE = 2  # working days after which the head sees what nobody has answered
KEPT = 90 * DAY


class OpenQuestion(NamedTuple):
    """What a chat asks about a number, and the role that has to answer; `seen_at`: since when that looks into it."""

    id: int
    chat: int
    lang: str
    number: str
    village: str
    what: str
    role: str
    at: int
    seen_at: int | None

    def is_late(self, workflow: Workflow, now: int) -> bool:
        """True once the head has to see it."""
        return workflow.calendar.working_days(self.at, now) >= PATIENCE


def to_ask(documents: Iterable[Document]) -> Sequence[str]:
    """What may be asked as these documents are now: once all are at their end, whether there is a mistake in them."""
    return tuple(ANSWERS) if any(one.closed_at is None for one in documents) else ("mistake",)


def answers(workflow: Workflow, found: OpenQuestion, documents: Iterable[Document]) -> tuple[str, ...]:
    """What may be answered as these documents are now: nothing that their own status contradicts."""
    stages = {one.stage for one in documents}
    untrue = {"nothing"} if any(key in stages and not exit.ends for key, exit in workflow.exits.items()) else set()
    if not any(it.ready and it.place == _PLACES[found.role] for key, it in workflow.stages.items() if key in stages):
        untrue.add("ready")
    if found.seen_at is not None:
        untrue.add(LOOK)
    said = (one for one in ANSWERS[found.what] if one not in untrue)
    # The first key sends nobody on the road for what is not there.
    return tuple(sorted(said, key=lambda one: one == "come" and "ready" in untrue))


async def ask(
    tx: Tx, workflow: Workflow, chat: int, lang: str, found: Sequence[Document], what: str, now: int
) -> tuple[int, str, bool]:
    """Put a question down, unless this chat has another one open about the same request. Its id, the role that answers,
    and whether it is new; for a while the chat may write a line with it.
    """
    first = found[0]
    role = await _held(tx, _whose(workflow, found, what), first.village, now)
    values = {"chat": chat, "lang": lang, "request": first.request, "what": what, "role": role, "now": now}
    if row := await tx.one("ask_question", id=new_id(now), **values):
        await lines.begin(tx, int(row[0]), lines.ASKED, chat, now)
        return int(row[0]), role, True
    id, role = await tx.one("question_open", chat=chat, request=first.request) or (0, role)
    return int(id), str(role), False


def _whose(workflow: Workflow, found: Iterable[Document], what: str) -> str:
    """The desk answers for a mistake, and for what lies at the desk; the village for all else."""
    places = {workflow.stages[one.stage].place for one in found if one.stage in workflow.stages}
    return "district_desk" if what == "mistake" or "district" in places else "village_officer"


async def _held(tx: Tx, role: str, village: str, now: int) -> str:
    """The desk, where nobody holds the village's post."""
    return role if role != "village_officer" or await _hears(tx, role, village, now) else "district_desk"


async def _hears(tx: Tx, role: str, village: str, now: int) -> list[int]:
    return [chat for (chat,) in await tx.all("hears_questions", role=role, village=village, now=now)]


async def tell(tx: Tx, id: int, role: str, village: str, facts: Mapping[str, Any], now: int, wait: int = 0) -> None:
    """Owe it to whoever holds the role, after so long (ms). What waits still goes as this says."""
    chats = await _hears(tx, role, village, now)
    dues = [outbox.Due(f"question:{id}:{c}", c, "question", outbox.NOTICE, now + wait, facts=facts) for c in chats]
    await tx.many("withdraw_question", [{"key": due.key} for due in dues])
    await outbox.owe(tx, dues, now)


async def tell_of(tx: Tx, request: int, village: str, now: int) -> None:
    """Owe what a village is still asked about a request to who answers for it there, as it is of that village now."""
    for id, chat in await tx.all("questions_of", request=request):
        role = await _held(tx, "village_officer", village, now)
        await tx.all("hand_question", id=id, role=role)
        _, until = await lines.of(tx, id, lines.ASKED, chat, now)
        facts = {"view": "question", "args": {"question": id}}
        await tell(tx, id, role, village, facts, now, max(0, until - now))


def may_answer(person: Person, found: OpenQuestion) -> bool:
    """True for the role that was asked, in that village, and for a head."""
    return person.holds("head") or is_asked(person, found)


def is_asked(person: Person, found: OpenQuestion) -> bool:
    """True for the role that was asked, in that village."""
    return any(post.role == found.role and post.village in ("", found.village) for post in person.posts)


async def get(tx: Tx, id: int) -> OpenQuestion | None:
    """A question that is open."""
    row = await tx.one("question", id=id)
    return OpenQuestion(*row) if row else None


async def still_open(tx: Tx) -> list[OpenQuestion]:
    """All that nobody has answered, oldest first."""
    return [OpenQuestion(*row) for row in await tx.all("questions")]


async def open_to(tx: Tx, workflow: Workflow, person: Person, now: int) -> list[OpenQuestion]:
    """What this person has to answer, oldest first; a head what nobody has answered in time."""
    if not person.holds("head", "village_officer", "district_desk"):
        return []
    is_head = person.holds("head")
    return [one for one in await still_open(tx) if is_asked(person, one) or (is_head and one.is_late(workflow, now))]


async def late(tx: Tx, workflow: Workflow, now: int) -> int:
    """How many nobody has answered in time."""
    return sum(one.is_late(workflow, now) for one in await still_open(tx))


async def answer(tx: Tx, found: OpenQuestion, said: str, chat: int, facts: Mapping[str, Any], now: int) -> bool:
    """Owe the family an answer, with the line that `chat` has ready, and close the question unless somebody only looks
    into it. False if that is done.
    """
    looks = said == LOOK
    if await tx.one("see_question" if looks else "answer_question", id=found.id, now=now) is None:
        return False
    await lines.send(tx, found.id, said, chat, now)
    if not looks:
        await lines.close(tx, found.id)
    due = outbox.Due(f"answered:{found.id}:{said}", found.chat, "answered", outbox.NOTICE, now, facts=facts)
    await outbox.owe(tx, [due], now)
    return True


async def purge(tx: Tx, now: int) -> None:
    """Forget what nobody has answered for so long, and what has its answer."""
    ages = {"before": now - KEPT, "closed": now - lines.KEPT}
    await tx.all("purge_lines", **ages)
    await tx.all("purge_questions", **ages)
