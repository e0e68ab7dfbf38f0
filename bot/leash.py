"""Runs a command on a leash: when whoever started it is gone, however that came, it ends too."""

import os
import signal
import sys
import threading
import time

GRACE = 5.0  # seconds to finish what is held


def hold() -> None:
    """Wait until the other end of standard input is closed, as the system does for whoever is killed; then end."""
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=hold, daemon=True).start()
    from bot.__main__ import main

    main(sys.argv[1:])
