"""Views as the outbox keeps them: what was owed last month is still shown, with what the code has become since."""

import json
from typing import Any

import pytest

from handlers.bags.views import (
    AnsweredView,
    ArrivedView,
    BagView,
    LaterView,
    LookAtTasksView,
    TasksView,
    ToldView,
    VillagesView,
)
from handlers.closures.views import CloseUntilView, CloseWhyView, ClosuresView
from handlers.consignments.views import ConsignmentView
from handlers.corrections.views import CorrectView, WhereView, WhyBackView, WhyView
from handlers.deputies.views import (
    ColleaguesView,
    DutyView,
    LaidDownView,
    LayDownView,
    PassedView,
    PassOnView,
    StandInDraftView,
    StandInNewsView,
    StandInView,
    UntilView,
)
from handlers.documents.views import ActedView, CorrectedView, DocumentView, OtherWaysView, OvertakenView
from handlers.filing.views import DraftView, FiledByMeView, FiledView, QrView
from handlers.follow.views import AskerView, NameView, NewsView, StopWhichView, WaitOverView
from handlers.handover.views import (
    AskedView,
    CodeView,
    FamiliesView,
    HandOverView,
    ObjectionsView,
    ObjectionView,
    OriginalsAskedView,
    ReceiverView,
)
from handlers.holds.views import CauseView, ExtendView, HeldListView, HeldView, HoldUntilView, HoldWhatView, HoldWhyView
from handlers.lookup.views import BreakerView, FollowsView, HistoryView, StatusView, WordsView
from handlers.morning.views import (
    ChoosePickupView,
    LateView,
    MorningView,
    OversightView,
    PickupView,
    ReminderView,
    SnoozeView,
    UnfetchedView,
)
from handlers.originals.views import LeftBehindView, PapersNewsView, PapersView
from handlers.paper.views import BoardView, BookletView, ManifestView, PosterView, PrintView, SlipView
from handlers.privacy.views import AskForgetView, MyDataView, PrivacyView
from handlers.returns.views import RefuseView, ReturnedView, ReturnView
from handlers.road.views import SealView, WhenView
from handlers.search.views import FoundView, NumberFoundView
from handlers.staff.views import (
    AcceptedView,
    DismissedView,
    DismissView,
    InvitedView,
    InvitesView,
    InviteView,
    JoinedView,
    LabelView,
    PostsView,
    UndeliveredView,
)
from handlers.start.views import HelpView, LanguagesView, NeedsView, WelcomeView
from handlers.view import NoteView, RefusalView, SorryView, View, _views, kept
from handlers.village.views import LampidView, VillageView
from storage import Tx, documents
from storage.records import LookUp
from tests.gallery import ID, NOW
from tests.handlers.kept import OF_BIRTHS_AND_FIGURES
from tests.handlers.kept_views import OF_VILLAGES
from tests.town import Town

NUMBER, OTHER = "563185915492", "200000000008"
FASTER = ("courier", NOW, (NUMBER,))
POST = ("courier", "", 2, "motor biru")

