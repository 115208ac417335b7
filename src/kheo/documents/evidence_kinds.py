"""What a file that was sent as evidence is, by its content and never by its name; and why it is not taken."""

from typing import Literal

Kind = Literal["photo", "pdf"]

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "là tệp Word, Excel hoặc tệp nén; chỉ nhận ảnh và PDF. Cần gửi văn bản thì lưu thành PDF."),
    (b"\xd0\xcf\x11\xe0", "là tệp Word, Excel đời cũ; hãy lưu thành PDF rồi gửi."),
    (b"GIF8", "là ảnh GIF; hãy gửi ảnh JPEG, PNG hoặc WebP."),
    (b"BM", "là ảnh BMP; hãy lưu thành JPEG hoặc PNG rồi gửi."),
    (b"II*\x00", "là ảnh TIFF; hãy lưu thành JPEG, PNG hoặc PDF rồi gửi."),
    (b"MM\x00*", "là ảnh TIFF; hãy lưu thành JPEG, PNG hoặc PDF rồi gửi."),
    (b"MZ", "là một chương trình; chỉ nhận ảnh và PDF."),
)
# ISO/IEC 23008-12, the brands of a file with one coded picture; the others are bursts and films.
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"mif1")
_MOVING = (b"hevc", b"hevx", b"hevm", b"hevs", b"msf1", b"qt  ", b"mp41", b"mp42", b"isom")
FILM = "là phim hoặc chùm ảnh; hãy gửi một ảnh chụp."
OTHER = "không phải là ảnh (JPEG, PNG, WebP, HEIC) hay PDF."
EMPTY = "là tệp trống."
MARKUP = "là trang web hoặc ảnh vẽ (SVG, HTML); chỉ nhận ảnh chụp và PDF."


def kind_of(data: bytes) -> tuple[Kind | None, str]:
    """The kind of a file, or None and why it is not taken (a phrase that follows its name)."""
    if not data:
        return None, EMPTY
    if data.startswith(b"%PDF-"):
        return "pdf", ""
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or is_heic(data):
        return "photo", ""
    if data[4:8] == b"ftyp":
        return None, FILM if data[8:12] in _MOVING else OTHER
    if data[:512].lstrip(b"\xef\xbb\xbf\t\n\r ").startswith(b"<"):
        return None, MARKUP
    return None, next((why for magic, why in _MAGIC if data.startswith(magic)), OTHER)


def is_heic(data: bytes) -> bool:
    """Whether it begins as the photograph of an iPhone does."""
    return data[4:8] == b"ftyp" and data[8:12] in _HEIC
