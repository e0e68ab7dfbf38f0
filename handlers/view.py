"""From an Answer to its Screen: each view reads the facts as they are now, for live answers and for owed ones.

Each feature has its own, in its `views.py`; those here belong to none.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from handlers.context import Viewer
from handlers.reply import Answer, Screen
from handlers.wording.notes import note_screen
from handlers.wording.refusals import refusal_screen

View = Callable[[Viewer, Mapping[str, Any]], Awaitable[Screen | None]]
_views: dict[str, View] = {}


async def render(viewer: Viewer, answer: Answer) -> Screen | None:
    """The screen of an answer as things are now; None when there is nothing to say any more."""
    return answer.ready or await _views[answer.view](viewer, answer.args)


def view(function: View) -> View:
    _views[function.__name__] = function
    return function


@view
async def refused(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return refusal_screen(args["key"], dict(args), viewer.t, viewer.now)


@view
async def sorry(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return refusal_screen("sorry", {}, viewer.t, viewer.now)


@view
async def note(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return note_screen(args["key"], viewer.t)
