"""Hash chains: the hash of a record is SHA-256 over the hash before it and the record's canonical JSON."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

START = "0" * 64


def canonical(record: object) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8: the same record always gives the same bytes."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_hash(record: object) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(record)).hexdigest()


def link_hash(previous: str, record: object) -> str:
    """Hash of a link of a chain."""
    return hashlib.sha256(previous.encode() + b"\n" + canonical(record)).hexdigest()


@dataclass(frozen=True)
class Link:
    """One stored link as read back."""

    number: int
    previous: str
    hash: str
    record: Mapping[str, object]


def first_break(links: Iterable[Link], head_number: int, head_hash: str) -> str | None:
    """The first fault of a chain numbered 1, 2, 3 … and ending at the head, in Vietnamese; None when it is whole."""
    number, previous = 0, START
    for link in links:
        number += 1
        if link.number != number:
            return f"Nhật ký thiếu dòng số {number} (gặp dòng {link.number})."
        if link.previous != previous:
            return f"Dòng nhật ký số {number} không nối với dòng trước nó."
        if link_hash(previous, link.record) != link.hash:
            return f"Dòng nhật ký số {number} đã bị sửa sau khi ghi."
        previous = link.hash
    if (number, previous) != (head_number, head_hash):
        return f"Nhật ký kết thúc ở dòng {number}, nhưng đầu chuỗi ghi là dòng {head_number}: có dòng cuối bị cắt hoặc thêm."
    return None
