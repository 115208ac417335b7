"""The words beside an entry, as officers see them: what its sender wrote, what was written to them, notes; and where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from kheo.core.registers.table_heads import HIDDEN
from kheo.org.queries import names_around
from kheo.registers.access import ReachedEntry
from kheo.registers.actions import FROM_PHONE, Kind, kinds_of_words
from kheo.registers.models import Deed, EntryMessage
from kheo.registers.queries.messages import chosen_of
from kheo.web.reach import PageRequest

SLUGS: Mapping[str, Kind] = {"tra-loi": "reply", "ghi-chu": "note"}
BUTTONS: Mapping[Kind, str] = {"reply": "Viết cho người gửi", "note": "Ghi chú nội bộ"}
READ_BY: Mapping[Kind, str] = {
    "reply": (
        "Người gửi đọc được ở trang theo dõi, không thấy tên anh/chị. "
        "Đây không phải lời trả lời chính thức: muốn trả lời thì bấm nút ở hồ sơ."
    ),
    "note": "Chỉ cán bộ giải quyết hồ sơ và cấp trên đọc được; người gửi không đọc được.",
}


@dataclass(frozen=True)
class Way:
    """Something that can be written beside the entry."""

    words: str
    url: str


def ways_to_write(reached: ReachedEntry) -> list[Way]:
    """What this person may write now."""
    slugs = {kind: slug for slug, kind in SLUGS.items()}
    return [Way(BUTTONS[kind], reverse("write_words", args=[reached.entry.pk, slugs[kind]])) for kind in kinds_of_words(reached)]


WAYS = {FROM_PHONE: "Ghi tại chỗ bằng điện thoại", "import": "Nhập từ tệp", "api": "Chương trình gửi tới"}


def came_from(request: PageRequest, reached: ReachedEntry) -> str:
    """How it came: through the public form and which place was chosen there, from a telephone, a file or a program; empty for a desk."""
    if reached.entry.source in WAYS:
        return WAYS[reached.entry.source]
    chosen = chosen_of(reached.entry) if reached.is_from_public else None
    if chosen is None:
        return ""
    name = names_around([chosen], request.person.on).get(chosen, "") if chosen != reached.entry.owner_id else ""
    return "Người dân gửi qua biểu mẫu" + (f", chọn {name}" if name else "")


def words_of(deed: Deed, messages: Mapping[int, EntryMessage], reached: ReachedEntry) -> str:
    """What was written with a deed, to whom it may be shown."""
    message = messages.get(deed.pk)
    if message is None:
        return ""
    return message.text if reached.works_near else HIDDEN


def is_of_asker(deed: Deed, messages: Mapping[int, EntryMessage]) -> bool:
    """Whether the sender wrote something with a deed."""
    message = messages.get(deed.pk)
    return message is not None and message.kind == "asker"
