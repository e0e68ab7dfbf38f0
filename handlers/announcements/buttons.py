"""Whom an announcement is for, and how it goes on. A `scope` is all, a village, a role or a stage."""

from handlers.callbacks import Callback


class ChooseHearers(Callback, code="ya"):
    """Ask whom it is for: a page of the villages, roles or stages."""

    announcement: int
    scope: str = ""
    page: int = 0


class TakeReady(Callback, code="yr"):
    """Draft an announcement with a text of the district file."""

    key: str


class PreviewAnnouncement(Callback, code="yp"):
    """Show it as it will arrive, and to how many."""

    announcement: int
    scope: str
    subject: str


class BeginAnnouncement(Callback, code="yb"):
    """Tell them."""

    announcement: int
    scope: str
    subject: str


class ShowAnnouncement(Callback, code="ys"):
    """Show how far it is."""

    announcement: int


class StopAnnouncement(Callback, code="yh"):
    """Tell nobody more for now (1), or go on (0)."""

    announcement: int
    stop: int


class CutAnnouncement(Callback, code="yc"):
    """Tell nobody more."""

    announcement: int
