"""What must not be kept is not kept, and what goes wrong is known by its id alone: in real files of a real process."""

import random
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from storage.copies import backups
from tests.crash import stage as stages
from tests.crash.process import Process
from tests.crash.scene import FIRST_FAMILY
from tests.crash.stage import Stage
from tests.town import TOKEN, TUESDAY

NIKS = [f"33260{i}5708950002" for i in range(10)]


def card() -> bytes:
    """A photograph of a card, no two alike."""
    picture = Image.frombytes("RGB", (800, 500), random.randbytes(800 * 500 * 3))
    ImageDraw.Draw(picture).text((40, 40), f"NIK {NIKS[0]}", fill="black")
    taken = BytesIO()
    picture.save(taken, "JPEG", quality=80)
    return taken.getvalue()


async def test_sixteen_digits_photos_of_cards_and_the_token_are_in_no_file_however_much_is_logged(tmp_path: Path):
    photo = card()
    async with stages.opened(tmp_path, f"sqlite:///{tmp_path}/town.db", families=1) as stage:
        bot = stage.bot = sick(stage, tmp_path, "chatter help", TMPDIR=str(tmp_path))
        await bot.start(module="tests.crash.sick")
        await everything_with_a_nik(stage)
        await shows_a_card(stage, photo)
        await bot.kill()  # the log of the database stays as it was
        found = files(tmp_path)
        await backups.backup(f"sqlite:///{tmp_path}/town.db", tmp_path / "copy.db", TUESDAY)
        found["copy.db"] = (tmp_path / "copy.db").read_bytes()
    assert {"town.db", "town.db-wal", "bot.log", "copy.db"} <= set(found)
    assert "DEBUG" in bot.log
    secrets = [*NIKS, *(" ".join(nik[i : i + 4] for i in range(0, 16, 4)) for nik in NIKS), TOKEN, TOKEN.split(":")[1]]
    assert [(name, secret) for name, body in found.items() for secret in secrets if secret.encode() in body] == []
    pieces = [photo[at : at + 64] for at in range(0, len(photo), 4096)]
    assert [name for name, body in found.items() if any(piece in body for piece in pieces)] == []


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def everything_with_a_nik(stage: Stage) -> None:
    phone = stage.phones[FIRST_FAMILY]
    own = phone.say(f"NIK saya {NIKS[0]}")
    phone.say(" ".join(NIKS[1][i : i + 4] for i in range(0, 16, 4)))
    phone.say(f"/status {NIKS[2]}")
    phone.say(f"/daftar {NIKS[3]} {stage.numbers[0]}")
    phone.start(NIKS[4])
    phone.photo(b"x", caption=f"KTP {NIKS[5]}")
    phone.document(b"x", f"{NIKS[6]}.pdf")
    phone.forge(f"s:{NIKS[7]}", message=1)
    phone.say(f"/bantuan {NIKS[8]}")  # fails, and its error quotes the text
    phone.edit(own, f"maaf, {NIKS[9]}")
    await stage.until(lambda: not phone.unanswered and len(phone.heard) >= 8)
    await stage.settled()


async def shows_a_card(stage: Stage, photo: bytes) -> None:
    """It is looked at, for the code of a slip, and its sender is told what not to send."""
    phone = stage.phones[FIRST_FAMILY]
    before = len(phone.heard)
    phone.photo(photo, "ini KTP saya")
    await stage.until(lambda: len(phone.heard) > before)
    assert "Mohon jangan kirim foto kartu (KTP, KK)" in phone.heard[-1].text
    await stage.settled()


def sick(stage: Stage, folder: Path, illness: str, **settings: str) -> Process:
    return stage.hire(folder, f"sqlite:///{folder}/town.db", CRASH_SICK=illness, **settings)


async def test_what_a_handler_fails_at_is_listed_and_answered_once_it_can_be(tmp_path: Path):
    async with stages.opened(tmp_path, f"sqlite:///{tmp_path}/town.db", families=2) as stage:
        phone, other = stage.phones[FIRST_FAMILY], stage.phones[FIRST_FAMILY + 1]
        stage.bot = sick(stage, tmp_path, "help")
        await stage.bot.start(module="tests.crash.sick")
        phone.say("/bantuan")
        phone.say("/privasi")
        other.say("/privasi")
        await stage.settled()
        assert ["Maaf" in seen.text or "maaf" in seen.text for seen in phone.heard].count(True) == 1
        assert len(phone.heard) == 2
        assert len(other.heard) == 1
        assert "KeyError" in await stage.bot.says("stuck")
        await stage.bot.stop()
        assert "to be tried again" in await stage.bot.says("stuck", "retry", "all")
        await stage.bot.start()
        await stage.until(lambda: len(phone.heard) == 3)
        assert "/status" in phone.heard[-1].text
        assert "nothing is stuck" in await stage.bot.says("stuck")
