"""The list of safeguards fits the code, and one that is taken out is noticed."""

import re

import pytest

from tests.simulation.removals import SAFEGUARDS
from tests.simulation.safeguards import HOME, noticed


@pytest.mark.parametrize("safeguard", SAFEGUARDS, ids=lambda one: one.name)
def test_the_code_reads_as_the_list_says(safeguard):
    assert [(HOME / file).read_text("utf-8").count(old) for file, old, _ in safeguard.edits] == [1] * len(
        safeguard.edits
    )


def test_a_safeguard_that_is_taken_out_is_noticed():
    [one] = [one for one in SAFEGUARDS if one.name == "an update is done only when its answer is out"]
    seed, rules = noticed(one)
    assert (int(seed) < 10, "all are answered" in rules) == (True, True)


def test_the_table_has_a_row_for_each_and_each_is_noticed_within_a_hundred_seeds():
    page = (HOME / "docs" / "simulation.md").read_text("utf-8")
    rows = re.findall(r"^\| (.+) \| .+ \| (\d+) \|$", page, re.MULTILINE)
    assert [name for name, _ in rows] == [one.name for one in SAFEGUARDS]
    assert [name for name, seed in rows if int(seed) >= 100] == []
