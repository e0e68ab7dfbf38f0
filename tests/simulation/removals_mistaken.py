"""Safeguards of what was told and is taken back."""

from tests.simulation.removals_incoming import (
    AUDIENCE,
    DOCUMENTS_SQL,
    HAND,
    OUTBOX,
    OUTBOX_SQL,
    UNDO,
    Safeguard,
    one,
)

MISTAKEN = (
    one(
        "what is claimed is not withdrawn",
        OUTBOX_SQL,
        "where act = :act and sent_at is null and claim is null and repeated = 0",
        "where act = :act and sent_at is null and repeated = 0",
    ),
    one(
        "what may have arrived is corrected",
        OUTBOX_SQL,
        "where o.act = :act and (o.sent_at is not null or o.claim is not null or o.repeated = 1)",
        "where o.act = :act and (o.sent_at is not null or o.claim is not null)",
    ),
    one(
        "what may have arrived in words is put right in words",
        OUTBOX_SQL,
        "case when o.sent_at is null or o.repeated = 1 or o.facts",
        "case when o.sent_at is null or o.facts",
    ),
    one(
        "what was taken back and never put right is put right with the next",
        OUTBOX_SQL,
        "and d.undone_by is not null\n    and not exists",
        "and d.undone_by is not null and 1 = 0\n    and not exists",
    ),
    one(
        "the news of what was moved on stays when the step before is taken back",
        UNDO,
        "whole=int(not gone_on))",
        "whole=1)",
    ),
    one(
        "what was said in words among other news is put right in words",
        HAND,
        "said |= _without_card(owed) if owed.also and message and not of else set()",
        "said |= set()",
    ),
    one(
        "what was said in words and told again by a card is put right in words",
        OUTBOX_SQL,
        "(o.facts <> '{\"said\":1}' and o.repeated = 0 or l.facts",
        "(1 = 1 or l.facts",
    ),
    one(
        "who heard that what came is held hears that it is not, once that is taken back",
        UNDO,
        "    if freed:  # it was told as held",
        "    if False:  # it was told as held",
    ),
    one(
        "what comes back into a held queue is told to stand still",
        UNDO,
        "    for act in acts.values():\n",
        "    for act in ():\n",
    ),
    one(
        "who heard that it stopped, and never that this was wrong, hears that it goes on",
        DOCUMENTS_SQL,
        "and v.kind = 'hold'\n    and (s.sent_at",
        "and v.kind = 'hold' and 1 = 0\n    and (s.sent_at",
    ),
    one(
        "who heard of a hold that is over meanwhile hears so once another is taken back",
        OUTBOX_SQL,
        "where h.act = :act and h.was_hold is not null",
        "where h.act = :act and 1 = 0 and h.was_hold is not null",
    ),
    Safeguard(
        "a hold is told with its own reason, whatever has taken its place",
        (
            (
                OUTBOX,
                (
                    "(row, row.own, row.own_review) if row.own and (row.teller == row.id or row.teller not in ids)\n"
                    "            else "
                ),
                "",
            ),
            (AUDIENCE, "    await tell_again(tx, back, now)\n", ""),  # or it is told once it holds again
        ),
    ),
    one(
        "a hold whose news was over as it left is told once it holds again",
        AUDIENCE,
        "    await tell_again(tx, back, now)\n",
        "",
    ),
)
