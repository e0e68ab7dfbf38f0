"""/halaman: a link to the page, and the end of those that are open."""

from handlers.context import Request
from handlers.documents.handlers import staff_only
from handlers.feature import Command, Feature
from handlers.pages.buttons import EndPage, NewPage, ShowPages
from handlers.pages.views import PagesView
from handlers.view import Answer, Refused, View
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import people
from storage.db.protocol import Tx
from storage.pages import opened
from storage.records import Person
from storage.workflow import Workflow

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


def is_head(_workflow: Workflow, person: Person) -> bool:
    """True for the head of the district."""
    return person.holds("head")


async def new_page(request: Request) -> View:
    """/halaman: a link that opens the page once. The link before it opens nothing any more."""
    _head(request.person)
    if not request.page_url:
        raise Refused("no_page")
    async with request.storage.transaction() as tx:
        token = await opened.link(tx, await _head_now(tx, request), request.t.lang, request.now)
    return PagesView(f"{request.page_url}/{token}")


async def tap_new(request: Request, button: NewPage) -> View:
    """The same, in place of the card."""
    return await new_page(request)


async def show_pages(request: Request, button: ShowPages) -> View:
    """The pages that are open."""
    _head(request.person)
    return PagesView()


async def end_page(request: Request, button: EndPage) -> Answer:
    """End one page, or all. Whoever looks at it sees nothing any more within a minute."""
    _head(request.person)
    done = True
    async with request.storage.transaction() as tx:
        await _head_now(tx, request)
        if button.page:
            done = await opened.end(tx, button.page, request.now)
        else:
            await opened.end_all(tx, request.now)
    return Answer(PagesView(), toast=request.t("Recorded.") if done else request.t("Already recorded."))


def _head(person: Person) -> int:
    staff_only(person)
    found = next((post.id for post in person.posts if post.role == "head"), None)
    if found is None:
        raise Refused("not_yours")
    return found


async def _head_now(tx: Tx, request: Request) -> int:
    """The head's post as it is held in this very transaction."""
    return _head(await people.get(tx, request.person.chat, request.now))


PAGES = Feature(
    commands=(Command(("halaman", "page"), new_page, _("a page for the wall"), may=is_head),),
    buttons={NewPage: tap_new, ShowPages: show_pages, EndPage: end_page},
)
