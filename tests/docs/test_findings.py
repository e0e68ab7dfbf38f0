"""What became of the findings about the words: none is left without a line."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "words.md"
FINDINGS = 113


def test_every_finding_has_its_line_and_says_what_became_of_it():
    found: list[int] = []
    for row in re.findall(r"^\| (\d[\d, ]*) \| (?:taken|bettered|not|stood)\b", PAGE.read_text("utf-8"), re.MULTILINE):
        found += map(int, row.split(", "))
    assert sorted(found) == list(range(1, FINDINGS + 1))
