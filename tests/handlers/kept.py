"""Views of births, codes, what is added to a number, and figures as they are kept. Add rows; never change one."""

from typing import Any

from handlers.births.views import (
    BirthDayView,
    BirthDueView,
    GiveBackView,
    GivenBackView,
    ReservationsView,
    ReservedView,
)
from handlers.corrections.views import AddDocumentView, RelocateView, RetypeView
from handlers.follow.views import ProofView
from handlers.morning.views import UntoldView
from handlers.pages.views import PagesView
from handlers.statistics.views import BookView, ChartView, MonthView, PageView
from handlers.view import View
from tests.gallery import ID

NUMBER = "563185915492"

OF_BIRTHS_AND_FIGURES: list[tuple[View, str, dict[str, Any]]] = [
    (BirthDayView(ID, "simego"), "birth_day", {"birth": ID, "village": "simego", "number": ""}),
    (AddDocumentView(NUMBER), "add_document", {"number": NUMBER}),
    (RetypeView(ID), "retype", {"document": ID}),
    (UntoldView(1), "untold", {"page": 1}),
    (RelocateView(ID), "relocate", {"document": ID, "page": 0}),
    (ReservedView(NUMBER), "reserved", {"number": NUMBER}),
    (GiveBackView(NUMBER), "give_back", {"number": NUMBER}),
    (GivenBackView(NUMBER, "simego"), "given_back", {"number": NUMBER, "village": "simego", "heard": 1}),
    (ReservationsView("simego", 1), "reservations", {"village": "simego", "page": 1}),
    (BirthDueView(NUMBER, 45, 1, 1), "birth_due", {"number": NUMBER, "day": 45, "staff": 1, "heard": 1}),
    (MonthView(202611), "month", {"month": 202611}),
    (ChartView(202611), "chart", {"month": 202611}),
    (BookView(202611), "book", {"month": 202611}),
    (PageView(202611), "monthpage", {"month": 202611}),
    (ProofView(NUMBER, "12"), "proof", {"number": NUMBER, "typed": "12"}),
    (PagesView("https://jekduk.example.id/abcd", 9), "pages", {"link": "https://jekduk.example.id/abcd", "until": 9}),
]
