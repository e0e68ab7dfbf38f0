"""QR codes in a picture. What others send may be broken, or made to break whoever opens it: so a process of its own
opens it, with little memory and time, and ends. This file is its script; no library for pictures is loaded elsewhere.
"""

import asyncio
import json
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

SECONDS = 20  # for all of it
MEMORY = 1 << 30  # bytes of address space: 50 megapixels take 50 MB, three times, and the libraries 300
PIXELS = 50_000_000
SMALL = 1600  # pixels of the longer side, up to which a picture is looked at once more at twice its size
MOST = 200  # codes; and characters of each
KNOWN = {"PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT"}  # all it knows of our environment


class Unseen(Exception):
    """It is no picture that can be looked at."""


async def read(picture: bytes, seconds: float = SECONDS) -> list[str]:
    """What the QR codes in a picture say. Raises Unseen."""
    # -P: what lies beside this file has names of other modules. -I would forget where the libraries are in a wheel.
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", __file__,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if name in KNOWN},
    )  # fmt: skip
    try:
        async with asyncio.timeout(seconds):
            told, _ = await process.communicate(picture)
    except TimeoutError:
        raise Unseen from None
    finally:
        if process.returncode is None:  # out of time, or whoever waits was told to stop
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode:
        raise Unseen
    return [json.loads(line) for line in told.splitlines()]


def _tell() -> None:
    import resource  # noqa: PLC0415  # only the process that looks at a picture needs it

    os.nice(10)  # everybody's answers first
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for text in list(dict.fromkeys(_codes(sys.stdin.buffer.read())))[:MOST]:
        print(json.dumps(text[:MOST]))  # noqa: T201  # to the process that asks


def _codes(picture: bytes) -> Iterator[str]:
    from PIL import Image, ImageOps  # noqa: PLC0415  # as above

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    with Image.open(BytesIO(picture), formats=["JPEG", "PNG", "WEBP"]) as opened:
        if opened.width * opened.height > PIXELS:
            raise ValueError
        opened.draft("L", opened.size)
        grey = ImageOps.exif_transpose(opened.convert("L"))
    yield from _look(grey)
    if max(grey.size) <= SMALL:
        yield from _look(grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC))


def _look(grey: "Image") -> Iterator[str]:
    import zxingcpp  # noqa: PLC0415  # as above

    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for found in zxingcpp.read_barcodes(grey, formats=wanted, try_invert=False):
        yield found.text


if __name__ == "__main__":
    _tell()
