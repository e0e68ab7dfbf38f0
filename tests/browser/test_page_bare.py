"""The page without a demo: the phones alone, for any bot on the sandbox."""

import json

from playwright.async_api import Browser, expect

from bot.sandbox import Sandbox
from bot.sandbox.server import serve
from tests.browser.visit import Visit


async def test_people_who_were_there_before_the_bot_get_their_chat_once_it_comes(browser: Browser):
    sandbox = Sandbox()
    sari = sandbox.person("Sari", "en")
    async with await serve(sandbox, 0, 0) as runner:
        visit = await Visit.begin(browser, runner.control_url)
        await expect(visit.page.locator("#weather")).to_be_hidden()
        sandbox.bot("7:x", "other_bot", "Other")
        sari.chat().start()
        keyboard = json.dumps({"keyboard": [["Yes", "No"]]})
        asked = {"chat_id": str(sari.id), "text": "Well?", "reply_markup": keyboard}
        await sandbox.call("7:x", "sendMessage", asked)
        await visit.phone("Sari").hears("Well?")
        await visit.phone("Sari").at.get_by_role("button", name="Yes").click()
        await expect(visit.phone("Sari").at.locator(".msg.out").last).to_contain_text("Yes")
        assert visit.complaints == []
        await visit.end()
