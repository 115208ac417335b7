"""The life of a unit in words: one entry for each event, the newest first, with links to those before and after it."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from kheo.core.days import format_day
from kheo.core.reorganising import EventKind
from kheo.core.unit_kinds import LINE_NAMES, Line, kind_name
from kheo.org.queries import Chapter, EventTold, Kin
from kheo.web.tree.asked import Asked

MOST_KIN = 20  # named in one event; the picture of the reorganisation has all


def chapter(told: Chapter, unit: int, chosen: Asked) -> dict[str, Any]:
    """One event as it is seen from a unit. A unit of which nothing is left, because its beginning was taken back, is not named."""
    event = told.event
    return {
        "day": format_day(event.day),
        "iso": event.day.isoformat(),
        "is_future": event.day > chosen.today,
        "words": _words(told, unit),
        "decision": _decision(event),
        "note": event.note,
        "id": event.id,
        "is_annulled": event.annulled_by is not None,
        "may_undo": event.annulled_by is None and event.annuls is None,
        "came": _kin(told.predecessors[:MOST_KIN], chosen),
        "came_more": max(len(told.predecessors) - MOST_KIN, 0),
        "went": _kin(told.successors[:MOST_KIN], chosen),
        "went_more": max(len(told.successors) - MOST_KIN, 0),
        "parent": next(iter(_kin([told.parent], chosen)), None) if told.parent else None,
    }


def _kin(kin: Sequence[Kin], chosen: Asked) -> list[dict[str, str]]:
    return [{"name": each.name, "url": chosen.unit(each.id), "share": share_words(each.share)} for each in kin if each.name]


def share_words(share: Fraction | None) -> str:
    """How much of a unit's past went: nothing to say of the whole, and plainly said where nobody can divide it."""
    if share is None:
        return "một phần, không chia được số liệu"
    return "" if share == 1 else f"{share.numerator}/{share.denominator}"


def _words(told: Chapter, unit: int) -> str:
    """What happened, seen from this unit."""
    event = told.event
    match EventKind(event.kind):
        case EventKind.ESTABLISHED:
            return f"Thành lập với tên {event.detail.get('name', '')}"
        case EventKind.RENAMED:
            return f"Đổi tên thành {event.detail.get('name', '')}"
        case EventKind.KIND_CHANGED:
            return f"Đổi loại thành {kind_name(str(event.detail.get('kind', '')))}"
        case EventKind.CODE_CHANGED:
            return f"Đổi mã thành {event.detail.get('code', '')}"
        case EventKind.TRANSFERRED:
            return f"Chuyển cấp trên ({_line(event)})" if event.detail.get("parent") else f"Đứng đầu tuyến {_line(event)}"
        case EventKind.DETACHED:
            return f"Thôi thuộc cấp trên ({_line(event)})"
        case EventKind.MERGED:
            return "Hợp nhất từ các đơn vị cũ" if event.unit == unit else "Hợp nhất vào đơn vị mới"
        case EventKind.ABSORBED:
            return "Sáp nhập vào đơn vị khác" if event.unit == unit else "Nhận sáp nhập"
        case EventKind.SPLIT:
            return _split(event, unit)
        case EventKind.ANNULLED:
            return f"Huỷ bỏ sự kiện số {event.annuls}"
    return event.words[:1].upper() + event.words[1:]


def _split(event: EventTold, unit: int) -> str:
    lives_on = any(each == event.unit for each, _ in event.detail["successors"])
    if event.unit == unit:
        return "Một phần được tách ra" if lives_on else "Được chia"
    return "Nhận một phần tách ra" if lives_on else "Nhận một phần của đơn vị được chia"


def _line(event: EventTold) -> str:
    return LINE_NAMES[Line(event.detail["line"])]


def _decision(event: EventTold) -> str:
    if event.kind == EventKind.ANNULLED:
        return ""
    day = f" ngày {format_day(event.decision_day)}" if event.decision_day else ""
    return f"Theo {event.decision_number}{day}" if event.decision_number else "Không rõ số quyết định"
