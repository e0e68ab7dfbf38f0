"""Our bot as `python -m bot run` starts it, with one thing changed: no rate limit, so that the machine is the limit."""

from bot import app
from bot.cli.main import main

if __name__ == "__main__":
    vars(app)["RateLimiter"] = lambda: None
    main(["run"])
