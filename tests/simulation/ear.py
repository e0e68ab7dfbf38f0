"""What the bot logs, heard by its machine."""

import logging

from bot.logs import ORDINARY
from tests.simulation.loop import PROCESS
from tests.simulation.machine import Machine, Process

BORNE = (  # a token that is refused now and then; and how a process ended is judged elsewhere
    "Telegram refuses to send; what is owed is kept", "Telegram refuses the token, which was good", "stopped",
)  # fmt: skip


class Ear(logging.Handler):
    """What the bot logs as an error is a fault; all that it logs can be told."""

    def __init__(self, machine: Machine) -> None:
        super().__init__()
        self._machine = machine
        self._ours = logging.getLogger("bot")
        self._level = logging.ERROR if machine.lines is None else logging.INFO

    def __enter__(self) -> None:
        self._ours.addHandler(self)
        self._ours.setLevel(self._level)
        self._ours.propagate = False

    def __exit__(self, *_: object) -> None:
        self._ours.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        process, now, says = PROCESS.get(), self._machine.loop.time(), record.getMessage()
        number = process.number if isinstance(process, Process) else 0
        facts = {name: value for name, value in vars(record).items() if name not in ORDINARY}
        self._machine.tell(f"{now:.6f} {number} {record.levelname} {self.format(record)} {facts}")
        if record.levelno >= logging.ERROR and says not in BORNE:
            self._machine.faults.append(f"{number} at {now:.2f}: {says} {facts}")
