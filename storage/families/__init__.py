"""What families keep here for themselves: how many numbers they may follow, and who may follow theirs.

Somebody who wants to be told of a receipt of which many are told already::

    asks ──▶ asked ── the village allows ──▶ told, as all who follow
               │
               └── the village refuses ──▶ refused: to ask again changes nothing
    asked, refused ── 30 days ──▶ gone
"""
