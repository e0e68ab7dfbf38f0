"""`invite` prints a link that gives a post, or says what to mend."""

from dataclasses import replace
from typing import Any

import pytest

from bot.cli import invite
from bot.config import Secret, Settings, WrongSettings
from bot.config.posts import place_of
from storage import district, open_storage, people
from tests.cli.shell import TOKEN

NOW = 1_795_482_600_000


def settings(**values: Any) -> Settings:
    return replace(Settings(telegram_bot_token=Secret(TOKEN)), **values)


async def test_the_first_head_is_invited_on_an_empty_database(server, tmp_path):
    url = f"sqlite:///{tmp_path}/new.db"
    link = await invite.link(settings(telegram_api_url=server[1], database_url=url), "head", "", NOW)
    assert link.startswith("https://t.me/jekduk_bot?start=i_")
    storage = await open_storage(url)
    async with storage.transaction() as tx:
        taken = await people.accept(tx, link.partition("i_")[2], 7, "id", NOW)
    await storage.close()
    assert taken
    assert (taken.role, taken.village) == ("head", "")


@pytest.mark.parametrize(
    "role, village, key",
    [
        ("village_officer", "Tlogopakis", "tlogopakis"),
        ("reporter", "KAYUPURING", "kayupuring"),
        ("reporter", "simego", "simego"),
        ("reporter", " Kayu\u00a0puring", "kayupuring"),
        ("courier", "", ""),
    ],
)
def test_a_village_is_known_by_name_and_key(role, village, key):
    assert place_of(district.load(), role, village) == key


@pytest.mark.parametrize(
    "role, village, told",
    [
        pytest.param("camat", "", "write one of village_officer, reporter, courier", id="no-such-role"),
        pytest.param("reporter", "Kajen", "'Kajen' is not a village of Petungkriyono", id="no-such-village"),
        pytest.param("reporter", "Kajen", "one of Simego, Gumelem", id="the-list"),
        pytest.param("village_officer", "", "a village_officer has a village; write --village", id="village-left-out"),
        pytest.param("head", "Simego", "leave out --village", id="a-village-too-many"),
    ],
)
def test_a_post_there_cannot_be_is_refused(role, village, told):
    with pytest.raises(WrongSettings, match=told):
        place_of(district.load(), role, village)


async def test_nobody_is_invited_while_telegram_is_away(tmp_path):
    url = f"sqlite:///{tmp_path}/new.db"
    with pytest.raises(WrongSettings, match="no connection"):
        await invite.link(settings(telegram_api_url="http://127.0.0.1:9", database_url=url), "head", "", NOW)
    assert not (tmp_path / "new.db").exists()
