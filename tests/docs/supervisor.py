"""What a test has instead of systemd: `systemctl`, and a supervisor for each unit that does what the unit says."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from configparser import ConfigParser
from contextlib import suppress
from pathlib import Path

PATIENCE = 60.0  # seconds for a unit to be ready, or to end


class Unit:
    """A unit file below `root`, and what is known of it in `root`/run."""

    def __init__(self, root: Path, name: str) -> None:
        file = ConfigParser(strict=False, interpolation=None)
        file.optionxform = str  # type: ignore[assignment,method-assign]  # names keep their capitals
        file.read(root / f"etc/systemd/system/{name}.service", "utf-8")
        self.root, self.service, self.is_stopping = root, file["Service"], False
        self.supervisor, self.main, self.ready = (root / "run" / f"{name}.{end}" for end in ("sup", "pid", "ready"))

    def placed(self, setting: str) -> str:
        """A path that the unit names, where this root has it."""
        return f"{self.root}{self.service[setting]}"

    def supervise(self) -> None:
        """Until told to stop, or until it ends as it may not be started again."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
            heard.bind(f"\0{self.supervisor}")
            told = {"NOTIFY_SOCKET": f"@{self.supervisor}", "WATCHDOG_USEC": f"{self.service['WatchdogSec']}000000"}
            signal.signal(signal.SIGTERM, self._stop)
            command, folder = self.placed("ExecStart").split(), self.placed("WorkingDirectory")
            while not self.is_stopping:
                process = subprocess.Popen(command, cwd=folder, env=os.environ | told)
                self.main.write_text(str(process.pid))
                self._watch(process, heard)
                if str(process.returncode) in self.service["RestartPreventExitStatus"].split():
                    break
                if not self.is_stopping:
                    time.sleep(float(self.service["RestartSec"]))
        self.ready.unlink(missing_ok=True)
        self.supervisor.unlink()

    def _stop(self, *_: object) -> None:
        self.is_stopping = True
        with suppress(ProcessLookupError):  # killed, and not started again yet
            os.kill(int(self.main.read_text()), signal.SIGTERM)

    def _watch(self, process: "subprocess.Popen[bytes]", heard: socket.socket) -> None:
        sign_of_life = time.monotonic()
        heard.settimeout(0.2)
        while process.poll() is None:
            try:
                said = heard.recv(4096).decode()
            except TimeoutError:
                said = ""
                if self.is_stopping:  # told while it was being started
                    process.terminate()
            if said == "READY=1":
                self.ready.touch()
            if said:
                sign_of_life = time.monotonic()
            if self.ready.exists() and time.monotonic() - sign_of_life > float(self.service["WatchdogSec"]):
                process.kill()

    def start(self) -> None:
        """Returns once it says that it is ready, as `Type=notify` has it."""
        command = [sys.executable, __file__, str(self.root), "supervise", self.main.stem]
        with (self.root / "run/journal").open("ab") as journal:
            process = subprocess.Popen(command, stdout=journal, stderr=journal, start_new_session=True)
        self.supervisor.write_text(str(process.pid))
        until(self.ready.exists)

    def stop(self) -> None:
        os.kill(int(self.supervisor.read_text()), signal.SIGTERM)
        until(lambda: not self.supervisor.exists())


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def main(root: Path, verb: str, *words: str) -> None:
    """`systemctl`, as far as our documents need it."""
    (root / "run").mkdir(exist_ok=True)
    for name in (word for word in words if not word.startswith("-")):
        unit = Unit(root, name)
        if verb == "supervise":
            unit.supervise()
        if verb in {"stop", "restart"}:
            unit.stop()
        if verb in {"enable", "start", "restart"}:
            unit.start()
        if verb == "kill":
            os.kill(int(unit.main.read_text()), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
