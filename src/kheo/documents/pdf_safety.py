"""Whether a PDF is a plain paper: not locked, nothing in it that runs, starts something or carries another file.

A job for the child process. It does not show or change the file; it looks for the names that the format (ISO 32000-2) gives to
such things, also where a name is written with #-codes or stands in a compressed object stream. What cannot be looked into is
refused. Downloads are served as attachments in a sandbox besides.
"""

import re
import zlib

NOT_PDF = "không phải là tệp PDF đọc được."
TORN = "bị cắt cụt hoặc hỏng: thiếu phần cuối của tệp."
LOCKED = "có mật khẩu hoặc bị khóa; hãy bỏ khóa rồi gửi lại."
UNREADABLE = "có phần nén không xem được bên trong; hãy in lại ra PDF rồi gửi."
TOO_BIG = "có phần nén bung ra quá lớn."
CARRIES = {
    b"JavaScript": "có mã lệnh (JavaScript)",
    b"Launch": "có lệnh mở chương trình khác",
    b"EmbeddedFile": "có tệp khác kèm bên trong",
    b"EmbeddedFiles": "có tệp khác kèm bên trong",
    b"GoToE": "có tệp khác kèm bên trong",
    b"RichMedia": "có phim hoặc nội dung chạy được",
    b"Movie": "có phim hoặc nội dung chạy được",
    b"Sound": "có âm thanh nhúng",
    b"XFA": "là biểu mẫu động (XFA)",
    b"SubmitForm": "có biểu mẫu tự gửi đi",
    b"ImportData": "có lệnh lấy dữ liệu",
}
# Three letters could stand by chance in a picture's bytes: short names are looked for outside of streams only.
_SHORT = 5
_NAME = re.compile(rb"/([^\x00\t\n\x0c\r ()<>\[\]{}/%]{1,127})")
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_MOST_UNPACKED = 64 << 20
_MOST_STREAMS = 20_000


def pdf_fault(data: bytes) -> str:
    """Why the file is not taken (a phrase that follows its name), "" when it is a plain paper."""
    if not data.startswith(b"%PDF-"):
        return NOT_PDF
    if b"%%EOF" not in data[-2048:]:
        return TORN
    outside, streams = _parts(data)
    found = {name for name in _names(data) if len(name) > _SHORT} | _names(outside)
    if b"Encrypt" in found:
        return LOCKED
    unpacked = 0
    for head, body in streams:
        if b"ObjStm" not in _names(head):
            continue
        inner = _unpacked(head, body, _MOST_UNPACKED - unpacked)
        if isinstance(inner, str):
            return inner
        unpacked += len(inner)
        found |= _names(inner)
    carried = list(dict.fromkeys(words for name, words in CARRIES.items() if name in found))
    return f"{', '.join(carried)}; chỉ nhận PDF thuần văn bản và hình." if carried else ""


def check_pdf(data: bytes) -> bytes:
    """The answer of the job: `pdf_fault` as UTF-8."""
    return pdf_fault(data).encode()


def _parts(data: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """What stands outside of streams, and every stream with what stands before it, back to the end of the last one."""
    outside: list[bytes] = []
    streams: list[tuple[bytes, bytes]] = []
    start = 0
    while len(streams) < _MOST_STREAMS and (opening := _STREAM.search(data, start)):
        head = data[start : opening.start()]
        end = data.find(b"endstream", opening.end())
        if end < 0:
            break
        outside.append(head)
        streams.append((head[-4096:], data[opening.end() : end]))
        start = end + len(b"endstream")
    return b"\n".join([*outside, data[start:]]), streams


def _names(data: bytes) -> set[bytes]:
    """Every name in some bytes, its #-codes resolved."""
    found = set(_NAME.findall(data))
    return {_CODE.sub(lambda code: bytes([int(code[1], 16)]), name) if b"#" in name else name for name in found}


def _unpacked(head: bytes, body: bytes, most: int) -> bytes | str:
    """The objects of an object stream, or why they cannot be looked at."""
    dictionary = head[head.rfind(b"obj") :]
    filters = _names(dictionary) & {b"ASCIIHexDecode", b"ASCII85Decode", b"LZWDecode", b"RunLengthDecode", b"Crypt", b"AHx", b"A85", b"LZW"}
    if filters:
        return UNREADABLE
    if not _names(dictionary) & {b"FlateDecode", b"Fl"}:
        return body
    unpacking = zlib.decompressobj()
    try:
        inner = unpacking.decompress(body.rstrip(b"\r\n"), most + 1)
    except zlib.error:
        return UNREADABLE
    return TOO_BIG if len(inner) > most else inner
