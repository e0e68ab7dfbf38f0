"""A search as one number: each part of its filter by its place in the district file, and a fingerprint of that."""

from typing import Any, NamedTuple
from zlib import crc32

from handlers.search.buttons import OpenFound, ShowFound
from storage.search.filters import Filter
from storage.workflow import Workflow

DAYS = (0, 1, 3, 7, 14)  # for so many days at least a document may have to be where it is
PICKED = ("village", "type", "stage", "hold", "days")  # the parts of a filter that are picked from a list
ANYTHING = Filter()
_BOOK = 1 << 20
_Radices = tuple[tuple[str, tuple[str | int, ...]], ...]


class Search(NamedTuple):
    """A page of what fits a filter; or if one of its parts is to be picked, a page of the values for that."""

    wanted: Filter = ANYTHING
    page: int = 0
    pick: str = ""

    def having(self, part: str, value: str | int) -> "Search":
        """The first page of the same with another value of a part of its filter."""
        change: dict[str, Any] = {part: value}
        return Search(self.wanted._replace(**change))

    def button(self, workflow: Workflow) -> ShowFound:
        """The button that shows this search."""
        return ShowFound(self.wanted.digits, self.page, self._packed(workflow))

    def opening(self, number: str, workflow: Workflow) -> OpenFound:
        """The button that opens a number of it."""
        return OpenFound(number, self.wanted.digits, self.page, self._packed(workflow))

    def _packed(self, workflow: Workflow) -> int:
        which = ("", *PICKED).index(self.pick)
        for name, values in _radices(workflow):
            which = which * len(values) + values.index(getattr(self.wanted, name))
        return which * _BOOK + _fingerprint(workflow) if which else 0


def unpacked(workflow: Workflow, which: int, digits: str, page: int) -> Search | None:
    """The search of a button; None if the district file has changed since, or nobody ever packed it."""
    rest, book = divmod(which, _BOOK)
    if which and book != _fingerprint(workflow):
        return None
    search = Search(Filter(digits=digits), page)
    for name, values in reversed(_radices(workflow)):
        rest, place = divmod(rest, len(values))
        search = search.having(name, values[place])._replace(page=page)
    return search._replace(pick=("", *PICKED)[rest]) if 0 <= rest <= len(PICKED) else None


def _radices(workflow: Workflow) -> _Radices:
    return (
        ("village", ("", *workflow.villages)),
        ("type", ("", *workflow.types)),
        ("stage", ("", *workflow.stages, *workflow.exits)),
        ("hold", ("", *workflow.holds)),
        ("days", DAYS),
        ("mine", (0, 1)),
    )


def _fingerprint(workflow: Workflow) -> int:
    keys = (str(value) for _, values in _radices(workflow) for value in values)
    return crc32(",".join(keys).encode()) % _BOOK
