"""What is missing of a document, and why it may be refused: as things are now."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

from handlers.bags.views import TasksView
from handlers.chosen import Papers, must_see, papers_of
from handlers.context import Viewer
from handlers.documents.views import DocumentView
from handlers.reply import Screen
from handlers.returns.buttons import RefuseDraft, RefuseWhy, ReturnDraft
from handlers.returns.screens import refuse_screen, refusing_screen, return_screen, returned_screen
from handlers.view import Refused, View
from storage import documents, ledger
from storage.db.protocol import Tx
from storage.district import MOST_NEEDS
from storage.holds.returns import IN_PERSON, Said
from storage.records import Document, Person
from storage.workflow import Workflow


def needs_of(workflow: Workflow, type: str, lang: str) -> dict[int, str]:
    """What a kind of document asks for, in a language or else in another one, by the bit that each has in a draft: what
    is brought, and from `MOST_NEEDS` on what one does in person.
    """
    known = workflow.types.get(type)
    if known is None:
        return {}
    return dict([*enumerate(_in(lang, known.needs)), *enumerate(_in(lang, known.in_person), MOST_NEEDS)])


def _in(lang: str, said: Mapping[Any, Sequence[str]]) -> Sequence[str]:
    return said.get(lang) or next(iter(said.values()), ())


def book_of(workflow: Workflow, type: str) -> int:
    """A fingerprint of what a kind of document asks for, in which each bit of a draft has its meaning."""
    known = workflow.types.get(type)
    return crc32(json.dumps([known.needs, known.in_person] if known else [], sort_keys=True).encode()) & 0xFFFFF


def missing_of(workflow: Workflow, type: str, missing: int) -> Said:
    """The needs that are ticked, in each language; apart from the others those for which one has to come in person."""
    said: dict[str, Sequence[str]] = {}
    for lang in workflow.district.district.languages:
        ticked = {bit: need for bit, need in needs_of(workflow, type, lang).items() if missing >> bit & 1}
        said[lang] = [need for bit, need in ticked.items() if bit < MOST_NEEDS]
        if in_person := [need for bit, need in ticked.items() if bit >= MOST_NEEDS]:
            said[lang + IN_PERSON] = in_person
    return said


def reason_of(workflow: Workflow, reason: str) -> Said:
    """Why something is refused, in each language."""
    known = workflow.refusals[reason]
    return {lang: [str(getattr(known, lang))] for lang in workflow.district.district.languages}


def ending(workflow: Workflow, document: Document, person: Person) -> str:
    """The exit at which a person may end a document outside its road; nothing if there is none."""
    open_to = workflow.exits_open_to(person, document.village, document.stage)
    return next((exit for exit in open_to if workflow.ends(exit)), "")


async def to_return(tx: Tx, viewer: Viewer, of: int, seen: int, exit: str) -> Papers:
    """A document, or the ticked lines of a bag, of one kind, all of which somebody may return. Raises Refused."""
    then = DocumentView(of) if seen else TasksView()
    papers = await papers_of(tx, viewer.workflow, viewer.person, of, seen, then)
    if len({one.type for one in papers}) != 1:
        raise Refused("changed", then=then)
    may = (viewer.workflow.exit_post(viewer.person, one.village, one.stage, exit) for one in papers)
    if viewer.workflow.ends(exit) or not all(may):
        raise Refused("not_yours", then=then)
    return papers


class ReturnView(View, name="return"):
    """What a kind of document asks for, ticked as far as it is missing: of one `document`, or if nothing of that was
    `seen` of the ticked lines of a bag.
    """

    document: int
    seen: int
    exit: str
    book: int
    missing: int

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await to_return(tx, viewer, self.document, self.seen, self.exit)
        needs, book = needs_of(viewer.workflow, found[0].type, viewer.t.lang), book_of(viewer.workflow, found[0].type)
        missing = self.missing if self.book == book else 0  # the list has changed since
        draft = ReturnDraft(self.document, self.seen, self.exit, book, missing)
        words = json.dumps(missing_of(viewer.workflow, found[0].type, missing))
        return return_screen(viewer.workflow, draft, found, needs, words, viewer.t)


class ReturnedView(View, name="returned"):
    """What one act returned to the village of an officer, as far as it is not complete yet."""

    act: int

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            left = {event.document: event.version for event in await ledger.events_of(tx, self.act)}
            found = [one for one in await documents.of_act(tx, self.act) if one.version == left[one.id]]
            theirs = [one for one in found if viewer.workflow.is_in_sight(viewer.person, one.village)]
            said = await ledger.remarks_of(tx, theirs[0].request) if theirs else ()
        words = next((one.words for one in said if one.document == theirs[0].id), "")
        return returned_screen(viewer.workflow, theirs, words, viewer.t) if theirs else None


class RefuseView(View, name="refuse"):
    """Why it may be refused; with a reason, what families would read."""

    document: int
    seen: int
    reason: str = ""

    async def show(self, viewer: Viewer) -> Screen:
        then = DocumentView(self.document)
        async with viewer.storage.reading() as tx:
            found = await must_see(tx, viewer.workflow, viewer.person, self.document)
        if found.version != self.seen:
            raise Refused("changed", then=then)
        exit = ending(viewer.workflow, found, viewer.person)
        if not exit:
            raise Refused("not_yours", then=then)
        if self.reason not in viewer.workflow.refusals:
            return refuse_screen(viewer.workflow, RefuseWhy(self.document, self.seen, exit), found, viewer.t)
        words = json.dumps(reason_of(viewer.workflow, self.reason))
        asked = RefuseDraft(self.document, self.seen, self.reason)
        return refusing_screen(viewer.workflow, asked, exit, found, words, viewer.t)
