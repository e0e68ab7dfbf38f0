"""A draft. All of it travels in its buttons, so that nothing can lose it.

Its id is one of ours; or, for papers of which the family has a slip from a booklet, the number on that slip. The two
cannot be mistaken: a number has 12 digits, and ids of any year that this bot sees have 18 or more.
"""

from handlers.callbacks import Callback, added
from storage import numbers


class Draft(Callback, code="n"):
    """A draft as it should be: for a village, with these types (a bit each, in the order of the district file).

    `page` is that of the villages as long as none is chosen, and then of the types.
    """

    draft: int
    book: int
    village: str = ""
    types: int = 0
    page: int = added()


class FileDraft(Callback, code="nf"):
    """File this draft."""

    draft: int
    book: int
    village: str
    types: int


class DropDraft(Callback, code="nx"):
    """Forget this draft."""


def slip_of(draft: int) -> str:
    """The number of the slip that a draft is for; nothing if it gets a new one."""
    return str(draft) if numbers.is_number(str(draft)) else ""
