"""What a family says, and the head's answer."""

from handlers.callbacks import Callback


class ShowFeedback(Callback, code="ja"):
    """Show what can be asked and told of a number."""

    number: str


class AskedForMoney(Callback, code="jb"):
    """Somebody asked me for money: ask who."""

    number: str


class AskedBy(Callback, code="jc"):
    """Somebody of a role did: ask what was paid."""

    number: str
    role: str


class TellDemand(Callback, code="je"):
    """Tell it to the head, and how much was paid."""

    number: str
    role: str
    paid: str


class AskQuestion(Callback, code="jq"):
    """Ask the village or the desk, in one of the words that there are."""

    number: str
    what: str


class SkipLine(Callback, code="jt"):
    """No line goes with my question."""

    question: int


class WriteLine(Callback, code="ju"):
    """I write a line for the answer."""

    question: int


class ShowQuestions(Callback, code="jl"):
    """Show what families ask."""


class ShowQuestion(Callback, code="jo"):
    """Show a question and the answers."""

    question: int


class AnswerQuestion(Callback, code="jr"):
    """Answer a question; what is to be put right, by a day (epoch ms)."""

    question: int
    answer: str
    day: int = 0


class ShowDemands(Callback, code="jg"):
    """Show where families say that they were asked for money."""


class SeeDemand(Callback, code="jh"):
    """I have read it."""

    demand: int


class SettleDemand(Callback, code="jk"):
    """It is settled."""

    demand: int
