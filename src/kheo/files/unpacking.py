"""A zip that somebody sent, opened under limits: nothing is written to a disk, no name is ever a path, no claim of the file is believed."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, cast

MEGABYTE = 1 << 20
CHUNK = 64 * 1024
# A zip's directory is read in one piece and every entry made an object before anything can be counted: five thousand take one megabyte.
LARGEST_DIRECTORY = 4 * MEGABYTE
# What a computer puts beside people's files by itself.
BESIDE = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini", "~$")
# What every workbook has inside, whoever wrote it: Excel, or LibreOffice in its own format.
WORKBOOK_PARTS = frozenset({"[Content_Types].xml", "META-INF/manifest.xml"})


@dataclass(frozen=True)
class Bounds:
    """How much one upload may hold: files, bytes of one, bytes of all, and how much a packed file may swell."""

    files: int = 5_000
    each: int = 5 * MEGABYTE
    whole: int = 256 * MEGABYTE
    swelling: int = 200


@dataclass
class Allowance:
    """What is left of an upload's bounds: one for all the zips in it, or many small ones would pass where a large one does not."""

    files: int
    whole: int

    @classmethod
    def of(cls, bounds: Bounds) -> "Allowance":
        """Everything that one upload may hold."""
        return cls(bounds.files, bounds.whole)


@dataclass(frozen=True)
class Unpacked:
    """One file out of a zip. `data` is None when it was not taken; `fault` says why, for people."""

    name: str
    data: bytes | None
    fault: str = ""


class _TooLong(zipfile.BadZipFile):
    """The directory is larger than that of any honest zip."""


class _InPieces:
    """A file of which nobody takes more at once than a directory may be long. `zipfile` takes members in far smaller pieces."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.seek, self.tell = source.seek, source.tell

    def read(self, most: int = -1) -> bytes:
        if most > LARGEST_DIRECTORY:
            raise _TooLong
        return self._source.read(LARGEST_DIRECTORY if most < 0 else most)

    def seekable(self) -> bool:
        return True


def _directory_of(source: IO[bytes]) -> zipfile.ZipFile:
    return zipfile.ZipFile(cast("IO[bytes]", _InPieces(source)))


def is_archive(source: IO[bytes]) -> bool:
    """Whether it is a zip of files; a workbook is a zip too, but says so inside.

    One with a directory too long to look into counts as a zip: `unpack` refuses it.
    """
    source.seek(0)
    if source.read(4) != b"PK\x03\x04":
        return False
    try:
        with _directory_of(source) as opened:
            return WORKBOOK_PARTS.isdisjoint(opened.NameToInfo)
    except _TooLong:
        return True
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    finally:
        source.seek(0)


def unpack(source: IO[bytes], bounds: Bounds, left: Allowance | None = None) -> Iterator[Unpacked]:
    """The files of a zip, one at a time; what is beside them by the computer's own doing is passed over.

    `left`: what the zips before it in the same upload have left; it is used up here.

    One that cannot be taken is told with its reason. When all of it is too much, the last one says so and nothing follows.
    """
    left = left or Allowance.of(bounds)
    try:
        opened = _directory_of(source)
    except _TooLong:
        yield Unpacked("", None, _TOO_MANY.format(bounds.files))
        return
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        yield Unpacked("", None, "Tệp nén bị hỏng, không mở được. Hãy nén lại rồi gửi.")
        return
    with opened:
        for info in opened.infolist():
            if info.is_dir() or _is_beside(_name(info)):
                continue
            if not left.files:
                yield Unpacked("", None, _TOO_MANY.format(bounds.files))
                return
            left.files -= 1
            taken = _take(opened, info, bounds, left.whole)
            left.whole -= len(taken.data or b"")
            yield taken
            if taken.fault == _TOO_MUCH:
                return


_TOO_MANY = "Tệp nén của một lần gửi có hơn {} tệp. Các tệp từ đây về sau chưa được đọc: hãy chia thành nhiều lần gửi."
_TOO_MUCH = "Các tệp trong tệp nén cộng lại quá lớn. Các tệp từ đây về sau chưa được đọc: hãy chia thành nhiều lần gửi."


def _take(opened: zipfile.ZipFile, info: zipfile.ZipInfo, bounds: Bounds, left: int) -> Unpacked:
    name = _name(info)
    fault = _fault(info, bounds)
    if fault:
        return Unpacked(name, None, fault)
    most = min(bounds.each, left)
    try:
        with opened.open(info) as member:
            data = _read(member, most + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError):
        return Unpacked(name, None, "Tệp này trong tệp nén bị hỏng, không đọc được.")
    if len(data) > most:
        return Unpacked(name, None, _TOO_MUCH if most < bounds.each else too_large(bounds.each))
    if data[:4] == b"PK\x03\x04" and not any(part.encode() in data for part in WORKBOOK_PARTS):
        return Unpacked(name, None, "Tệp nén nằm trong tệp nén: không mở. Hãy lấy các tệp Excel ra rồi gửi.")
    return Unpacked(name, data)


def _fault(info: zipfile.ZipInfo, bounds: Bounds) -> str:
    if info.flag_bits & 0x1:
        return "Tệp này trong tệp nén có mật khẩu. Hãy bỏ mật khẩu rồi gửi."
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "Tệp này được nén theo cách Khéo không nhận. Hãy nén thành .zip thường rồi gửi."
    if info.file_size > bounds.each:
        return too_large(bounds.each)
    if info.file_size > bounds.swelling * max(info.compress_size, 1):
        return "Tệp này nở ra quá nhiều khi giải nén: không mở."
    return ""


def too_large(most: int) -> str:
    """Said of one file over the limit."""
    return f"Tệp quá lớn: mỗi tệp Excel tối đa {most // MEGABYTE} MB (tệp mẫu chỉ vài chục KB)."


def _read(member: IO[bytes], most: int) -> bytes:
    pieces, left = [], most
    while left > 0 and (piece := member.read(min(CHUNK, left))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _name(info: zipfile.ZipInfo) -> str:
    """The file's own name; Windows writes UTF-8 without saying so, which Python then reads as its oldest code page."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def _is_beside(name: str) -> bool:
    lower = name.lower()
    last = lower.rsplit("/", 1)[-1]
    return lower.startswith(BESIDE[0]) or last.startswith(BESIDE[1:])
