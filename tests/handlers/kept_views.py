"""The views of villages, whom they tell, and of what is kept, as the outbox keeps them. Add rows; never change one."""

from typing import Any

from handlers.aloud.views import AloudView
from handlers.announcements.views import (
    AnnouncedView,
    AnnouncementsView,
    AnnouncementView,
    HearersView,
    PreviewView,
)
from handlers.attestations.views import CheckedView, LetterView
from handlers.audit.views import LooksView
from handlers.bags.views import GoneView
from handlers.feedback.views import (
    AskedByView,
    DemandSettledView,
    DemandsView,
    DemandToldView,
    DemandView,
    FeedbackView,
    QuestionAnsweredView,
    QuestionAskedView,
    QuestionsView,
    QuestionView,
)
from handlers.groups.views import GroupCountsView, GroupLinkedView, GroupWordView
from handlers.lookup.views import NamingView
from handlers.opinions.views import WhyNoBetterView
from handlers.pauses.views import PausesView, PauseWhyView
from handlers.privacy.views import AuthenticView, KeptView, MyFileView
from handlers.relays.views import RelayNewsView, RelaysView, RelayView
from handlers.staff.views import FaultView
from handlers.view import View
from tests.gallery import ID, NOW
from tests.handlers.spelled import NUMBER

OF_VILLAGES: list[tuple[View, str, dict[str, Any]]] = [
    (LooksView(1, "563185915492"), "looks", {"page": 1, "number": "563185915492"}),
    (NamingView("KK Ibu"), "naming", {"text": "KK Ibu"}),
    (FaultView("disk"), "fault", {"fault": "disk"}),
    (AnnouncementsView(), "announcements", {}),
    (HearersView(ID, "role", 1), "hearers", {"announcement": ID, "scope": "role", "page": 1}),
    (
        PreviewView(ID, "all", ""),
        "announcement_preview",
        {"announcement": ID, "scope": "all", "subject": ""},
    ),
    (AnnouncementView(ID), "announcement", {"announcement": ID, "heard": 0}),
    (AnnouncedView(ID, "simego"), "announced", {"announcement": ID, "village": "simego"}),
    (PausesView(1), "pauses", {"page": 1}),
    (PauseWhyView("village", "simego"), "pause_why", {"scope": "village", "subject": "simego"}),
    (RelayView(ID, "jv"), "relay", {"request": ID, "lang": "jv"}),
    (RelaysView(2), "relays", {"page": 2}),
    (RelayNewsView(ID, ID), "relay_news", {"request": ID, "act": ID}),
    (GroupCountsView("simego", "2026-11-24"), "group_counts", {"village": "simego", "day": "2026-11-24"}),
    (GroupLinkedView("simego"), "group_linked", {"village": "simego"}),
    (AuthenticView(), "authentic", {}),
    (GoneView(ID, (("courier", NOW, (NUMBER,)),)), "gone", {"bag": ID, "faster": [["courier", NOW, [NUMBER]]]}),
    (MyFileView(), "my_file", {}),
    (KeptView("office"), "kept", {"part": "office"}),
    (FeedbackView(NUMBER), "voices", {"number": NUMBER}),
    (AloudView(NUMBER), "aloud", {"number": NUMBER}),
    (AskedByView(NUMBER, "courier"), "asked_by", {"number": NUMBER, "role": "courier"}),
    (DemandToldView(NUMBER), "demand_told", {"number": NUMBER}),
    (DemandView(ID), "demand", {"demand": ID, "heard": 0}),
    (DemandsView(), "demands", {}),
    (
        QuestionAskedView(NUMBER, "courier", "simego"),
        "question_asked",
        {"number": NUMBER, "role": "courier", "village": "simego", "again": 0, "question": 0, "left_out": 0},
    ),
    (QuestionView(ID), "question", {"question": ID, "heard": 0, "opened": 0, "left_out": 0}),
    (QuestionsView(), "questions", {}),
    (
        QuestionAnsweredView(NUMBER, "simego", "district_desk", "mistake", "soon", 5),
        "question_answered",
        {
            "number": NUMBER,
            "village": "simego",
            "role": "district_desk",
            "what": "mistake",
            "answer": "soon",
            "day": 5,
            "question": 0,
            "heard": 0,
        },
    ),
    (WhyNoBetterView(ID), "why_no_better", {"request": ID}),
    (DemandSettledView(), "demand_settled", {"heard": 0}),
    (GroupWordView("hint"), "group_word", {"what": "hint"}),
    (LetterView(NUMBER), "letter", {"number": NUMBER}),
    (CheckedView("a_p"), "checked", {"reference": "a_p"}),
]
