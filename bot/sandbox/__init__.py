"""A pretend Telegram, for tests, for the demo and for developing any bot; of this project it imports only itself."""

from bot.sandbox.args import File
from bot.sandbox.clock import Clock
from bot.sandbox.errors import Refusal
from bot.sandbox.faults import Fault, Garbled, Lost, Refused
from bot.sandbox.people import Bot, Chat, Message, Tap, Toast, User
from bot.sandbox.settings import Guesses, Limits, Settings
from bot.sandbox.sight import Seen, Unable
from bot.sandbox.state import Person, Sandbox
from bot.sandbox.window import Window

__all__ = [
    "Bot",
    "Chat",
    "Clock",
    "Fault",
    "File",
    "Garbled",
    "Guesses",
    "Limits",
    "Lost",
    "Message",
    "Person",
    "Refusal",
    "Refused",
    "Sandbox",
    "Seen",
    "Settings",
    "Tap",
    "Toast",
    "Unable",
    "User",
    "Window",
]
