"""What a bot shows of itself: commands by scope and language, name, descriptions, the menu button."""

import json
import re
from typing import Any

from bot.sandbox import access
from bot.sandbox.args import Json, Params, number
from bot.sandbox.errors import bad
from bot.sandbox.people import Bot
from bot.sandbox.world import Ask, World

LANGUAGE = re.compile(r"(?:[a-z]{2})?")
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
COMMANDS_MOST = 100
COMMAND_LENGTH, DESCRIPTION_LENGTH = 32, 256
PLAIN_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")
LONGEST = {"name": 64, "description": 512, "short_description": 120}


def set_my_commands(ask: Ask) -> bool:
    ask.world.flood.profile(ask.bot.id, "setMyCommands", ask.world.clock.now())
    asked = commands_asked(ask.params)
    key = scope(ask), language(ask.params)
    ask.bot.commands[key] = [checked(command) for command in asked]
    return True


def commands_asked(params: Params) -> list[Json]:
    """No commands at all is an empty list, not an error."""
    try:
        asked = json.loads(params.get("commands") or "[]")
    except ValueError:
        raise bad("can't parse commands JSON object") from None
    if not isinstance(asked, list):
        raise bad("expected an Array of BotCommand")
    if not all(isinstance(command, dict) for command in asked):
        raise bad("can't parse BotCommand: expected an Object")
    if len(asked) > COMMANDS_MOST:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    return asked


def checked(asked: Json) -> Json:
    command = str(asked.get("command", "")).strip().removeprefix("/")
    description = str(asked.get("description", "")).strip()
    if not command:
        raise bad("command must be non-empty")
    if len(command) > COMMAND_LENGTH:
        raise bad("command length must not exceed 32")
    if not description:
        raise bad("command description must be non-empty")
    if len(description) > DESCRIPTION_LENGTH:
        raise bad("command description length must not exceed 256")
    if not COMMAND.fullmatch(command):
        raise bad("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


def language(params: Params) -> str:
    code = params.get("language_code", "")
    if not LANGUAGE.fullmatch(code):
        raise bad("invalid language code specified")
    return code


def scope(ask: Ask) -> str:
    """One word per scope, such as `default` or `chat:123`."""
    try:
        asked = json.loads(ask.params.get("scope") or '{"type":"default"}')
    except ValueError:
        raise bad("can't parse BotCommandScope JSON object") from None
    kind = asked.get("type") if isinstance(asked, dict) else None
    if kind in PLAIN_SCOPES:
        return str(kind)
    if kind not in CHAT_SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    return chat_scope(ask.world, ask.bot, str(kind), asked)


def chat_scope(world: World, bot: Bot, kind: str, asked: dict[str, Any]) -> str:
    if not asked.get("chat_id"):
        raise bad("can't parse BotCommandScope: Empty chat_id specified")
    user = number(str(asked.get("user_id", 0)))
    if kind == "chat_member" and user <= 0:
        raise bad("can't parse BotCommandScope: Invalid user_id specified")
    chat = access.chat_named(world, bot, str(asked["chat_id"]))
    return f"{kind}:{chat.id}" + (f":{user}" if kind == "chat_member" else "")


def get_my_commands(ask: Ask) -> list[Json]:
    return ask.bot.commands.get((scope(ask), language(ask.params)), [])


def delete_my_commands(ask: Ask) -> bool:
    ask.bot.commands.pop((scope(ask), language(ask.params)), None)
    return True


def commands_shown(bot: Bot, chat_id: int, chat_type: str, language_code: str) -> list[Json]:
    """The menu a person sees: the narrowest scope that has one, their language before none."""
    general = "all_private_chats" if chat_type == "private" else "all_group_chats"
    for name in (f"chat:{chat_id}", general, "default"):
        for code in (language_code, ""):
            if (name, code) in bot.commands:
                return bot.commands[name, code]
    return []


def _set(ask: Ask, field: str) -> bool:
    ask.world.flood.profile(ask.bot.id, f"set {field}", ask.world.clock.now())
    text, code = ask.params.get(field, "").strip(), language(ask.params)
    if len(text) > LONGEST[field]:
        raise bad(f"BOT_{field.upper()}_TOO_LONG")  # [U] the server's own words are not known
    ask.bot.profile.setdefault(code, {})[field] = text
    return True


def _get(bot: Bot, params: Params, field: str) -> Json:
    """In the language asked for, else the one set without language."""
    code = language(params)
    text = bot.profile.get(code, {}).get(field) or bot.profile.get("", {}).get(field, "")
    return {field: text or (bot.name if field == "name" else "")}


def set_my_name(ask: Ask) -> bool:
    return _set(ask, "name")


def get_my_name(ask: Ask) -> Json:
    return _get(ask.bot, ask.params, "name")


def set_my_description(ask: Ask) -> bool:
    return _set(ask, "description")


def get_my_description(ask: Ask) -> Json:
    return _get(ask.bot, ask.params, "description")


def set_my_short_description(ask: Ask) -> bool:
    return _set(ask, "short_description")


def get_my_short_description(ask: Ask) -> Json:
    return _get(ask.bot, ask.params, "short_description")
