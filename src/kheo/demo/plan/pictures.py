"""Invented photographs, drawn: a riverside, corners full of rubbish and cleared ones, things at work, a page. Nobody is in them."""

import io
from functools import lru_cache
from random import Random

from PIL import Image, ImageDraw

from kheo.demo.plan.books import Picture
from kheo.demo.plan.chance import stream

SIZE = (1200, 900)
SMALL = (480, 360)
# A page without anything on it: what a plan says is not invented.
PAPER = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
_EXIF, _GPS, _TAKEN = 0x8769, 0x8825, 0x9003
_BAGS = ("#2b2b30", "#3d5a73", "#7a2f2f", "#c9c4b8", "#4a5d3a", "#8a7a55")
_WALLS = ("#b9a98f", "#a7a39b", "#c2b59b", "#9fa8a3")
_FLOWERS = ("#c8377a", "#e2a32b", "#d9542b", "#8d4fb0")


def riverside() -> bytes:
    """A JPEG of sky, trees, water and a bare bank."""
    image = Image.new("RGB", SIZE, "#bfe0ee")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 520, 1200, 700), fill="#4f8fa3")
    draw.rectangle((0, 700, 1200, 900), fill="#c9b48a")
    for place in range(7):
        left = 60 + 165 * place
        draw.rectangle((left + 42, 380, left + 58, 530), fill="#6b4f35")
        draw.ellipse((left, 250 + 20 * (place % 2), left + 100, 420), fill="#3f7d4a")
    draw.rectangle((880, 610, 1090, 760), fill="#f4f6f4", outline="#17623a", width=8)
    written = io.BytesIO()
    image.save(written, "JPEG", quality=85)
    return written.getvalue()


@lru_cache(maxsize=4)
def photograph(picture: Picture) -> bytes:
    """A small JPEG of what the plan says, with what its camera wrote beside it. The same number gives the same picture."""
    chance = stream(picture.number, picture.shows)
    image = Image.new("RGB", SMALL, chance.choice(("#bcd7e6", "#d4e2e8", "#c8dbe0", "#e2e4dd")))
    _DRAWN[picture.shows](ImageDraw.Draw(image), chance)
    written = io.BytesIO()
    image.save(written, "JPEG", quality=80, exif=_written_beside(picture))
    return written.getvalue()


def _written_beside(picture: Picture) -> Image.Exif:
    exif = Image.Exif()
    if picture.taken is not None:
        exif.get_ifd(_EXIF)[_TAKEN] = f"{picture.taken:%Y:%m:%d %H:%M:%S}"
    if picture.spot is not None:
        north, east = picture.spot
        exif.get_ifd(_GPS).update({1: "N", 2: _degrees(north), 3: "E", 4: _degrees(east)})
    return exif


def _degrees(millionths: int) -> tuple[float, float, float]:
    return millionths // 1_000_000, 0.0, millionths % 1_000_000 * 0.0036


def _corner(draw: ImageDraw.ImageDraw, chance: Random, ground: str) -> None:
    """A wall, a pavement, a lamp post."""
    draw.rectangle((0, 110, 480, 235), fill=chance.choice(_WALLS))
    for left in range(0, 480, 60):
        draw.line((left + chance.randrange(9), 110, left, 235), fill="#8d8373", width=1)
    draw.polygon(((0, 235), (480, 235), (480, 360), (0, 360)), fill=ground)
    post = chance.randrange(60, 420)
    draw.rectangle((post, 40, post + 7, 250), fill="#6c6f73")
    draw.ellipse((post - 8, 30, post + 15, 44), fill="#f1e7b4")


def _dirty(draw: ImageDraw.ImageDraw, chance: Random) -> None:
    _corner(draw, chance, "#6f675a")
    middle = chance.randrange(150, 330)
    for _ in range(34):
        x, size = int(chance.gauss(middle, 75)), chance.randrange(14, 46)
        y = 250 + chance.randrange(70) - max(0, 40 - abs(x - middle) // 3)
        draw.ellipse((x, y, x + size, y + int(size * 0.75)), fill=chance.choice(_BAGS), outline="#1f1f22")
    for _ in range(60):
        x, y = chance.randrange(480), chance.randrange(250, 355)
        draw.rectangle((x, y, x + chance.randrange(3, 9), y + 3), fill=chance.choice(("#e8e4da", "#9db4c4", "#d8b26a")))


def _clean(draw: ImageDraw.ImageDraw, chance: Random) -> None:
    _corner(draw, chance, "#b8b3a6")
    draw.rectangle((0, 205, 480, 235), fill="#f2efe6")
    for left in range(30, 470, 74):
        draw.polygon(((left, 268), (left + 34, 268), (left + 28, 300), (left + 6, 300)), fill="#a5583a")
        draw.ellipse((left - 4, 232, left + 38, 272), fill="#3f7d4a")
        for _ in range(7):
            x, y = left + chance.randrange(2, 32), chance.randrange(234, 264)
            draw.ellipse((x, y, x + 7, y + 7), fill=chance.choice(_FLOWERS))


def _work(draw: ImageDraw.ImageDraw, chance: Random) -> None:
    """Shelves with boxes, a table, a board with lines of writing."""
    draw.rectangle((0, 0, 480, 250), fill=chance.choice(("#e9e2d2", "#dfe6e2", "#e6dfe4")))
    draw.rectangle((0, 250, 480, 360), fill="#a98e6b")
    for shelf in (70, 130, 190):
        draw.rectangle((40, shelf + 34, 270, shelf + 40), fill="#7c5a3a")
        for left in range(46, 250, 34):
            draw.rectangle((left, shelf + chance.randrange(14), left + 27, shelf + 34), fill=chance.choice(_FLOWERS + _BAGS))
    draw.rectangle((310, 60, 450, 170), fill="#2f5d4a", outline="#7c5a3a", width=6)
    for row in range(80, 160, 16):
        draw.line((322, row, 322 + chance.randrange(60, 116), row), fill="#e9efe9", width=3)


def _page(draw: ImageDraw.ImageDraw, chance: Random) -> None:
    """What a piece looks like in a paper: a headline, a picture, two columns."""
    draw.rectangle((60, 14, 420, 350), fill="#fbfaf6", outline="#c8c4ba", width=2)
    draw.rectangle((80, 32, 80 + chance.randrange(220, 310), 50), fill="#33363a")
    draw.rectangle((80, 66, 250, 170), fill=chance.choice(("#4f8fa3", "#3f7d4a", "#c98a3a")))
    for column, top in ((80, 184), (264, 68)):
        for row in range(top, 336, 10):
            draw.line((column, row, column + chance.randrange(100, 136), row), fill="#8b8d90", width=2)


_DRAWN = {"dirty": _dirty, "clean": _clean, "work": _work, "page": _page}
