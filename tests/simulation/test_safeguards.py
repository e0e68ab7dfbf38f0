"""The list of safeguards fits the code, and one that is taken out is noticed."""

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


def test_the_table_has_a_row_for_each():
    page = (HOME / "docs" / "simulation.md").read_text("utf-8")
    assert [one.name for one in SAFEGUARDS if f"| {one.name} |" not in page] == []
