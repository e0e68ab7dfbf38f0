"""What families know at the end of what stood still, left its road or was put right.

The words of such news depend on when it leaves, so it is not looked for to the word: of whatever happened last they
have heard something since, and nobody is left with the news that a document is on hold which is not.
"""

import re
from collections.abc import Iterator, Sequence

from handlers.wording import names
from handlers.wording.layout import grouped
from locales import Words, words
from storage.records import Document, Event
from tests.crash.accounts import Accounts
from tests.crash.heads import CUT
from tests.crash.scene import Sent

NUMBER = re.compile(r"\b\d{4} \d{4} \d{3}[\dX]\b")
TOLD = {"move", "hold", "return", "refuse", "resume", "correct", "withdraw"}  # to whoever follows, whatever was before


def uninformed(accounts: Accounts, slack: float = 0) -> Iterator[str]:
    """Families that do not know how it is. Clocks differ by `slack` milliseconds at most."""
    for chat, followed in accounts.stage.followed.items():
        t = words(accounts.langs[chat])
        for number in followed:
            there = [one for one in accounts.documents if one.number == number and one.request in accounts.special]
            heard = [sent for sent in accounts.sent if sent.chat == chat and grouped(number) in sent.text]
            heard.sort(key=accounts.left_at)  # nobody can know of one that the network brings after what left later
            yield from (f"{chat} knows of {fault}" for fault in _faults(accounts, chat, there, heard, t, slack))


def _faults(
    accounts: Accounts, chat: int, there: Sequence[Document], heard: Sequence[Sent], t: Words, slack: float
) -> Iterator[str]:
    on_hold = t("On hold: {reason}.", reason=CUT).partition(CUT)[0]
    for one in there:
        last = accounts.events[one.id][-1]
        is_known = any(sent.at * 1000 + slack >= last.at for sent in heard) or _is_on_card(accounts, chat, one, last)
        if last.kind in TOLD and accounts.is_new(last) and not is_known:
            yield f"{one.number} {one.type} nothing since {last}"
        if (stood := _stands_again(accounts, one)) and accounts.is_new(stood):
            since = (_about(one.number, sent.text) for sent in heard if sent.at * 1000 + slack >= stood.at)
            reason = names.hold_reason(accounts.stage.workflow, one.hold or "", accounts.langs[chat])
            if not any(on_hold in text or reason in text for text in since):
                yield f"{one.number} {one.type} nothing of {stood}, which stands again"
    excused = any(_goes_on_by_card(accounts, chat, one) for one in there) or any(one.hold for one in there)
    if there and heard and on_hold in _about(there[0].number, heard[-1].text) and not excused:
        yield f"{there[0].number} that it is on hold: {heard[-1].text}"


def _stands_again(accounts: Accounts, document: Document) -> Event | None:
    """The hold that holds a document since what came after it was taken back; None if no such thing happened."""
    *before, last = accounts.events[document.id]
    if last.kind != "undo" or not document.hold:
        return None
    for one in reversed(before):
        if one.hold == document.hold and one.kind in ("hold", "move", "file") and one.act not in accounts.undone:
            return one
        if one.kind not in ("undo", "late") and one.act not in accounts.undone:
            return None  # it stands so by another step, which is told by itself
    return None


def _is_on_card(accounts: Accounts, chat: int, document: Document, last: Event) -> bool:
    """True of a step that is told by a card alone: what was taken back and done again leaves that as it was."""
    is_told = last.kind != "move" or accounts.stage.workflow.is_milestone(last.to_stage)
    return chat in accounts.stage.concerned and not is_told and (chat, document.request) in accounts.cards


def _goes_on_by_card(accounts: Accounts, chat: int, document: Document) -> bool:
    """True of what stood still until it was moved on, which a card alone tells: older news may leave after that."""
    *before, last = accounts.events[document.id]
    return any(event.hold for event in before) and _is_on_card(accounts, chat, document, last)


def _about(number: str, text: str) -> str:
    """What a message says of a number: from the lines in which it stands to those with another one."""
    found, is_about = [], False
    for lines in text.split("\n\n"):
        named = NUMBER.findall(lines)
        is_about = grouped(number) in named if named else is_about
        found += [lines] if is_about else []
    return "\n\n".join(found)
