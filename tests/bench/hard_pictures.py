"""Hard photographs of our own slips, as they come from the printer: made here, since others' test pictures are theirs.

Each is a slip of A6 (or four on a sheet of A4) on a table, in a photograph of 1280 pixels as a messenger sends it.
"""

import math
import random
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from bot.press.__main__ import draw
from handlers.paper import sheets
from storage.paper.slips import Slip
from tests.gallery import NOW, WORKFLOW
from tests.paper import scanner

LONG, TABLE = 1280, 110  # pixels of the longer side, and the grey of the table
GRID = 8  # folds across a crumpled slip

Hardship = Callable[[Image.Image, random.Random], Image.Image]


def printed(numbers: Sequence[str], bot: str = "jekduk_bot") -> Image.Image:
    """The slip of a number, or the sheet of four, as a scanner sees it."""
    slips = [Slip(number, "tlogopakis", NOW, "4821", 1) for number in numbers]
    sheet = sheets.slips(WORKFLOW, bot, slips, four=len(slips) > 1)
    return scanner.pictures(draw(sheet), 200)[0].convert("L")


def turned(seen: Image.Image, chance: random.Random) -> Image.Image:
    return seen.rotate(chance.uniform(0, 360), Image.Resampling.BICUBIC, expand=True, fillcolor=TABLE)


def askew(seen: Image.Image, chance: random.Random) -> Image.Image:
    """From the side: each corner up to a fifth further in."""
    w, h = seen.size
    by = [(chance.uniform(0, 0.2) * w, chance.uniform(0, 0.2) * h) for _ in range(4)]
    (a, b), (c, d), (e, f), (g, i) = by
    corners = (-a, -b, -c, h + d, w + e, h + f, w + g, -i)
    return seen.transform(seen.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=TABLE)


def blurred(seen: Image.Image, chance: random.Random) -> Image.Image:
    return seen.filter(ImageFilter.GaussianBlur(chance.uniform(2, 4)))


def glaring(seen: Image.Image, chance: random.Random) -> Image.Image:
    """A lamp is mirrored on it, and everything around the spot pales."""
    light = Image.new("L", seen.size, 0)
    x, y, r = chance.uniform(0, seen.width), chance.uniform(0, seen.height), seen.width / 4
    ImageDraw.Draw(light).ellipse((x - r, y - r, x + r, y + r), fill=230)
    return ImageChops.add(seen, light.filter(ImageFilter.GaussianBlur(r / 2)))


def dark(seen: Image.Image, chance: random.Random) -> Image.Image:
    """Dusk: a seventh of the light or less, and the noise that comes with it."""
    light = chance.uniform(0.05, 0.15)
    dim = seen.point(lambda value: int(value * light))
    return ImageChops.add(dim, Image.effect_noise(seen.size, 8), scale=1, offset=-118)


def crumpled(seen: Image.Image, chance: random.Random) -> Image.Image:
    """It was in a pocket: the paper lies in folds, each a little askew and in its own light."""
    w, h, most = seen.width / GRID, seen.height / GRID, seen.width / GRID / 25
    at = {
        (x, y): (x * w + chance.uniform(-most, most), y * h + chance.uniform(-most, most))
        for x in range(GRID + 1)
        for y in range(GRID + 1)
    }
    mesh, light = [], Image.new("L", seen.size, 255)
    for x in range(GRID):
        for y in range(GRID):
            box = (round(x * w), round(y * h), round((x + 1) * w), round((y + 1) * h))
            mesh.append((box, (*at[x, y], *at[x, y + 1], *at[x + 1, y + 1], *at[x + 1, y])))
            ImageDraw.Draw(light).rectangle(box, fill=chance.randint(190, 255))
    folded = seen.transform(seen.size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC, fillcolor=TABLE)
    return ImageChops.multiply(folded, light.filter(ImageFilter.GaussianBlur(w / 8)))


def untouched(seen: Image.Image, _chance: random.Random) -> Image.Image:
    return seen


HARDSHIPS: Mapping[str, tuple[Hardship, int, int]] = {  # with how many slips in the picture, and the quality of JPEG
    "turned": (turned, 1, 80),
    "askew": (askew, 1, 80),
    "out of focus": (blurred, 1, 80),
    "glare": (glaring, 1, 80),
    "dusk": (dark, 1, 80),
    "JPEG of quality 5": (untouched, 1, 5),
    "crumpled": (crumpled, 1, 80),
    "four on a sheet, askew": (askew, 4, 75),
    "four on a sheet, crumpled": (crumpled, 4, 75),
}


def photograph(name: str, slips: Image.Image, chance: random.Random) -> bytes:
    """Printed slips on a table, under a hardship, as a messenger sends it."""
    hardship, count, quality = HARDSHIPS[name]
    room = 1.15 if count > 1 else chance.uniform(1.3, 2)  # how much of the picture is table
    side = math.ceil(max(slips.size) * room)
    table = Image.new("L", (side, side), TABLE)
    table.paste(slips, ((side - slips.width) // 2, (side - slips.height) // 2))
    table = table.resize((LONG, LONG), Image.Resampling.BOX)
    kept = BytesIO()
    hardship(table, chance).convert("RGB").save(kept, "JPEG", quality=quality)
    return kept.getvalue()
