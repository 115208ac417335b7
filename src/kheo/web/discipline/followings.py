"""How far what was sent follows the registers, and every number that does not."""

from datetime import datetime

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.answers import BLANK_WORDS, NA_WORDS
from kheo.core.checking import label_of
from kheo.core.definition import Definition
from kheo.core.figures import NA
from kheo.core.numbers import format_int, format_percent, format_scaled
from kheo.documents.plain_tables import PlainTable
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.discipline.following import MOST_TOLD, Followed, OtherNumber, followed_below, other_numbers
from kheo.web.discipline.shown import Shown, names_below

HEAD = ("Đơn vị, khác sổ nhiều nhất lên đầu", "Báo cáo đã nộp", "Có số từ sổ", "Ô từ sổ", "Ô ghi khác sổ", "Tỷ lệ khác sổ")
NOTE = (
    "Tính ở lần nộp gần nhất: số ghi trong báo cáo so với số sổ đếm được đúng lúc nộp. Báo cáo không có số từ sổ là của đơn vị chưa ghi "
    "hồ sơ nào. Ghi khác sổ không phải là sai: mỗi ô đều có lý do, đọc ở báo cáo; nhiều ô khác sổ nghĩa là sổ chưa được ghi đủ."
)
# Not why: that stands in the report, for whoever may read it; these tables are read by all who see the totals.
LIST_HEAD = ("Đơn vị", "Chỉ tiêu", "Báo cáo ghi", "Sổ đếm lúc nộp")


def following_tables(cycle: Cycle, unit: SnapshotUnit, now: datetime) -> list[Shown]:
    """By unit below, then cell by cell."""
    following = followed_below(cycle, unit)
    found = following.below
    order = sorted(found, key=lambda each: (-_share(found[each]), -found[each].others, -found[each].cells, each))
    others = other_numbers(following)
    names = names_below(cycle, unit, list({*order, *(each.unit for each in others)}))
    rows = tuple((names[each], *_cells(found[each])) for each in order)
    opens = tuple(each if each != unit.unit_id else None for each in order)
    definition = definition_of(cycle.edition_id)
    listed = tuple((names[each.unit], *_told(definition, each)) for each in others)
    more = f"Chỉ kể {MOST_TOLD} ô đầu; mở từng đơn vị để xem hết." if len(others) == MOST_TOLD else ""
    whole = Shown(PlainTable("So với sổ", _sentence(list(found.values())), HEAD, rows), opens, NOTE)
    if not others:
        return [whole]  # its sentence says already that there is none
    return [
        whole,
        Shown(PlainTable("Ô ghi khác sổ", f"{format_int(len(others))} ô ghi khác sổ.", LIST_HEAD, listed), (), more, frozenset({1})),
    ]


def _share(followed: Followed) -> float:
    return followed.others / followed.cells if followed.cells else 0.0


def _cells(followed: Followed) -> tuple[int | str | None, ...]:
    share = format_percent(followed.others, followed.cells, 1) if followed.cells else None
    return (followed.reports, followed.counted, followed.cells, followed.others, share)


def _told(definition: Definition, other: OtherNumber) -> tuple[str, ...]:
    decimals = definition.indicator(definition.cell(other.cell).indicator).decimals
    words = {None: BLANK_WORDS, NA: NA_WORDS}
    figure = words[other.figure] if other.figure is None or other.figure == NA else format_scaled(int(other.figure), decimals)
    return (label_of(definition, other.cell), figure, format_scaled(other.counted, decimals))


def _sentence(found: list[Followed]) -> str:
    cells, others = sum(each.cells for each in found), sum(each.others for each in found)
    sent, counted = sum(each.reports for each in found), sum(each.counted for each in found)
    if not cells:
        return "Chưa có báo cáo nào được nộp với số lấy từ sổ."
    lead = f"{format_int(counted)} trên {format_int(sent)} báo cáo có số từ sổ"
    return f"{lead}; {format_int(others)} trên {format_int(cells)} ô ghi khác sổ ({format_percent(others, cells, 1)})."
