"""The words of the page that opens one number: what it is, how many units answered how."""

from kheo.core.cell_signs import Ratio, Sum
from kheo.core.checking import label_of
from kheo.core.numbers import format_int
from kheo.reports.queries.drilling import Opened
from kheo.reports.queries.members import Class

CLASS_NAMES: dict[Class, str] = {
    "number": "Có số",
    "zero": "Không phát sinh",
    "answered": "Đã trả lời",
    "blank": "Chưa có số liệu",
    "na": "Không áp dụng",
    "missing": "Chưa có báo cáo được chấp nhận",
}


def heading(opened: Opened) -> str:
    """`B01 Mô hình đăng ký mới – Kinh tế`."""
    if opened.subject.is_ratio:
        return f"{opened.subject.key} {opened.subject.indicator.name}"
    return label_of(opened.definition, opened.subject.key)


def choices(opened: Opened) -> list[dict[str, object]]:
    """The filters: the units below, or every unit of one class."""
    if not opened.classes:
        return []
    all_units = {"label": "Đơn vị trực tiếp", "url": "?", "count": "", "current": opened.shown is None}
    return [all_units, *(_choice(opened, name, count) for name, count in opened.classes.items() if count or opened.shown == name)]


def _choice(opened: Opened, name: Class, count: int) -> dict[str, object]:
    return {"label": CLASS_NAMES[name], "url": f"?xem={name}", "count": format_int(count), "current": opened.shown == name}


def told(cell: Sum | Ratio | None) -> str:
    """A number for a headline, in words where there is none."""
    if cell is None:
        return ""
    words = {"small": "dưới 5", "covered": "được che", "missing": "chưa có báo cáo nào", "blank": "chưa có số liệu", "na": "không áp dụng"}
    return words.get(cell.sign) or cell.text


def note(opened: Opened) -> str:
    """How complete the number is, or what it was computed from."""
    total = opened.total
    if isinstance(total, Ratio):
        if total.numerator is None or total.denominator is None:
            return ""
        return f"{format_int(total.numerator)} chia cho {format_int(total.denominator)}"
    return f"có số của {total.behind} đơn vị"


def terms(opened: Opened) -> list[dict[str, str]]:
    """The sums that a ratio is made of, each with its own page; what the system counts itself has none."""
    if not opened.subject.is_ratio:
        return []
    return [{"label": label_of(opened.definition, key), "url": f"../{key}/"} for key in opened.subject.keys]
