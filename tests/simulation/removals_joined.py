"""Safeguards of news that is told together, and of the cards that show what is not told."""

from tests.simulation.removals_incoming import AUDIENCE, OUTBOX, OUTBOX_SQL, Safeguard, one

DELIVERY, VIEW, CARDS = "bot/outgoing/delivery.py", "handlers/view.py", "storage/news/cards.py"

JOINED = (
    one(
        "of what is told together the first is told first",
        OUTBOX,
        'sorted(rows, key=attrgetter("id")) if together',
        'sorted(rows, key=attrgetter("id"), reverse=True) if together',
    ),
    one(
        "a message that tells several says each of them",
        VIEW,
        "            texts.append(screen.text)\n",
        "            texts = texts or [screen.text]\n",
    ),
    one(
        "all rows of what is told together are settled with it",
        OUTBOX,
        "parts[0]._replace(ids=all_ids,",
        "parts[0]._replace(",
    ),
    one(
        "what is not over its grace is not told with the rest",
        OUTBOX_SQL,
        "where +w.priority = 1 and w.owed_at <= :now and w.due_at <= :until",
        "where +w.priority = 1 and w.due_at <= :until",
    ),
    one(
        "a card is brought up to date with the news",
        DELIVERY,
        "            hindered = await self._renew(one) if one.card else None\n",
        "            hindered = None\n",
    ),
    one(
        "a card that showed what is taken back shows that",
        AUDIENCE,
        "        if (chat, request) not in told:\n",
        "        if False:\n",
    ),
    one(
        "a card that was under way while something happened shows that",
        CARDS,
        "    is_old = bool(row and row[0] > of.steps)",
        "    is_old = False",
    ),
    one(
        "what waits to gather goes before what is owed later",
        OUTBOX,
        '        due += await tx.all("claim_waiting", claim=mark, now=now, until=now + gather)\n',
        "        pass\n",
    ),
    Safeguard(
        "what waits to gather overtakes nothing that stays behind",
        (
            (
                OUTBOX_SQL,
                "w.owed_at < chats.owed) or not exists (",
                "w.owed_at < chats.owed) or w.due_at > :now and not exists (",
            ),
            (
                OUTBOX_SQL,
                "        and o.sent_at is null and o.given_up_at is null and o.claim is null)))\n",
                "        and o.sent_at is null and o.given_up_at is null and o.claim is null and 1 = 0)))\n",
            ),
        ),
    ),
    one(
        "what falls due first overtakes nothing that its chat was owed before",
        OUTBOX_SQL,
        "((w.id < chats.last and w.owed_at < chats.owed) or",
        "((w.id < 0 and w.owed_at < chats.owed) or",
    ),
    one(
        "what is told together overtakes nothing that stands between",
        OUTBOX,
        "latest.pop(row.chat, None)",
        "latest.get(row.chat)",
    ),
    one(
        "what is told together overtakes nothing that is in hand",
        OUTBOX,
        "        if self.behind != row.behind:\n            return False\n",
        "",
    ),
    one(
        "what is told together says so when it comes again",
        OUTBOX,
        "also=tuple(parts[1:]), repeated=repeated)",
        "also=tuple(parts[1:]), repeated=False)",
    ),
    one(
        "a step says no hold of which another message tells",
        OUTBOX,
        "else (row, row.hold, row.review) if row.teller in ids else (row, None, None)\n",
        "else (row, row.hold, row.review)\n",
    ),
    one(
        "a step is not told with a hold that met the next one",
        OUTBOX_SQL,
        "l.version > e.version and l.kind in ('move', 'correct')\n        and not exists",
        "l.version > e.version and l.kind = ''\n        and not exists",
    ),
    one(
        "a card that could not be brought up to date is tried again",
        DELIVERY,
        "            if hindered and not isinstance(hindered, GivenUp):\n                return hindered\n",
        "            hindered = hindered if isinstance(hindered, GivenUp) else None\n",
    ),
    one(
        "whoever was told nothing, and has no card, gets one",
        VIEW,
        "    unseen = [one for one in parts if not one.card and",
        "    unseen = [one for one in parts if False and",
    ),
)
