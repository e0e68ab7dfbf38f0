"""docs/stages.md and docs/district.md say what the district file says, and can be followed."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import storage
from storage.compat import misfits
from storage.diagram import main, page
from storage.district import load, parse
from storage.district.schema import About, Exit, Hold, OnRoute, Phrases, Skip, Stage, Type
from storage.district.shape import keys
from storage.workflow import Workflow
from tests.storage.cast import DEWI, Register

HOME = Path(storage.__file__).parent.parent
GUIDE = (HOME / "docs" / "district.md").read_text("utf-8")
SHIPPED = HOME / "storage" / "districts" / "petungkriyono.toml"
DISTRICT, HOURS, VILLAGES, ON_ROUTE, SMALLEST = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)


def own() -> str:
    """The shipped file after the three edits of the guide."""
    text = SHIPPED.read_text("utf-8")
    for start, end, block in (
        ("[district]", "# Counters", DISTRICT),
        ("[hours]", "[[villages]]", HOURS),
        ("[[villages]]", "# The road", VILLAGES),
    ):
        before, _, rest = text.partition(start)
        text = before + block + end + rest.partition(end)[2]
    return text


def test_the_page_of_stages_is_true():
    assert (HOME / "docs" / "stages.md").read_text("utf-8") == page(Workflow(load())), (
        "make it anew: see its first lines"
    )


def test_every_step_of_the_page_can_be_taken_and_no_other(workflow: Workflow):
    drawn = set(re.findall(r"^    (\w+) --> (\w+):", page(workflow), re.MULTILINE))
    keys = list(workflow.stages)
    open_ = {(a, b) for kind in workflow.types for a in keys for b in keys if workflow.doers(kind, a, b)}
    assert drawn == open_


def test_a_neighbour_copies_edits_and_tries(tmp_path: Path, capsys):
    (tmp_path / "own.toml").write_text(own(), "utf-8")
    assert main(str(tmp_path / "own.toml")) == 0
    shown = capsys.readouterr().out
    assert "Ready at the Gunungjati kecamatan office" in shown
    assert "Dindukcapil" in shown
    assert "Petungkriyono" not in shown
    district = load(tmp_path / "own.toml")
    assert [village.name for village in district.villages] == ["Sukamaju", "Sumberejo"]
    assert Workflow(district).calendar.is_working(date(2026, 11, 28))


def test_a_slip_is_told_in_their_terminal(tmp_path: Path, capsys):
    (tmp_path / "own.toml").write_text(own().replace('key = "sumberejo"', 'key = "sumber rejo"'), "utf-8")
    assert main(str(tmp_path / "own.toml")) == 2
    assert "villages[1].key: 'sumber rejo' is not possible here" in capsys.readouterr().err


def test_the_examples_of_faults_are_what_is_said():
    for old, new in (('key = "gumelem"', 'key = "gu melem"'), ('by = ["courier"]', 'by = ["curier"]')):
        with pytest.raises(ValueError, match="line") as caught:
            parse(SHIPPED.read_text("utf-8").replace(old, new, 1))
        assert str(caught.value) in GUIDE


def test_the_smallest_file_works():
    assert Workflow(parse(SMALLEST)).following("KK", "filed") == "ready"


def test_the_words_of_one_road_can_be_put_below_a_stage():
    before, start, rest = SHIPPED.read_text("utf-8").partition("[stages.on.print_here]")
    workflow = Workflow(parse(before + ON_ROUTE + rest[rest.index("[[stages]]") :]))
    assert start
    words = workflow.stages_of["PINDAH"]["ready_at_district"].en
    assert (words.leg, words.next) == ("Print at the district office", "back at the district office")
    assert workflow.doers("PINDAH", "issued", "ready_at_district") == {"district_desk"}
    assert workflow.doers("KK", "from_registry", "ready_at_district") == {"district_desk", "courier"}
    drawn = page(workflow)
    assert "issued --> ready_at_district: district desk – only Pindah" in drawn
    assert "| `ready_at_district` on `print_here` | district | district desk |" in drawn


def test_the_guide_explains_every_key():
    table = GUIDE.partition("## Every key")[2].partition("## A file")[0]
    for part in (About, Stage, Phrases, OnRoute, Skip, Exit, Type, Hold):
        for key in keys(part):
            assert f"`{key}`" in table, key


# A file that is in use


def without(workflow: Workflow, table: str, key: str) -> Workflow:
    kept: Any = tuple(part for part in getattr(workflow.district, table) if part.key != key)
    return Workflow(replace(workflow.district, **{table: kept}))


async def test_what_is_in_use_must_stay_in_the_file(register: Register, workflow: Workflow):
    await register.brought(await register.one(), "at_district")
    for _ in range(2):
        await register.one("KTP", village="simego", by=DEWI)
    async with register.storage.reading() as tx:
        assert await misfits(tx, workflow) == []
        assert await misfits(tx, without(workflow, "stages", "at_district")) == [
            "the stage 'at_district' of an open document is not in the district file any more; write it back"
        ]
        [kind] = await misfits(tx, without(workflow, "types", "KTP"))
        assert kind.startswith("the kind of document 'KTP' of 2 open documents")
        village, post = await misfits(tx, without(workflow, "villages", "simego"))
        assert village.startswith("the village 'simego' of 2 open documents")
        assert post.startswith("the village 'simego' of a post")
