"""What stands still, and why. The states of a document on its road, and the functions that take it on::

    free ─── papers.hold, queues.hold ───▶ on hold ─── queues.extend ───▶ on hold, until another day
     ▲  └── documents.move into a held queue ──▶ │
     ├────── papers.release, queues.release ─────┤   it stays where it is, and waits for its leg again
     └────── documents.move ─────────────────────┘   whoever takes it on knows that it may go on

All documents that stand still for the same act share its cause. A cause that gathers is a held queue: what comes there
is held as well, in the transaction of its move, until the cause is ended. `taking_back.undo` takes each of these acts
back. Whoever holds a queue, or ends that, is alone with the register meanwhile (`Tx.alone`), and whoever moves waits
(`Tx.shared`): on PostgreSQL nothing slips in between, and nobody blocks another. A crash leaves all of it or none.
"""
