"""What a feature adds to the bot: what can be typed, and what can be tapped. `handlers` lists the features."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from handlers.callbacks import Callback
from handlers.context import Request
from handlers.view import Answer, Refused, View, head_only, staff_only
from storage.records import Person
from storage.workflow import Workflow

Typed = Callable[[Request], Awaitable[View | None]]
Tapped = Callable[[Request, Any], Awaitable[View | Answer]]
Replied = Callable[[Request, Any], Awaitable[View | None]]


def anyone(_workflow: Workflow, _person: Person) -> bool:
    """True."""
    return True


def is_staff(_workflow: Workflow, person: Person) -> bool:
    """True for whoever holds a post."""
    return bool(person.posts)


def is_head(_workflow: Workflow, person: Person) -> bool:
    """True for the head of the district; there may be several."""
    return person.holds("head")


def for_staff(view: type[View]) -> Tapped:
    """The handler of a button that shows a view of the same values, to whoever holds a post."""
    return _shows(view, staff_only)


def for_heads(view: type[View]) -> Tapped:
    """The handler of a button that shows a view of the same values, to a head."""
    return _shows(view, head_only)


def _shows(view: type[View], refuse_others: Callable[[Person], object]) -> Tapped:
    async def show(request: Request, button: Callback) -> View:
        refuse_others(request.person)
        return view(**button.named())

    return show


class Command(NamedTuple):
    """Something to type: its names, the handler that answers it, and what it does, for the help and Telegram's menu.

    Only those who `may` use a command read of it in their help and menu; its handler refuses it to others by itself. A
    command that `does` nothing stands in neither. What may stand behind it `is_read`; `example` shows it in the help.
    One that `warns_of_a_nik` has words of its own for a NIK behind it.
    """

    names: tuple[str, ...]
    handler: Typed
    does: str = ""
    may: Callable[[Workflow, Person], object] = anyone
    example: str = ""
    is_read: bool = False
    warns_of_a_nik: bool = False
    in_help: bool = True
    in_menu: bool = True

    @property
    def answer(self) -> Typed:
        """Its handler. Where it reads nothing, Refused is raised for what stands behind it, lest an officer believe
        that it was read; families are answered all the same.
        """
        return self.handler if self.is_read or self.may is anyone else self._alone

    async def _alone(self, request: Request) -> View | None:
        if request.update.arguments and self.may(request.workflow, request.person):
            raise Refused("nothing_behind", number=f"/{request.update.names(request.bot_name)}")
        return await self.handler(request)


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature's commands, and a handler for each of its buttons. One in `replies` reads what is written in answer to
    a card whose first button is of that kind; what it gives no view for is read as any other text.
    """

    commands: tuple[Command, ...] = ()
    buttons: Mapping[type[Callback], Tapped] = field(default_factory=dict)
    replies: Mapping[type[Callback], Replied] = field(default_factory=dict)
