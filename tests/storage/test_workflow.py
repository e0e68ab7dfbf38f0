"""What may happen next, and who may do it. The table of docs/stages.md, as the shipped file says it."""

from dataclasses import replace

import pytest

from storage.district.schema import Skip
from storage.records import Person, Post
from storage.workflow import Workflow
from tests.town import WORKFLOW

ROAD = (
    "filed to_district at_district to_registry at_registry issued from_registry ready_at_district to_village"
    " ready_at_village handed_over"
).split()


def person(*posts: tuple[str, str]) -> Person:
    return Person(1, posts=tuple(Post(n, role, village, 1, 0) for n, (role, village) in enumerate(posts, 1)))


OFFICER = person(("village_officer", "simego"))
REPORTER = person(("reporter", "simego"))
COURIER = person(("courier", ""))
DESK = person(("district_desk", ""))
REGISTRY = person(("registry_desk", ""))
HEAD = person(("head", ""))
NOBODY = person()

MAY = {  # who may take a document of Simego, on the courier's road, from the stage on the left to the next one
    "filed": {"village_officer", "courier"},
    "to_district": {"district_desk", "courier"},
    "at_district": {"courier"},
    "to_registry": {"registry_desk", "courier"},
    "at_registry": {"registry_desk", "courier"},
    "issued": {"courier"},
    "from_registry": {"district_desk", "courier"},
    "ready_at_district": {"village_officer", "courier"},
    "to_village": {"village_officer"},
    "ready_at_village": {"village_officer"},
    "handed_over": set(),
}


def test_the_road_of_a_document(workflow: Workflow):
    assert workflow.route("KK") == tuple(ROAD)
    assert workflow.route("PINDAH") == tuple(stage for stage in ROAD if stage != "from_registry")


def test_a_kind_no_longer_in_the_file_takes_the_first_road(workflow: Workflow):
    assert workflow.route("HEIRLOOM") == tuple(ROAD)
    assert workflow.following("HEIRLOOM", "filed") == "to_district"


@pytest.mark.parametrize("stage", ROAD)
def test_who_may_take_the_next_step(workflow: Workflow, stage):
    following = workflow.following("KK", stage)
    assert (workflow.doers("KK", stage, following) if following else set()) == MAY[stage]


@pytest.mark.parametrize(
    "origin, to, roles",
    [
        ("ready_at_district", "ready_at_village", {"village_officer"}),
        ("ready_at_district", "handed_over", {"village_officer", "district_desk"}),
        ("filed", "at_district", set()),
        ("at_district", "to_district", set()),
        ("filed", "filed", set()),
        ("filed", "nowhere", set()),
        ("nowhere", "filed", set()),
        ("returned", "filed", set()),
        ("filed", "cancelled", set()),
    ],
)
def test_past_a_stage_only_where_the_file_says_so(workflow: Workflow, origin, to, roles):
    assert workflow.doers("KK", origin, to) == roles


def test_a_stage_on_another_road_is_no_next_stage(workflow: Workflow):
    assert workflow.following("PINDAH", "issued") == "ready_at_district"
    assert workflow.doers("PINDAH", "issued", "from_registry") == set()
    assert workflow.doers("KK", "issued", "ready_at_district") == set()
    past = (Skip(origin="at_registry", to=("from_registry",), by=("registry_desk",)),)
    other = Workflow(replace(workflow.district, skips=past))
    assert other.doers("KK", "at_registry", "from_registry") == {"registry_desk"}
    assert other.doers("PINDAH", "at_registry", "from_registry") == set()


def test_village_roles_act_in_their_village_and_others_everywhere(workflow: Workflow):
    for village, allowed in (("simego", True), ("gumelem", False)):
        assert bool(workflow.doer(OFFICER, "KK", village, "filed", "to_district")) is allowed
        assert workflow.doer(COURIER, "KK", village, "filed", "to_district")


def test_permission_is_the_union_of_all_posts(workflow: Workflow):
    both = person(("village_officer", "simego"), ("courier", ""))
    assert workflow.open_to(both, "KK", "simego", "ready_at_district") == (
        "to_village",
        "ready_at_village",
        "handed_over",
    )
    assert workflow.open_to(both, "KK", "gumelem", "at_district") == ("to_registry",)
    post = workflow.doer(both, "KK", "gumelem", "filed", "to_district")
    assert post
    assert post.role == "courier"


@pytest.mark.parametrize("who", [NOBODY, REPORTER, HEAD], ids=["nobody", "reporter", "head"])
def test_who_moves_nothing(workflow: Workflow, who):
    assert all(workflow.open_to(who, type, "simego", stage) == () for type in workflow.types for stage in ROAD)


