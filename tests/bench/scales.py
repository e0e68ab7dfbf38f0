"""What is measured, how it compares, and how it is printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True, slots=True)
class Result:
    """A row of the table: figures by whose they are, the figure that counts, and the target it is held to.

    A target is a share of what somebody else did in the same run, or a count; never a time, since machines differ.
    `met` is None where there is none.
    """

    title: str
    figures: Mapping[str, str]
    verdict: str
    met: bool | None
    notes: Sequence[str] = field(default_factory=tuple)

    def lines(self) -> list[str]:
        mark = {True: "ok    ", False: "MISSED", None: "      "}[self.met]
        shown = [f"    {name:<34} {figure}" for name, figure in self.figures.items()]
        return [f"{mark} {self.title}", *shown, f"    → {self.verdict}", *(f"    ({note})" for note in self.notes)]


def spread(values: Sequence[float], unit: str = "", digits: int = 0) -> str:
    """Median, and the lowest and highest of the rounds."""
    middle, low, high = (f"{value:,.{digits}f}" for value in (median(values), min(values), max(values)))
    return f"{middle}{unit} ({low}-{high})" if len(values) > 1 else f"{middle}{unit}"


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Round by round: what they and we did right after each other, under the same load of the machine."""
    return [mine / other for mine, other in zip(ours, theirs, strict=True)]


def times(values: Sequence[float]) -> str:
    return f"{median(values):.2f} × ({min(values):.2f}-{max(values):.2f})"


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
