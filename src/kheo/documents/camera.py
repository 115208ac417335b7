"""When and where a photograph says that it was taken (Exif 2.32: DateTimeOriginal, OffsetTimeOriginal, GPS). Read in the child only.

What cannot be read, or cannot be true, counts as not told: whoever has none of it is not refused for that.
"""

import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL import Image

_EXIF, _GPS = 0x8769, 0x8825
_TAKEN, _OFFSET = 0x9003, 0x9011
_MILLION = 1_000_000


@dataclass(frozen=True)
class Camera:
    """What a camera wrote beside the pixels, as far as it can be read. `taken`: ISO, by the clock on the wall or with its offset;
    degrees in millionths."""

    taken: str | None = None
    latitude: int | None = None
    longitude: int | None = None


UNTOLD = Camera()


def camera_of(source: Image.Image | bytes | None) -> Camera:
    """From a picture that is open, or from the bytes of an Exif block."""
    try:
        exif = _exif(source)
    except MemoryError:
        raise
    except Exception:  # whatever is wrong with what is written beside the pixels, they are the photograph
        return UNTOLD
    latitude, longitude = _place(exif)
    return Camera(_taken(exif), latitude, longitude)


def _exif(source: Image.Image | bytes | None) -> Image.Exif:
    if isinstance(source, Image.Image):
        return source.getexif()
    exif = Image.Exif()
    if source:
        exif.load(source)
    return exif


def _taken(exif: Image.Exif) -> str | None:
    try:
        told = exif.get_ifd(_EXIF)
        day, clock = str(told[_TAKEN]).strip("\0 ").split(" ")
        moment = datetime.fromisoformat(f"{day.replace(':', '-')}T{clock}")
        if moment.year < 1990:
            return None  # a camera whose clock was never set
        with suppress(KeyError, ValueError):
            return datetime.fromisoformat(moment.isoformat() + str(told[_OFFSET]).strip("\0 ")).isoformat()
        return moment.isoformat()
    except MemoryError:
        raise
    except Exception:
        return None


def _place(exif: Image.Exif) -> tuple[int, int] | tuple[None, None]:
    """Both or neither. 0° 0' is what a receiver writes that knows nothing."""
    try:
        told = exif.get_ifd(_GPS)
        latitude, longitude = _degrees(told, 1, "S", 90), _degrees(told, 3, "W", 180)
    except MemoryError:
        raise
    except Exception:
        return None, None
    return (latitude, longitude) if (latitude, longitude) != (0, 0) else (None, None)


def _degrees(told: Mapping[int, Any], tag: int, below_zero: str, most: int) -> int:
    """Millionths. Raises whatever a torn block causes; ValueError where it cannot be a place."""
    degrees, minutes, seconds = (float(each) for each in told[tag + 1])
    found = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(found) or not 0 <= found <= most:
        raise ValueError(found)
    return round((-found if str(told[tag]).strip("\0 ").upper() == below_zero else found) * _MILLION)
