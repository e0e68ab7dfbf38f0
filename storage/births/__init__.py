"""Births whose papers or name come later. What becomes of a number, and the functions that take it on::

    ─── reserve ──▶ reserved ─── file ──▶ filed ─── nameless ──▶ filed, on hold without a name
                     └─ lapse, after 60 days ──▶ gone         named, or any move ──▶ filed

A reserved number is a slip of a booklet of its own (`storage.paper.booklets`): it is followed as one that is not
filed yet, and filed under as every slip is, until it lapses and the slip goes. Whatever waits for papers or a name is
reminded of on two days, counted from the birth (`due`). A crash leaves each step whole or undone; the day of the last
reminder is in the transaction that owes it.
"""
