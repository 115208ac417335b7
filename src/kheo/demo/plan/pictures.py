"""An invented photograph: a clean riverside, drawn. Nobody is in it."""

import io

from PIL import Image, ImageDraw

SIZE = (1200, 900)


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
