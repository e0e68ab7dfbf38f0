"""What people are owed: claimed from the outbox, sent in order for each chat, settled.

A message owed is a row of the outbox, from the commit of what it tells until Telegram has it::

    outbox.owe           Sender._settle_and_claim           Delivery.deliver, settle
    ──────────▶ owed ──────────────────────────▶ claimed ──────────────▶ sent      kept 30 days; an answer is deleted
                │ ▲                               │ │ │
                │ ├── later: its due time moved ◀─┘ │ └──▶ given up   refused while others are taken; `stuck retry`
                │ │   (429, network, nobody knows)  ▼      owes it again
                │ └── outbox.find ◀──────────────── away   blocked: not due until a handler hears from the person
                ▼
            withdrawn    by an undo or /hapus, unless it is sent before

What goes back to `owed`, or is `away`, takes all of its chat with it, so that nothing overtakes it.

A crash before a claim costs nothing: the row is still owed. A crash after it leaves a claim that nobody holds: whoever
leads next opens all claims with its first one, for only the holder of the lease sends. So what was under way, or out
and not settled, is sent once more: 30 rows at most (`DOUBLES`), the price of never losing one. Which rows these were
nobody knows, so all of them say that they may be known already. The same is done without a crash, and without a word,
when the answer to a commit got lost. A crash while settling is one before it or after it.

`bot.telegram.errors` decides what a failed send means, `bot.telegram.rate_limit` who may go when.
"""
