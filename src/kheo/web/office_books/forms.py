"""The fields of the forms as plain rows: label, hint, value, what is wrong, and where the paper says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html

from kheo.core.days import format_day
from kheo.core.directives import reading
from kheo.core.directives.found import DOUBTFUL
from kheo.core.directives.kinds import KINDS
from kheo.core.directives.telling import told
from kheo.core.paper_books.facts import LONGEST, URGENCIES

LABELS = {
    "full_number": ("Số, ký hiệu", "Như trên văn bản, ví dụ 199/LĐLĐ-TG. Không có số thì để trống."),
    "issuer": ("Cơ quan ban hành", ""),
    "superior": ("Cơ quan cấp trên của nơi ban hành", "Không có thì để trống."),
    "issued_on": ("Ngày văn bản", "Ví dụ 15/03/2023."),
    "kind": ("Tên loại", "Công văn, Kế hoạch, Hướng dẫn…"),
    "subject": ("Trích yếu", "Văn bản nói về việc gì."),
    "urgency": ("Độ khẩn", ""),
    "signer": ("Người ký", ""),
    "signer_title": ("Chức vụ người ký", ""),
    "pages": ("Số trang", ""),
    "language": ("Ngôn ngữ", ""),
    "arrived_on": ("Ngày đến", "Số đến lấy theo năm của ngày này."),
    "handler": ("Nơi, người nhận xử lý", "Chưa chuyển cho ai thì để trống."),
    "handler_id": ("Người nhận trong Khéo", "Người được chọn nhận thông báo và ký nhận trên Khéo."),
    "passed_on": ("Ngày chuyển", ""),
    "due_on": ("Hạn giải quyết", "Không phải trả lời thì để trống."),
    "file_code": ("Số và ký hiệu hồ sơ", ""),
    "note": ("Ghi chú", "Không ghi chuyện riêng của ai."),
    "symbol": ("Ký hiệu, phần sau số", "Ví dụ KH-LĐLĐ thành 05/KH-LĐLĐ. Viết kiểu Đảng thì bắt đầu bằng gạch nối: -HD/BDVTU."),
    "book": ("Sổ", "Mỗi sổ đánh số riêng từ 1 mỗi năm."),
    "which": ("Văn bản đến hay đi", "Văn bản đi có nhiều sổ thì ghi tên sổ ở ô dưới."),
    "year": ("Năm", ""),
    "first": ("Số tiếp theo", "Số sẽ cấp cho văn bản kế tiếp. Sổ giấy đã dùng tới 198 thì ghi 199."),
    "reason": ("Lý do", "Bắt buộc khi sổ đã có số trong Khéo hoặc đã đặt số bắt đầu."),
    "recipients": ("Nơi nhận", "Mỗi nơi một dòng."),
    "kept_by": ("Đơn vị, người nhận bản lưu", ""),
    "copies": ("Số lượng bản", ""),
    "sent_on": ("Ngày chuyển đi", ""),
    "answer": ("Số, ký hiệu văn bản trả lời", ""),
    "done_on": ("Xong ngày", "Để trống: hôm nay."),
    "progress_note": ("Ghi thêm", ""),
    "received_by": ("Ký nhận", "Ai đã ký nhận, hoặc số bưu phẩm."),
}
DAYS = frozenset({"issued_on", "arrived_on", "passed_on", "due_on", "sent_on", "done_on"})
WIDE = frozenset({"subject", "issuer", "superior", "note", "recipients", "handler", "progress_note"})
# Lists of a page from which a field may be filled.
SUGGESTED = {"kind": "loai-van-ban", "book": "cac-so"}
# Field of the form -> key of what was understood, and of its evidence.
UNDERSTOOD = {
    "full_number": ("full_number", "number"),
    "issuer": ("issuer", "issuer"),
    "superior": ("issuer_superior", "issuer_superior"),
    "issued_on": ("date", "date"),
    "kind": ("doc_type", "doc_type"),
    "subject": ("subject", "subject"),
    "urgency": ("urgency", "urgency"),
    "signer": ("signer_name", "signer_name"),
    "signer_title": ("signer_title", "signer_title"),
}


@dataclass(frozen=True)
class Place:
    """Where the paper says it."""

    line: int
    words: str
    is_doubtful: bool


@dataclass(frozen=True)
class Understanding:
    """Texts for the form's fields as the paper says them, with their places. `secret`: the mark of a paper that is refused."""

    texts: Mapping[str, str]
    places: Mapping[str, Place]
    secret: str = ""


def understanding(text: str) -> Understanding:
    """Read a paper for the form; of a secret one only its mark."""
    found = reading.read(text)
    if isinstance(found, reading.Secret):
        return Understanding({}, {}, found.mark)
    said = told(found)
    texts = {field: " ".join(str(said[key]).split()) for field, (key, _) in UNDERSTOOD.items() if said[key]}
    if found.date and found.date.value.date:
        texts["issued_on"] = format_day(found.date.value.date)
    texts["urgency"] = next((each for each in URGENCIES if each and each.lower() == texts.get("urgency", "").lower()), "")
    evidence = said["evidence"]
    return Understanding(texts, {field: _place(evidence[place]) for field, (_, place) in UNDERSTOOD.items() if place in evidence})


def _place(told: Mapping[str, Any]) -> Place:
    return Place(told["line"], " ".join(told["text"].split())[:120], told["confidence"] < DOUBTFUL)


def fields(
    keys: tuple[str, ...],
    texts: Mapping[str, str],
    faults: Mapping[str, str],
    places: Mapping[str, Place] | None = None,
    choices: Mapping[str, list[tuple[str, str]]] | None = None,
) -> list[dict[str, Any]]:
    """The rows of a form, in this order."""
    listed = {"urgency": [(each, each or "Thường") for each in URGENCIES], **(choices or {})}
    return [
        {
            "key": key,
            "label": LABELS[key][0],
            "hint": LABELS[key][1],
            "value": texts.get(key, ""),
            "fault": faults.get(key, ""),
            "place": (places or {}).get(key),
            "described": _described(key, LABELS[key][1], faults.get(key, ""), (places or {}).get(key)),
            "choices": listed.get(key),
            "is_day": key in DAYS,
            "is_area": key in ("subject", "recipients"),
            "is_wide": key in WIDE,
            "longest": LONGEST.get(key, ""),
            "suggestions": SUGGESTED.get(key, ""),
        }
        for key in keys
    ]


def _described(key: str, hint: str, fault: str, place: Place | None) -> str:
    """What a reader of the screen is told beside the label: hint, what is wrong, where the paper says it."""
    parts = [f"{key}-{part}" for part, said in (("goi-y", hint), ("loi", fault), ("cho", place)) if said]
    return format_html(' aria-describedby="{}"', " ".join(parts)) if parts else ""


KIND_NAMES = [kind for kind in KINDS if kind[0].isupper()]
