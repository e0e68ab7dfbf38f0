"""The first steps: what is asked, written, tried, and drawn for the head's telephone."""

import asyncio
import re
import sys
from asyncio.subprocess import PIPE, STDOUT

import aiohttp
import pytest
import zxingcpp
from PIL import Image

from storage import district
from tests.cli.shell import TOKEN
from tests.paper import scanner
from tests.web.serving import free_port

LINK = r"https://t\.me/jekduk_bot\?start=i_[\w-]{24}"


@pytest.fixture
def sit(shell, reached):
    """Somebody sits at the shell and answers."""

    async def sit(*answers: str, **settings: str) -> tuple[int, str]:
        env = shell.env | {"TELEGRAM_API_URL": reached["TELEGRAM_API_URL"], "PORT": str(free_port()), **settings}
        del env["DATABASE_URL"]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "init", cwd=shell.folder, env=env, stdin=PIPE, stdout=PIPE, stderr=STDOUT,
            start_new_session=True,
        )  # fmt: skip
        said, _ = await process.communicate("".join(f"{answer}\n" for answer in answers).encode())
        assert b"Traceback" not in said
        return process.returncode or 0, said.decode()

    return sit


async def test_token_and_district_are_asked_and_the_head_gets_a_link(shell, sit):
    code, said = await sit(TOKEN, "")
    assert (code, said.count("ok     ")) == (0, 9)
    assert (shell.folder / ".env").read_text() == f"TELEGRAM_BOT_TOKEN={TOKEN}\nBACKUP_DIR=backups\n"
    assert (shell.folder / ".env").stat().st_mode & 0o777 == 0o600
    assert re.search(LINK, said)
    assert TOKEN not in said
    assert "input may be echoed" in said  # here is no terminal whose echo could be switched off while it is typed
    assert [code.text for code in scanner.codes((shell.folder / "poster.pdf").read_bytes())] == [
        "https://t.me/jekduk_bot"
    ]


async def test_what_is_drawn_leads_a_telephone_to_the_link(sit):
    _, said = await sit(TOKEN, "")
    [link] = re.findall(LINK, said)
    lines = [line for line in said.splitlines() if re.search("[\u2580\u2584\u2588]", line)]
    picture = Image.new("L", (max(map(len, lines)) * 8, len(lines) * 16))
    for y, line in enumerate(lines):
        for x, sign in enumerate(re.sub(r"\x1b\[[\d;]*m", "", line)):
            for half, lit in enumerate(("\u2580\u2588", "\u2584\u2588")):
                picture.paste(255 if sign in lit else 0, (x * 8, y * 16 + half * 8, x * 8 + 8, y * 16 + half * 8 + 8))
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [link]


async def test_another_kecamatan_has_a_file_of_its_own(shell, sit):
    code, said = await sit(TOKEN, "Lebakbarang")
    assert (code, "Lebakbarang, 9 villages" in said) == (0, True)
    assert "DISTRICT_FILE=district.toml" in (shell.folder / ".env").read_text()


@pytest.mark.parametrize("name", ['Le"bak" # x', r"Le\bak \u0041", "Kécamatan $HOME 'x'"])
async def test_a_name_stands_in_the_file_as_it_was_typed(shell, sit, name):
    code, said = await sit(TOKEN, name)
    assert (code, district.load(shell.folder / "district.toml").district.name) == (0, name), said


async def test_a_name_that_cannot_be_is_told_without_lines_of_a_file_that_is_not_there(sit):
    code, said = await sit(TOKEN, "x" * 300)
    assert (code, "a kecamatan cannot have that name: has 300 characters" in said) == (2, True), said
    assert "line " not in said


async def test_telegram_shows_what_the_bot_is_for_in_each_language(sit, reached):
    assert "Telegram shows what the bot is for" in (await sit(TOKEN, "Lebakbarang"))[1]
    shown = {}
    async with aiohttp.ClientSession() as client:
        for code in ("", "jv", "en"):
            url = f"{reached['TELEGRAM_API_URL']}/bot{TOKEN}/getMy"
            for what, field in (("Description", "description"), ("ShortDescription", "short_description")):
                async with client.get(f"{url}{what}?language_code={code}") as answer:
                    shown[code, field] = (await answer.json())["result"][field]
    assert all("Lebakbarang" in said for said in shown.values())
    assert len(set(shown.values())) == 6
    assert "nomor" in shown["", "description"]


async def test_a_token_that_is_wrong_is_asked_for_again(sit):
    code, said = await sit("letters", "", TOKEN, "")
    assert (code, "this is not a bot token" in said) == (0, True)


async def test_three_wrong_ones_end_it_and_nothing_is_written(shell, sit):
    code, said = await sit("710000001:AAno-such-bot", "", "x", "", "y", "")
    assert (code, "it is refused" in said) == (2, True)
    assert list(shell.folder.iterdir()) == []


async def test_what_is_there_already_is_left_alone(shell, sit):
    (shell.folder / ".env").write_text("PORT=1234")
    code, said = await sit(TOKEN, "")
    assert (code, ".env is there already" in said) == (2, True)
    assert (shell.folder / ".env").read_text() == "PORT=1234"


async def test_what_the_environment_says_is_not_asked(shell, sit):
    await sit("", TELEGRAM_BOT_TOKEN=TOKEN, PORT="")
    assert (shell.folder / ".env").read_text() == "PORT=8765\nBACKUP_DIR=backups\n"


async def test_whoever_walks_away_from_its_questions_is_told_that_it_is_not_done(shell, sit):
    code, said = await sit(TOKEN)
    assert (code, said.endswith("nobody answered; it is not done\n"), "Traceback" in said) == (130, True, False)
    assert "getpass" not in said  # what the library warns of where nothing can be hidden
    assert list(shell.folder.iterdir()) == []
