"""Joins the parts of SMS, where the settings name a gateway."""

import asyncio
from collections.abc import Callable

from bot.config import Settings
from bot.sms.gateway import Gateway
from bot.sms.postman import Postman
from bot.sms.webhooks import Webhooks
from handlers.context import Services


async def serve(services: Services, settings: Settings, leads: Callable[[], bool]) -> None:
    """Send and hear SMS until cancelled."""
    password, key = settings.sms_password, settings.sms_signing_key
    if not (settings.sms_gateway and settings.sms_user and password and key):
        raise ValueError("settings without a whole SMS gateway")
    gateway = Gateway(settings.sms_gateway, settings.sms_user, password.reveal())
    postman = Postman(services, gateway, leads)
    webhooks = Webhooks(services, settings.sms_port, key.reveal(), postman.wake, settings.sms_host)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(postman.run())
            group.create_task(webhooks.run())
    finally:
        await gateway.close()
