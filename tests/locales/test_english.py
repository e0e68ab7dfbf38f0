"""Plain English: what the catalog and the district file say is held to the glossary."""

import pytest

from tests.locales.said import breaking


@pytest.mark.parametrize(
    "never",
    [
        pytest.param(r"\b[Nn]otices?\b", id="a notice is a warning: say updates or messages"),
        pytest.param(
            r"\b[Ff]il(?:ed|ing)\b(?!\})|\b(?:[Pp]lease|can|and) file\b|^File\b", id="an application is registered"
        ),
        pytest.param(r", and \{last\}|\bdismiss|\breporter\b", id="no Oxford comma, nobody dismissed"),
        pytest.param(r"\bOr wait: next\b|files; we did not keep it", id="whole sentences"),
        pytest.param(r"(?i)too many tries", id="who asks does not try"),
    ],
)
def test_english_keeps_to_the_glossary(never):
    assert breaking(never, "en") == []
