"""Nothing goes to a chat from a process that may lead no more, whatever waited for its turn meanwhile."""

import asyncio

import pytest
from telegram.error import NetworkError

from bot.telegram.api import BotApi
from bot.telegram.connections import NotSent
from bot.telegram.rate_limit import RateLimiter
from tests.telegram.test_api import Pretend
from tests.telegram.test_http import ME


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
async def test_nothing_goes_to_a_chat_once_another_process_may_lead(method):
    http, leads = Pretend(), True
    api = BotApi(http, RateLimiter(chat_rate=50, chat_burst=1, margin=0), leads=lambda: leads)
    await api.call(method, {"chat_id": "42"})
    waits = asyncio.create_task(api.call(method, {"chat_id": "42"}))
    await asyncio.sleep(0)
    leads = False
    with pytest.raises(NetworkError) as found:
        await waits
    assert isinstance(found.value.__cause__, NotSent)
    http.answer = {"ok": True, "result": ME}
    await api.call("getMe", {})
    assert [method for method, *_ in http.asked] == [method, "getMe"]
