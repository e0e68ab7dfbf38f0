"""The living cards: what a family was not told in a message, one message of its chat shows as it is."""

from collections.abc import Container

from handlers.wording import standstill
from handlers.wording.layout import grouped
from handlers.wording.names import stage_brief
from locales import words
from storage.records import Event
from tests.crash.accounts import Accounts
from tests.storage.cast import ask

CARDS = "select chat, request, message from card"


def missing(accounts: Accounts, slack: float) -> list[str]:
    """Families that hear what concerns them, were told nothing of a step and have no card that shows it. Clocks differ
    by `slack` seconds at most.
    """
    found: list[str] = []
    for chat in accounts.stage.concerned:
        followed = [one for one in accounts.documents if one.number in accounts.stage.followed[chat]]
        for one in followed:
            last = max((event.at for event in accounts.events[one.id] if _is_news(accounts, event)), default=0)
            told = (sent for sent in accounts.sent if sent.chat == chat and grouped(one.number) in sent.text)
            is_known = (chat, one.request) in accounts.cards or any(1000 * (sent.at + slack) >= last for sent in told)
            if last and not is_known:
                found.append(f"{chat} has no card of {one.number}")
    return found


def _is_news(accounts: Accounts, event: Event) -> bool:
    return accounts.is_new(event) and event.kind == "move" and event.act not in accounts.undone


def _is_there(brief: str, shown: str) -> bool:
    """True if a line begins with these words, or they stand behind the names of documents."""
    ends = f"{brief}.", f"{brief} "
    return any(part.startswith(ends) for line in shown.casefold().splitlines() for part in line.split(": "))


async def outdated(accounts: Accounts, overwritten: Container[tuple[int, int]]) -> list[str]:
    """Cards that do not show where the documents of a request are. Of what is `overwritten` (chat, message) by what had
    left before it nobody can know.
    """
    found: list[str] = []
    for chat, request, message in await ask(accounts.stage.storage, CARDS):
        if (chat, message) in overwritten:
            continue
        shown = accounts.stage.phones[chat].chat.messages[message].text
        for one in accounts.documents:
            here = standstill.here(accounts.stage.workflow, one, words(accounts.langs[chat]))
            brief = stage_brief(accounts.stage.workflow, one.stage, accounts.langs[chat], one.type)  # of what is late
            said = here.casefold() in shown.casefold() or _is_there(brief.casefold(), shown)
            if one.request == request and not said:
                found.append(f"{chat} sees of {one.number}, which is {here}: {shown}")
    return found
