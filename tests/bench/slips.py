"""How many of the QR codes on slips are read from a photograph of a sheet of A4, and how long it takes.

The photographs are made here: 20 slips with a QR of 25 mm, 1280 pixels for the long side of the sheet, each sheet
turned, seen askew, half in the shade, out of focus, noisy, and saved as a messenger does. Harder ones are of
`hard_pictures`.
"""

import asyncio
import random
import time
from io import BytesIO

import segno
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from handlers.road import codes
from handlers.wording.layout import grouped
from handlers.wording.links import number_link
from storage import numbers
from tests.bench import hard_pictures
from tests.bench.scales import Result, spread

BOT, SLIPS = "jekduk_bot", 20
A4, QR, LONG = (210, 297), 25, 1280  # millimetres, and pixels
ACROSS, DOWN = 4, 5
PATIENCE = 60.0  # seconds for a photograph: how many are read is judged, on a busy machine too
SHARP = 4  # the sheet is drawn so much larger than it is photographed


def sheet(wanted: list[str], bot: str = BOT) -> Image.Image:
    """A sheet of A4 with a QR of each number."""
    scale = LONG / A4[1] * SHARP
    drawn = Image.new("L", (round(A4[0] * scale), round(A4[1] * scale)), 255)
    pen = ImageDraw.Draw(drawn)
    for place, number in enumerate(wanted):
        column, row = place % ACROSS, place // ACROSS
        left, top = (10 + column * 48) * scale, (12 + row * 56) * scale
        made = BytesIO()
        segno.make(number_link(bot, number), error="m", micro=False).save(made, kind="png", scale=10, border=0)
        side = round(QR * scale)
        with Image.open(made) as code:
            drawn.paste(code.convert("L").resize((side, side), Image.Resampling.BOX), (round(left), round(top)))
        pen.text((left, top + side + 2 * scale), grouped(number), fill=0, font_size=4 * scale)
        pen.rectangle((left - 4 * scale, top - 4 * scale, left + 40 * scale, top + 40 * scale), outline=128, width=2)
    return drawn


def photograph(drawn: Image.Image, chance: random.Random) -> bytes:
    """The sheet as a phone sees it."""
    seen = drawn.resize((drawn.width // SHARP * 2, drawn.height // SHARP * 2), Image.Resampling.BOX)
    seen = _askew(seen, chance)
    seen = seen.rotate(
        chance.choice((0, 90, 180, 270)) + chance.uniform(-12, 12), Image.Resampling.BICUBIC, True, fillcolor=110
    )
    factor = LONG / max(seen.size)
    seen = seen.resize((round(seen.width * factor), round(seen.height * factor)), Image.Resampling.BOX)
    seen = seen.filter(ImageFilter.GaussianBlur(chance.uniform(0.2, 0.8)))
    seen = ImageChops.multiply(seen, _shade(seen.size, chance))
    noise = Image.effect_noise(seen.size, chance.uniform(4, 16))
    seen = ImageChops.add(seen, noise, scale=1, offset=-128)
    kept = BytesIO()
    seen.convert("RGB").save(kept, "JPEG", quality=chance.randint(75, 90))
    return kept.getvalue()


def _askew(seen: Image.Image, chance: random.Random) -> Image.Image:
    """Seen from the side: each corner up to a twentieth further in."""
    width, height = seen.size
    by = [(chance.uniform(0, 0.05) * width, chance.uniform(0, 0.05) * height) for _ in range(4)]
    (a, b), (c, d), (e, f), (g, h) = by
    corners = (-a, -b, -c, height + d, width + e, height + f, width + g, -h)
    return seen.transform(seen.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=110)


def _shade(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """Light from one side, down to half of it, and the shadow of a hand with soft edges."""
    dark = chance.randint(120, 200)
    light = Image.linear_gradient("L").resize(size).rotate(chance.choice((0, 90, 180, 270))).resize(size)
    light = light.point(lambda value: dark + value * (255 - dark) // 255)
    hand = Image.new("L", size, 255)
    x, y, r = chance.uniform(0, size[0]), chance.uniform(0, size[1]), size[0] / 4
    ImageDraw.Draw(hand).ellipse((x - r, y - r, x + r, y + r), fill=140)
    return ImageChops.multiply(light, hand.filter(ImageFilter.GaussianBlur(20)))


def numbers_of(chance: random.Random, count: int = SLIPS) -> list[str]:
    """Receipt numbers that nobody has."""
    found: list[str] = []
    while len(found) < count:
        digits = str(chance.randrange(200_000_000_000, 800_000_000_000))
        if numbers.is_number(digits):
            found.append(digits)
    return found


async def slips(sheets: int, hard: int) -> list[Result]:
    """So many sheets of 20 codes, and so many photographs of each hardship."""
    return [await _sheets(sheets), await _hard(hard)]


async def _sheets(count: int) -> Result:
    chance, read, took = random.Random(11), 0, []
    for _ in range(count):
        wanted = numbers_of(chance)
        picture = photograph(sheet(wanted), chance)
        begun = time.perf_counter()
        found = set(await codes.read(picture, PATIENCE))
        took.append(time.perf_counter() - begun)
        read += sum(number_link(BOT, number) in found for number in wanted)
    share = 100 * read / (count * SLIPS)
    return Result(
        f"{count * SLIPS} codes of 25 mm, {SLIPS} a photograph of {LONG} pixels",
        {"ours": f"{spread(took, ' s', 2)} a photograph, in a process of its own"},
        f"{share:.2f} % read",
        share >= 99,
    )


async def _hard(each: int) -> Result:
    """Ours beside zxing-cpp alone, on the same photographs."""
    chance, figures, ours, alone = random.Random(12), {}, 0, 0
    for name, (_, count, _) in hard_pictures.HARDSHIPS.items():
        found = found_alone = 0
        for _ in range(each):
            wanted = numbers_of(chance, count)
            picture = hard_pictures.photograph(name, hard_pictures.printed(wanted), chance)
            links = {number_link(BOT, number) for number in wanted}
            found += len(links & {*await codes.read(picture, PATIENCE)})
            with Image.open(BytesIO(picture)) as seen:
                found_alone += len(links & {one.text for one in zxingcpp.read_barcodes(seen)})
        figures[name] = f"{found} of {each * count}; zxing-cpp alone {found_alone}"
        ours, alone = ours + found, alone + found_alone
    return Result(
        "hard photographs of printed slips", figures, f"{ours} read, {alone} by zxing-cpp alone", ours >= alone
    )


if __name__ == "__main__":
    for result in asyncio.run(slips(20, 20)):
        print("\n".join(result.lines()))
