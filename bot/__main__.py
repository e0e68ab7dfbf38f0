"""The program: `python -m bot …`, also `jekduk …`."""

import os
import signal


def main() -> None:
    """Do what was typed. Ctrl-C ends it at once and without a word from here on, as the commands take a while
    to be imported; while one is at work it is cancelled (`bot.cli.command`).
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    # Ours are the district's clocks. Babel asks for this machine's zone as well, and fails at one that is no such file.
    os.environ["TZ"] = "UTC"
    from bot.cli.main import main as command  # noqa: PLC0415  # as above

    command()


if __name__ == "__main__":
    main()
