"""One line that somebody writes with a question, or with an answer to it. Names may stand in it, so it is kept apart.

A line is a row that is empty while it is waited for, so that a restart forgets nobody who is about to write::

    begin ──▶ awaited ── write ──▶ written ── the question is answered ──▶ gone, with a question
                 │                     ├───── send ──▶ sent, with an answer ── `KEPT` ──▶ gone
                 │                     └───── the message is mended: begin, write ──▶ written
                 ├── skip ──▶ gone
                 └── `WRITING` is over ──▶ waited for no more, and gone with its question
"""

from typing import NamedTuple

from storage.db.protocol import Tx
from storage.records import DAY, MINUTE

# What a line is said with: a question, an answer that is still to be sent, or an answer.
ASKED, DRAFT = "asked", "draft"
ALONE = "line"  # an answer that is nothing but its line
LONGEST = 200  # characters
WRITING = 10 * MINUTE  # in which it may be written; the office hears of the question afterwards, or at the line
KEPT = 7 * DAY  # a line of an answer, as whoever asked may be out of reach


class AwaitedLine(NamedTuple):
    """A question with which a chat may write a line, or has just done so; it may have its answer by now."""

    question: int
    line: str
    number: str
    at: int  # when it began to be waited for, or was sent


async def begin(tx: Tx, question: int, said: str, chat: int, now: int) -> None:
    """What this chat writes next goes with that; what it wrote before for the same does not. What was written begins
    `now` (epoch ms) as its message was sent.
    """
    await tx.all("await_line", question=question, said=said, chat=chat, now=now)


async def awaited(tx: Tx, chat: int, said: str, now: int) -> list[AwaitedLine]:
    """The questions with which this chat may write a line at present, or has just done so, newest first."""
    return [AwaitedLine(*row) for row in await tx.all("awaited_lines", chat=chat, said=said, since=now - WRITING)]


async def begun_before(tx: Tx, chat: int, said: str, written: int) -> list[AwaitedLine]:
    """The questions with which a line could go that this chat wrote at a time (epoch ms), newest first."""
    later = await awaited(tx, chat, said, written + WRITING)
    return [one for one in await awaited(tx, chat, said, written) if one not in later]


async def write(tx: Tx, found: AwaitedLine, said: str, chat: int, line: str) -> None:
    """Put it down, once."""
    await tx.all("write_line", question=found.question, said=said, chat=chat, line=line)


async def skip(tx: Tx, question: int, chat: int) -> None:
    """Nothing goes along with the question."""
    await tx.all("skip_line", question=question, said=ASKED, chat=chat)


async def of(tx: Tx, question: int, said: str, chat: int, now: int) -> tuple[str, int]:
    """What a chat wrote, or was answered: and until when it is waited for, 0 if it is not."""
    row = await tx.one("line", question=question, said=said, chat=chat)
    line, at = row or ("", 0)
    return line, at + WRITING if at and not line and at + WRITING > now else 0


async def asked(tx: Tx, question: int) -> str:
    """The line that a question came with: for who may answer it."""
    row = await tx.one("asked_line", question=question, said=ASKED)
    return str(row[0]) if row else ""


async def send(tx: Tx, question: int, answer: str, chat: int, now: int) -> None:
    """The line that a chat has ready goes with this answer; for another one nothing waits any more."""
    await tx.all("send_line", question=question, said=DRAFT, answer=answer, chat=chat, now=now)
    await tx.all("end_draft", question=question, said=DRAFT, chat=chat)


async def close(tx: Tx, question: int) -> None:
    """The question has its answer: its line goes, and what others were about to send. Who still writes is told so."""
    await tx.all("close_lines", question=question, draft=DRAFT, asked=ASKED)
