"""Where the settings name a gateway its parts run; where they do not, none of them is loaded."""

import asyncio

import aiohttp

from bot.config import Secret, Settings
from bot.sms.second_channel import serve
from handlers.context import Services
from tests.sms.conftest import SARI, Office
from tests.sms.phone import KEY, PASSWORD, USER, webhook
from tests.town import WORKFLOW
from tests.web.serving import free_port, once_served


async def test_a_number_by_sms_is_answered_by_the_running_parts(office: Office):
    card, port = await office.register.one(), free_port()
    settings = Settings(
        sms_gateway=office.phone.url,
        sms_user=USER,
        sms_password=Secret(PASSWORD),
        sms_signing_key=Secret(KEY),
        sms_port=port,
    )
    services = Services(office.register.storage, WORKFLOW, lambda: office.register.now)
    serving = asyncio.create_task(serve(services, settings, lambda: True))
    body, headers = webhook("sms:received", "e", office.register.now, phoneNumber=SARI, message=card.number)

    async def comes_in() -> int:
        async with aiohttp.request("POST", f"http://127.0.0.1:{port}/sms", data=body, headers=headers) as answer:
            return answer.status

    status = await once_served(comes_in)
    while not office.phone.sent:  # noqa: ASYNC110  # a telephone has no event
        await asyncio.sleep(0.01)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    assert (status, [phone for phone, _ in office.phone.sent]) == (204, [SARI])
