"""Which pages are open, as things are now."""

from handlers.context import Viewer
from handlers.pages.screens import pages_screen
from handlers.reply import Screen
from handlers.view import View
from storage import people
from storage.pages import opened


class PagesView(View, name="pages"):
    """The pages that are open, below a new link if there is one."""

    link: str = ""
    until: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await opened.everything(tx, viewer.now)
            posts = {post.id: post for post in await people.posts(tx)}
        link = self.link, self.until or viewer.now + opened.LINK_LASTS
        return pages_screen(viewer.workflow, found, posts, link, viewer.t, viewer.now)
