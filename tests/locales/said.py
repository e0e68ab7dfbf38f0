"""Every sentence that is said in one language, of the catalog and of the district file."""

import re
from collections.abc import Iterator

from babel.messages.pofile import read_po

from storage import district
from tests.locales.krama import CATALOGS


def said(lang: str) -> Iterator[str]:
    """Each sentence of the catalog, and the district file's lines in that language."""
    with (CATALOGS / lang / "LC_MESSAGES" / "jekduk.po").open("rb") as text:
        for message in read_po(text, locale=lang):
            if message.id:
                yield from [message.string] if isinstance(message.string, str) else message.string or ()
    lines = rf"^(?:{lang} = |courier = .*?{lang} = )(.*)$"
    yield from re.findall(lines, district.SHIPPED.read_text("utf-8"), re.MULTILINE)


def breaking(rule: str, lang: str) -> list[str]:
    """What is said in a language and never should be."""
    return [one for one in said(lang) if re.search(rule, one)]
