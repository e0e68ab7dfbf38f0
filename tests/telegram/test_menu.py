"""The menus that Telegram shows: everybody's, and for each of the staff that of their posts and language."""

from bot.telegram import menu
from storage import people
from tests.town import Inhabitant, Town


def seen(town: Town, who: Inhabitant) -> list[str]:
    """The commands of a menu of one's own; none, if one has everybody's."""
    return [one["command"] for one in town.telegram.commands.get((f"chat:{who.chat}", ""), [])]


async def shown(town: Town) -> None:
    await menu.show(town.parts.bot, town.services)


async def test_staff_have_a_menu_of_their_posts_and_families_everybodys(any_town: Town):
    town = any_town
    await shown(town)
    assert seen(town, town.joko)[:2] == ["tugas", "cari"]
    assert seen(town, town.warni)[:3] == ["tugas", "baru", "cari"]
    assert seen(town, town.sari) == []
    assert town.telegram.commands["default", "jv"][0]["command"] == "status"


async def test_a_menu_changes_with_the_post_and_the_language_and_is_set_once(town: Town):
    await shown(town)
    town.sandbox.calls.clear()
    await shown(town)
    assert [call.method for call in town.sandbox.calls if "Commands" in call.method] == []
    async with town.storage.transaction() as tx:
        await people.choose_language(tx, town.joko.chat, "en")
        [post] = (await people.get(tx, town.rina.chat)).posts
        await people.dismiss(tx, post.id, town.clock)
    await shown(town)
    own = town.telegram.commands[f"chat:{town.joko.chat}", ""]
    assert next(one["description"] for one in own if one["command"] == "tugas") == "What waits for you"
    assert seen(town, town.rina) == []
    assert sum("Commands" in call.method for call in town.sandbox.calls) == 2


async def test_one_chat_that_is_refused_keeps_nobody_from_theirs(town: Town):
    refusal = '{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}'
    await shown(town)
    async with town.storage.transaction() as tx:
        for who in (town.warni, town.hadi):
            await people.choose_language(tx, who.chat, "en")
    town.sandbox.fault("raw", method="setMyCommands", code=400, words=refusal, times=1)
    await shown(town)
    menus = [town.telegram.commands[f"chat:{who.chat}", ""][0]["description"] for who in (town.warni, town.hadi)]
    assert sorted(menus) == ["Tugas yang menunggu", "What stands still"]
