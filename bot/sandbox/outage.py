"""A phone without signal goes on showing what it showed, and keeps what its owner does until the signal is back."""

from typing import Any

from bot.sandbox import shown
from bot.sandbox.args import Json
from bot.sandbox.errors import Refusal
from bot.sandbox.people import Outage, User
from bot.sandbox.sight import Sight, Unable
from bot.sandbox.state import Sandbox
from bot.sandbox.verbs import VERBS, the_user, window

# What a person does with a phone. The rest (groups, clock, faults) is done to the town, signal or not.
ON_A_PHONE = frozenset(
    "start open text tap resend_unanswered photo document sticker voice contact location content edit delete_message "
    "block unblock backlog".split()
)
UNABLE = (Unable, ValueError, TypeError, AttributeError, KeyError)


def perform(sandbox: Sandbox, verb: str, body: Json) -> Any:
    """Do one verb now; or keep it, if it is done on a phone without signal, and answer `{"waits": true}`."""
    if verb == "signal":
        return turn_signal(sandbox, the_user(sandbox, body), on=bool(body["on"]))
    outage = outage_of(sandbox, body) if verb in ON_A_PHONE else None
    if outage is None:
        return VERBS[verb](sandbox, body)
    outage.kept.append((verb, body))
    tell_signal(sandbox, the_user(sandbox, body))
    return {"waits": True}


def turn_signal(sandbox: Sandbox, user: User, *, on: bool) -> list[Json]:
    """Take the signal away or bring it back. Coming back, it does what was kept, in order: what came of each."""
    kept = user.outage.kept if user.outage else []
    if on:
        user.outage = None
    elif user.outage is None:
        user.outage = Outage({chat_key(sight): shown.chat_json(sight) for sight in sights(sandbox, user)})
    tell_signal(sandbox, user)
    return [perform_late(sandbox, verb, body) for verb, body in kept] if on else []


def perform_late(sandbox: Sandbox, verb: str, body: Json) -> Json:
    """Do what was kept; the keyboard may have changed meanwhile, and the tap is sent all the same."""
    if "data" in body:
        body = {**body, "stale_data": body["data"]}
    try:
        return {"verb": verb, "result": VERBS[verb](sandbox, body)}
    except UNABLE as error:
        return {"verb": verb, "error": str(error)}
    except Refusal as refusal:
        return {"verb": verb, "error": refusal.words}


def transcript(sandbox: Sandbox, body: Json) -> Json:
    """The chat as the person's phone shows it now, and what waits on it. Raises Unable."""
    sight, outage = window(sandbox, body), outage_of(sandbox, body)
    if outage is None:
        return {**shown.chat_json(sight), "signal": True, "kept": []}
    seen = outage.shown.get(chat_key(sight)) or {**shown.chat_json(sight), "messages": []}
    return {**seen, "signal": False, "kept": kept_json(outage)}


def outage_of(sandbox: Sandbox, body: Json) -> Outage | None:
    user = sandbox.people.get(int(body.get("user") or 0))
    return user.outage if user else None


def sights(sandbox: Sandbox, user: User) -> list[Sight]:
    """Every chat that this person is in."""
    private = [bot.private[user.id] for bot in sandbox.bots.values() if user.id in bot.private]
    groups = [group for group in sandbox.groups.values() if user.id in group.members]
    return [Sight(sandbox, user, chat) for chat in (*private, *groups)]


def chat_key(sight: Sight) -> tuple[int, int]:
    return (sight.chat.bot.id if sight.chat.bot else 0, sight.chat.id)


def tell_signal(sandbox: Sandbox, user: User) -> None:
    kept = kept_json(user.outage) if user.outage else []
    sandbox.tell("signal", user=user.id, on=user.outage is None, kept=kept)


def kept_json(outage: Outage) -> list[Json]:
    """What waits, without the files themselves."""
    return [
        {"verb": verb, **{name: value for name, value in body.items() if name != "base64"}}
        for verb, body in outage.kept
    ]
