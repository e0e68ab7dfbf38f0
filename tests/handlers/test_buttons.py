"""Buttons as they are spelled: keyboards of last month are still in people's chats, and anybody can send any data."""

from dataclasses import fields
from inspect import getclosurevars
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from handlers import BUTTONS
from handlers.bags.buttons import (
    CompleteBag,
    NextTasks,
    PackAgain,
    PackBag,
    PackMine,
    PackVillage,
    ShowBag,
    ShowTasks,
    ShowVillages,
    Tick,
    TickGroup,
)
from handlers.callbacks import LIMIT, Callback, Unreadable, kinds, parse
from handlers.closures.buttons import Close, CloseUntil, CloseWhy, Reopen, ShowClosures
from handlers.consignments.buttons import MarkPaper, ShowConsignment, TakeConsignment
from handlers.corrections.buttons import (
    AddDocument,
    AskWhere,
    AskWhy,
    AskWhyBack,
    Correct,
    PutRight,
    Retype,
    TakeBack,
    Withdraw,
)
from handlers.deputies import buttons
from handlers.documents.buttons import OpenDocument, OtherWays, TakeLeg, TakeTogether, Undo
from handlers.filing.buttons import Draft, DropDraft, FileDraft
from handlers.handover.buttons import (
    AskReceiver,
    Give,
    HandOver,
    NotReceived,
    Received,
    Settle,
    ShowFamilies,
    ShowObjections,
    TypeCode,
)
from handlers.holds.buttons import (
    EVERYWHERE,
    STAGE,
    THESE,
    TYPE,
    Extend,
    HoldUntil,
    HoldWhat,
    HoldWhy,
    LetAllGo,
    LetGo,
    PutOnHold,
    ShowCause,
    ShowHeld,
    ShowHold,
)
from handlers.morning.buttons import ChoosePickup, PromisePickup, ShowLate, ShowMorning, ShowPickup, Snooze
from handlers.originals.buttons import COUNTER, FILED, NotePaper, ShowLeftBehind, ShowPapers
from handlers.paper.buttons import NewBooklet, PrintBag, PrintBoard, PrintBooklet, PrintChoice, PrintPoster, PrintSlip
from handlers.returns.buttons import GiveBack, Refuse, RefuseDraft, RefuseWhy, ReturnDraft, TakeUp
from handlers.road.buttons import ShowSeal, ToldAt
from handlers.search.buttons import OpenFound, ShowFound
from handlers.staff.buttons import Dismiss, Invite, MakeLink, ShowInvites, ShowPosts, WithdrawInvite
from handlers.start.buttons import Help, Speak
from handlers.village.buttons import ShowVillage
from handlers.wording.names import REASONS
from storage.district.schema import MOST_TYPES
from storage.records import ROLES
from tests.gallery import ID
from tests.handlers.odd_data import ODD
from tests.handlers.spelled import OF_BIRTHS, OF_FAMILIES, OF_HEADS

NUMBER = "563185915492"
LONGEST = {"number": NUMBER, "digits": NUMBER, "lang": "id", "role": max(ROLES, key=len), "page": 99}
LONGEST |= {"reason": max(REASONS, key=len)}
LONGEST_OF: dict[type[Callback], dict[str, Any]] = {
    Draft: {"book": 0xFFFFF, "types": 2**MOST_TYPES - 1},
    FileDraft: {"book": 0xFFFFF, "types": 2**MOST_TYPES - 1},
    Give: {"seen": 2**20, "fetched_by": "neighbour", "proof": "known"},
    TypeCode: {"typed": "48213"},
    TakeTogether: {"which": 2**MOST_TYPES - 1, "seen": 2**20},
    MarkPaper: {"to": "missing", "state": "missing"},
    NotePaper: {"state": "back", "seen": 2**20},
    TickGroup: {"village": 1, "on": 1},
    Tick: {"place": -1, "on": 1},
    ReturnDraft: {"seen": 2**20, "book": 0xFFFFF, "missing": 2**12 - 1},
    GiveBack: {"seen": 2**20, "book": 0xFFFFF, "missing": 2**12 - 1},
    HoldWhat: {"seen": 2**20, "days": 10, "much": EVERYWHERE},
    PutOnHold: {"seen": 2**20, "days": 10, "much": EVERYWHERE},
}
KEY = "a" * 20  # the longest key a district file may have

