"""The living cards: what a family was not told in a message, one message of its chat shows as it is."""

from handlers.wording.names import stage_now
from tests.crash.accounts import Accounts
from tests.storage.cast import ask

CARDS = "select chat, request, message from card"


async def outdated(accounts: Accounts) -> list[str]:
    """Cards that do not show where the documents of a request are."""
    found: list[str] = []
    for chat, request, message in await ask(accounts.stage.storage, CARDS):
        shown = accounts.stage.phones[chat].chat.messages[message].text
        for one in accounts.documents:
            here = stage_now(accounts.stage.workflow, one.stage, one.village, accounts.langs[chat], one.type)
            if one.request == request and here.partition(". ")[0].casefold() not in shown.casefold():
                found.append(f"{chat} sees of {one.number}, which is {here}: {shown}")
    return found
