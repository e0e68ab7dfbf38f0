"""The head's page: a link of the chat opens it once, and the chat ends it."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
import pytest

from bot.web.kept import FRESH, WAITS, Kept
from bot.web.pages import Pages
from handlers.documents.buttons import TakeLeg
from handlers.pages import board
from handlers.pages.buttons import EndPage, NewPage, ShowPages
from locales import LANGUAGES, words
from storage import people
from storage.heads.pausing import Pause
from storage.mornings.oversight import Oversight
from storage.pages import opened
from storage.records import DAY, HOUR, MINUTE
from storage.statistics.figures import Spread, Summary
from tests.storage.history import summary, year
from tests.town import TUESDAY, WORKFLOW, Town
from tests.web.serving import free_port, once_served


class Browser:
    """One browser, with its cookies."""

    def __init__(self, client: aiohttp.ClientSession, url: str) -> None:
        self.client, self.url = client, url
        self.headers: dict[str, str] = {}

    async def sees(self, path: str = "/", **fields: str) -> tuple[int, str]:
        """What a page says, or comes of a form."""
        asked = self.client.post(self.url + path, data=fields) if fields else self.client.get(self.url + path)
        async with asked as answer:
            self.headers = dict(answer.headers)
            return answer.status, re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", await answer.text()))

    async def opens(self, link: str) -> tuple[int, str]:
        """Follow a link, and press its button."""
        path = "/" + link.rsplit("/", 1)[1]
        await self.sees(path)
        return await self.sees(path, press="yes")


@asynccontextmanager
async def browsers(town: Town) -> AsyncIterator[list[Browser]]:
    """A town that serves pages, and two browsers."""
    port = free_port()
    await town.stop()
    town.services = replace(town.services, page_url=f"http://127.0.0.1:{port}")
    await town.start()
    jars = [aiohttp.CookieJar(unsafe=True) for _ in range(2)]  # for an address that is no name
    async with (
        Pages(town.services, port).site.served(),
        aiohttp.ClientSession(cookie_jar=jars[0]) as one,
        aiohttp.ClientSession(cookie_jar=jars[1]) as other,
    ):
        found = [Browser(client, town.services.page_url) for client in (one, other)]
        await once_served(lambda: found[0].sees("/page.css"))
        yield found


def link_in(said: str) -> str:
    found = re.search(r"http://\S+/[a-z0-9]{12}", said)
    assert found
    return found[0]


async def test_a_link_opens_once_and_shows_what_the_head_sees(town: Town):
    await town.files("KK", "KIA")
    town.clock += 6 * DAY
    async with browsers(town) as (wall, other):
        link = link_in(told := await town.hadi.says("/halaman"))
        assert "satu kali, sampai Senin 30 Nov pukul 09.10," in told
        status, page = await wall.opens(link)
        assert (status, "6 hari" in page or "hari kerja" in page, "Tlogopakis" in page) == (200, True, True)
        assert (await other.opens(link))[0] == 403
        assert (await other.sees())[0] == 403
        assert "Where documents are" in (await wall.sees("/?lang=en"))[1]


async def test_looking_at_a_link_does_not_spend_it(town: Town):
    async with browsers(town) as (wall, messenger):
        link = link_in(await town.hadi.says("/halaman"))
        await messenger.sees("/" + link.rsplit("/", 1)[1])
        assert (await wall.opens(link))[0] == 200


async def test_neither_numbers_nor_what_people_call_themselves_is_on_it(town: Town):
    (card,) = await town.files("KK")
    await town.joko.says("/label Joko Susilo")
    await town.joko.forges(TakeLeg(card.id, card.version, "to_district"))
    town.clock += 10 * DAY
    async with browsers(town) as (wall, _):
        _, page = await wall.opens(link_in(await town.hadi.says("/halaman")))
        assert "Petugas Jek-Duk 1: tidak ada kabar" in page
        assert not re.search(rf"Susilo|{card.number[-4:]}", page)


async def test_the_chat_ends_it(town: Town):
    async with browsers(town) as (wall, other):
        for browser in (wall, other):
            await browser.opens(link_in(await town.hadi.says("/halaman")))
            town.clock += MINUTE
        await town.hadi.forges(ShowPages())
        await town.hadi.taps(next(label for label in town.hadi.buttons if label.startswith("Tutup:")))
        assert sorted([(await one.sees())[0] for one in (wall, other)]) == [200, 403]
        await town.hadi.taps("Link baru")
        await town.hadi.forges(EndPage(0))
        assert [(await one.sees())[0] for one in (wall, other)] == [403, 403]
        assert "Tidak ada halaman" in town.hadi.screen


async def test_only_a_head_gets_a_link_and_it_says_what_is_missing(town: Town):
    assert "PAGE_URL" in await town.hadi.says("/halaman")
    async with browsers(town):
        assert "Ini tugas petugas lain" in await town.rina.says("/halaman")
        for button in (NewPage(), ShowPages(), EndPage(0)):
            await town.rina.forges(button)
        assert "http" not in "".join(town.rina.heard)


async def test_everything_it_serves_is_for_nobody_else(town: Town):
    async with browsers(town) as (wall, _):
        await wall.opens(link_in(await town.hadi.says("/halaman")))
        [cookie] = [one for one in wall.client.cookie_jar if one.key == "page"]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
        for path in ("/", "/page.js", "/abcdefghjkmn", "/nothing"):
            await wall.sees(path)
            assert wall.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'; script-")
            assert "unsafe" not in wall.headers["Content-Security-Policy"]
            assert (wall.headers["Cache-Control"], wall.headers["Referrer-Policy"]) == ("no-store", "no-referrer")


async def test_a_page_ends_with_its_post_and_with_its_time(database_url):
    async with Town.open(database_url) as town, town.storage.transaction() as tx:
        head = (await people.get(tx, town.hadi.chat, town.clock)).posts[0].id
        assert await opened.open(tx, await opened.link(tx, head, "id", town.clock), town.clock + HOUR) is None
        stale, token = [await opened.link(tx, head, "jv", town.clock) for _ in range(2)]
        assert await opened.open(tx, stale, town.clock) is None
        key = await opened.open(tx, token, town.clock)
        assert key
        page = await opened.of_session(tx, key, town.clock + 30 * DAY - 1)
        assert page
        assert page.lang == "jv"
        assert await opened.of_session(tx, key, town.clock + 30 * DAY) is None
        assert await opened.of_session(tx, token, town.clock) is None
        await people.give_post(tx, town.rina.chat, "head", "", "id", town.clock)
        await people.dismiss(tx, head, town.clock)
        assert await opened.of_session(tx, key, town.clock) is None
        assert await opened.everything(tx, town.clock) == []
        await opened.purge(tx, town.clock + 30 * DAY)


async def test_what_takes_long_is_made_once_a_minute():
    made, now = 0, 0.0

    async def make() -> int:
        nonlocal made
        made += 1
        return made

    kept = Kept(make, lambda: now)
    assert [await kept.get() for _ in range(3)] == [1, 1, 1]
    now = FRESH
    assert await kept.get() == 2
    kept.stop()


async def test_nothing_is_kept_for_nobody():
    async def make() -> int:
        return 7

    kept = Kept(make, forgotten=0.5)
    assert (await kept.get(), kept.is_empty) == (7, False)
    await asyncio.sleep(0.6)  # no less than this, however slow the machine is
    assert kept.is_empty


async def test_the_last_one_is_shown_while_the_next_is_made():
    now, going = 0.0, asyncio.Event()
    going.set()

    async def make() -> float:
        await going.wait()
        if now > FRESH:
            raise ConnectionError
        return now

    kept = Kept(make, lambda: now)
    assert await kept.get() == 0.0
    going.clear()
    now = FRESH
    assert await kept.get() == 0.0
    going.set()
    assert await kept.get() == FRESH
    now = 3 * FRESH
    assert await kept.get() == FRESH
    kept.stop()
    with pytest.raises(ConnectionError):
        await Kept(make, lambda: now).get()


async def test_whoever_comes_while_one_is_being_made_for_long_already_waits_no_moment():
    now, going = 0.0, asyncio.Event()
    going.set()

    async def make() -> float:
        await going.wait()
        return now

    kept = Kept(make, lambda: now)
    await kept.get()
    going.clear()
    now = FRESH
    assert await kept.get() == 0.0
    now += WAITS
    with pytest.raises(StopIteration) as seen:
        kept.get().send(None)
    assert seen.value.value == 0.0
    kept.stop()


async def test_nobody_waits_for_what_takes_too_long():
    going = asyncio.Event()

    async def make() -> int:
        await going.wait()
        return 7

    kept = Kept(make)
    assert await kept.soon(0) is None
    going.set()
    assert await kept.get() == 7


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_stands_before_the_figures_of_its_month_are_made(lang):
    now, t = board.Standing(TUESDAY, Oversight(), {"issued": (3, 1)}), words(lang)
    found = summary(WORKFLOW, year(WORKFLOW, TUESDAY - 30 * DAY, 50, 20, 3.4, seed=5), TUESDAY - 30 * DAY, TUESDAY)
    without, whole = board.board(WORKFLOW, now, None, t), board.board(WORKFLOW, now, found, t)
    assert whole.tables[:3] == without.tables
    assert len(whole.tables[3].rows) > 5
    assert [value for value, _ in whole.figures[:3]] == ["0", "0", "3"]


def test_steps_are_told_in_hours_as_people_speak_and_what_took_alike_is_no_range():
    took = Spread(9, 1 / 3, 1 / 3, 1 / 3)
    month = Summary(TUESDAY, TUESDAY + DAY, (2, 4), legs={"at_district": took}, by_village={"simego": took})
    shown = board.board(WORKFLOW, board.Standing(TUESDAY, Oversight(), {}), month, words("id"))
    assert shown.tables[3].rows == (("Diterima kecamatan", "9", "2 jam", "2 jam", "1,5 jam"),)
    assert shown.tables[4].rows == (("Simego", "9", "2 jam", "2 jam"),)


def test_what_is_paused_and_what_families_did_not_get_stands_on_it():
    seen = Oversight(objections=2, pauses=[Pause(1, "village", "simego", "mourning", TUESDAY)])
    found = board.board(WORKFLOW, board.Standing(TUESDAY, seen, {}), None, words("en"))
    assert [word in line for word, line in zip(("Simego", "2"), found.alarms, strict=True)] == [True, True]


async def test_a_link_that_nobody_has_opened_yet_stays_when_a_page_is_ended(town: Town):
    async with browsers(town) as (wall, other):
        await wall.opens(link_in(await town.hadi.says("/halaman")))
        town.hadi.forgets()
        link = link_in(await town.hadi.says("/halaman"))
        await town.hadi.taps(next(label for label in town.hadi.buttons if label.startswith("Tutup:")))
        assert [link in said for said in town.hadi.heard] == [True, False]
        assert "Tidak ada halaman" in town.hadi.screen
        assert ((await wall.sees())[0], (await other.opens(link))[0]) == (403, 200)
