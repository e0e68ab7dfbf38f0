"""A post in other hands: a colleague stands in for its holder, or its papers pass to a colleague. A stand-in's states::

    ── ask ──▶ asked ── accept ──▶ lasting
                 │                    │
                 ├─── end ────────────┤   the one asked refuses; either of the two ends it
                 ├─── over ───────────┤   its last day is past
                 └─── end_with ───────┴──▶ ended   the post of either of the two ends

Whether somebody stands in is asked where their posts are read (`people.get`), at each tap, from the row and the two
posts: nothing is copied. So it ends for taps at the moment of its end, whether a chore has written that down or not.
Every arrow is one conditional write in the transaction that owes its news: of two at once, one happens.
"""
