"""Systems are admitted, listed and shut out from the command line."""

from pathlib import Path

import pytest

from bot.cli.register import admitted
from bot.config import Settings, WrongSettings
from tests.town import TUESDAY, migrated


async def test_a_system_is_admitted_once_listed_and_shut_out(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'feeds.db'}"
    await migrated(url)
    settings = Settings(database_url=url)
    api, signing, *more = await admitted.add(settings, "sekolah", "https://sekolah.example.id", TUESDAY)
    assert (api.startswith("api key: jd_"), signing.startswith("signing key: ")) == (True, True)
    assert "FEEDS" in more[-1]
    with pytest.raises(WrongSettings, match="systems list"):
        await admitted.add(settings, "sekolah", "", TUESDAY)
    assert await admitted.listed(settings, TUESDAY) == ["sekolah  https://sekolah.example.id"]
    assert await admitted.revoke(settings, "sekolah", TUESDAY) == "revoked: sekolah"
    assert await admitted.listed(settings, TUESDAY) == ["sekolah  https://sekolah.example.id  revoked"]
    for unsafe in ("http://bank.example.id", "http://127.0.0.1.example.id", "https://bank..id", "https://"):
        with pytest.raises(WrongSettings, match="https"):
            await admitted.add(settings, "bank", unsafe, TUESDAY)
    with pytest.raises(WrongSettings, match="no system sekolah"):
        await admitted.revoke(settings, "sekolah", TUESDAY)


@pytest.mark.parametrize("name", ["", " ", "a\nb", "\u202eabc", "a\udcff", "a" * 61, "a\t", "-"])
async def test_a_name_fits_a_line(tmp_path: Path, name: str):
    with pytest.raises(WrongSettings, match="a name has"):
        await admitted.add(Settings(database_url=f"sqlite:///{tmp_path / 'feeds.db'}"), name, "", TUESDAY)
