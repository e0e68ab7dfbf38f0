"""What takes the place of the operating system for a process of the machine."""

from collections.abc import Mapping
from types import MappingProxyType

from tests.simulation.machine import here


class Calls:
    """In place of the module `os`. No service manager waits to be told anything."""

    environ: Mapping[str, str] = MappingProxyType({})

    def getpid(self) -> int:
        return here().number

    def kill(self, number: int, _signal: int) -> None:
        other = here().machine.processes.get(number)
        if other is None or not other.alive:
            raise ProcessLookupError


def place() -> str:
    """In place of the lease's own: where a process runs, if that can be known."""
    return "here" if here().machine.plan.is_place_known else ""
