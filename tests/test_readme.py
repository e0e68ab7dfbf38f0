"""What the documents say about the code is what the code does."""

import re
from pathlib import Path

import click
import pytest

import handlers
from bot.cli.command import FAILED, WRONG
from bot.cli.main import main
from bot.config import HOW, Settings
from bot.exits import ExitCode
from bot.web.health import LIMITS
from handlers.wording.names import role_name
from locales import words
from storage import guesses
from storage.records import ROLES
from tests.gallery import WORKFLOW, person

HOME = Path(__file__).parent.parent
README = (HOME / "README.md").read_text("utf-8")
UNIT = (HOME / "bot" / "cli" / "files" / "jekduk.service").read_text("utf-8")
OPERATIONS = (HOME / "docs" / "operations.md").read_text("utf-8")
DOCUMENTS = [path for path in (HOME, HOME / "docs") for path in sorted(path.glob("*.md"))]


def table(text: str, first: str) -> list[list[str]]:
    """The rows of the table whose first column is headed so."""
    rows = text.partition(f"\n| {first} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_the_settings_table_is_the_settings():
    found = [(name, getattr(Settings, name), setting.description) for name, setting in HOW.items()]
    expected = [[f"`{name.upper()}`", shown(default), description] for name, default, description in found]
    assert sorted(table(README, "setting")) == sorted(expected)


def shown(default: object) -> str:
    return f"`{default}`" if default else "–"


def test_the_commands_table_is_the_commands():
    expected = [[f"`{name}`", command.get_short_help_str(200)] for name, command in commands(main)]
    assert sorted(table(README, "command")) == sorted(expected)


def commands(group: click.Group, prefix: str = "") -> list[tuple[str, click.Command]]:
    found = []
    for name, command in group.commands.items():
        found.append((prefix + name, command))
        if isinstance(command, click.Group):
            found += commands(command, f"{name} ")
    return found


def test_the_chat_commands_table_is_the_chat_commands():
    rows = re.findall(r"^\| `/(\w+)` \| (?:`/(\w+)` )?\| ([^|]+) \|", README, re.MULTILINE)
    names = dict.fromkeys(command.names for command in handlers.COMMANDS)
    assert sorted(rows) == sorted((*(*each, "")[:2], who_may(each)) for each in names)


def who_may(names: tuple[str, ...]) -> str:
    """Who reads of a command in their help, in the words of the table."""
    mays = [command.may for command in handlers.COMMANDS if command.names == names]
    if any(may(WORKFLOW, person()) for may in mays):
        return "everyone"
    roles = [role for role in ROLES if any(may(WORKFLOW, person(role)) for may in mays)]
    return "staff" if roles == list(ROLES) else ", ".join(role_name(role, words("en")) for role in roles)


def test_the_rooms_are_there():
    rooms = [row[0].strip("`/") for row in table(README, "room")]
    assert sorted(rooms) == ["bot", "docs", "handlers", "locales", "storage", "tests"]
    assert [room for room in rooms if not (HOME / room).is_dir()] == []


def test_every_exit_code_is_explained():
    codes = [int(row[0]) for row in table(OPERATIONS, "exit code")]
    assert codes == sorted({FAILED, WRONG, *map(int, ExitCode)})


def test_what_may_pass_by_itself_is_started_again():
    kept_down = re.search(r"^RestartPreventExitStatus=(.*)$", UNIT, re.MULTILINE)
    assert kept_down
    assert set(map(int, kept_down[1].split())) == {WRONG, ExitCode.DATABASE_GONE}


def test_the_limits_of_health_are_those_of_the_code():
    assert {row[0].strip("`"): row[1] for row in table(OPERATIONS, "fact")} == {
        name: f"{seconds:g} s" for name, seconds in LIMITS.items()
    }


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("named", re.findall(r"`make ([a-z]+)`|^make ([a-z]+) ", README + OPERATIONS, re.MULTILINE))
def test_what_is_made_can_be_made(named):
    assert re.search(rf"^{''.join(named)}:", (HOME / "Makefile").read_text(), re.MULTILINE)


def test_each_threat_has_its_tests():
    rows = table((HOME / "docs" / "threats.md").read_text("utf-8"), "who, and what they want")
    there = {
        name for path in (HOME / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text())
    }
    named = [re.findall(r"`(test_\w+)`", row[-1]) for row in rows]
    assert all(named)
    assert {name for names in named for name in names} - there == set()


def test_how_guesses_are_slowed_is_told_as_it_is():
    spelled = {2: "two", 5: "five"}
    each, all_open, of_all = spelled[guesses.AN_HOUR], spelled[guesses.WHILE_OPEN], guesses.OF_ALL
    security, threats = (
        " ".join((HOME / page).read_text("utf-8").split()) for page in ("SECURITY.md", "docs/threats.md")
    )
    assert f"({each} an hour for a chat; {all_open} while all chats together guess {of_all} an hour)" in security
    assert f"each has {all_open} guesses an hour then, or {each} before there are {of_all} of all" in threats
