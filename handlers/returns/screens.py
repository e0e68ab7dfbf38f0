"""What is missing of a document, ticked; why it is refused; and what families will read."""

from collections.abc import Mapping, Sequence
from textwrap import shorten

from handlers.chosen import Papers
from handlers.holds.buttons import HoldWhy
from handlers.reply import Button, Screen
from handlers.returns.buttons import GiveBack, Refuse, RefuseDraft, RefuseWhy, ReturnDraft
from handlers.wording import layout, names, remarks
from handlers.wording.layout import bold, button, card, column, page
from locales import Words
from storage.records import Document
from storage.workflow import Workflow


def return_screen(
    workflow: Workflow, draft: ReturnDraft, papers: Papers, needs: Mapping[int, str], words: str, t: Words
) -> Screen:
    """What the type of these asks for, to be ticked as far as it is missing or wrong; with what families would read."""
    rows = column(_need(draft, bit, need) for bit, need in needs.items())
    done = GiveBack(draft.of, draft.seen, draft.exit, draft.book, draft.missing)
    may = draft.missing or not needs
    confirm = ((button(t("✅ Return it"), done),),) if may else ()
    said = _said(workflow, papers[0].village, words, t, ends=False) if may else []
    asked = [t("Tick what is missing or wrong."), *(f"· {need}" for need in needs.values())] if needs else []
    named = names.titled(workflow, papers[0])
    if len(papers) > 1:
        n = t.n("{n} document", "{n} documents", len(papers))
        named = f"{names.type_short(workflow, papers[0].type)} · {n}"
    lines = [t("Return: {document}", document=named), *asked, *said]
    return card(lines, (*rows, *confirm), HoldWhy(draft.of, draft.seen), t)


def _need(draft: ReturnDraft, bit: int, need: str) -> Button:
    on = draft.missing >> bit & 1
    wanted = ReturnDraft(draft.of, draft.seen, draft.exit, draft.book, draft.missing ^ (1 << bit))
    # Cut between words: the whole of it stands above.
    return button(f"{'☑' if on else '☐'} {shorten(need, layout.LABEL - 2, placeholder=' …')}", wanted)


def _said(workflow: Workflow, village: str, words: str, t: Words, *, ends: bool) -> list[str]:
    lines = remarks.lines(words, names.village_name(workflow, village), t, ends=ends)
    return [t("Families will read:"), *(f"“{line}”" for line in lines)]


def refuse_screen(workflow: Workflow, asked: RefuseWhy, document: Document, t: Words) -> Screen:
    """The reasons for which it may be refused."""
    rows = column(
        button(
            layout.either(str(getattr(one, t.lang)), names.brief(one, t.lang)),
            RefuseDraft(asked.document, asked.seen, one.key),
        )
        for one in workflow.refusals.values()
    )
    lines = [t("Refuse: {document}", document=names.titled(workflow, document)), t("Why can it not be done?")]
    return card(lines, rows, HoldWhy(document.id, document.version), t)


def refusing_screen(
    workflow: Workflow, asked: RefuseDraft, exit: str, document: Document, words: str, t: Words
) -> Screen:
    """What families would read of a refusal."""
    done = button(t("✅ Refuse it"), Refuse(asked.document, asked.seen, asked.reason))
    lines = [
        t("Refuse: {document}", document=names.titled(workflow, document)),
        *_said(workflow, document.village, words, t, ends=True),
    ]
    return card(lines, ((done,),), RefuseWhy(asked.document, asked.seen, exit), t)


def returned_screen(workflow: Workflow, returned: Sequence[Document], words: str, t: Words) -> Screen:
    """What an act returned, for the officers of its village: how many of which kind, and what is missing of them."""
    head = t.n("Returned: {n} document.", "Returned: {n} documents.", len(returned))
    village = names.village_name(workflow, returned[0].village)
    numbers = layout.tails(one.number for one in returned)
    what = f"{village}: {names.type_short(workflow, returned[0].type)} {numbers}"
    return Screen(page(bold(head), what, *remarks.lines(words, village, t, ends=False)))
