"""A photograph is drawn anew: not one byte of what the camera wrote beside the pixels is kept."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image, ImageCms, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

from kheo.documents.camera import Camera, camera_of
from kheo.documents.evidence_kinds import kind_of
from kheo.documents.photos import LONGEST_SIDE, THUMBNAIL, Photo, clean_photo, read_photo

SECRETS = (b"Nguyen Thi Lan", b"iPhone 14", b"GPS-SECRET", b"10.7626", b"xmp-secret", b"iptc-secret", b"comment-secret")
XMP = b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>xmp-secret Nguyen Thi Lan 10.7626</x:xmpmeta>"
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x14\x1c\x02\x50\x00\x0eiptc-secret"


def pixels(chance: random.Random, size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    return Image.frombytes("RGB", size, chance.randbytes(size[0] * size[1] * 3)).convert(mode)


def exif(orientation: int) -> Image.Exif:
    made = Image.Exif()
    made[0x010F], made[0x0110], made[0x013B], made[0x0112] = "Apple", "iPhone 14", "Nguyen Thi Lan", orientation
    made.get_ifd(0x8769)[0x9003] = "2023:11:08 09:10:11"
    place = made.get_ifd(0x8825)
    place[1], place[2], place[0x1D] = "N", (IFDRational(10), IFDRational(45), IFDRational(45)), "GPS-SECRET"
    return made


def camera_jpeg(chance: random.Random, orientation: int = 1, size: tuple[int, int] = (64, 48)) -> bytes:
    """As a telephone writes it: EXIF with place and thumbnail, XMP, IPTC, a comment, a colour profile, and a second picture behind."""
    out = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    pixels(chance, size).save(out, "JPEG", exif=exif(orientation), comment=b"comment-secret", icc_profile=profile)
    whole = out.getvalue()
    more = b"".join(b"\xff" + marker + struct.pack(">H", len(body) + 2) + body for marker, body in ((b"\xe1", XMP), (b"\xed", IPTC)))
    return whole[:2] + more + whole[2:] + whole[:400] + b"GPS-SECRET"


def camera_png(chance: random.Random) -> bytes:
    out, told = io.BytesIO(), PngImagePlugin.PngInfo()
    told.add_text("Author", "Nguyen Thi Lan")
    told.add_itxt("XML:com.adobe.xmp", "xmp-secret", zip=True)
    pixels(chance, (40, 30), chance.choice(["RGB", "RGBA", "L", "P"])).save(out, "PNG", pnginfo=told, exif=exif(1))
    return out.getvalue() + b"GPS-SECRET"


def camera_webp(chance: random.Random) -> bytes:
    out = io.BytesIO()
    pixels(chance, (40, 30), chance.choice(["RGB", "RGBA"])).save(out, "WEBP", exif=exif(6), xmp=XMP)
    return out.getvalue()


def segments(jpeg: bytes) -> list[int]:
    """The markers of a JPEG up to its picture, and that nothing stands behind its end."""
    place, found = 2, []
    while jpeg[place + 1] != 0xDA:
        assert jpeg[place] == 0xFF
        found.append(jpeg[place + 1])
        place += 2 + struct.unpack(">H", jpeg[place + 2 : place + 4])[0]
    assert jpeg.endswith(b"\xff\xd9")
    assert jpeg.count(b"\xff\xd8") == 1
    return found


def cleaned(data: bytes) -> Photo:
    photo = read_photo(clean_photo(data))
    assert isinstance(photo, Photo), photo
    return photo


@pytest.mark.parametrize("make", [camera_jpeg, camera_png, camera_webp])
def test_of_hundreds_of_photographs_not_one_byte_of_metadata_is_kept(make: object) -> None:
    chance = random.Random(11)
    for number in range(120):
        data = make(chance, 1 + number % 8) if make is camera_jpeg else make(chance)  # type: ignore[operator]
        assert any(secret in data for secret in SECRETS)
        photo = cleaned(data)
        for jpeg in (photo.picture, photo.thumbnail):
            assert not [secret for secret in SECRETS if secret in jpeg]
            # JFIF head, tables, frame: no application segment but the first, no comment.
            assert set(segments(jpeg)) <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4}
            again = Image.open(io.BytesIO(jpeg))
            assert set(again.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
            assert not again.getexif()


def test_plain_saving_would_have_kept_them() -> None:
    """Control: the check above sees what is there."""
    out = io.BytesIO()
    source = Image.open(io.BytesIO(camera_jpeg(random.Random(1))))
    source.save(out, "JPEG", exif=source.getexif())
    assert [secret for secret in SECRETS if secret in out.getvalue()]
    assert not set(segments(out.getvalue())) <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4}


def test_what_lay_on_its_side_stands_upright() -> None:
    image = Image.new("RGB", (400, 200), "red")
    image.paste("blue", (0, 0, 200, 200))
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif(6))
    upright = Image.open(io.BytesIO(cleaned(out.getvalue()).picture))
    assert upright.size == (200, 400)
    top, bottom = upright.getpixel((100, 50)), upright.getpixel((100, 350))
    assert top[2] > 200 > 60 > top[0]  # type: ignore[index]
    assert bottom[0] > 200 > 60 > bottom[2]  # type: ignore[index]


def test_a_telephones_picture_with_others_behind_it_is_a_photograph() -> None:
    """As iPhones and Samsungs write them, with depth or brightness behind: the first is taken, the others are not."""
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "red").save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (400, 300), "blue")], exif=exif(6))
    assert Image.open(io.BytesIO(out.getvalue())).format == "MPO"
    photo = cleaned(out.getvalue())
    kept = Image.open(io.BytesIO(photo.picture))
    assert (kept.format, kept.size) == ("JPEG", (300, 400))
    assert kept.getpixel((9, 9))[0] > 200  # type: ignore[index]
    assert set(segments(photo.picture)) <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4}
    assert b"GPS-SECRET" not in photo.picture


@pytest.mark.parametrize("torn", [b"Exif\x00\x00II*\x00", b"Exif\x00\x00secret", b"Exif\x00\x00MM\x00*\x00\x00\xff\xff"])
def test_a_whole_picture_with_damaged_words_beside_it_is_taken(torn: bytes) -> None:
    for kind in ("JPEG", "PNG", "WEBP"):
        out = io.BytesIO()
        Image.new("RGB", (40, 30), "red").save(out, kind, exif=torn)
        assert Image.open(io.BytesIO(cleaned(out.getvalue()).picture)).size == (40, 30)


def test_a_large_photograph_becomes_small_and_its_thumbnail_smaller() -> None:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((4032, 3024)).convert("RGB").save(out, "JPEG")
    photo = cleaned(out.getvalue())
    assert Image.open(io.BytesIO(photo.picture)).size == (LONGEST_SIDE, 1500)
    assert Image.open(io.BytesIO(photo.thumbnail)).size == (THUMBNAIL, 270)


def test_what_was_see_through_becomes_white_and_colours_become_srgb() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert min(Image.open(io.BytesIO(cleaned(out.getvalue()).picture)).getpixel((5, 5))) > 250  # type: ignore[type-var, arg-type]
    out = io.BytesIO()
    Image.new("CMYK", (20, 20), (0, 255, 255, 0)).save(out, "JPEG", icc_profile=b"no profile at all")
    red = Image.open(io.BytesIO(cleaned(out.getvalue()).picture))
    assert (red.mode, red.getpixel((5, 5))[0] > 150) == ("RGB", True)  # type: ignore[index]


def png_bomb(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 1_000_000)) + chunk(b"IEND", b"")


def animated() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (10, 10), colour) for colour in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (png_bomb(20_000, 20_000), "có 20000 × 20000 điểm ảnh, lớn quá mức nhận (25 triệu)."),
        (png_bomb(31_000, 10), "có 31000 × 10 điểm ảnh, lớn quá mức nhận (25 triệu)."),
        (png_bomb(300, 300)[:200], "ảnh bị hỏng hoặc bị cắt cụt, không mở được."),
        (camera_jpeg(random.Random(3), 1, (200, 200))[:1500], "ảnh bị hỏng hoặc bị cắt cụt, không mở được."),
        (b"\xff\xd8\xff" + b"A" * 500, "ảnh bị hỏng hoặc bị cắt cụt, không mở được."),
        (b"\xff\xd8\xff", "ảnh bị hỏng hoặc bị cắt cụt, không mở được."),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 \x00\x00", "ảnh bị hỏng hoặc bị cắt cụt, không mở được."),
        (animated(), "là ảnh động; chỉ nhận ảnh tĩnh."),
    ],
)
def test_a_picture_that_cannot_be_read_is_answered_with_its_reason(data: bytes, why: str) -> None:
    answer = read_photo(clean_photo(data))
    assert isinstance(answer, str)
    assert answer.startswith(why)


def test_mutated_pictures_never_raise() -> None:
    chance = random.Random(4)
    whole = bytearray(camera_jpeg(chance))
    for _ in range(200):
        torn = bytearray(whole)
        for _ in range(chance.randrange(1, 8)):
            torn[chance.randrange(len(torn))] = chance.randrange(256)
        answer = read_photo(clean_photo(bytes(torn)))
        assert isinstance(answer, Photo | str)
        if isinstance(answer, Photo):
            assert not [secret for secret in SECRETS if secret in answer.picture]


def test_a_script_hidden_behind_a_picture_is_gone() -> None:
    data = camera_jpeg(random.Random(5)) + b"<script>alert(1)</script>PK\x03\x04"
    assert b"<script>" not in cleaned(data).picture


@pytest.mark.parametrize(
    ("data", "kind", "why"),
    [
        (b"", None, "là tệp trống."),
        (b"<svg onload=alert(1)>", None, "là trang web"),
        (b"\xef\xbb\xbf \n<!doctype html>", None, "là trang web"),
        (b"PK\x03\x04word/document.xml", None, "là tệp Word, Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", None, "là tệp Word, Excel đời cũ"),
        (b"GIF89a", None, "là ảnh GIF"),
        (b"\x00\x00\x00\x18ftypheic\x00", "photo", ""),
        (b"\x00\x00\x00\x18ftypavif\x00", None, "không phải là ảnh"),
        (b"MZ\x90", None, "là một chương trình"),
        (b"xin chao", None, "không phải là ảnh"),
        (b"%PDF-1.7", "pdf", ""),
        (b"\xff\xd8\xff\xe0", "photo", ""),
        (b"RIFF\x00\x00\x00\x00WEBP", "photo", ""),
    ],
)
def test_a_file_is_what_its_content_says(data: bytes, kind: str | None, why: str) -> None:
    found, told = kind_of(data)
    assert found == kind
    assert told.startswith(why)


def test_when_and_where_it_was_taken_is_told_once_and_not_kept() -> None:
    photo = cleaned(camera_jpeg(random.Random(3)))
    assert photo.camera == Camera("2023-11-08T09:10:11")  # of its place only one half is written
    assert b"2023:11" not in photo.picture + photo.thumbnail


def told(*, day: object = "2023:11:08 09:10:11", offset: object = None, north: object = None, east: object = None) -> Camera:
    made = Image.Exif()
    made.get_ifd(0x8769)[0x9003] = day
    if offset is not None:
        made.get_ifd(0x8769)[0x9011] = offset
    gps = made.get_ifd(0x8825)
    for tag, given in ((1, north), (3, east)):
        if isinstance(given, tuple):
            gps[tag], gps[tag + 1] = given[0], tuple(IFDRational(*each) for each in given[1])
    return camera_of(made.tobytes())


NORTH, EAST = ("N", ((10, 1), (46, 1), (3684, 100))), ("E", ((106, 1), (42, 1), (324, 100)))


def test_a_place_is_told_whole_or_not_at_all_and_an_impossible_one_is_not_told() -> None:
    assert told(north=NORTH, east=EAST) == Camera("2023-11-08T09:10:11", 10_776_900, 106_700_900)
    assert told(north=("S", NORTH[1]), east=("W", EAST[1])) == Camera("2023-11-08T09:10:11", -10_776_900, -106_700_900)
    nothing = Camera("2023-11-08T09:10:11")
    assert told(north=NORTH) == nothing
    assert told(north=("N", ((91, 1), (0, 1), (0, 1))), east=EAST) == nothing
    assert told(north=("N", ((1, 0), (0, 1), (0, 1))), east=EAST) == nothing
    assert told(north=("N", ((0, 1), (0, 1), (0, 1))), east=("E", ((0, 1), (0, 1), (0, 1)))) == nothing


def test_a_time_is_told_with_its_offset_where_it_has_one_and_an_impossible_one_is_not_told() -> None:
    assert told(offset="+07:00") == Camera("2023-11-08T09:10:11+07:00")
    assert told(offset="hôm qua") == Camera("2023-11-08T09:10:11")
    for day in ("0000:00:00 00:00:00", "2023:13:45 99:99:99", "1970:01:01 00:00:00", "", "x" * 60_000):
        assert told(day=day) == Camera()


def test_torn_blocks_tell_nothing_and_break_nothing() -> None:
    whole, chance = camera_jpeg(random.Random(5)), random.Random(6)
    start = whole.index(b"Exif\x00\x00") + 6
    for _ in range(300):
        torn = bytearray(whole[start : start + 400])
        for _ in range(chance.randrange(1, 30)):
            torn[chance.randrange(len(torn))] = chance.randrange(256)
        found = camera_of(bytes(torn))
        assert found.latitude is None or abs(found.latitude) <= 90_000_000
