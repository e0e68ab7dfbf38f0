"""In the place of `bot.press`: does not end by itself."""

import threading

threading.Event().wait()
