"""A link to a page, and the pages that are open."""

from collections.abc import Mapping, Sequence

from handlers.pages.buttons import EndPage, NewPage
from handlers.reply import Button, Rows, Screen
from handlers.wording import layout, names
from handlers.wording.layout import GAP, bold, button, column, page
from locales import Words, dates
from storage.pages.opened import Opened
from storage.records import Post
from storage.workflow import Workflow

ROWS = 8  # pages that have a button; all have one together


def pages_screen(
    workflow: Workflow,
    found: Sequence[Opened],
    posts: Mapping[int, Post],
    new_link: tuple[str, int],
    t: Words,
    now: int,
) -> Screen:
    """The link and until when it is good; then which pages are open, since when, and by whom."""
    said = [_page(workflow, one, posts, t, now) for one in found]
    lines = [t("Open now:"), *said] if said else [t("No page is open.")]
    link, until = new_link
    time = dates.moment(until, now, workflow.zone, t.lang)
    new = [t("This link opens the page once, until {time}, on a telephone or a television:", time=time), link, GAP]
    rows: Rows = column(
        button(t("End: {page}", page=line), EndPage(one.id)) for line, one in zip(said, found, strict=True)
    )[:ROWS]
    if len(found) > 1:
        rows = (*rows, (button(t("End all pages ({n})", n=len(found)), EndPage(0)),))
    copied = ((Button(t("Copy the link"), copy=link),),) if link else ((button(t("New link"), NewPage()),),)
    text = page(
        bold(t("A page for the wall")),
        *(new if link else ()),
        *layout.listed(lines, t),
        t("It shows what stands still and the figures, without names and numbers. It ends after 30 days."),
    )
    return Screen(text, (*copied, *rows))


def _page(workflow: Workflow, one: Opened, posts: Mapping[int, Post], t: Words, now: int) -> str:
    moment = dates.moment(one.opened_at, now, workflow.zone, t.lang)
    who = names.post_title(workflow, posts[one.post], t) if one.post in posts else ""
    return " · ".join(filter(None, [moment, who]))
