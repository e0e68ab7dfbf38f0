"""The head reads who of the staff has looked at what."""

from handlers.audit.buttons import ShowLooks
from handlers.audit.views import LooksView
from handlers.context import Request
from handlers.feature import Command, Feature, for_heads, is_head
from handlers.view import Refused, View, head_only
from handlers.wording.layout import grouped
from locales import _
from storage import numbers


async def audit(request: Request) -> View:
    """/audit: the latest looks; with a number, those at it."""
    head_only(request.person)
    found = numbers.find(request.update.sought).good
    if request.update.arguments and not found:
        raise Refused("behind", number=f"/audit {grouped(numbers.EXAMPLE)}")
    return LooksView(number=found[0] if found else "")


AUDIT = Feature(
    commands=(Command(("audit",), audit, _("who looked at what"), may=is_head, is_read=True, in_menu=False),),
    buttons={ShowLooks: for_heads(LooksView)},
)
