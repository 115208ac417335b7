"""Registers in which units have, or were given, open entries: a line for each unit, side and register, with how many there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet, Value

from kheo.core.registers.words import OPEN_CLASSES
from kheo.org.queries import last_above, names_around
from kheo.registers.models import Entry
from kheo.reports.queries.touched.change import Change, among, origins_of
from kheo.reports.queries.touched.touch import Provider, Touch

OWNER, HANDLER = "owner", "handler"
KEYS = ("whose", "side", "register", "register__name")
Rows = QuerySet[Any, Any]


def _touched(change: Change) -> Rows:
    """Numbers only, no title and no name: whoever changes units need not be one who reads the entries."""
    owned = _of(OWNER, Entry.objects.filter(among(OWNER, change.ended | change.moved | change.back)))
    return owned.union(_of(HANDLER, Entry.objects.filter(among(HANDLER, change.ended | change.back))), all=True)


def _of(side: str, entries: "QuerySet[Entry, Entry]") -> Rows:
    still: Rows = entries.filter(meaning__in=OPEN_CLASSES).order_by()
    counted: Rows = still.annotate(whose=F(side), side=Value(side)).values(*KEYS).annotate(entries=Count("pk"))
    return counted


def _count(change: Change) -> int:
    return _touched(change).count()


@dataclass(frozen=True)
class _Around:
    """What is named beside the units: who stands above those that nobody follows, and from whom those came that are no more."""

    change: Change
    names: Mapping[int, str]
    above: Mapping[int, int]
    origins: Mapping[int, frozenset[int]]

    def named(self, unit: int) -> str:
        return self.names.get(unit, "")

    def then(self, unit: int, side: str) -> str:
        """What becomes of them, as `org.queries.keepers` says and `registers.access` lets people act."""
        change = self.change
        if unit in change.ended:
            return f"{'Vẫn ghi giao cho' if side == HANDLER else 'Ở lại'} đơn vị cũ; {self._kept(unit)}"
        if unit in change.back:
            return "Đơn vị lại tự xử lý"
        return "Đi cùng đơn vị; cấp trên mới đọc và xử lý thay cấp trên cũ"

    def _kept(self, unit: int) -> str:
        if unit in self.change.followed:
            return "từ ngày đơn vị kết thúc, đơn vị kế thừa xử lý tiếp"
        if self.origins.get(unit):
            return f"{', '.join(sorted(map(self.named, self.origins[unit])))} lại xử lý"
        above = self.above.get(unit)
        if above is None:
            return "không ai kế thừa và không có cấp trên để xử lý tiếp"
        if above in self.change.followed:
            return f"không ai kế thừa, nên đơn vị kế thừa của cấp trên ({self.named(above)}) xử lý tiếp"
        if above in self.change.ended:
            return f"không ai kế thừa, nên cấp trên còn hoạt động của {self.named(above)} xử lý tiếp"
        return f"không ai kế thừa, nên từ ngày đơn vị kết thúc, cấp trên ({self.named(above)}) xử lý tiếp"


def _rows(change: Change, on: date, start: int, most: int) -> list[Touch]:
    rows = list(_touched(change).order_by("whose", "side", "register")[start : start + most])
    units = {each["whose"] for each in rows}
    above, origins = last_above(units, on), origins_of(units & change.unmade)
    names = names_around({*units, *above.values(), *(unit for found in origins.values() for unit in found)}, on)
    around = _Around(change, names, above, origins)
    return [
        Touch(
            around.named(each["whose"]),
            f"{each['register__name']}: {each['entries']} hồ sơ {'được giao ' if each['side'] == HANDLER else ''}chưa xong",
            around.then(each["whose"], each["side"]),
        )
        for each in rows
    ]


RECORDS = Provider("ho-so", "Sổ còn hồ sơ chưa xong", _count, _rows)
