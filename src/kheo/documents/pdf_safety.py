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
# An object stream begins with two whole numbers, perhaps behind blanks or a remark.
_DIGITS, _BEHIND = frozenset(bytes([each]) for each in b"0123456789+-"), frozenset(bytes([each]) for each in b"\x00\t\n\x0c\r %")
_BLANKS = b"\x00\t\n\x0c\r "
_FEW = 32
_PACKED = frozenset((b"ASCIIHexDecode", b"ASCII85Decode", b"LZWDecode", b"RunLengthDecode", b"Crypt", b"AHx", b"A85", b"LZW"))
_FLATE = frozenset((b"FlateDecode", b"Fl"))
_MOST_UNPACKED = 64 << 20
_MOST_STREAMS = 20_000
_MOST_BLANKS = 512 << 20
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
    found, unpacked, blanks, before = set[bytes](), 0, 0, 0
    for count, opening in enumerate(_STREAM.finditer(data)):
        if count == _MOST_STREAMS:
            return TOO_MANY
        declared = _names(data[max(before, opening.start() - _PIECE) : opening.start()])
        before = opening.end()
        packed = _Packed(data, opening.end())
        inner = _objects(packed, _MOST_UNPACKED - unpacked)
        if inner is None or (not inner and b"ObjStm" in declared and declared & _FLATE):
            return UNREADABLE
        unpacked, blanks = unpacked + len(inner), blanks + packed.blanks
        if unpacked > _MOST_UNPACKED or blanks > _MOST_BLANKS:
            return TOO_BIG
        found |= _names(inner)
    return found


def _objects(packed: "_Packed", most: int) -> bytes | None:
    """What is packed there, at most one byte more than `most`; b"" where it is no objects; None where objects cannot be read on."""
    try:
        number = packed.first()
    except zlib.error:
        return b"" if packed.blanks < _FEW else None
    pieces, size = [number], len(number)
    try:
        while number[-1:] in _DIGITS and len(number) < _FEW and (byte := packed.read(1)):
            number += byte
            pieces, size = [number], len(number)
        if not (number[:1] == b"%" or (number[:1] in _DIGITS and number[-1:] in _BEHIND)):
            return b""
        while size <= most and (piece := packed.read(most + 1 - size)):
            pieces.append(piece)
            size += len(piece)
    except zlib.error:
        return None
    return b"".join(pieces)


class _Packed:
    """A packed stretch of a file, unpacked bit by bit to its own end, wherever the file says that it ends. All may raise zlib.error."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data, self._at, self._ahead = data, start, b""
        self._zip = zlib.decompressobj()
        self.blanks = 0

    def read(self, most: int) -> bytes:
        """Up to `most` bytes, at least one; b"" at the end."""
        found, self._ahead = self._ahead[:most], self._ahead[most:]
        while not found and not self._zip.eof:
            packed = self._zip.unconsumed_tail
            if not packed:
                packed = self._data[self._at : self._at + _PIECE]
                self._at += _PIECE
                if not packed:
                    return b""
            found = self._zip.decompress(packed, most)
        return found

    def first(self) -> bytes:
        """The first byte that is no blank; b"" where there is none. One by one at first: a fault further on must not hide how it begins.

        Pictures begin with as many blanks (black) as there are points.
        """
        while self.blanks <= _MOST_BLANKS and (piece := self.read(1 if self.blanks < _FEW else _PIECE)):
            shown = piece.lstrip(_BLANKS)
            self.blanks += len(piece) - len(shown)
            if shown:
                self._ahead = shown[1:] + self._ahead
                return shown[:1]
        return b""
