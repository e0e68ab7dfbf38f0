"""A draft. All of it travels in its buttons, so that nothing can lose it."""

from dataclasses import dataclass

from handlers.callbacks import Callback, added, callback


@callback("n")
@dataclass(frozen=True, slots=True)
class Draft(Callback):
    """A draft as it should be: for a village, with these types (a bit each, in the order of the district file).

    `page` is that of the villages as long as none is chosen, and then of the types.
    """

    draft: int
    book: int
    village: str = ""
    types: int = 0
    page: int = added()


@callback("nf")
@dataclass(frozen=True, slots=True)
class FileDraft(Callback):
    """File this draft."""

    draft: int
    book: int
    village: str
    types: int


@callback("nx")
@dataclass(frozen=True, slots=True)
class DropDraft(Callback):
    """Forget this draft."""
