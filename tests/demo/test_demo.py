"""The demo from outside: how it starts, what it shows, how it ends."""

import json
import os
import signal
import socket
from collections.abc import Iterator
from datetime import datetime
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest

from bot.demo import routes, town
from bot.demo.cast import CAST
from bot.demo.town import TOKEN
from storage import district, overview
from storage.district import Calendar
from storage.records import DAY
from tests.browser.play import Played, lives


@pytest.fixture(scope="module")
def demo() -> Iterator[Played]:
    with Played() as running:
        running.at_rest()
        yield running


def test_ctrl_c_ends_everything_within_five_seconds():
    with Played() as demo:
        bot = demo.until(lambda: demo.pulse()["bot"]["pid"])
        assert demo.stop(signal.SIGINT) < 5
        assert not lives(bot)
        assert demo.process.returncode == 0


def test_a_killed_demo_leaves_no_bot_behind():
    with Played() as demo:
        bot = demo.at_rest()["bot"]["pid"]
        demo.stop(signal.SIGKILL)
        demo.until(lambda: not lives(bot), 8)


def test_a_taken_port_is_said_and_another_one_found():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with Played(port) as demo:
            assert f"Port {port} is taken" in "".join(demo.said)
            assert not demo.url.endswith(f":{port}")


def test_the_bot_of_the_demo_is_set_up_by_nothing_around_it(monkeypatch):
    for name in ("http_proxy", "HTTPS_PROXY", "DATABASE_URL", "WEBHOOK_URL", "TELEGRAM_BOT_TOKEN"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert "http://127.0.0.1:9" not in town._surroundings().values()


def test_the_town_is_full_of_documents_at_every_stage(demo: Played):
    town = demo.ask("/demo/town")
    assert len(town["documents"]) >= 50
    assert {one["stage"] for one in town["documents"]} >= {"filed", "to_registry", "issued", "ready_at_village"}
    assert len(town["villages"]) == 9


def test_the_towns_files_moved_while_the_counters_were_open(demo: Played):
    calendar = Calendar(district.load())
    town = demo.ask("/demo/town")
    steps = [demo.ask(f"/demo/document/{one['id']}")["steps"] for one in town["documents"]]
    times = {step["at"] for some in steps for step in some}
    assert [str(calendar.local(at)) for at in times if not (calendar.is_open(at) or calendar.is_open(at - 1))] == []
    assert calendar.is_open(town["pulse"]["now"])


def test_some_documents_are_late_and_the_rest_not_yet(demo: Played):
    town = demo.ask("/demo/town")
    late = [one for one in town["documents"] if one["late_from"] and one["late_from"] < town["pulse"]["now"]]
    assert 5 <= len(late) <= 40
    assert all(one["late_from"] is None for one in town["documents"] if one["stage"] == "handed_over")


async def test_what_is_held_says_why_and_is_late_only_by_the_service(tmp_path):
    demo = town.Demo(tmp_path, datetime.fromisoformat("2026-11-27T10:29"))
    await demo.prepare()
    async with demo.storage.reading() as tx:
        found = await overview.everything(tx, 0)
    await demo.storage.close()
    late = next(one for one in found if (routes.late_from(demo, one) or demo.now()) < demo.now())
    assert routes.late_from(demo, late._replace(hold="blank")) == routes.late_from(demo, late)
    assert routes.late_from(demo, late._replace(hold="attend")) is None
    assert (routes.late_from(demo, late._replace(stopped=30 * DAY)) or 0) > demo.now()
    told = routes._document(demo, late._replace(hold="blank", hold_review=7))
    assert (told["hold"], told["review"]) == ("blank", 7)


def test_blanks_are_out_and_a_file_was_sent_back_with_what_it_lacks(demo: Played):
    found = demo.ask("/demo/town")["documents"]
    blank = [one for one in found if one["hold"] == "blank"]
    assert len(blank) >= 3
    assert {one["stage"] for one in blank} == {"at_registry"}
    assert all(one["review"] for one in blank)
    [returned] = [one for one in found if one["stage"] == "returned"]
    assert returned["missing"]["en"] == ["marriage book or certificate"]
    last = demo.ask(f"/demo/document/{returned['id']}")["steps"][-1]
    assert last["stage"] == "returned"


@pytest.mark.parametrize(
    "at, begins",
    [
        ("2026-11-27T10:29", "2026-11-27T10:29"),
        ("2026-11-28T21:00", "2026-11-30T09:00"),
        ("2027-03-10T09:00", "2027-03-16T09:00"),
    ],
    ids=["friday", "saturday night", "eid"],
)
async def test_whenever_it_begins_the_counters_are_open_and_some_documents_late(tmp_path, at, begins):
    demo = town.Demo(tmp_path, datetime.fromisoformat(at))
    await demo.prepare()
    async with demo.storage.reading() as tx:
        found = await overview.everything(tx, 0)
    await demo.storage.close()
    assert 0 <= demo.now() - demo.workflow.calendar.instant(datetime.fromisoformat(begins)) < 60_000
    assert 5 <= sum((routes.late_from(demo, one) or demo.now()) < demo.now() for one in found) <= 40


def test_everyone_has_been_greeted(demo: Played):
    for member in CAST.values():
        words = [one["text"] for one in demo.ask(f"/sim/transcript/{member.chat}")["messages"]]
        assert any(words), member.name


def test_a_document_tells_its_way_and_no_names(demo: Played):
    one = next(d for d in demo.ask("/demo/town")["documents"] if d["stage"] == "issued")
    found = demo.ask(f"/demo/document/{one['id']}")
    assert [step["stage"] for step in found["steps"]][:2] == ["filed", "to_district"]
    text = json.dumps(found)
    assert not any(f'"{member.name}"' in text or str(member.chat) in text for member in CAST.values())


def test_nobody_is_shown_the_token(demo: Played):
    for path in ("/demo/town", "/sim/state", "/sim/calls"):
        assert TOKEN not in json.dumps(demo.ask(path))


def test_an_hour_passes_for_everyone(demo: Played):
    before = demo.pulse()["now"]
    demo.ask("/demo/time", {"seconds": 3600})
    assert 3_600_000 <= demo.pulse()["now"] - before < 3_630_000
    demo.ask("/sim/text", {"user": CAST["joko"].chat, "text": "/tugas"})
    demo.at_rest()
    messages = demo.ask(f"/sim/transcript/{CAST['joko'].chat}")["messages"]
    message = next(one for one in reversed(messages) if "Tugas" in one["text"])  # a reminder may come behind it
    assert message["date"] * 1000 > before + 3_590_000


def test_a_killed_bot_stays_dead_until_it_is_started(demo: Played):
    first = demo.at_rest()["bot"]
    dead = demo.ask("/demo/bot", {"do": "kill"})["bot"]
    assert not dead["wanted"]
    demo.until(lambda: not lives(first["pid"]))
    demo.ask("/sim/text", {"user": CAST["sari"].chat, "text": "/bantuan"})
    assert demo.pulse()["waiting"] == 1
    demo.ask("/demo/bot", {"do": "start"})
    assert demo.at_rest()["bot"]["starts"] == first["starts"] + 1


def test_a_bot_that_dies_by_itself_is_started_again(demo: Played):
    first = demo.at_rest()["bot"]
    os.kill(first["pid"], signal.SIGKILL)
    demo.until(lambda: demo.pulse()["bot"]["starts"] > first["starts"])
    demo.at_rest()


def test_the_count_of_news_sent_never_falls(demo: Played):
    officer, before = CAST["simego"].chat, demo.at_rest()["sent"]
    demo.ask("/sim/text", {"user": officer, "text": "/privasi"})
    demo.until(lambda: demo.ask(f"/sim/transcript/{officer}")["messages"][-1]["from"] != officer)
    demo.at_rest()
    assert demo.pulse()["sent"] >= before


def test_an_invitation_gives_a_post(demo: Played):
    guest = demo.ask("/sim/user", {"name": "Tamu"})["result"]["id"]
    link = demo.ask("/demo/invite", {"role": "courier"})["link"]
    demo.ask("/sim/open", {"user": guest, "link": link})
    demo.at_rest()
    assert "Jek-Duk" in demo.ask(f"/sim/transcript/{guest}")["messages"][-1]["text"]
    assert {"chat": guest, "role": "courier", "village": ""} in demo.ask("/demo/town")["posts"]


def test_the_heads_link_opens_the_page_for_the_wall_without_any_setting(demo: Played):
    link = demo.hears(CAST["hadi"].chat, "/halaman", r"http://127.0.0.1:\d+/[a-z0-9]{12}")
    browser = build_opener(HTTPCookieProcessor())
    with browser.open(link) as door, browser.open(Request(link, b"")) as board:  # noqa: S310  # the address is our own
        assert "<button" in door.read().decode()
        assert "<table" in board.read().decode()


def test_the_public_page_is_there_beside_the_demo(demo: Played):
    with urlopen(demo.ask("/demo/town")["page"] + "/cek") as page:  # noqa: S310  # as above
        assert "Kode ambil" in page.read().decode()


@pytest.mark.parametrize(
    "path, body",
    [
        ("/demo/time", {"seconds": -1}),
        ("/demo/time", {}),
        ("/demo/time", ["a week"]),
        ("/demo/time", {"seconds": "many"}),
        ("/demo/document/first", None),
        ("/demo/document/9999999999999999999", None),
        ("/demo/bot", {"do": "dance"}),
        ("/demo/invite", {"role": "king"}),
        ("/demo/document/1", None),
        ("/demo/slip/12", None),
        ("/page/__init__.py", None),
        ("/page/..%2Fcontrol.py", None),
    ],
)
def test_what_makes_no_sense_is_refused(demo: Played, path, body):
    with pytest.raises(HTTPError) as refused:
        demo.ask(path, body)
    assert refused.value.code in (400, 404)
    refused.value.close()


def test_pages_of_other_sites_have_no_business_here(demo: Played):
    forged = Request(demo.url + "/demo/bot", b'{"do": "kill"}', {"Origin": "https://example.org"})  # noqa: S310  # our own address
    with pytest.raises(HTTPError) as refused:
        urlopen(forged)  # noqa: S310  # as above
    assert refused.value.code == 403
    refused.value.close()
