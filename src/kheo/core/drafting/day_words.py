"""Rules of days as people write them, and back: `10/5`, `15/1 năm sau`; of a quarter `ngày 25 tháng thứ 3`, of a month `ngày 20`."""

import calendar
import re
from collections.abc import Mapping
from typing import Any

from kheo.core.text import fold

EXAMPLES = {"year": "10/5 hoặc 15/1 năm sau", "quarter": "ngày 25 tháng thứ 3", "month": "ngày 20 hoặc ngày 5 tháng sau"}
_AFTER = {-1: " năm trước", 1: " năm sau"}
_OF_YEAR = re.compile(r"(?:ngay )?(\d{1,2}|cuoi)(?: ?[/-] ?| thang )(\d{1,2})(?: nam (truoc|sau))?")
_OF_MONTH = re.compile(r"(?:ngay )?(\d{1,2}|cuoi)(?: thang)?(?: (truoc|sau|nay))?")
_OF_QUARTER = re.compile(r"(?:ngay )?(\d{1,2}|cuoi) thang (?:thu )?([123]|truoc|sau)(?: quy)?")
_OFFSETS = {"truoc": -1, "sau": 1, "nay": 0, None: 0}
_ROUND = 2023  # a year without a 29/2: a rule holds in every year


def in_words(rule: Mapping[str, Any], frequency: str) -> str:
    """A rule of a day as a person would write it."""
    day = "cuối" if rule["day"] == "last" else str(rule["day"])
    if frequency == "year":
        return f"{day}/{rule['month']}{_AFTER.get(rule.get('year', 0), '')}"
    return f"ngày {day}{_month_in_words(rule['month'], frequency)}"


def _month_in_words(month: int, frequency: str) -> str:
    if frequency == "month":
        return {-1: " tháng trước", 0: "", 1: " tháng sau"}.get(month, f" tháng {month:+}")
    return {-1: " tháng trước quý", 3: " tháng sau quý"}.get(month, f" tháng thứ {month + 1}")


def rule_of(text: str, frequency: str) -> dict[str, Any] | None:
    """The rule that a text says; None where it says none, or a day that not every year has."""
    said = fold(text)
    form = {"year": _OF_YEAR, "quarter": _OF_QUARTER, "month": _OF_MONTH}[frequency].fullmatch(said)
    if form is None:
        return None
    day: int | str = "last" if form[1] == "cuoi" else int(form[1])
    if frequency == "year":
        return _yearly(day, int(form[2]), _OFFSETS[form[3]])
    month = _OFFSETS[form[2]] if frequency == "month" else {"truoc": -1, "sau": 3}.get(form[2]) or _turn(form[2])
    return {"day": day, "month": month} if day == "last" or 1 <= int(day) <= 28 else None


def _turn(text: str) -> int:
    return int(text) - 1 if text.isdigit() else -1


def _yearly(day: int | str, month: int, year: int) -> dict[str, Any] | None:
    if not 1 <= month <= 12 or (day != "last" and not 1 <= int(day) <= calendar.monthrange(_ROUND, month)[1]):
        return None
    return {"day": day, "month": month, **({"year": year} if year else {})}
