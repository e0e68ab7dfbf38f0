"""The demo: a pretend Telegram with a page of phones, the real bot, and a town to play in."""
