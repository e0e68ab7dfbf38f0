"""Asking for updates by webhook, and asking how that goes."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.sandbox.args import Json, Params, truth, whole
from bot.sandbox.errors import bad, flooded
from bot.sandbox.methods.polling import BY_WEBHOOK, allow, displace
from bot.sandbox.people import Webhook
from bot.sandbox.updates import DEFAULT
from bot.sandbox.world import Ask

SECRET = re.compile(r"[A-Za-z0-9_-]*")
SECRET_LENGTH = 256
PORTS = (80, 88, 443, 8443)


@dataclass(frozen=True, slots=True)
class Described:
    """True, with words."""

    words: str


async def set_webhook(ask: Ask) -> Described:
    now, url = ask.world.clock.now(), ask.params.get("url", "")
    if not url:
        return await delete_webhook(ask)
    check(ask.params, url, local=ask.world.settings.local)
    wanted = Webhook(
        url,
        ask.params.get("secret_token", ""),
        whole(ask.params, "max_connections", 40, 1, 100),
        ask.params.get("ip_address", ""),
    )
    allow(ask.bot, ask.params.get("allowed_updates"))
    if truth(ask.params, "drop_pending_updates"):
        ask.bot.queue.clear()
    if ask.bot.webhook and settings_of(ask.bot.webhook) == settings_of(wanted):
        return Described("Webhook is already set")
    if now < ask.bot.webhook_set_at + 1:
        raise flooded(1)
    ask.bot.webhook, ask.bot.webhook_set_at = wanted, now
    await displace(ask.bot, BY_WEBHOOK)
    ask.world.webhook_changed(ask.bot)
    return Described("Webhook was set")


def settings_of(webhook: Webhook) -> tuple[str, str, int, str]:
    return webhook.url, webhook.secret, webhook.max_connections, webhook.ip_address


def check(params: Params, url: str, *, local: bool) -> None:
    secret = params.get("secret_token", "")
    if len(secret) > SECRET_LENGTH:
        raise bad("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise bad("invalid webhook URL specified") from None
    if not parts.hostname or " " in url:
        raise bad("invalid webhook URL specified")
    if not local:
        check_public(parts.scheme, parts.hostname, port)


def check_public(scheme: str, host: str, port: int) -> None:
    if scheme != "https":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if host.startswith(("127.", "10.", "192.168.", "169.254.")):
        raise bad(f"bad webhook: IP address {host} is reserved")
    if ":" in host:
        raise bad("bad webhook: IPv6-only addresses are not allowed")


async def delete_webhook(ask: Ask) -> Described:
    if truth(ask.params, "drop_pending_updates"):
        ask.bot.queue.clear()
    was, ask.bot.webhook = ask.bot.webhook, None
    if was:
        ask.world.webhook_changed(ask.bot)
    return Described("Webhook was deleted" if was else "Webhook is already deleted")


def get_webhook_info(ask: Ask) -> Json:
    webhook = ask.bot.webhook
    info: Json = {"url": webhook.url if webhook else "", "has_custom_certificate": False}
    info["pending_update_count"] = ask.bot.queue.pending(ask.world.clock.now())
    if webhook:
        info["max_connections"] = webhook.max_connections
        info["ip_address"] = webhook.ip_address or "127.0.0.1"
        if webhook.last_error:
            info["last_error_date"], info["last_error_message"] = int(webhook.last_error[0]), webhook.last_error[1]
    if ask.bot.queue.allowed != DEFAULT:
        info["allowed_updates"] = sorted(ask.bot.queue.allowed)
    return info
