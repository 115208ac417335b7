"""Parts out of a zip and into one, in memory. What a zip says of a part is held against what comes out of it.

The library's own way goes through a file object for each part and takes three times as long as the unpacking.
"""

import struct
import zipfile
import zlib
from collections.abc import Mapping

# Of the format's description (APPNOTE 4.3.7, 4.3.12, 4.3.16): the head of a part, its entry in the directory, the end.
_HEAD = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_NAMES_ARE_UTF8, _ENCRYPTED = 0x800, 0x1
_VERSION = 20


def unpacked(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """One part of the zip that `data` is, never more bytes than its directory says.

    Raises BadZipFile where head, directory and content do not agree to the byte, zlib.error for what does not unpack,
    NotImplementedError for a packing that no spreadsheet uses, RuntimeError for a part with a password.
    """
    place = info.header_offset
    if not 0 <= place <= len(data) - _HEAD.size:
        raise zipfile.BadZipFile(info.filename)
    sign, _, flags, method, *_, name_size, extra_size = _HEAD.unpack_from(data, place)
    begin = place + _HEAD.size + name_size + extra_size
    packed = data[begin : begin + info.compress_size]
    name = data[place + _HEAD.size : place + _HEAD.size + name_size]
    written = info.orig_filename.encode("utf-8" if flags & _NAMES_ARE_UTF8 else "cp437", "replace")
    if sign != b"PK\x03\x04" or name != written or method != info.compress_type or len(packed) != info.compress_size:
        raise zipfile.BadZipFile(info.filename)
    if (flags | info.flag_bits) & _ENCRYPTED:
        raise RuntimeError(info.filename)
    content = _inflated(packed, info)
    if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
        raise zipfile.BadZipFile(info.filename)
    return content


def _inflated(packed: bytes, info: zipfile.ZipInfo) -> bytes:
    if info.compress_type == zipfile.ZIP_STORED:
        return packed
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError(info.filename)
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    content = stream.decompress(packed, info.file_size + 1)  # one more than it may be, which shows that it is more
    if not stream.eof or stream.unused_data:
        raise zipfile.BadZipFile(info.filename)
    return content


def stored(parts: Mapping[str, bytes], checksums: Mapping[str, int]) -> bytes:
    """A zip of these parts, none of them packed. `checksums`: their CRC-32, known since they were unpacked."""
    pieces, directory, place = [], [], 0
    for name, content in parts.items():
        label = name.encode()
        sums = (checksums[name], len(content), len(content))
        head = _HEAD.pack(b"PK\x03\x04", _VERSION, _NAMES_ARE_UTF8, 0, 0, 0, *sums, len(label), 0)
        entry = _ENTRY.pack(b"PK\x01\x02", _VERSION, _VERSION, _NAMES_ARE_UTF8, 0, 0, 0, *sums, len(label), 0, 0, 0, 0, 0, place)
        pieces += [head, label, content]
        directory += [entry, label]
        place += len(head) + len(label) + len(content)
    size = sum(map(len, directory))
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), size, place, 0)
    return b"".join((*pieces, *directory, end))
