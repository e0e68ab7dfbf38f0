"""Runs a command as a child that does not outlive its parent: however the parent ended, it ends too."""

import os
import runpy
import signal
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
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
