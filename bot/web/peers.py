"""Who asks for a page, if proxies of ours stand before it."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from bot.addresses import IPV6


def visitor(peer: str, forwarded: str, proxies: str | None) -> str:
    """Who asks, as far as one knows: where the connection comes from (`peer`); or, if that is one of our proxies, what
    it wrote last into X-Forwarded-For. Of IPv6 the 64 bits that one subscriber has.
    """
    ours = [ip_network(one) for one in proxies.split(",")] if proxies else []
    found = _plain(peer)
    for one in reversed(forwarded.split(",")):
        if found is None or not any(found in network for network in ours) or (before := _plain(one)) is None:
            break
        found = before
    if found is None:
        return ""
    return str(ip_network((found, 64), strict=False)) if found.version == IPV6 else str(found)


def _plain(text: str) -> IPv4Address | IPv6Address | None:
    """An address without its zone or port; one of IPv4 that is written as IPv6 is one of IPv4."""
    text = text.strip().partition("%")[0]
    if port := re.fullmatch(r"\[([^\]]+)\](?::\d+)?|([\d.]+):\d+", text):
        text = port[1] or port[2]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped if isinstance(found, IPv6Address) else None) or found
