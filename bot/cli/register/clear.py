"""Takes documents from a stage that the district file has no more, or is to lose, to another one of it."""

from bot import database
from bot.cli.register.alone import alone
from bot.config import Settings, WrongSettings
from storage import district
from storage.copies import stages
from storage.db import leases
from storage.workflow import Workflow


async def clear(settings: Settings, old: str, new: str, now: int) -> str:
    """What was done, in a sentence. Raises WrongSettings if the file or the register forbids it."""
    workflow = Workflow(district.load(settings.district_file))
    if new not in workflow.stages or new == old:
        raise WrongSettings(f"'{new}' is no other stage of the district file")
    async with database.fitting(settings, now) as register, alone(register, "move") as still:
        async with register.transaction() as tx:
            try:
                count = await stages.empty(tx, workflow, old, new, now)
            except stages.NotThere as error:
                raise WrongSettings(
                    f"nothing was moved: {error}; put that right first, with '{old}' in the file"
                ) from None
        await still()
        async with register.transaction() as tx:
            await leases.end_all(tx)  # a bot may begin at once
    return (
        f"documents taken from '{old}' to '{new}': {count}. Nobody was told" if count else f"nothing stands on '{old}'"
    )
