"""Safeguards of what was told and is taken back."""

from tests.simulation.removals_incoming import OUTBOX_SQL, one

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
)
