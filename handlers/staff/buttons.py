"""Invitations and posts."""

from handlers.callbacks import Callback, added


class Invite(Callback, code="i"):
    """Show the choice of whom to invite."""


class MakeLink(Callback, code="j"):
    """Make the link of this invitation: for a role, and a village if the role has one; from this `page` of them."""

    invite: int
    role: str
    village: str = ""
    page: int = added()


class ShowInvites(Callback, code="io"):
    """Show a page of the links that nobody has opened yet."""

    page: int = 0


class WithdrawInvite(Callback, code="iw"):
    """A link shall work no longer."""

    invite: int


class Dismiss(Callback, code="d"):
    """End a post: ask first (0), then do it (1)."""

    post: int
    sure: int = 0


class ShowPosts(Callback, code="l"):
    """Show a page of the posts held now."""

    page: int = 0
