"""Buttons of families and those who tell them, of births and figures, as spelled. Add rows; never change one."""

from handlers.aloud.buttons import ReadAloud
from handlers.announcements.buttons import (
    BeginAnnouncement,
    ChooseHearers,
    CutAnnouncement,
    PreviewAnnouncement,
    ShowAnnouncement,
    StopAnnouncement,
    TakeReady,
)
from handlers.attestations.buttons import SendLetter
from handlers.audit.buttons import ShowLooks
from handlers.births.buttons import (
    FileReserved,
    HoldNameless,
    NameIsThere,
    Reserve,
    ReturnNumber,
    ShowReservations,
    ShowReserved,
)
from handlers.callbacks import Callback
from handlers.corrections.buttons import Relocate, Withdraw
from handlers.feedback.buttons import (
    AnswerQuestion,
    AskedBy,
    AskedForMoney,
    AskQuestion,
    SeeDemand,
    SettleDemand,
    ShowDemands,
    ShowFeedback,
    ShowQuestion,
    ShowQuestions,
    SkipLine,
    TellDemand,
    WriteLine,
)
from handlers.follow.buttons import ChooseNews, Decide, FollowNumber, GiveName, NameNumber, TypeProof, UnfollowNumber
from handlers.lookup.buttons import ShowFollows, ShowHistory, ShowStatus
from handlers.morning.buttons import ShowUntold
from handlers.opinions.buttons import Explain, Judge
from handlers.pages.buttons import EndPage, NewPage, ShowPages
from handlers.pauses.buttons import BeginPause, EndPause, PauseWhy, ShowPauses
from handlers.privacy.buttons import Forget, SendMyData, ShowPrivacy
from handlers.relays.buttons import KeepProxy, Relayed, ShowRelay, ShowRelays
from handlers.statistics.buttons import SendMonth, ShowMonth
from handlers.village.buttons import ShowLampid
from tests.gallery import ID

NUMBER = "563185915492"

OF_FAMILIES: list[tuple[Callback, str]] = [
    (ShowUntold(1), "mu:1"),
    (Withdraw("563185915492", 0, 563185915492), "xw:563185915492:0:76q2cpk4"),
    (Relocate(ID, 8, "simego"), "xv:1y2p0ij32e8e7:8:simego"),
    (Relocate(ID, 8, "", 2), "xv:1y2p0ij32e8e7:8::2"),
    (Forget(1), "forget:1"),
    (ShowStatus(NUMBER), "s:563185915492"),
    (ShowStatus(NUMBER, 2), "s:563185915492:2"),
    (ShowFollows(), "sf"),
    (ShowHistory(NUMBER), "h:563185915492"),
    (FollowNumber(NUMBER), "f:563185915492"),
    (TypeProof(NUMBER, "12"), "fq:563185915492:12"),
    (ChooseNews(NUMBER, "all"), "fk:563185915492:all"),
    (NameNumber(NUMBER), "fn:563185915492"),
    (NameNumber(NUMBER, 1), "fn:563185915492:1"),
    (GiveName(NUMBER, "KK Ibu"), "fg:563185915492:KK Ibu"),
    (Decide(7, 1), "fa:7:1"),
    (UnfollowNumber(NUMBER), "u:563185915492"),
    (UnfollowNumber(), "u:"),
    (UnfollowNumber(NUMBER, 1), "u:563185915492:1"),
    (SendMyData(), "pf"),
    (ShowPrivacy(), "py:"),
    (ShowPrivacy("office"), "py:office"),
    (SendLetter(NUMBER), "al:563185915492"),
    (ShowFeedback(NUMBER), "ja:563185915492"),
    (ReadAloud(NUMBER), "av:563185915492"),
    (AskedForMoney(NUMBER), "jb:563185915492"),
    (AskedBy(NUMBER, "courier"), "jc:563185915492:courier"),
    (TellDemand(NUMBER, "courier", "little"), "je:563185915492:courier:little"),
    (ShowDemands(), "jg"),
    (AskQuestion(NUMBER, "missing"), "jq:563185915492:missing"),
    (SkipLine(ID), "jt:1y2p0ij32e8e7"),
    (WriteLine(ID), "ju:1y2p0ij32e8e7"),
    (ShowQuestions(), "jl"),
    (ShowQuestion(ID), "jo:1y2p0ij32e8e7"),
    (AnswerQuestion(ID, "soon", 1), "jr:1y2p0ij32e8e7:soon:1"),
    (Judge(ID, "so_so"), "jv:1y2p0ij32e8e7:so_so"),
    (Explain(ID, "slow"), "jw:1y2p0ij32e8e7:slow"),
    (SeeDemand(ID), "jh:1y2p0ij32e8e7"),
    (SettleDemand(ID), "jk:1y2p0ij32e8e7"),
    (KeepProxy(ID, 1), "qp:1y2p0ij32e8e7:1"),
    (ShowRelays(2), "ql:2"),
    (ShowRelay(ID, "jv"), "qs:1y2p0ij32e8e7:jv"),
    (Relayed(ID, ID), "qt:1y2p0ij32e8e7:1y2p0ij32e8e7"),
]
OF_BIRTHS: list[tuple[Callback, str]] = [
    (Reserve(ID, "tlogopakis", -1), "nr:1y2p0ij32e8e7:tlogopakis:-1"),
    (ShowReservations("simego", 1), "nl:simego:1"),
    (ShowReserved(NUMBER), "ns:563185915492"),
    (ReturnNumber(NUMBER, 1), "nz:563185915492:1"),
    (FileReserved(NUMBER), "ng:563185915492"),
    (HoldNameless(NUMBER, -1), "nn:563185915492:-1"),
    (NameIsThere(NUMBER), "ny:563185915492"),
]
OF_HEADS: list[tuple[Callback, str]] = [
    (ShowLampid("simego", 24322), "vm:simego:irm"),
    (ShowMonth(202611), "fm:4cc3"),
    (SendMonth(202611, "chart"), "fp:4cc3:chart"),
    (ShowPauses(1), "zs:1"),
    (PauseWhy("village", "simego"), "zw:village:simego"),
    (BeginPause("village", "simego", "mourning"), "zp:village:simego:mourning"),
    (EndPause(ID), "ze:1y2p0ij32e8e7"),
    (ShowPages(), "wp"),
    (NewPage(), "wn"),
    (EndPage(ID), "we:1y2p0ij32e8e7"),
    (TakeReady("fasting"), "yr:fasting"),
    (ChooseHearers(ID, "village", 1), "ya:1y2p0ij32e8e7:village:1"),
    (PreviewAnnouncement(ID, "role", "registry_desk"), "yp:1y2p0ij32e8e7:role:registry_desk"),
    (BeginAnnouncement(ID, "role", "registry_desk"), "yb:1y2p0ij32e8e7:role:registry_desk"),
    (ShowAnnouncement(ID), "ys:1y2p0ij32e8e7"),
    (StopAnnouncement(ID, 1), "yh:1y2p0ij32e8e7:1"),
    (CutAnnouncement(ID), "yc:1y2p0ij32e8e7"),
    (ShowLooks(1, NUMBER), "zl:1:563185915492"),
]
