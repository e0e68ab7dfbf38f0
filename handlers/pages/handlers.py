"""/halaman: a link to the page, and the end of those that are open."""

from handlers.context import Request
from handlers.feature import Command, Feature, for_heads, is_head
from handlers.pages.buttons import EndPage, NewPage, ShowPages
from handlers.pages.views import PagesView
from handlers.view import Answer, Refused, View, head_of, head_only
from handlers.wording.sentences import SENTENCES
from locales import _
from storage.pages import opened

SENTENCES |= {
    "no_page": _("There is no page yet. Please ask the operator to set its address (PAGE_URL)."),
    # What visitors of the public page read.
    "web_code": _("Please write the pickup code, 4 digits: it stands on your slip, too."),
    "web_nik": _("Please write no NIK here. We did not keep it. Just the receipt number (12 digits)."),
    "web_miss": _(
        "Number and pickup code do not go together, or all was handed over long ago. Please check both on your slip. "
        "If they are right, ask the village office. It is free."
    ),
}


async def new_page(request: Request) -> View:
    """/halaman: a link that opens the page once. The link before it opens nothing any more."""
    head_only(request.person)
    if not request.services.page_url:
        raise Refused("no_page")
    async with request.storage.transaction() as tx:
        token = await opened.link(tx, (await head_of(tx, request)).id, request.t.lang, request.now)
    return PagesView(f"{request.services.page_url}/{token}", request.now + opened.LINK_LASTS)


async def tap_new(request: Request, button: NewPage) -> View:
    """The same, in place of the card."""
    return await new_page(request)


async def end_page(request: Request, button: EndPage) -> Answer:
    """End one page, or all. Whoever looks at it sees nothing any more within a minute. A link that nobody opened yet
    stays on its card, as it cannot be shown again.
    """
    head_only(request.person)
    done = True
    async with request.storage.transaction() as tx:
        post = await head_of(tx, request)
        if button.page:
            done = await opened.end(tx, button.page, request.now)
        else:
            await opened.end_all(tx, request.now)
        has_link = await opened.is_awaited(tx, post.id, request.now)
    return Answer(PagesView(), recorded=done, fresh=has_link)


PAGES = Feature(
    commands=(Command(("halaman", "page"), new_page, _("a page for the wall"), may=is_head),),
    buttons={NewPage: tap_new, ShowPages: for_heads(PagesView), EndPage: end_page},
)
