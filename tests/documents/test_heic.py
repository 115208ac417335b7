"""The photograph of an iPhone: decoded in the child, upright, without one byte of what the camera wrote, within what a job may use."""

import io
import random
import struct
import subprocess
import sys

import pillow_heif
import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from kheo.documents import photos
from kheo.documents.evidence_kinds import kind_of
from kheo.documents.photos import LONGEST_SIDE, ODD_HEIC, Photo, clean_photo, read_photo
from kheo.files.child import Failure, Limits, Reader
from tests.documents.test_photos import SECRETS, exif, pixels, segments


def heic(image: Image.Image, orientation: int = 1, quality: int = 90) -> bytes:
    """As an iPhone writes it: EXIF with place and owner, XMP, a thumbnail."""
    made, out = pillow_heif.from_pillow(image), io.BytesIO()
    xmp = b"<x:xmpmeta>xmp-secret Nguyen Thi Lan 10.7626</x:xmpmeta>"
    made.save(out, quality=quality, exif=exif(orientation).tobytes(), xmp=xmp)
    return out.getvalue()


def quarters(size: tuple[int, int]) -> Image.Image:
    """Red, green / blue, yellow: no turn or mirror of it looks like another."""
    image, (width, height) = Image.new("RGB", size, "red"), size
    image.paste("green", (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    image.paste("yellow", (width // 2, height // 2, width, height))
    return image


def cleaned(data: bytes) -> Photo:
    photo = read_photo(clean_photo(data))
    assert isinstance(photo, Photo), photo
    return photo


def shown(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def apart(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are from each other, in shades of 255 on the average."""
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


def test_it_becomes_a_jpeg_without_anything_that_the_camera_wrote() -> None:
    data = heic(pixels(random.Random(1), (96, 64)))
    assert [secret for secret in SECRETS if secret in data], "the camera wrote something"
    photo = cleaned(data)
    for kept in (photo.picture, photo.thumbnail):
        assert not [secret for secret in SECRETS if secret in kept]
        assert not set(segments(kept)) & set(range(0xE1, 0xF0)), "no segment for metadata"
    assert (shown(photo.picture).format, shown(photo.picture).size) == ("JPEG", (96, 64))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_stands_as_it_was_held(orientation: int) -> None:
    held = quarters((96, 64))
    seen = shown(cleaned(heic(held, orientation)).picture)
    said = Image.Exif()
    said[0x0112] = orientation
    turned = quarters((96, 64))
    turned.info["exif"] = said.tobytes()
    expected = ImageOps.exif_transpose(turned)
    assert seen.size == expected.size
    assert apart(seen, expected) < 6
    if orientation != 1:
        assert seen.size != held.size or apart(seen, held) > 30, "it had to be turned"


@pytest.mark.parametrize("size", [(4100, 1033), (1501, 8005)])
def test_a_large_one_is_made_smaller_strip_by_strip_and_no_line_is_lost(size: tuple[int, int]) -> None:
    coarse = pixels(random.Random(2), (size[0] // 50, size[1] // 50)).resize(size, Image.Resampling.BICUBIC)
    seen = shown(cleaned(heic(coarse)).picture)
    expected = coarse.copy()
    expected.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    assert abs(seen.width - expected.width) + abs(seen.height - expected.height) <= 1
    assert max(seen.size) == LONGEST_SIDE
    assert apart(seen.resize(expected.size), expected) < 6


def test_what_is_transparent_stands_on_white() -> None:
    clear = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    assert apart(shown(cleaned(heic(clear)).picture), Image.new("RGB", (64, 64), "white")) < 3


def test_the_largest_that_a_telephone_takes_by_default_fits_into_a_job() -> None:
    data = heic(quarters((5712, 4284)), quality=20)
    reader = Reader()
    answer = reader.run(clean_photo, data)
    peak = reader.usage().peak
    reader.close()
    assert isinstance(answer, bytes), answer
    assert isinstance(read_photo(answer), Photo)
    assert 0 < peak < 200 << 20
    tight = Reader(Limits(memory=60 << 20))
    refused = tight.run(clean_photo, data)
    tight.close()
    assert refused == Failure("memory") or read_photo(refused) == ODD_HEIC, "the limit holds for this decoder too"  # type: ignore[arg-type]


def test_one_that_claims_to_be_huge_is_refused_before_it_is_unpacked() -> None:
    data = heic(quarters((96, 64)))
    place = data.index(b"ispe") + 8
    assert struct.unpack(">II", data[place : place + 8]) == (96, 64)
    claimed = data[:place] + struct.pack(">II", 30_000, 20_000) + data[place + 8 :]
    told = read_photo(clean_photo(claimed))
    assert isinstance(told, str)
    assert "lớn quá mức nhận (25 triệu)" in told or told == ODD_HEIC


def test_the_size_is_looked_at_before_the_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(photos.MOST_PIXELS, "HEIC", 6000)
    told = read_photo(clean_photo(heic(quarters((96, 64)))))
    assert told == "có 96 × 64 điểm ảnh, lớn quá mức nhận (0 triệu). Hãy chụp hoặc lưu ở cỡ nhỏ hơn."


@pytest.mark.parametrize("size", [0, 12, 40, 400, -20])
def test_a_torn_one_tells_what_to_do_on_the_telephone(size: int) -> None:
    data = heic(pixels(random.Random(3), (96, 64)))
    torn = b"\x00\x00\x00\x18ftypheic" if size == 0 else data[:size]
    assert read_photo(clean_photo(torn)) == ODD_HEIC
    assert "chụp màn hình" in ODD_HEIC


def test_bytes_changed_at_random_never_bring_it_down() -> None:
    data = heic(pixels(random.Random(4), (128, 96)), quality=60)
    chance, outcomes = random.Random(5), set()
    reader = Reader()
    for _ in range(150):
        changed = bytearray(data)
        for _ in range(chance.randrange(1, 12)):
            changed[chance.randrange(12, len(changed))] = chance.randrange(256)
        answer = reader.run(clean_photo, bytes(changed))
        outcomes.add(type(answer if isinstance(answer, Failure) else read_photo(answer)))
        if isinstance(answer, bytes) and isinstance(photo := read_photo(answer), Photo):
            assert not [secret for secret in SECRETS if secret in photo.picture]
    reader.close()
    assert outcomes <= {Photo, str, Failure}
    assert {Photo, str} <= outcomes, "both are met"


def test_the_decoder_is_loaded_in_the_child_only() -> None:
    """Whoever only reads the answer (the server) never has it in its own memory."""
    code = "import sys, kheo.documents.photos; sys.exit('pi_heif' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("brand", "kind", "why"),
    [(b"heic", "photo", ""), (b"mif1", "photo", ""), (b"hevc", None, "là phim"), (b"qt  ", None, "là phim"), (b"avif", None, "không phải")],
)
def test_what_a_telephone_writes_is_told_apart_by_its_brand(brand: bytes, kind: str | None, why: str) -> None:
    found, told = kind_of(b"\x00\x00\x00\x18ftyp" + brand + b"\x00" * 8)
    assert (found, told[: len(why)]) == (kind, why)
