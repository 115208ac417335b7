"""A photograph drawn anew: the pixels and nothing else. What a camera writes beside them (place, time, owner, previews) is not kept;
when and where it was taken is told once, so that a pair of photographs can be compared (registers.md R5).

A job for the child process (`files.child`): hostile bytes in, a small JPEG and a thumbnail out, or why there is none. The new file
is made of a canvas that never had metadata, so there is nothing to forget to remove.
"""

import io
import json
import warnings
from dataclasses import asdict, dataclass

from PIL import Image, ImageCms, ImageOps

from kheo.documents.camera import UNTOLD, Camera, camera_of
from kheo.documents.evidence_kinds import is_heic
from kheo.documents.heic import KIND, Heic

FORMATS = ("JPEG", "PNG", "WEBP")
# A telephone's JPEG may carry further pictures behind the first (depth, brightness, a preview): "MPO". The first is the photograph.
JPEGS = ("JPEG", "MPO")
LONGEST_SIDE, THUMBNAIL = 2000, 360
QUALITY = 82
# A JPEG is read at the size that is needed; others are unpacked whole, four bytes a pixel.
MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 25_000_000, "WEBP": 25_000_000, KIND: 25_000_000}
LONGEST_EDGE = 30_000

TORN = "ảnh bị hỏng hoặc bị cắt cụt, không mở được."
# Whoever has only a telephone must not be stuck: what to do on it.
ODD_HEIC = (
    "là ảnh HEIC bị hỏng hoặc thuộc loại chưa đọc được. Trên iPhone: mở ảnh, chụp màn hình rồi gửi ảnh màn hình; hoặc vào "
    "Cài đặt › Camera › Định dạng, chọn Tương thích nhất rồi chụp lại."
)
MOVING = "là ảnh động; chỉ nhận ảnh tĩnh."


@dataclass(frozen=True)
class Photo:
    """What is kept of a photograph, and `camera`, which is not."""

    picture: bytes
    thumbnail: bytes
    camera: Camera = UNTOLD


def clean_photo(data: bytes) -> bytes:
    """The answer of the job, to be read by `read_photo`. Raises nothing for bad pictures, whatever is wrong with them."""
    try:
        photo = _cleaned(data)
    except _NoPhoto as why:
        return _packed({"fault": str(why)})
    except MemoryError:
        raise
    except Exception:  # a decoder's faults are many: each of them means that the picture cannot be read
        return _packed({"fault": ODD_HEIC if is_heic(data) else TORN})
    told: dict[str, object] = {"sizes": [len(photo.picture), len(photo.thumbnail)], "camera": asdict(photo.camera)}
    return _packed(told, photo.picture + photo.thumbnail)


def read_photo(answer: bytes) -> Photo | str:
    """The photograph of a job's answer, or why there is none (a phrase that follows the file's name)."""
    head, _, rest = answer.partition(b"\n")
    told = json.loads(head)
    if "fault" in told:
        return str(told["fault"])
    size, small = told["sizes"]
    return Photo(rest[:size], rest[size : size + small], Camera(**told["camera"]))


class _NoPhoto(Exception):  # a reason, told to people
    pass


def _packed(head: dict[str, object], rest: bytes = b"") -> bytes:
    return json.dumps(head, ensure_ascii=False).encode() + b"\n" + rest


def _cleaned(data: bytes) -> Photo:
    Image.MAX_IMAGE_PIXELS = None  # our own limits, below, come before anything is unpacked
    canvas, camera = _heic_canvas(data) if is_heic(data) else _canvas(data)
    small = canvas.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    return Photo(_jpeg(canvas), _jpeg(small), camera)


def _heic_canvas(data: bytes) -> tuple[Image.Image, Camera]:
    heic = Heic(data)
    _check_size(heic.size, KIND)
    image = heic.pixels(LONGEST_SIDE)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return _on_canvas(image, heic.profile), camera_of(heic.exif)


def _canvas(data: bytes) -> tuple[Image.Image, Camera]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        _check_size(image.size, "JPEG" if image.format in JPEGS else str(image.format))
        if image.format not in JPEGS and getattr(image, "n_frames", 1) > 1:
            raise _NoPhoto(MOVING)
        profile = image.info.get("icc_profile")
        if image.format in JPEGS:
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
        camera = camera_of(image)
        upright = _upright(image)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        return _on_canvas(upright, profile), camera


def _upright(image: Image.Image) -> Image.Image:
    """As it was held, where that is written legibly."""
    try:
        return ImageOps.exif_transpose(image)
    except MemoryError:
        raise
    except Exception:  # whatever is wrong with what is written beside the pixels, they are the photograph
        return image


def _check_size(size: tuple[int, int], kind: str) -> None:
    width, height = size
    most = MOST_PIXELS[kind]
    if width < 1 or height < 1:
        raise _NoPhoto(TORN)
    if width * height > most or max(width, height) > LONGEST_EDGE:
        raise _NoPhoto(f"có {width} × {height} điểm ảnh, lớn quá mức nhận ({most // 1_000_000} triệu). Hãy chụp hoặc lưu ở cỡ nhỏ hơn.")


def _on_canvas(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The pixels in sRGB on a white canvas of their own."""
    canvas = Image.new("RGB", image.size, "white")
    if "A" in image.getbands() or "transparency" in image.info:
        shown = image.convert("RGBA")
        canvas.paste(shown, mask=shown.getchannel("A"))
        return canvas
    canvas.paste(_in_srgb(image, profile))
    return canvas


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """By its colour profile where it has one that fits; a wrong profile is passed over, since colours are no evidence."""
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if turned is not None:
                return turned
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image.convert("RGB")


def _jpeg(canvas: Image.Image) -> bytes:
    written = io.BytesIO()
    canvas.save(written, "JPEG", quality=QUALITY, optimize=True, exif=b"", icc_profile=None, comment=b"")
    return written.getvalue()
