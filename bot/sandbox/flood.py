"""The flood model: a bucket for all sends and edits, one per chat, and penalties that grow for who does not listen.
The model is ours; Telegram's own is not published. All its numbers are in `settings.Limits`.
"""

import math

from bot.sandbox.errors import flooded
from bot.sandbox.people import Chat
from bot.sandbox.settings import Limits

ALL = 0
REPEAT_WITHIN = 60.0
LONGEST = 3_600


class Bucket:
    __slots__ = ("at", "tokens")

    def __init__(self, tokens: float, at: float) -> None:
        self.tokens, self.at = tokens, at

    def fill(self, rate: float, burst: float, now: float) -> float:
        self.tokens = min(burst, self.tokens + (now - self.at) * rate)
        self.at = now
        return self.tokens


class Flood:
    """Switched by `limits`: None is off. Times are unix seconds."""

    def __init__(self, limits: Limits | None) -> None:
        self.limits = limits
        self._buckets: dict[tuple[int, int | str], Bucket] = {}
        self._penalties: dict[tuple[int, int | str], float] = {}
        self._offences: dict[tuple[int, int | str], tuple[int, float]] = {}

    def take(self, bot: int, chat: Chat, now: float) -> None:
        """Count one send or edit, or refuse it with 429."""
        limits = self.limits
        if limits is None and not self._penalties:
            return
        self._check(bot, ALL, now)
        self._check(bot, chat.id, now)
        if limits:
            rate, burst = self._chat_pace(limits, chat)
            mine = self._filled(bot, chat.id, rate, burst, now)
            shared = self._filled(bot, ALL, limits.overall_rate, limits.overall_burst, now)
            mine.tokens -= 1
            shared.tokens -= 1

    def profile(self, bot: int, method: str, now: float) -> None:
        """Count one setMy… call, or refuse it with 429."""
        if self.limits:
            self._check(bot, method, now)
            self._filled(bot, method, self.limits.profile_rate, self.limits.profile_burst, now).tokens -= 1

    def penalise(self, bot: int, chat_id: int, seconds: float, now: float) -> None:
        """Refuse this chat (or with ALL, everything) for a while, limits or none."""
        self._penalties[bot, chat_id] = now + seconds

    @staticmethod
    def _chat_pace(limits: Limits, chat: Chat) -> tuple[float, float]:
        return (limits.private_rate, limits.private_burst) if chat.private else (limits.group_rate, limits.group_burst)

    def _check(self, bot: int, key: int | str, now: float) -> None:
        until = self._penalties.get((bot, key))
        if until is None:
            return
        if until <= now:
            del self._penalties[bot, key]
            return
        if self.limits and self.limits.strict:
            self._punish(bot, key, until - now, now)
        raise flooded(math.ceil(until - now))

    def _filled(self, bot: int, key: int | str, rate: float, burst: float, now: float) -> Bucket:
        """The bucket with at least one token in it, else 429."""
        bucket = self._buckets.get((bot, key))
        if bucket is None:
            bucket = self._buckets[bot, key] = Bucket(burst, now)
        if bucket.fill(rate, burst, now) < 1 - 1e-9:
            self._punish(bot, key, (1 - bucket.tokens) / rate, now)
        return bucket

    def _punish(self, bot: int, key: int | str, refill: float, now: float) -> None:
        count, last = self._offences.get((bot, key), (0, -math.inf))
        count = count + 1 if now - last < REPEAT_WITHIN else 1
        self._offences[bot, key] = count, now
        seconds = min(LONGEST, max(1, math.ceil(refill)) * 2 ** min(count - 1, 20))
        self._penalties[bot, key] = now + seconds
        raise flooded(seconds)
