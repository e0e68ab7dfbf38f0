"""What is set, here or in the district file, and does not go together with the rest: the bot runs all the same, and
`check`, the log of a start and the health page tell it.
"""

from collections.abc import Iterator

from bot.config import Settings
from storage.district import District

# Of no use without the second. Not the hosts: the compose file gives them to whoever has a page or a gateway or not.
NEEDS = {
    "page_port": "page_url", "page_proxy": "page_url",
    "sms_user": "sms_gateway", "sms_password": "sms_gateway", "sms_signing_key": "sms_gateway",
    "sms_port": "sms_gateway",
}  # fmt: skip


def clashes(settings: Settings, district: District) -> Iterator[str]:
    """Sentences that say what to set, or to leave out."""
    about = district.district
    for name, needed in NEEDS.items():
        if getattr(settings, name) != getattr(Settings, name) and not getattr(settings, needed):
            yield f"{name.upper()}: it has no effect without {needed.upper()}; set that, too, or leave it out"
    if about.public_page and not settings.page_url:
        yield "public_page: nobody can open that page; set PAGE_URL, or take that line out"
    elif about.public_page and not settings.page_proxy:
        yield (
            "PAGE_PROXY: missing; write the address of the proxy before the public page, such as 127.0.0.1; without it "
            "the wrong codes of one visitor are those of all"
        )
    if about.sms and not settings.sms_gateway:
        yield "sms: nobody reads what is sent there; set SMS_GATEWAY, or take that line out"
    if settings.sms_gateway and not about.sms:
        yield "SMS_GATEWAY is set and sms is not: families do not know where to write; add sms to it"
