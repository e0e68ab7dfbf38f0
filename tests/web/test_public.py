"""The public page: counts and medians for everybody, and a number with its code for those without Telegram."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from html import unescape
from pathlib import Path

import aiohttp
import pytest

from bot.web import peers
from bot.web.pages import Pages
from handlers.pages import public
from handlers.wording.layout import grouped
from locales import LANGUAGES, words
from storage import guesses
from storage.guesses import AN_HOUR
from storage.numbers import EXAMPLE, draw
from storage.records import DAY
from storage.statistics.figures import FEW
from storage.workflow import Workflow
from tests.desk import NIK
from tests.handlers.wants_codes import filed, wrong
from tests.storage.cast import ask
from tests.storage.history import summary, year
from tests.town import DISTRICT, TUESDAY, WORKFLOW, Town
from tests.web.serving import free_port, once_served

PUBLIC = Workflow(replace(DISTRICT, district=replace(DISTRICT.district, public_page=True)))


class Visitor:
    """A browser of somebody without Telegram, behind the proxy of the page."""

    def __init__(self, client: aiohttp.ClientSession, url: str, address: str = "203.0.113.7") -> None:
        self.client, self.url, self.headers = client, url, {"X-Forwarded-For": address}
        self.answered: dict[str, str] = {}
        self.html = ""

    async def sees(self, path: str = "/cek", **headers: str) -> tuple[int, str]:
        """What a page says."""
        async with self.client.get(self.url + path, headers=self.headers | headers) as answer:
            return await self._read(answer)

    async def asks(self, number: str, code: str, lang: str = "id", **headers: str) -> tuple[int, str]:
        """What comes of the form."""
        form, url = {"number": number, "code": code}, f"{self.url}/cek?lang={lang}"
        async with self.client.post(url, data=form, headers=self.headers | headers) as answer:
            return await self._read(answer)

    async def _read(self, answer: aiohttp.ClientResponse) -> tuple[int, str]:
        self.html, self.answered = await answer.text(), dict(answer.headers)
        return answer.status, unescape(re.sub("<[^>]*>", "", self.html)).replace("\xa0", " ")


@asynccontextmanager
async def visited(town: Town) -> AsyncIterator[Visitor]:
    """A town with a public page behind a proxy, and who visits it."""
    port = free_port()
    async with Pages(town.services, port, proxies="127.0.0.1").site.served(), aiohttp.ClientSession() as client:
        visitor = Visitor(client, f"http://127.0.0.1:{port}")
        await once_served(lambda: visitor.sees("/page.css"))
        yield visitor


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with Town.open(tmp_path, PUBLIC) as town:
        yield town


async def test_number_and_code_are_answered_in_the_words_of_the_chat(town: Town):
    card, code = await filed(town)
    async with visited(town) as visitor:
        for lang in ("id", "en"):
            await town.sari.says("/bahasa")
            await town.sari.taps({"id": "Bahasa Indonesia", "en": "English"}[lang])
            status, page = await visitor.asks(grouped(card.number), f" {code} ", lang)
            assert status == 200
            assert await town.sari.says(card.number) in page


async def test_a_wrong_number_and_a_wrong_code_are_answered_alike(town: Town):
    card, code = await filed(town)
    async with visited(town) as visitor:
        found = [await visitor.asks(number, typed) for number, typed in ((draw(), code), (card.number, wrong(code)))]
        said = [(status, re.search("Nomor dan kode ambil tidak cocok.*", page)) for status, page in found]
    assert [status for status, _ in said] == [200, 200]
    assert said[0][1] and said[1][1] and said[0][1][0] == said[1][1][0]  # noqa: PT018  # both say it, and the same
    assert "Kartu Keluarga" not in found[1][1]


async def test_five_wrong_ones_then_even_the_right_one_waits_but_not_from_elsewhere(town: Town):
    card, code = await filed(town)
    async with visited(town) as visitor:
        # All at once: whoever asks in parallel has no more guesses for it.
        found = await asyncio.gather(*(visitor.asks(card.number, wrong(code, by)) for by in range(1, 9)))
        assert sorted(status for status, _ in found) == [200] * AN_HOUR + [429] * 3
        status, page = await visitor.asks(card.number, code)
        assert (status, "Terlalu banyak nomor atau kode yang tidak cocok" in page) == (429, True)
        assert 0 < int(visitor.answered["Retry-After"]) <= 3601
        visitor.headers["X-Forwarded-For"] = "198.51.100.9"
        assert "Kartu Keluarga" in (await visitor.asks(card.number, code))[1]
        assert "Kartu Keluarga" in await town.sari.says(card.number)
        async with town.storage.reading() as tx:
            assert await guesses.of_all(tx, town.clock, guesses.PAGE) == AN_HOUR


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        ("", "", "Nomor resi harus 12 angka"),
        (EXAMPLE, "1234", "hanya contoh"),
        ("563185915493", "1234", "angka yang keliru"),
        (NIK, "1234", "Mohon jangan menulis NIK di sini"),
        ("{number}", NIK, "Mohon jangan menulis NIK di sini"),
        ("{number}", "12", "Mohon tulis kode ambil, 4 angka"),
        ("0812 3456 7890", "1234", "Ini tampaknya nomor telepon"),
        ("<b>x</b>", "1234", "Nomor resi harus 12 angka"),
    ],
)
async def test_what_is_mistyped_says_so_is_no_guess_and_is_not_shown_again(
    town: Town, number: str, code: str, said: str
):
    card, _ = await filed(town)
    async with visited(town) as visitor:
        status, page = await visitor.asks(number.format(number=card.number), code)
        assert (status, said in page) == (200, True)
        assert not {NIK, "<b>x"} & set(re.findall(r"\d{16}|<b>x", visitor.html))
    assert await ask(town.storage, "select count(*) from miss") == [(0,)]


async def test_no_number_is_in_an_address_or_a_log_and_no_cookie_is_set(town: Town, caplog: pytest.LogCaptureFixture):
    card, code = await filed(town)
    with caplog.at_level(logging.DEBUG):
        async with visited(town) as visitor:
            for typed in (code, wrong(code)):
                await visitor.asks(card.number, typed)
                assert visitor.answered["Cache-Control"] == "no-store"
                assert "script" not in visitor.answered["Content-Security-Policy"]
                assert "<script" not in visitor.html
                assert card.number not in "".join(re.findall(r'(?:href|action|src)="[^"]*"', visitor.html))
            await visitor.sees("/")
            assert (visitor.answered["Cache-Control"], len(visitor.client.cookie_jar)) == ("no-store", 0)
            await visitor.sees()
            assert (visitor.answered["Referrer-Policy"], visitor.answered["X-Robots-Tag"]) == ("no-referrer", "noindex")
            assert {visitor.answered["Cache-Control"], visitor.answered["Vary"]} == {"max-age=60", "Accept-Language"}
    ours = [record for record in caplog.records if not record.name.startswith(("asyncio", "aiosqlite"))]
    assert not [record for record in ours if {card.number, code, "203.0.113.7"} & set(record.getMessage().split())]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, b"number=1&code=2"),
        ({"Content-Type": "multipart/form-data; boundary=x"}, b"--x--"),
        ({}, b"&".join([b"a=1"] * 1000)),
        ({}, b"number=" + b"1" * 1024),
        ({"Transfer-Encoding": "chunked"}, b"number=1"),
        ({"Content-Type": "application/x-www-form-urlencoded; charset=odd"}, b"number=1"),
        ({}, b"number=\xff\xfe"),
    ],
    ids=["another site", "files", "many fields", "long", "of no length", "odd letters", "no text"],
)
async def test_what_no_form_of_ours_sends_is_refused(town: Town, headers: dict[str, str], body: bytes):
    async with visited(town) as visitor:
        sent = {"Content-Type": "application/x-www-form-urlencoded"} | headers
        async with visitor.client.post(f"{visitor.url}/cek", data=body, headers=sent) as answer:
            assert 400 <= answer.status < 500
    assert await ask(town.storage, "select count(*) from miss") == [(0,)]


@pytest.mark.parametrize(
    ("asked", "path", "lang"),
    [
        ("", "/cek", "id"),
        ("en-GB,en;q=0.9,id;q=0.8", "/cek", "en"),
        ("fr, id;q=0.5, jv;q=0.7", "/", "jv"),
        ("en", "/cek?lang=jv", "jv"),
        ("xx;q=no,,;q=1", "/cek?lang=xx", "id"),
    ],
)
async def test_it_speaks_as_the_browser_asks_or_as_was_chosen(town: Town, asked: str, path: str, lang: str):
    async with visited(town) as visitor:
        await visitor.sees(path, **{"Accept-Language": asked})
        assert f'<html lang="{lang}">' in visitor.html


async def test_where_the_district_wants_none_there_is_none(tmp_path: Path):
    async with Town.open(tmp_path) as town, visited(town) as visitor:
        assert [(await visitor.sees(path))[0] for path in ("/", "/cek")] == [403, 404]
        assert (await visitor.asks(EXAMPLE, "1234"))[0] == 404


async def test_who_has_no_session_sees_it_at_once_and_an_ended_one_says_so(town: Town):
    async with visited(town) as visitor:
        assert (await visitor.sees("/"))[0] == 200
        assert "Dokumen saya di mana?" in visitor.html
        assert (await visitor.sees("/", Cookie="page=old"))[0] == 403


async def test_the_last_month_that_is_over_is_counted(town: Town):
    for village in ("tlogopakis", "simego"):
        await town.files("KK", "KIA", "KTP", village=village, by="rina")
    town.clock += 10 * DAY
    async with visited(town) as visitor, asyncio.timeout(20):
        page = ""
        while "Angka · November 2026" not in page:
            _, page = await visitor.sees()
    assert re.search(r"didaftarkan\s*6", page.lower())
    assert re.search(r"diserahkan\s*kurang dari 5", page.lower())


async def test_once_the_next_month_is_over_its_figures_are_shown(town: Town):
    async with visited(town) as visitor, asyncio.timeout(20):
        while "Angka · Oktober 2026" not in (await visitor.sees())[1]:
            pass
        town.clock += 10 * DAY
        assert "Oktober 2026" not in (await visitor.sees())[1]
        while "Angka · November 2026" not in (await visitor.sees())[1]:
            pass


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_few_stands_nowhere(lang: str):
    since, t = TUESDAY - 30 * DAY, words(lang)
    open = {"issued": (FEW - 1, 0), "at_registry": (FEW, FEW), "returned": (70, 0)}
    many = summary(WORKFLOW, year(WORKFLOW, since, 50, 20, 3.4, seed=5), since, TUESDAY)
    [place], steps = (table.rows for table in public.public(WORKFLOW, open, many, t).tables)
    assert place[1] == str(FEW)
    assert len(steps) > 5
    assert not [cell for row in steps for cell in row[2:] if re.fullmatch(r"[\d.,]+", cell)]  # days, hours or minutes
    few = summary(WORKFLOW, year(WORKFLOW, since, FEW - 1, 5, 3.4, seed=5), since, TUESDAY)
    page = public.public(WORKFLOW, {}, few, t)
    assert {value for value, _ in page.figures} == {t("fewer than {n}", n=FEW)}
    assert [table.rows for table in page.tables] == [(), ()]
    assert public.public(WORKFLOW, open, None, t).tables[0].rows == (place,)


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "found"),
    [
        ("203.0.113.7", "", None, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", None, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "127.0.0.1", "203.0.113.7"),
        ("127.0.0.1", "1.1.1.1, 198.51.100.1", "127.0.0.1", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, 10.0.0.2", "127.0.0.1,10.0.0.0/8", "198.51.100.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1:4711", "127.0.0.1", "198.51.100.1"),
        ("::1", "[2001:db8:1:2:3:4:5:6]:443", "::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "", None, "203.0.113.7"),
        ("2001:db8:1:2:ffff::1%eth0", "", None, "2001:db8:1:2::/64"),
        ("", "", "127.0.0.1", ""),
    ],
)
def test_a_visitor_is_where_the_connection_comes_from_or_as_our_proxy_says(
    peer: str, forwarded: str, proxies: str | None, found: str
):
    assert peers.visitor(peer, forwarded, proxies) == found