# Add rows; never change one. A spelling that is no longer written moves to OLD, where it is only read.
KEPT: list[tuple[View, str, dict[str, Any]]] = [
    *OF_BIRTHS_AND_FIGURES,
    (WelcomeView(), "welcome", {"lang": ""}),
    (HelpView(), "help", {}),
    (WordsView("lost"), "words", {"meaning": "lost", "is_mourned": 0}),
    (NeedsView(("KK",)), "needs", {"types": ["KK"]}),
    (LanguagesView(), "languages", {}),
    (PrivacyView(), "privacy", {}),
    (AskForgetView(), "forget", {}),
    (MyDataView(), "my_data", {}),
    (RefusalView("typo", number=NUMBER), "refused", {"key": "typo", "number": NUMBER, "until": 0}),
    (SorryView(), "sorry", {}),
    (NoteView("stopped"), "note", {"key": "stopped", "until": 0}),
    (
        StatusView(("3",), (), ("2",), 2, (), 3),
        "status",
        {"numbers": ["3"], "typos": [], "unknown": ["2"], "paused": 2, "notes": [], "until": 3, "news": "", "page": 0},
    ),
    (HistoryView(NUMBER), "history", {"number": NUMBER}),
    (FollowsView(), "follows", {}),
    (BreakerView(NOW), "breaker", {"at": NOW, "visitors": 0}),
    (UndeliveredView(3), "undelivered", {"messages": 3}),
    (StopWhichView((NUMBER,)), "stop_which", {"unfollowed": [NUMBER]}),
    (AskerView(7), "asker", {"asker": 7, "heard": 0}),
    (NameView(NUMBER), "name", {"number": NUMBER}),
    (WaitOverView(NUMBER), "wait_over", {"number": NUMBER, "heard": 0}),
    (NewsView("all"), "which_news", {"news": "all"}),
    (DraftView(ID, 7, "simego", 3), "draft", {"draft": ID, "book": 7, "village": "simego", "types": 3, "page": 0}),
    (FiledView(ID), "filed", {"request": ID}),
    (FiledByMeView(), "filed_by_me", {}),
    (QrView(NUMBER), "qr", {"number": NUMBER}),
    (TasksView(1), "tasks", {"page": 1}),
    (LookAtTasksView(), "look_at_tasks", {}),
    (VillagesView("filed", "to_district", 1), "villages", {"origin": "filed", "to": "to_district", "page": 1}),
    (ReminderView("2026-11-24", 0), "reminder", {"day": "2026-11-24", "heard": 0}),
    (MorningView(), "morning", {}),
    (ClosuresView(), "closures", {}),
    (CloseUntilView(739_580), "close_until", {"first": 739_580}),
    (CloseWhyView(739_580, 739_580), "close_why", {"first": 739_580, "last": 739_580}),
    (ChoosePickupView("simego"), "choose_pickup", {"village": "simego"}),
    (PickupView("simego"), "pickup", {"village": "simego"}),
    (OversightView(), "oversight", {}),
    (LateView("filed", "to_district", 1), "late", {"origin": "filed", "to": "to_district", "page": 1}),
    (UnfetchedView(7, 21, 1), "unfetched", {"request": 7, "step": 21, "heard": 1}),
    (SnoozeView(739_580), "snooze", {"day": 739_580}),
    (ArrivedView(ID, "ready_at_district"), "arrived", {"act": ID, "stage": "ready_at_district"}),
    (BagView(ID, 2, 1), "bag", {"bag": ID, "page": 2, "single": 1}),
    (DocumentView(ID), "document", {"document": ID}),
    (
        ActedView(ID, "issued", (FASTER,), (NUMBER,), ID),
        "acted",
        {"act": ID, "stage": "issued", "faster": [["courier", NOW, [NUMBER]]], "barred": [NUMBER], "request": ID},
    ),
    (PrintView("simego", 1), "print", {"village": "simego", "page": 1}),
    (SlipView(NUMBER), "slip", {"number": NUMBER}),
    (ManifestView(ID), "manifest", {"bag": ID}),
    (BoardView("simego"), "board", {"village": "simego"}),
    (BookletView(ID), "booklet", {"booklet": ID}),
    (PosterView(), "poster", {}),
    (VillageView("simego", 1), "village", {"village": "simego", "page": 1}),
    (LampidView("simego", 24322, 0), "lampid", {"village": "simego", "month": 24322, "heard": 0}),
    (HandOverView(NUMBER, ID), "hand_over", {"number": NUMBER, "only": ID}),
    (
        OriginalsAskedView(NUMBER, ID, 9, "self", "known"),
        "originals_asked",
        {"number": NUMBER, "only": ID, "seen": 9, "fetched_by": "self", "proof": "known"},
    ),
    (CodeView(NUMBER, 0, "48"), "code", {"number": NUMBER, "only": 0, "typed": "48"}),
    (
        FamiliesView("ready_at_village", "simego", 1),
        "families",
        {"origin": "ready_at_village", "village": "simego", "page": 1},
    ),
    (ReceiverView(ID), "receiver", {"request": ID}),
    (AskedView(NUMBER, 2, 9), "receiver_asked", {"number": NUMBER, "count": 2, "until": 9}),
    (ObjectionView(ID, ID), "objection", {"act": ID, "request": ID}),
    (ObjectionsView(), "objections", {}),
    (PapersView(ID), "papers", {"request": ID}),
    *OF_VILLAGES,
    (LeftBehindView(2), "left_behind", {"page": 2}),
    (PapersNewsView(ID, 7), "papers_news", {"act": ID, "request": 7}),
    (OtherWaysView(NUMBER), "other_ways", {"number": NUMBER}),
    (OvertakenView((FASTER,)), "overtaken", {"faster": [["courier", NOW, [NUMBER]]]}),
    (CorrectView(NUMBER), "correct", {"number": NUMBER, "page": 0}),
    (WhereView(ID), "where", {"document": ID}),
    (WhyView(ID, 8, "issued"), "why", {"document": ID, "seen": 8, "stage": "issued"}),
    (WhyBackView(ID, NUMBER), "why_back", {"act": ID, "number": NUMBER}),
    (CorrectedView(ID, 7), "corrected", {"act": ID, "request": 7}),
    (FoundView("5492", 0, 9), "found", {"digits": "5492", "page": 0, "which": 9}),
    (
        NumberFoundView(NUMBER, "5492", 1, 9),
        "number_found",
        {"number": NUMBER, "digits": "5492", "page": 1, "which": 9},
    ),
    (
        ToldView(ID, ("1234",), ("5678",), (5,), 2, 1),
        "told",
        {"bag": ID, "unknown": ["1234"], "shared": ["5678"], "elsewhere": [5], "foreign": 2, "to_come": 1},
    ),
    (LaterView(), "later", {}),
    (SealView(ID), "seal", {"bag": ID}),
    (AnsweredView(ID, ("1234",), ("5678",)), "answered", {"bag": ID, "unknown": ["1234"], "shared": ["5678"]}),
    (ConsignmentView(ID, "wet", 2), "consignment", {"act": ID, "state": "wet", "page": 2}),
    (WhenView(ID, "half", (5, 6)), "when", {"bag": ID, "key": "half", "choice": [5, 6]}),
    (HoldWhyView(ID, 8), "hold_why", {"of": ID, "seen": 8}),
    (HoldUntilView(ID, 8, "blank"), "hold_until", {"of": ID, "seen": 8, "reason": "blank"}),
    (
        HoldWhatView(ID, 8, "blank", 5, 1),
        "hold_what",
        {"of": ID, "seen": 8, "reason": "blank", "days": 5, "much": 1},
    ),
    (CauseView(ID, 2), "cause", {"cause": ID, "page": 2}),
    (HeldListView(2), "held_list", {"page": 2}),
    (ExtendView(ID), "extend", {"cause": ID}),
    (HeldView(ID), "held", {"act": ID}),
    (ReturnedView(ID), "returned", {"act": ID}),
    (
        ReturnView(ID, 8, "returned", 7, 3),
        "return",
        {"document": ID, "seen": 8, "exit": "returned", "book": 7, "missing": 3},
    ),
    (RefuseView(ID, 8, "rules"), "refuse", {"document": ID, "seen": 8, "reason": "rules"}),
    (InviteView(ID, "reporter"), "invite", {"invite": ID, "role": "reporter", "page": 0}),
    (InvitedView("courier", "", "t.me/x"), "invited", {"role": "courier", "village": "", "link": "t.me/x"}),
    (JoinedView("reporter", "simego"), "joined", {"role": "reporter", "village": "simego"}),
    (PostsView(2), "posts", {"page": 2}),
    (InvitesView(2), "invites", {"page": 2}),
    (AcceptedView(ID), "accepted", {"post": ID}),
    (DismissedView("reporter", "simego"), "dismissed", {"role": "reporter", "village": "simego"}),
    (LabelView(), "label", {}),
    (DismissView(ID), "really", {"post": ID}),
    (DutyView(), "duty", {}),
    (ColleaguesView(ID, 1, 1), "colleagues", {"post": ID, "page": 1, "others": 1}),
    (UntilView(ID, 7), "stand_in_until", {"post": ID, "deputy": 7}),
    (StandInDraftView(ID, 7, 739_000), "stand_in_draft", {"post": ID, "deputy": 7, "day": 739_000}),
    (StandInView(ID), "stand_in", {"stand_in": ID}),
    (StandInNewsView(ID, "over", 0), "stand_in_news", {"stand_in": ID, "what": "over", "heard": 0}),
    (LayDownView(ID), "lay_down", {"post": ID}),
    (LaidDownView(*POST), "laid_down", {"role": "courier", "village": "", "ordinal": 2, "label": "motor biru"}),
    (PassOnView(ID), "pass_on", {"bag": ID}),
    (
        PassedView(ID, *POST),
        "passed",
        {"act": ID, "role": "courier", "village": "", "ordinal": 2, "label": "motor biru"},
    ),
]
OLD: list[tuple[View, str, dict[str, Any]]] = [
    (WelcomeView(), "welcome", {}),
    (RefusalView("nik"), "refused", {"key": "nik"}),
    (NoteView("stopped"), "note", {"key": "stopped"}),
    (StatusView((NUMBER,)), "status", {"numbers": [NUMBER], "typos": [], "unknown": [], "paused": None}),
    (BagView(ID), "bag", {"bag": ID}),
    (ReminderView("2026-11-24"), "reminder", {"village": "simego", "day": "2026-11-24"}),
    (ActedView(ID, "issued"), "acted", {"act": ID, "stage": "issued"}),
    (
        ActedView(ID, "issued", (FASTER,), (NUMBER,)),
        "acted",
        {"act": ID, "stage": "issued", "faster": [["courier", NOW, [NUMBER]]], "barred": [NUMBER]},
    ),
    (InviteView(ID), "invite", {"invite": ID}),
    (PostsView(), "posts", {}),
    (DraftView(ID, 7, "simego", 3), "draft", {"draft": ID, "book": 7, "village": "simego", "types": 3}),
    (TasksView(), "tasks", {}),
    (CorrectView(NUMBER), "correct", {"number": NUMBER}),
    (FoundView("5492"), "found", {"digits": "5492"}),
    (FoundView("5492"), "found", {"digits": "5492", "page": 0}),
    (InviteView(ID, "reporter"), "invite", {"invite": ID, "role": "reporter"}),
    (
        StatusView((NUMBER,), notes=("nik",)),
        "status",
        {"numbers": [NUMBER], "typos": [], "unknown": [], "paused": None, "notes": ["nik"]},
    ),
]


