"""Invitations and posts."""

from dataclasses import dataclass

from handlers.callbacks import Callback, added, callback


@callback("i")
@dataclass(frozen=True, slots=True)
class Invite(Callback):
    """Show the choice of whom to invite."""


@callback("j")
@dataclass(frozen=True, slots=True)
class MakeLink(Callback):
    """Make the link of this invitation: for a role, and a village if the role has one; from this `page` of them."""

    invite: int
    role: str
    village: str = ""
    page: int = added()


@callback("io")
@dataclass(frozen=True, slots=True)
class ShowInvites(Callback):
    """Show a page of the links that nobody has opened yet."""

    page: int = 0


@callback("iw")
@dataclass(frozen=True, slots=True)
class WithdrawInvite(Callback):
    """A link shall work no longer."""

    invite: int


@callback("d")
@dataclass(frozen=True, slots=True)
class Dismiss(Callback):
    """End a post: ask first (0), then do it (1)."""

    post: int
    sure: int = 0


@callback("l")
@dataclass(frozen=True, slots=True)
class ShowPosts(Callback):
    """Show a page of the posts held now."""

    page: int = 0