def test_what_is_open_comes_nearest_first(workflow: Workflow):
    assert workflow.open_to(OFFICER, "KK", "simego", "ready_at_district") == (
        "to_village",
        "ready_at_village",
        "handed_over",
    )
    assert workflow.open_to(DESK, "KK", "simego", "ready_at_district") == ("handed_over",)
    assert workflow.open_to(DESK, "PINDAH", "simego", "issued") == ("ready_at_district",)
    assert workflow.onward("KK", "handed_over") == workflow.onward("KK", "refused") == ()


def test_a_road_has_words_of_its_own_for_a_stage_and_shares_the_rest(workflow: Workflow):
    brought, printed = (workflow.stages_of[type]["ready_at_district"] for type in ("KK", "PINDAH"))
    assert brought is workflow.stages["ready_at_district"] is workflow.stages_of["HEIRLOOM"]["ready_at_district"]
    assert (brought.id.leg, printed.id.leg) == ("Pulang ke kecamatan", "Cetak di kecamatan")
    assert (brought.id.now, brought.by, brought.tell) == (printed.id.now, printed.by, printed.tell)
    assert workflow.stages_of["PINDAH"]["filed"] is workflow.stages["filed"]


def test_which_kinds_take_a_leg(workflow: Workflow):
    assert workflow.kinds["issued", "ready_at_district"] == ["PINDAH"]
    assert set(workflow.kinds["from_registry", "ready_at_district"]) == workflow.types.keys() - {"PINDAH"}
    assert set(workflow.kinds["ready_at_district", "handed_over"]) == workflow.types.keys()


@pytest.mark.parametrize(
    "who, start", [("village_officer", "filed"), ("reporter", "filed"), ("district_desk", "at_district")]
)
def test_where_a_request_starts(workflow: Workflow, who, start):
    assert workflow.start(who) == start
    assert [post.role for post in workflow.filing_posts(person((who, "simego")))] == [who]


def test_who_may_not_file(workflow: Workflow):
    assert workflow.filing_posts(person(("courier", ""), ("registry_desk", ""), ("head", ""))) == ()


@pytest.mark.parametrize(
    "stage, over",
    [
        ("handed_over", True),
        ("ready_at_village", False),
        ("filed", False),
        ("cancelled", True),
        ("refused", True),
        ("returned", False),
    ],
)
def test_where_a_document_ends(workflow: Workflow, stage, over):
    assert workflow.ends(stage) is workflow.ends(stage, "KK") is over


@pytest.mark.parametrize("first", [True, False], ids=["the short road first", "the short road last"])
def test_a_road_may_end_where_another_goes_on(workflow: Workflow, first):
    short, others = {"to_the_desk": tuple(ROAD[:8])}, workflow.district.routes
    routes = short | others if first else others | short
    types = tuple(replace(one, route="to_the_desk") if one.key == "KTP" else one for one in workflow.district.types)
    other = Workflow(replace(workflow.district, routes=routes, types=types))
    assert other.ends("ready_at_district", "KTP")
    assert not other.ends("ready_at_district", "KK")
    assert not other.ends("ready_at_district")


@pytest.mark.parametrize(
    "who, stages",
    [
        (REGISTRY, {"to_registry", "at_registry"}),
        (DESK, {"to_district", "issued", "from_registry", "ready_at_district"}),
        (OFFICER, {"filed", "ready_at_district", "to_village", "ready_at_village"}),
        (NOBODY, set()),
    ],
    ids=["registry", "desk", "officer", "nobody"],
)
def test_where_something_may_wait_for_a_role(workflow: Workflow, who, stages):
    assert workflow.waiting_stages(who) == stages


@pytest.mark.parametrize(
    "who, village",
    [
        (OFFICER, "simego"),
        (person(("village_officer", "simego"), ("reporter", "simego")), "simego"),
        (person(("village_officer", "simego"), ("village_officer", "gumelem")), None),
        (person(("village_officer", "simego"), ("courier", "")), None),
        (COURIER, None),
        (NOBODY, None),
    ],
)
def test_whose_work_lies_in_one_village(workflow: Workflow, who, village):
    assert workflow.village_of_sight(who) == village


def test_the_grace_is_in_milliseconds(workflow: Workflow):
    assert workflow.grace == 10_000
    assert workflow.zone == "Asia/Jakarta"


def test_at_a_milestone_a_family_can_fetch_or_has_to_do_something_or_its_documents_left_the_road():
    found = {key for key in (*WORKFLOW.stages, *WORKFLOW.exits) if WORKFLOW.is_milestone(key)}
    assert found == {"ready_at_district", "ready_at_village", *WORKFLOW.exits}
    holds = {key for key in WORKFLOW.holds if WORKFLOW.is_milestone("at_registry", key)}
    assert holds == {key for key, hold in WORKFLOW.holds.items() if hold.stops_clock} != set()
