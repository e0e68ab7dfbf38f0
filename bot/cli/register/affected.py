"""After others may have read the register: how many people are to be told, and in which words."""

from datetime import date, datetime, time

from bot.config import WrongSettings
from locales import dates, words
from storage import Storage
from storage.families import extract
from storage.workflow import Workflow

OLDEST = date(2000, 1, 1)  # no register is older, and calendars end


async def report(storage: Storage, workflow: Workflow, since: date, now: int) -> str:
    """How many chats were in the register since a day, and the words for them in every language. No chat is named.

    Raises WrongSettings for a day to come.
    """
    at = workflow.calendar.instant(datetime.combine(max(since, OLDEST), time.min))
    if at > now:
        raise WrongSettings(f"--since: {since} is to come; write the first day on which others may have read it")
    async with storage.reading() as tx:
        found = await extract.affected(tx, at)
    counts = [f"{whose}: {len(chats)}" for whose, chats in found.items()]
    whole = f"people to tell: {len(set[int]().union(*found.values()))}"
    notices = [notice(workflow, at, lang) for lang in workflow.district.district.languages]
    return "\n".join([*counts, whole, *(f"\n{text}" for text in notices)])


def notice(workflow: Workflow, at: int, lang: str) -> str:
    """What happened, what others may know by it, and what can be done."""
    t, district = words(lang), workflow.district.district.name
    return "\n".join(
        [
            t(
                "Jek-Duk {district}: since {day} others may have read our register.",
                district=district,
                day=dates.date(at, 0, workflow.zone, lang),
            ),
            t("They may know which receipt numbers this chat follows. We keep no name, NIK or photo."),
            t(
                "Pay nobody, and give no code by telephone, SMS or WhatsApp. Delete what we keep: /hapus. "
                "Ask at the district office."
            ),
        ]
    )
