"""The small town of a run: its register is filled once, and each run has a copy of that file."""

import random
from pathlib import Path

from bot.sandbox import Limits, Sandbox, Settings
from storage import ledger, open_storage, overview
from tests.crash.scene import Scene
from tests.simulation.loop import VirtualLoop
from tests.simulation.substitutes import Now
from tests.town import TOKEN, WORKFLOW

FAMILIES, CONCERNED, REQUESTS, FOLLOWED = 5, 2, 12, 9


class Snapshot:
    """A register with the cast at their posts and files along the road, by so many `acts`."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "snapshot.db"
        self.acts: set[int] = set()
        random.seed(0)
        Now.loop = VirtualLoop()
        try:
            self._numbers = Now.loop.run_until_complete(self._fill())
        finally:
            Now.loop.bury()
            Now.loop = None
        self._bytes = self._file.read_bytes()

    async def _fill(self) -> list[str]:
        storage = await open_storage(f"sqlite:///{self._file}")
        sandbox = Sandbox(Settings())
        scene = Scene(sandbox, sandbox.bot(TOKEN), storage, WORKFLOW)
        await scene.people_move_in(FAMILIES, REQUESTS, FOLLOWED, CONCERNED)
        async with storage.reading() as tx:
            for document in await overview.everything(tx, 0):
                self.acts |= {event.act for event in await ledger.history(tx, document.id)}
        await storage.close()
        return scene.numbers

    def copy(self, file: Path) -> None:
        """A copy of it, in a file that is not there yet."""
        file.write_bytes(self._bytes)

    async def town(self, file: Path, seed: int, *, limits: bool) -> Scene:
        """A town on such a copy."""
        sandbox = Sandbox(Settings(tokens=frozenset({TOKEN}), seed=seed, limits=Limits() if limits else None))
        scene = Scene(
            sandbox, sandbox.bot(TOKEN, "jekduk_bot", "Jek-Duk"), await open_storage(f"sqlite:///{file}"), WORKFLOW
        )
        scene.numbers = self._numbers
        scene.people_show_up(FAMILIES, FOLLOWED, CONCERNED)
        return scene