@pytest.mark.parametrize("view, name, args", KEPT, ids=[name for _, name, _ in KEPT])
def test_a_view_is_kept_like_this(view: View, name: str, args: dict[str, Any]):
    assert json.loads(json.dumps(view.facts("jv"))) == {"view": name, "args": args, "lang": "jv"}


@pytest.mark.parametrize("view, name, args", KEPT + OLD, ids=str)
def test_a_view_of_last_month_is_still_shown(view: View, name: str, args: dict[str, Any]):
    assert kept({"view": name, "args": args, "lang": ""}) == view


def test_every_view_has_its_spelling_here():
    assert {type(view) for view, _, _ in KEPT} == set(_views.values())


def test_facts_that_a_view_has_no_longer_are_left_out():
    assert kept({"view": "document", "args": {"document": 5, "color": "red"}}) == DocumentView(5)


def test_what_was_looked_up_is_not_kept():
    view = StatusView((NUMBER,), looks=(LookUp(NUMBER),), waits=frozenset())
    assert view == kept(view.facts())
    assert "looks" not in view.facts()["args"]


async def test_what_was_looked_up_is_not_looked_up_again(town: Town, monkeypatch: pytest.MonkeyPatch):
    (card,) = await town.files("KK")
    status, asked = documents.status, []

    async def counted(tx: Tx, number: str, *more: int) -> LookUp:
        asked.append(number)
        return await status(tx, number, *more)

    monkeypatch.setattr(documents, "status", counted)
    await town.sari.says(f"/status {card.number} {OTHER}")
    assert asked == [card.number, OTHER]
