"""The road: readable with many documents, and telling which are late."""

import re
from typing import Any

from playwright.async_api import expect

from tests.browser.visit import Visit

STAGE = "ready_at_district"
# So many documents stand ready to be fetched, and the oldest of them is late.
GATHER = """async (stage) => {
  const { town } = await import("/page/town.js"), { tell } = await import("/page/api.js");
  const found = [...town.documents.values()], here = found.slice(0, 47);
  tell("road", { gone: found.slice(47).map(({ id }) => id), documents: here.map((one, i) => (
    { ...one, stage, since: i, late_from: i ? null : Date.UTC(2026, 10, 24, 1) })) });
}"""
CARDS = """() => [...document.querySelectorAll(".card")]
  .filter((card) => card.checkVisibility({ visibilityProperty: true }))
  .map((card) => ({ ...card.getBoundingClientRect().toJSON(), name: card.getAttribute("aria-label") }))"""


def overlap(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return bool(a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"])


async def test_many_documents_at_one_place_are_as_large_as_a_finger_and_counted(visit: Visit):
    assert await visit.page.evaluate(GATHER, STAGE) is None
    cards = await visit.page.evaluate(CARDS)
    assert len(cards) >= 2
    assert [card["name"] for card in cards if card["width"] < 24 or card["height"] < 24] == []
    assert [(a["name"], b["name"]) for i, a in enumerate(cards) for b in cards[:i] if overlap(a, b)] == []
    await visit.reads(f"[data-stage={STAGE}] .caption", "47")
    pile = visit.page.get_by_role("button", name=re.compile(r"^\d+ more: Ready to fetch$"))
    await expect(pile).to_have_accessible_name(f"{47 - (len(cards) - 1)} more: Ready to fetch")
    await pile.click()
    await expect(visit.page.get_by_role("dialog").locator(".papers button")).to_have_count(47)


async def test_what_is_late_says_so_in_words(visit: Visit):
    await visit.page.evaluate(GATHER, STAGE)
    await visit.reads(f"[data-stage={STAGE}] .caption", "1 late")
    await expect(visit.page.locator(".card[aria-label*='Late since Tue 24 Nov']")).to_have_count(1)
    await visit.page.locator(".card.pile").click()
    await expect(visit.page.locator(".papers")).to_contain_text("late since Tue 24 Nov")
    await visit.page.keyboard.press("Escape")
    await visit.presses("Bahasa Indonesia")
    await visit.reads(f"[data-stage={STAGE}] .caption", "1 terlambat")


async def test_what_stands_still_says_why_in_words(visit: Visit):
    await visit.reads("[data-stage=at_registry] .caption", "3 on hold")
    card = visit.page.locator(".card.held[aria-label*='Identity card']").first
    await expect(card).to_have_accessible_name(
        re.compile(r"On hold: Blank cards have run out\. Looked at again \w+,? \d")
    )
    await card.press("Enter")
    await visit.reads("#dossier .held", "Blank cards have run out")
    await visit.page.keyboard.press("Escape")
    await visit.presses("Bahasa Indonesia")
    await visit.reads("[data-stage=at_registry] .caption", "3 tertunda")
    card = visit.page.locator(".card.held[aria-label*='KTP-el']").first
    await expect(card).to_have_accessible_name(re.compile(r"Tertunda: Kartu kosong \(blangko\) sedang habis"))


async def test_what_was_sent_back_lies_with_its_family_and_says_what_to_bring(visit: Visit):
    await visit.reads("[data-stage=returned] .caption", "Sent back")
    card = visit.page.locator(".card.held[aria-label*='Kasimpar']")
    await expect(card).to_have_accessible_name(re.compile(r"Missing: marriage book or certificate$"))
    home, box = await visit.page.locator("[data-stage=returned]").bounding_box(), await card.bounding_box()
    assert home
    assert box
    assert home["x"] <= box["x"] <= home["x"] + home["width"]
    assert home["y"] <= box["y"] <= home["y"] + home["height"]


async def test_the_road_stays_one_stop_and_arrows_reach_the_pile(visit: Visit):
    await visit.page.evaluate(GATHER, STAGE)
    stop = visit.page.locator(".cards [tabindex='0']")
    await expect(stop).to_have_count(1)
    await stop.focus()
    await visit.page.keyboard.press("End")
    await expect(visit.page.locator(".card.pile")).to_be_focused()
    await visit.page.keyboard.press("Enter")
    await visit.page.get_by_role("dialog").locator(".papers button").last.click()
    await visit.reads("#dossier .steps", "by the")


async def test_what_was_handed_over_stays_on_the_road(visit: Visit):
    handed = visit.page.locator(".card[aria-label*='Handed over']:not([hidden])")
    before = await handed.count()
    assert before > 0
    await visit.presses("+1 week")
    await visit.phone("Bu Warni").hears("Selamat pagi")
    assert await handed.count() >= before
    await visit.opens()
    assert await handed.count() >= before