# Add rows; never change one. A spelling that is no longer written stays in OLD, where it is only read.
SPELLED = [
    (Speak(), "lang:"),
    (Speak("jv"), "lang:jv"),
    (Help(), "help"),
    *OF_FAMILIES,
    *OF_BIRTHS,
    *OF_HEADS,
    (Draft(123456789, 70000, "tlogopakis", 5), "n:21i3v9:1i0g:tlogopakis:5"),
    (Draft(0, 0), "n:0:0::0"),
    (Draft(123456789, 70000, "", 0, 3), "n:21i3v9:1i0g::0:3"),
    (FileDraft(123456789, 70000, "tlogopakis", 35), "nf:21i3v9:1i0g:tlogopakis:z"),
    (DropDraft(), "nx"),
    (ShowTasks(), "w"),
    (NextTasks(), "y"),
    (ShowTasks(1), "w:1"),
    (PackBag("at_district", "to_registry"), "p:at_district:to_registry"),
    (PackVillage("ready_at_district", "to_village", "tlogopakis"), "v:ready_at_district:to_village:tlogopakis"),
    (ShowBag(ID, 12, 1), "b:1y2p0ij32e8e7:c:1"),
    (Tick(ID, 99, 1, 3), "k:1y2p0ij32e8e7:2r:1:3"),
    (Tick(ID, -1, 0, 0), "k:1y2p0ij32e8e7:-1:0:0"),
    (PackVillage("at_district", "to_registry", ""), "v:at_district:to_registry:"),
    (ShowVillages("at_district", "to_registry", 1), "vl:at_district:to_registry:1"),
    (PackMine("to_registry", "at_registry"), "pm:to_registry:at_registry"),
    (PackAgain(ID), "pa:1y2p0ij32e8e7"),
    (ShowSeal(ID), "tq:1y2p0ij32e8e7"),
    (ToldAt(ID, 29_924_710), "ta:1y2p0ij32e8e7:hte1y"),
    (TickGroup(ID, 1, "tlogopakis", 0), "kg:1y2p0ij32e8e7:1:tlogopakis:0"),
    (CompleteBag(ID, "to_registry"), "c:1y2p0ij32e8e7:to_registry"),
    (OpenDocument(ID), "o:1y2p0ij32e8e7"),
    (Correct(NUMBER, 2), "x:563185915492:2"),
    (ShowFound("5492", 2), "fd:5492:2"),
    (ShowFound("", 0, 123456789), "fd::0:21i3v9"),
    (OpenFound(NUMBER, "5492", 2, 123456789), "fo:563185915492:5492:2:21i3v9"),
    (TakeLeg(ID, 8, "handed_over"), "t:1y2p0ij32e8e7:8:handed_over"),
    (TakeTogether(NUMBER, 5, 9, "issued"), "tt:563185915492:5:9:issued"),
    (OtherWays(NUMBER), "ow:563185915492"),
    (HandOver(NUMBER, ID), "g:563185915492:1y2p0ij32e8e7"),
    (ShowFamilies("ready_at_village", "", 1), "gl:ready_at_village::1"),
    (Give(NUMBER, ID, 9, "neighbour", "known"), "gg:563185915492:1y2p0ij32e8e7:9:neighbour:known"),
    (TypeCode(NUMBER, 0, "482"), "gk:563185915492:0:482"),
    (AskReceiver(NUMBER), "ga:563185915492"),
    (Received(ID), "gr:1y2p0ij32e8e7"),
    (NotReceived(ID, ID), "gn:1y2p0ij32e8e7:1y2p0ij32e8e7"),
    (ShowObjections(), "go"),
    (Settle(ID, ID), "gs:1y2p0ij32e8e7:1y2p0ij32e8e7"),
    (NotePaper(ID, "nikah", "out", 3, FILED), "kn:1y2p0ij32e8e7:nikah:out:3:1"),
    (NotePaper(ID, "", "back", 3, COUNTER), "kn:1y2p0ij32e8e7::back:3:2"),
    (NotePaper(ID, "kk", "none", 3), "kn:1y2p0ij32e8e7:kk:none:3"),
    (ShowPapers(ID), "ko:1y2p0ij32e8e7"),
    (ShowLeftBehind(2), "kl:2"),
    (ShowVillage("simego", 1), "vw:simego:1"),
    (ShowClosures(), "cs"),
    (CloseUntil(739_580), "cl:funw"),
    (CloseWhy(739_580, 739_580), "cw:funw:funw"),
    (Close(739_580, 739_580, "road"), "cc:funw:funw:road"),
    (Reopen(ID), "cr:1y2p0ij32e8e7"),
    (ShowMorning(), "mo"),
    (ChoosePickup("simego"), "md:simego"),
    (PromisePickup("simego", 739_580), "mp:simego:funw"),
    (ShowPickup("simego"), "mb:simego"),
    (ShowLate("filed", "to_district", 1), "ml:filed:to_district:1"),
    (Snooze(739_580), "mz:funw"),
    (PrintSlip(NUMBER), "pr:563185915492"),
    (PrintBag(ID), "pb:1y2p0ij32e8e7"),
    (PrintPoster(), "pp"),
    (PrintChoice(), "pc:"),
    (PrintChoice("simego", 1), "pc:simego:1"),
    (NewBooklet(ID, "simego"), "pn:1y2p0ij32e8e7:simego"),
    (PrintBooklet(ID), "pk:1y2p0ij32e8e7"),
    (PrintBoard("simego"), "po:simego"),
    (Undo(ID), "z:1y2p0ij32e8e7"),
    (Correct("563185915492"), "x:563185915492"),
    (AskWhere(ID), "xo:1y2p0ij32e8e7"),
    (AskWhy(ID, 8, "at_district"), "xs:1y2p0ij32e8e7:8:at_district"),
    (PutRight(ID, 8, "ready_at_village", "slip"), "xr:1y2p0ij32e8e7:8:ready_at_village:slip"),
    (AskWhyBack(ID, "563185915492"), "xa:1y2p0ij32e8e7:563185915492"),
    (TakeBack(ID, "563185915492", "slip"), "xb:1y2p0ij32e8e7:563185915492:slip"),
    (Withdraw("563185915492", ID), "xw:563185915492:1y2p0ij32e8e7"),
    (AddDocument("563185915492", "KIA"), "xd:563185915492:KIA"),
    (Retype(ID, 8, "KIA"), "xk:1y2p0ij32e8e7:8:KIA"),
    (HoldWhy(ID, 8), "hw:1y2p0ij32e8e7:8"),
    (HoldUntil(ID, 0, "blank"), "hu:1y2p0ij32e8e7:0:blank"),
    (HoldWhat(ID, 8, "blank", 10, STAGE), "hc:1y2p0ij32e8e7:8:blank:a:2"),
    (PutOnHold(ID, 8, "blank", 0, THESE), "hh:1y2p0ij32e8e7:8:blank:0:0"),
    (PutOnHold(ID, 8, "road", 5, EVERYWHERE), "hh:1y2p0ij32e8e7:8:road:5:3"),
    (PutOnHold(ID, 8, "blank", 5, TYPE), "hh:1y2p0ij32e8e7:8:blank:5:1"),
    (LetGo(ID, 9), "hg:1y2p0ij32e8e7:9"),
    (ShowHold(ID), "hd:1y2p0ij32e8e7"),
    (ShowCause(ID, 2), "hs:1y2p0ij32e8e7:2"),
    (ShowHeld(2), "hl:2"),
    (LetAllGo(ID), "ha:1y2p0ij32e8e7"),
    (Extend(ID, -1), "he:1y2p0ij32e8e7:-1"),
    (Extend(ID, 5), "he:1y2p0ij32e8e7:5"),
    (ReturnDraft(ID, 8, "returned", 70000, 5), "rb:1y2p0ij32e8e7:8:returned:1i0g:5"),
    (GiveBack(ID, 8, "returned", 70000, 35), "rr:1y2p0ij32e8e7:8:returned:1i0g:z"),
    (TakeUp(ID, 9), "ro:1y2p0ij32e8e7:9"),
    (RefuseWhy(ID, 8, "refused"), "rw:1y2p0ij32e8e7:8:refused"),
    (RefuseDraft(ID, 8, "rules"), "rq:1y2p0ij32e8e7:8:rules"),
    (Refuse(ID, 8, "rules"), "rx:1y2p0ij32e8e7:8:rules"),
    (Invite(), "i"),
    (MakeLink(ID, "village_officer", "tlogopakis"), "j:1y2p0ij32e8e7:village_officer:tlogopakis"),
    (ShowInvites(2), "io:2"),
    (WithdrawInvite(ID), "iw:1y2p0ij32e8e7"),
    (MakeLink(ID, "reporter", page=4), "j:1y2p0ij32e8e7:reporter::4"),
    (Dismiss(ID), "d:1y2p0ij32e8e7:0"),
    (Dismiss(ID, 1), "d:1y2p0ij32e8e7:1"),
    (ShowPosts(2), "l:2"),
    (buttons.ShowDuty(), "e"),
    (buttons.ChooseStandIn(ID, 2), "ew:1y2p0ij32e8e7:2"),
    (buttons.ChooseStandIn(ID, 0, 1), "ew:1y2p0ij32e8e7:0:1"),
    (buttons.ChooseUntil(ID, 7), "eu:1y2p0ij32e8e7:7"),
    (buttons.StandInDraft(ID, 7, 740_000), "ec:1y2p0ij32e8e7:7:fuzk"),
    (buttons.AskStandIn(ID, 7, 740_000), "ea:1y2p0ij32e8e7:7:fuzk"),
    (buttons.AcceptStandIn(ID), "er:1y2p0ij32e8e7"),
    (buttons.EndStandIn(ID), "ee:1y2p0ij32e8e7"),
    (buttons.LayDown(ID, 1), "el:1y2p0ij32e8e7:1"),
    (buttons.HandOn(ID, 7), "ep:1y2p0ij32e8e7:7"),
    (buttons.TakeOver(ID), "et:1y2p0ij32e8e7"),
    (buttons.PassOn(ID, 7), "eb:1y2p0ij32e8e7:7"),
    (ShowConsignment(ID, "wet", 2), "nb:1y2p0ij32e8e7:wet:2"),
    (MarkPaper(ID, 7, "", "wet", 2), "nm:1y2p0ij32e8e7:7::wet:2"),
    (TakeConsignment(ID, 2, 1), "nt:1y2p0ij32e8e7:2:1"),
    (TakeConsignment(ID, 2, 1, 20), "nt:1y2p0ij32e8e7:2:1:k"),
]
OLD, NUMBERS = [*SPELLED], (-(2**63), -1, 0, 2**63 - 1)
DRAWN: Any = {int: st.integers(-(2**20), 2**20), str: st.from_regex(r"\A[A-Za-z0-9_]{0,12}\Z")}


