"""The process: it fetches what people send, lets the handlers answer, and carries what is owed."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "1")  # python-telegram-bot warns at each reading of retry_after without it
