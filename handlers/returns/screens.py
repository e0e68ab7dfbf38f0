"""What is missing of a document, ticked; why it is refused; and what families will read."""

from collections.abc import Sequence
from textwrap import shorten

from handlers.holds.buttons import HoldWhy
from handlers.reply import Button, Screen
from handlers.returns.buttons import GiveBack, Refuse, RefuseDraft, RefuseWhy, ReturnDraft
from handlers.wording import layout, names, remarks
from handlers.wording.layout import bold, button, page
from locales import Words
from storage.numbers import grouped
from storage.records import Document
from storage.workflow import Workflow


def return_screen(
    workflow: Workflow, draft: ReturnDraft, document: Document, needs: Sequence[str], words: str, t: Words
) -> Screen:
    """What the type asks for, to be ticked as far as it is missing or wrong; with what families would read."""
    rows = tuple((_need(draft, bit, need),) for bit, need in enumerate(needs))
    done = GiveBack(draft.document, draft.seen, draft.exit, draft.book, draft.missing)
    may = draft.missing or not needs
    confirm = ((button(t("✅ Return it"), done),),) if may else ()
    back = (button(t("Back"), HoldWhy(document.id, document.version)),)
    said = _said(workflow, document, words, t, ends=False) if may else []
    asked = [t("Tick what is missing or wrong."), *(f"· {need}" for need in needs)] if needs else []
    head = bold(t("Return: {document}", document=_named(workflow, document)))
    return Screen(page(head, *asked, *said), (*rows, *confirm, back))


def _need(draft: ReturnDraft, bit: int, need: str) -> Button:
    on = draft.missing >> bit & 1
    wanted = ReturnDraft(draft.document, draft.seen, draft.exit, draft.book, draft.missing ^ (1 << bit))
    # Cut between words: the whole of it stands above.
    return button(f"{'☑' if on else '☐'} {shorten(need, layout.LABEL - 2, placeholder=' …')}", wanted)


def _said(workflow: Workflow, document: Document, words: str, t: Words, *, ends: bool) -> list[str]:
    village = names.village_name(workflow, document.village)
    lines = remarks.lines(words, village, t, ends=ends)
    return [t("Families will read:"), *(f"“{line}”" for line in lines)]


def refuse_screen(workflow: Workflow, asked: RefuseWhy, document: Document, t: Words) -> Screen:
    """The reasons for which it may be refused."""
    rows = tuple(
        (button(str(getattr(one, t.lang)), RefuseDraft(asked.document, asked.seen, one.key)),)
        for one in workflow.refusals.values()
    )
    back = (button(t("Back"), HoldWhy(document.id, document.version)),)
    head = bold(t("Refuse: {document}", document=_named(workflow, document)))
    return Screen(page(head, t("Why can it not be done?")), (*rows, back))


def refusing_screen(
    workflow: Workflow, asked: RefuseDraft, exit: str, document: Document, words: str, t: Words
) -> Screen:
    """What families would read of a refusal."""
    head = bold(t("Refuse: {document}", document=_named(workflow, document)))
    done = button(t("✅ Refuse it"), Refuse(asked.document, asked.seen, asked.reason))
    back = button(t("Back"), RefuseWhy(asked.document, asked.seen, exit))
    return Screen(page(head, *_said(workflow, document, words, t, ends=True)), ((done,), (back,)))


def _named(workflow: Workflow, document: Document) -> str:
    return f"{names.type_short(workflow, document.type)} · {grouped(document.number)}"