@pytest.mark.parametrize("button, data", SPELLED, ids=[data for _, data in SPELLED])
def test_a_button_is_spelled_like_this(button, data):
    assert button.pack() == data


@pytest.mark.parametrize("button, data", OLD, ids=[data for _, data in OLD])
def test_a_keyboard_of_last_month_is_still_read(button, data):
    assert parse(data) == button


def test_every_button_has_its_spelling_here_and_a_handler():
    assert {type(button) for button, _ in SPELLED} == set(kinds().values()) == set(BUTTONS)


def test_a_button_that_only_shows_has_the_values_of_its_view():
    shown = [(button, getclosurevars(handler).nonlocals.get("view")) for button, handler in BUTTONS.items()]
    found = [(button, button._fields.keys(), view) for button, view in shown if view]
    assert len(found) > 20
    assert [
        button
        for button, values, view in found
        if not view._fields.keys() - view._defaults.keys() <= values <= view._fields.keys()
    ] == []


@pytest.mark.parametrize("data", ODD.values(), ids=ODD)
def test_what_is_no_button_of_ours_is_unreadable(data):
    with pytest.raises(Unreadable):
        parse(data)


def test_every_number_that_a_database_holds_travels():
    assert [parse(OpenDocument(number).pack()) for number in NUMBERS] == [OpenDocument(number) for number in NUMBERS]


@given(st.text(max_size=70) | st.from_regex(r"\A[a-z]{1,4}(:[-0-9a-z_]{0,20}){0,5}\Z"))
def test_any_data_is_a_button_or_unreadable(data):
    try:
        button = parse(data)
    except Unreadable:
        return
    assert parse(button.pack()) == button


def filled(kind: type[Callback], key: str = KEY) -> Callback:
    """A button with the longest values."""
    values = {one.name: LONGEST.get(one.name, ID if one.type is int else key) for one in fields(kind)}
    values |= LONGEST_OF.get(kind, {})
    return kind(**values)


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.__name__)
def test_the_longest_button_fits(kind):
    assert len(filled(kind).pack().encode()) <= LIMIT


@pytest.mark.long
@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_what_is_packed_is_read_again(kind, data):
    button = kind(*(data.draw(DRAWN[field.type]) for field in fields(kind)))
    assert parse(button.pack()) == button


def test_a_button_that_telegram_would_refuse_is_refused_here():
    with pytest.raises(ValueError, match="too long: PackBag"):
        PackBag("a" * 40, "b" * 40).pack()
