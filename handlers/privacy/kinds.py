"""What is kept of people, kind by kind, and for how long: the sentences of /privasi, with the tables each tells of."""

from typing import NamedTuple

from locales import Words
from storage import bags, outbox, people
from storage.births import reservations
from storage.families import askers
from storage.feedback import demands, lines, questions
from storage.heads import looks
from storage.news import phones
from storage.records import DAY

NOTICES, WRITTEN, OFFICE = PARTS = ("notices", "written", "office")


class Kind(NamedTuple):
    """What one sentence tells of, and in which part of the notice. Only staff read what is kept of `staff` alone."""

    part: str
    words: str
    tables: frozenset[str]
    staff: bool = False


def kinds(t: Words, *, by_sms: bool = True) -> tuple[Kind, ...]:
    """Every kind, of telephones only where SMS are read; the days come from where the purge takes them."""
    return (*_notices(t), *(_telephones(t) if by_sms else ()), *_against_harm(t), *_written(t), *_of_the_office(t))


def _notices(t: Words) -> tuple[Kind, ...]:
    return (
        Kind(
            NOTICES,
            t(
                "We keep your numbers and what you call them, this chat's number, your language and choices, "
                "and when you agreed."
            ),
            frozenset({"person", "follow", "consent", "card"}),
        ),
        Kind(
            NOTICES,
            t(
                "Updates end {days} days after the document is handed over, or with /berhenti. That you agreed is kept "
                "for {more} days more; a language that you chose stays until /hapus.",
                days=_days(people.KEPT),
                more=_days(people.KEPT),
            ),
            frozenset({"follow", "consent"}),
        ),
        Kind(
            NOTICES,
            t(
                "That you asked a village whether you may have a number's updates goes after {days} days.",
                days=_days(askers.FORGOTTEN_AFTER),
            ),
            frozenset({"asker"}),
        ),
    )


def _telephones(t: Words) -> tuple[Kind, ...]:
    return (
        Kind(
            NOTICES,
            t(
                "By SMS: your telephone number is kept until you send BERHENTI, or {days} days after the hand-over.",
                days=_days(phones.KEPT),
            ),
            frozenset({"sms_phone", "sms_follow"}),
        ),
    )


def _against_harm(t: Words) -> tuple[Kind, ...]:
    return (
        Kind(
            NOTICES,
            t(
                "Against guessing, unknown numbers are counted for an hour, "
                "under a code in place of this chat's number."
            ),
            frozenset({"miss"}),
        ),
        Kind(
            NOTICES,
            t(
                "That you asked us to delete is kept for {days} days, in code, so that no old copy brings it back.",
                days=_days(people.BACKUPS_LAST),
            ),
            frozenset({"forgotten"}),
        ),
    )


def _written(t: Words) -> tuple[Kind, ...]:
    return (
        Kind(
            WRITTEN,
            t(
                "What you write goes once it is answered; if that fails, and so what we write, after {days} days.",
                days=_days(outbox.KEPT),
            ),
            frozenset({"inbox", "outbox"}),
        ),
        Kind(
            WRITTEN,
            t(
                "What you ask about a number, and a line with it (all but long numbers), goes {more} days after the "
                "answer, or after {days} days without one.",
                more=_days(lines.KEPT),
                days=_days(questions.KEPT),
            ),
            frozenset({"question", "question_line"}),
        ),
        Kind(
            WRITTEN,
            t(
                "Who told us that money was asked for is known until it is settled, for {days} days at most.",
                days=_days(demands.KEPT),
            ),
            frozenset({"demand"}),
        ),
    )


def _of_the_office(t: Words) -> tuple[Kind, ...]:
    return (
        Kind(
            OFFICE,
            t("The way of the documents, by number and day, stays in the office's register; nobody's name is in it."),
            frozenset({"number", "request", "document", "event", "act", "reserved"}),
        ),
        Kind(
            OFFICE,
            t(
                "Of a birth without a name its day is kept for {days} days, and nobody's name.",
                days=_days(reservations.KEPT),
            ),
            frozenset({"birth"}),
        ),
        Kind(
            OFFICE,
            t(
                "Of staff the posts stay. Their lists go after {lists} days, links {links} days after their time.",
                lists=_days(bags.KEPT),
                links=_days(people.KEPT),
            ),
            frozenset({"post", "bag", "invite"}),
            staff=True,
        ),
        Kind(
            OFFICE,
            t("Which post looked at a number is kept for {days} days, for the head to read.", days=_days(looks.KEPT)),
            frozenset({"look"}),
            staff=True,
        ),
    )


def _days(milliseconds: int) -> int:
    return milliseconds // DAY
