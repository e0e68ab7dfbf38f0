"""How a request went for its family: asked once, when all of it is handed over, and never where somebody died.

Of the answer is kept which request it was about, and not who gave it: the first of its followers to tap.
"""

from collections import Counter
from collections.abc import Mapping

from storage.db.protocol import Tx

VERDICTS = ("good", "so_so", "bad")
REASONS = ("slow", "often", "unclear", "unfriendly")
FEW = 5  # of fewer nobody reads: one family may be it
ASKED = "asks"  # a fact of a notice: it asks how it went


async def ask(tx: Tx, request: int) -> bool:
    """True if its family is asked now: all of it is in their hands, they were not asked before, and nobody died."""
    return await tx.one("ask_opinion", request=request) is not None


async def give(tx: Tx, request: int, verdict: str, now: int) -> bool:
    """Put the answer down. False if there is one."""
    return await tx.one("give_opinion", request=request, verdict=verdict, now=now) is not None


async def explain(tx: Tx, request: int, reason: str) -> bool:
    """Put down why it went no better. False if that is said."""
    return await tx.one("reason_opinion", request=request, reason=reason) is not None


async def count(tx: Tx, since: int, until: int) -> Mapping[str, int]:
    """How often each verdict and each reason was given within a time, those alone that were given by enough."""
    found: Counter[str] = Counter()
    for verdict, reason, many in await tx.all("count_opinions", since=since, until=until):
        found[verdict] += many
        if reason:
            found[reason] += many
    return {key: many for key, many in found.items() if many >= FEW}
