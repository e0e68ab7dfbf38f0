"""Javanese by a rule (docs/javanese.md): what the catalog and the district file say is held to it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from storage import district

CATALOG = Path(__file__).parents[2] / "locales" / "jv" / "LC_MESSAGES" / "jekduk.po"


def said() -> Iterator[str]:
    """Each Javanese sentence of the catalog, and the district file's lines in Javanese."""
    with CATALOG.open("rb") as text:
        for message in read_po(text, locale="jv"):
            if message.id:
                yield from [message.string] if isinstance(message.string, str) else message.string or ()
    yield from re.findall(r"^(?:jv = |courier = .*?jv = )(.*)$", district.SHIPPED.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize(
    "never",
    [
        pytest.param(r"\bpanjenengan\b", id="the reader has a capital"),
        pytest.param(r"[Ss]umangga (nyuwun pirsa|nyuwun priksa|matur)\b", id="nobody lowers the reader"),
        pytest.param(r"(?i)wurung|\bsepisan", id="no ngoko root in a krama affix"),
        pytest.param(r"\b[Bb]oten\b|\b[Oo]ra\b|\blan\b", id="krama, not ngoko"),
        pytest.param(r"\b[Dd]aftar(aken)?\b|dipundaftar|dipundhaftar\b", id="dh in dhaftar"),
        pytest.param(r"\b[Dd]husun\b", id="a village is a desa, a dhusun is a hamlet"),
        pytest.param(r"\b[Cc]amat\b", id="whoever heads the district is its pangarsa"),
        pytest.param(r"\bSampun (mbayar|maringi|paring|dipunpitados|dipunwangsuli\b)", id="do not is sampun ngantos"),
        pytest.param(r"(?i)\bsumangga tanglet|\bkodhe\b", id="readers ask in krama inggil; a code is a kode"),
        pytest.param(r"(?i)[éèê]", id="plain letters, as on phones"),
        pytest.param(r"\b[Pp]unika\b|\bkadangon\b|dipunkabari", id="one word for one thing"),
    ],
)
def test_krama_keeps_its_rule(never):
    assert [one for one in said() if re.search(never, one)] == []
