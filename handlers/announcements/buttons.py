"""Whom an announcement is for, and how it goes on. A `scope` is all, a village, a role or a stage."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("ya")
@dataclass(frozen=True, slots=True)
class ChooseHearers(Callback):
    """Ask whom it is for: a page of the villages, roles or stages."""

    announcement: int
    scope: str = ""
    page: int = 0


@callback("yp")
@dataclass(frozen=True, slots=True)
class PreviewAnnouncement(Callback):
    """Show it as it will arrive, and to how many."""

    announcement: int
    scope: str
    subject: str


@callback("yb")
@dataclass(frozen=True, slots=True)
class BeginAnnouncement(Callback):
    """Tell them."""

    announcement: int
    scope: str
    subject: str


@callback("ys")
@dataclass(frozen=True, slots=True)
class ShowAnnouncement(Callback):
    """Show how far it is."""

    announcement: int


@callback("yh")
@dataclass(frozen=True, slots=True)
class StopAnnouncement(Callback):
    """Tell nobody more for now (1), or go on (0)."""

    announcement: int
    stop: int


@callback("yc")
@dataclass(frozen=True, slots=True)
class CutAnnouncement(Callback):
    """Tell nobody more."""

    announcement: int
