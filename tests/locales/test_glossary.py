"""What the catalogs and the district file say is held to the glossary, in each language."""

import pytest

from tests.locales.never import NEVER
from tests.locales.said import breaking, said

RULES = [(lang, rule) for lang, rules in NEVER.items() for rule in rules]


@pytest.mark.parametrize("lang, rule", RULES)
def test_a_language_keeps_to_its_glossary(lang: str, rule: str):
    assert breaking(NEVER[lang][rule], lang) == []


@pytest.mark.parametrize("lang", NEVER)
def test_there_is_something_to_hold_to_it(lang: str):
    assert len(list(said(lang))) > 1000
