"""Screens of the first words."""

from collections.abc import Mapping
from typing import Any

from handlers.context import Viewer
from handlers.feature import Command
from handlers.reply import Screen
from handlers.start.screens import help_screen, welcome_screen
from handlers.view import view

HELP: list[Command] = []  # the commands of all features: the table of contents puts them here


@view
async def welcome(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return welcome_screen(viewer.workflow, viewer.t)


@view
async def help(viewer: Viewer, args: Mapping[str, Any]) -> Screen:
    return help_screen(HELP, viewer.workflow, viewer.person, viewer.t)
