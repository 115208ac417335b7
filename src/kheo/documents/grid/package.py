"""The outside of a file before its inside is read: what it is, and whether its zip directory is one of an honest workbook."""

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from kheo.documents.grid.raw import Refusal
from kheo.documents.grid.zipping import stored, unpacked

LARGEST_FILE = 20 << 20
LARGEST_PARTS = 48 << 20  # all parts that are read, unpacked
MOST_PARTS = 2000
# A part of ordinary XML packs to a tenth; a thousandth is a bomb.
STEEPEST = 400
_STEEP_FROM = 1 << 20
_SMALL = 32 << 10  # bytes of a part that is remembered
_OF_UNIT = "xl/worksheets/"  # parts that are another in every file

_OPENINGS: tuple[tuple[bytes, Refusal], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"RIFF", "picture"),
    (b"Rar!", "zip"),
    (b"7z\xbc\xaf", "zip"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"\s*(?:<!doctype html|<html|<table|<\?xml|mime-version)", re.IGNORECASE)


@dataclass(frozen=True)
class Package:
    """An opened package: its kind and its parts by name."""

    kind: str  # "xlsx" or "ods"
    data: bytes
    parts: Mapping[str, zipfile.ZipInfo]
    cache: dict[str, bytes] = field(default_factory=dict)
    # Parts in which something looks like a tag and is none, or may.
    veiled: set[str] = field(default_factory=set)

    def read(self, name: str) -> bytes:
        """One part, unpacked, known to be XML; empty when there is none.

        Raises what `unpacked` raises for a damaged one, `SwollenError` where all that was read comes to too much, `UnsafeError` for a
        DTD, ValueError for what is not well formed: the parser would read on over the broken place, and nobody could say what it
        passed by.
        """
        if name not in self.cache:
            is_there = name in self.parts
            content = self._unpacked(name) if is_there else b""
            look = _known_part if len(content) < _SMALL and not name.startswith(_OF_UNIT) else _is_veiled
            if is_there and look(name, content):
                self.veiled.add(name)
            self.cache[name] = content
        return self.cache[name]

    def _unpacked(self, name: str) -> bytes:
        """The directory was added up for parts called XML; one that is called otherwise counts when it is read as such."""
        if sum(map(len, self.cache.values())) + self.parts[name].file_size > LARGEST_PARTS:
            raise SwollenError(name)
        return unpacked(self.data, self.parts[name])

    def looked_over(self, without: Collection[str] = ()) -> bytes:
        """All that was read, as a zip of its own: another reader gets these very bytes, and nothing that nobody looked at."""
        read = {name: content for name, content in self.cache.items() if name in self.parts and name not in without}
        return stored(read, {name: self.parts[name].CRC for name in read})


class SwollenError(Exception):
    """Parts that together unpack to more than any workbook holds."""


class UnsafeError(Exception):
    """A part that declares entities, or is written in an encoding in which that could not be seen."""


def _is_veiled(name: str, content: bytes) -> bool:
    """Whether XML holds comments, character data or instructions, in which what looks like a tag is none.

    Raises ValueError for what is not well formed, UnsafeError for a DTD.
    """
    if _is_wide(content):
        raise UnsafeError(name)
    veils: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def veil(*_: object) -> None:
        veils.append(name)

    def refuse(*_: object) -> None:
        raise UnsafeError(name)

    parser.CommentHandler = parser.StartCdataSectionHandler = parser.ProcessingInstructionHandler = veil
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as fault:
        raise ValueError(name) from fault
    return bool(veils)


# The parts that no unit changes (formats, the list of sheets) come again with file after file of a campaign.
_known_part = lru_cache(maxsize=64)(_is_veiled)


def _is_wide(content: bytes) -> bool:
    return content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:8]


def what_it_is(data: bytes) -> Refusal | None:
    """Why these bytes are no workbook to look into; None for a zip, whose directory says more."""
    if not data:
        return "empty"
    if len(data) > LARGEST_FILE:
        return "large"
    if data.startswith(b"PK"):
        return None
    if data.startswith(_COMPOUND):
        return "encrypted" if _ENCRYPTED in data else "old_excel"
    for opening, refusal in _OPENINGS:
        if data.startswith(opening):
            return refusal
    if _HTML.match(data[:200]):
        return "html"
    return "text" if _is_text(data[:4000]) else "not_workbook"


def _is_text(opening: bytes) -> bool:
    if opening[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    return b"\0" not in opening and sum(byte < 9 for byte in opening) == 0


def open_package(data: bytes) -> Package | tuple[Refusal, str]:
    """The package of a workbook, or why it is none that may be read."""
    try:
        infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "broken", ""
    parts = {info.filename: info for info in infos}
    refused = _refused(infos, parts)
    if refused:
        return refused
    if "xl/workbook.xml" in parts:
        return Package("xlsx", data, parts)
    if "content.xml" in parts and b"spreadsheet" in _opening(data, parts, "mimetype"):
        return Package("ods", data, parts)
    return _other(parts), ""


def _refused(infos: list[zipfile.ZipInfo], parts: Mapping[str, zipfile.ZipInfo]) -> tuple[Refusal, str] | None:
    """What the directory alone shows."""
    if len(infos) > MOST_PARTS:
        return "bomb", str(len(infos))
    if len(parts) != len(infos) or any(_leads_out(info) for info in infos):
        return "unsafe", ""
    if any(info.flag_bits & 1 for info in infos):
        return "encrypted", ""
    if any("vbaproject" in name.lower() or "macrosheets/" in name.lower() for name in parts):
        return "macro", ""
    read = [info for info in infos if info.filename.endswith((".xml", ".rels"))]
    steep = any(info.file_size > _STEEP_FROM and info.file_size > STEEPEST * max(1, info.compress_size) for info in read)
    if steep or sum(info.file_size for info in read) > LARGEST_PARTS:
        return "bomb", ""
    return None


def _leads_out(info: zipfile.ZipInfo) -> bool:
    """A path out of the package, or a link: nothing is ever unpacked to a disk, yet no spreadsheet writes such."""
    name = info.filename.replace("\\", "/")
    return name.startswith("/") or ":" in name or ".." in name.split("/") or (info.external_attr >> 16) & 0o170000 == 0o120000


def _opening(data: bytes, parts: Mapping[str, zipfile.ZipInfo], name: str) -> bytes:
    if name not in parts or parts[name].file_size > 1000:
        return b""
    try:
        return unpacked(data, parts[name])
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError):
        return b""


def _other(parts: Mapping[str, zipfile.ZipInfo]) -> Refusal:
    if any(name.startswith("word/") for name in parts):
        return "word"
    if any(name.startswith("ppt/") for name in parts):
        return "slides"
    if "xl/workbook.bin" in parts:
        return "binary_excel"
    if any(name.lower().endswith((".xlsx", ".xls", ".ods", ".xlsm")) for name in parts):
        return "zip"
    return "broken" if "[Content_Types].xml" in parts else "zip"
