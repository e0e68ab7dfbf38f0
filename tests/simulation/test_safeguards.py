"""The list of safeguards fits the code, and one that is taken out is noticed."""

import re

import pytest

from tests.simulation.removals import SAFEGUARDS
from tests.simulation.removals_incoming import Safeguard
from tests.simulation.safeguards import HOME, noticed, removed


@pytest.mark.parametrize("safeguard", SAFEGUARDS, ids=lambda one: one.name)
def test_the_code_reads_as_the_list_says_and_is_still_code_without_it(safeguard, tmp_path):
    for file, _, _ in safeguard.edits:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_bytes((HOME / file).read_bytes())
    removed(safeguard, tmp_path)
    for file, _, _ in safeguard.edits:
        if file.endswith(".py"):
            compile((tmp_path / file).read_text("utf-8"), file, "exec")


def test_what_does_not_run_says_nothing_of_a_safeguard():
    broken = Safeguard("no code", (("tests/simulation/__main__.py", "import gc\n", "import import\n"),))
    with pytest.raises(RuntimeError, match="SyntaxError"):
        noticed(broken)


def test_a_safeguard_that_is_taken_out_is_noticed():
    [one] = [one for one in SAFEGUARDS if one.name == "an update is done only when its answer is out"]
    seed, rules = noticed(one)
    assert (int(seed) < 10, "all are answered" in rules) == (True, True)


def test_the_table_has_a_row_for_each_and_all_are_noticed_within_a_hundred_seeds():
    page = (HOME / "docs" / "simulation.md").read_text("utf-8")
    rows = re.findall(r"^\| (.+) \| .+ \| (\d+) \|$", page, re.MULTILINE)
    assert [name for name, _ in rows] == [one.name for one in SAFEGUARDS]
    assert max(int(seed) for _, seed in rows) < 100
