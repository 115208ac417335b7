"""Whether a PDF is a plain paper: not locked, nothing in it that runs, starts something or carries another file.

A job for the child process. It does not show or change the file; it looks for the names that the format (ISO 32000-2) gives to
such things, also where a name is written with #-codes or stands in a compressed object stream. A reader finds its way by an index
that may point anywhere and be mended anyhow, so nothing here trusts the file's own structure: names are looked for in every byte,
and whatever follows the word `stream` and unpacks into objects is read. What cannot be looked into is refused. Downloads are served
as attachments in a sandbox besides.
"""

import re
import zlib

NOT_PDF = "không phải là tệp PDF đọc được."
TORN = "bị cắt cụt hoặc hỏng: thiếu phần cuối của tệp."
LOCKED = "có mật khẩu hoặc bị khóa; hãy bỏ khóa rồi gửi lại."
UNREADABLE = "có phần nén không xem được bên trong; hãy in lại ra PDF rồi gửi."
TOO_BIG = "có phần nén bung ra quá lớn."
TOO_MANY = "có quá nhiều phần nhỏ; hãy in lại ra PDF rồi gửi."
CARRIES = {
    b"JavaScript": "có mã lệnh (JavaScript)",
    b"Launch": "có lệnh mở chương trình khác",
    b"EmbeddedFile": "có tệp khác kèm bên trong",
    b"EmbeddedFiles": "có tệp khác kèm bên trong",
    b"GoToE": "có tệp khác kèm bên trong",
    b"RichMedia": "có phim hoặc nội dung chạy được",
    b"Rendition": "có phim hoặc nội dung chạy được",  # may carry a script of its own (12.6.4.14)
    b"OnInstantiate": "có mã lệnh (JavaScript)",  # of a 3D stream (13.6.3.2)
    b"Movie": "có phim hoặc nội dung chạy được",
    b"Sound": "có âm thanh nhúng",
    b"XFA": "là biểu mẫu động (XFA)",
    b"SubmitForm": "có biểu mẫu tự gửi đi",
    b"ImportData": "có lệnh lấy dữ liệu",
}
# Shorter names stand by chance in a picture's bytes: of those only XFA is looked for, which needs a delimiter behind it.
_SHORTEST = 5
_NAME = re.compile(rb"/([^\x00\t\n\x0c\r ()<>\[\]{}/%]{1,127})")
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
# Readers take anything up to the end of the line.
_STREAM = re.compile(rb"(?<!end)stream[^\r\n]{0,4096}(?:\r\n?|\n)")
# An object stream begins with numbers, perhaps behind blanks or a remark.
_BEGINNINGS = frozenset(bytes([each]) for each in b"0123456789+-%")
_BLANKS = b"\x00\t\n\x0c\r "
_PACKED = frozenset((b"ASCIIHexDecode", b"ASCII85Decode", b"LZWDecode", b"RunLengthDecode", b"Crypt", b"AHx", b"A85", b"LZW"))
_FLATE = frozenset((b"FlateDecode", b"Fl"))
_MOST_UNPACKED = 64 << 20
_MOST_STREAMS = 20_000
_MOST_BLANKS = 4096
_PIECE = 1 << 16


def pdf_fault(data: bytes) -> str:
    """Why the file is not taken (a phrase that follows its name), "" when it is a plain paper."""
    if not data.startswith(b"%PDF-"):
        return NOT_PDF
    if b"%%EOF" not in data[-2048:]:
        return TORN
    raw = _names(data)
    found = {name for name in raw if len(name) >= _SHORTEST or name == b"XFA"}
    if b"Encrypt" in found:
        return LOCKED
    if raw & {b"ObjStm", b"XRef"} and raw & _PACKED:
        return UNREADABLE
    inner = _inner_names(data)
    if isinstance(inner, str):
        return inner
    carried = list(dict.fromkeys(words for name, words in CARRIES.items() if name in found | inner))
    return f"{', '.join(carried)}; chỉ nhận PDF thuần văn bản và hình." if carried else ""


def check_pdf(data: bytes) -> bytes:
    """The answer of the job: `pdf_fault` as UTF-8."""
    return pdf_fault(data).encode()


def _names(data: bytes) -> set[bytes]:
    """Every name in some bytes, its #-codes resolved."""
    found = set(_NAME.findall(data))
    return {_CODE.sub(lambda code: bytes([int(code[1], 16)]), name) if b"#" in name else name for name in found}


def _inner_names(data: bytes) -> set[bytes] | str:
    """The names in everything that unpacks into objects, or why it cannot be looked at."""
    found, unpacked, before = set[bytes](), 0, 0
    for count, opening in enumerate(_STREAM.finditer(data)):
        if count == _MOST_STREAMS:
            return TOO_MANY
        declared = _names(data[max(before, opening.start() - _PIECE) : opening.start()])
        before = opening.end()
        inner = _objects(data, opening.end(), _MOST_UNPACKED - unpacked)
        if inner is None or (not inner and b"ObjStm" in declared and declared & _FLATE):
            return UNREADABLE
        unpacked += len(inner)
        if unpacked > _MOST_UNPACKED:
            return TOO_BIG
        found |= _names(inner)
    return found


def _objects(data: bytes, start: int, most: int) -> bytes | None:
    """What is packed there, at most one byte more than `most`; b"" where it is no objects; None where objects cannot be read on."""
    unpacking, blanks, first = _Unpacking(data, start), 0, b""
    try:
        while not first.strip(_BLANKS) and not unpacking.is_over and blanks <= _MOST_BLANKS:
            first = unpacking.more(1)  # a fault further on must not hide how it begins
            blanks += 1
    except zlib.error:
        return b""
    if first not in _BEGINNINGS:
        return None if blanks > _MOST_BLANKS else b""
    pieces, size = [first], 1
    try:
        while not unpacking.is_over and size <= most:
            pieces.append(unpacking.more(most + 1 - size))
            size += len(pieces[-1])
    except zlib.error:
        return None
    return b"".join(pieces)


class _Unpacking:
    """A packed stretch of a file, unpacked bit by bit to its own end, wherever the file says that it ends."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data, self._at = data, start
        self._zip = zlib.decompressobj()

    @property
    def is_over(self) -> bool:
        return self._zip.eof or (not self._zip.unconsumed_tail and self._at >= len(self._data))

    def more(self, most: int) -> bytes:
        """Up to `most` bytes; none does not mean that there are no more. Raises zlib.error."""
        packed = self._zip.unconsumed_tail
        if not packed:
            packed = self._data[self._at : self._at + _PIECE]
            self._at += _PIECE
        return self._zip.decompress(packed, most)
