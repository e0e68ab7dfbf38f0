"""A district file that was edited while documents are under way: nothing is put where the file knows no place."""

from dataclasses import replace

import pytest

from storage import corrections
from storage.compat import misfits
from storage.holds import queues, returns
from storage.holds.queues import Queue
from storage.mistakes import taking_back
from storage.records import Seen
from storage.workflow import Workflow
from tests.storage.cast import CAMAT, HADI, WATI, YANTI, Register

PASSED = "to_village"  # a stage that nobody needs any more


def without(workflow: Workflow, stage: str = "", reason: str = "") -> Workflow:
    """The rules of a file without a stage, or a reason to wait."""
    file = workflow.district
    kept = replace(
        file,
        stages=tuple(one for one in file.stages if one.key != stage),
        routes={name: _without(road, stage) for name, road in file.routes.items()},
        holds=tuple(replace(one, at=_without(one.at, stage)) for one in file.holds if one.key != reason),
        exits=tuple(replace(one, at=_without(one.at, stage)) for one in file.exits),
    )
    return Workflow(kept)


def _without(keys: tuple[str, ...], gone: str) -> tuple[str, ...]:
    return tuple(key for key in keys if key != gone)


async def told(register: Register, workflow: Workflow) -> list[str]:
    async with register.storage.reading() as tx:
        return await misfits(tx, workflow)


async def test_a_step_is_not_taken_back_to_a_stage_that_is_no_more(register: Register):
    kk = await register.brought(await register.one(), PASSED)
    done = await register.move(WATI, "ready_at_village", kk)
    register.workflow = without(register.workflow, PASSED)
    assert await told(register, register.workflow) == []
    with pytest.raises(taking_back.GoneOn) as gone:
        await register.undo(WATI, done.act)
    assert [one.document.stage for one in gone.value.overtaken] == ["ready_at_village"]
    async with register.storage.transaction() as tx:
        camat = await register.actor(CAMAT)
        assert await corrections.take_back(tx, register.workflow, done.act or 0, "slip", camat) is None
    assert (await register.get(kk)).stage == "ready_at_village"


async def test_what_was_returned_goes_on_where_it_left_so_that_place_must_stay_in_the_file(register: Register):
    kk = await register.brought(await register.one(), "at_district")
    async with register.storage.transaction() as tx:
        seen, said = Seen(kk.id, kk.version), {"id": ["KK lama bila ada"]}
        await returns.give_back(tx, register.workflow, [seen], "returned", said, await register.actor(YANTI))
    assert await told(register, register.workflow) == []
    assert await told(register, without(register.workflow, "at_district")) == [
        "the stage 'at_district' of an open document is not in the district file any more; write it back"
    ]


async def test_what_comes_to_a_held_queue_is_held_so_its_reason_must_stay_though_nothing_is_in_it(register: Register):
    async with register.storage.transaction() as tx:
        await queues.hold(tx, register.workflow, Queue("at_registry"), "blank", None, await register.actor(HADI))
    assert await told(register, register.workflow) == []
    (reason,) = await told(register, without(register.workflow, reason="blank"))
    assert reason.startswith("the reason to wait 'blank' of a queue on hold is not in the district file any more")
    (stage,) = await told(register, without(register.workflow, "at_registry"))
    assert stage.startswith("the stage 'at_registry' of a queue on hold")
