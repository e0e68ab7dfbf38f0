"""What a family is asked when it went no better than so."""

from handlers.context import Viewer
from handlers.opinions.screens import why_screen
from handlers.reply import Screen
from handlers.view import View


class WhyNoBetterView(View, name="why_no_better"):
    """What could have gone better with a request."""

    request: int

    async def show(self, viewer: Viewer) -> Screen:
        return why_screen(self.request, viewer.t)
