"""What is on record of a request's originals: nouns, and what they say."""

from typing import NamedTuple

from storage.db.protocol import Tx


class PaperStep(NamedTuple):
    """An original of a family handed in ("out"), given back ("back") or never handed in ("none"): by whom, and when."""

    paper: str
    state: str
    act: int
    kind: str
    at: int
    role: str
    village: str
    chat: int | None


class Papers(NamedTuple):
    """The originals of a request: each step, oldest first; `seen` changes with each. At their end, the stage at which
    the last of its documents was before (`left_at`).
    """

    seen: int = 0
    steps: tuple[PaperStep, ...] = ()
    left_at: str = ""

    @property
    def out(self) -> tuple[str, ...]:
        """What was handed in and is not back, in the order in which it came."""
        return tuple(paper for paper in dict.fromkeys(one.paper for one in self.steps) if self.state(paper) == "out")

    @property
    def standing(self) -> list[PaperStep]:
        """The steps that count: one and the undo that took it back cancel out."""
        kept: list[PaperStep] = []
        for one in self.steps:
            if one.kind == "undo":
                kept.remove(next(step for step in reversed(kept) if step.paper == one.paper))
            else:
                kept.append(one)
        return kept

    def last(self, paper: str) -> PaperStep | None:
        """The step that stands of a paper."""
        return next((one for one in reversed(self.standing) if one.paper == paper), None)

    def state(self, paper: str) -> str:
        """Where a paper is."""
        last = self.last(paper)
        return last.state if last else "none"

    def before(self, paper: str) -> str:
        """Where it was before the step that stands."""
        states = [one.state for one in self.standing if one.paper == paper]
        return states[-2] if len(states) > 1 else "none"


NO_PAPERS = Papers()


async def papers_of(tx: Tx, request: int, seen: int) -> Papers:
    """The originals of a request that has so many steps of them."""
    steps = [PaperStep(*row) for row in await tx.all("originals", request=request)]
    left = await tx.one("originals_left_at", request=request)
    return Papers(seen, tuple(steps), str(left[0] or "") if left else "")
