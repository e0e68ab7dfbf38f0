"""Times as other systems read them."""

from datetime import UTC, datetime


def iso(at: int) -> str:
    """2010-01-01T00:00:00Z"""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
