"""Durations in milliseconds, the unit of every time in the register."""

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
