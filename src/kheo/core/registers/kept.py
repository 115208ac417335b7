"""How long photographs and papers of an entry are kept: decided by the register's own data (decision 040). Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from kheo.core.definition.words import Frozen, Line

_Years = Annotated[int, Field(strict=True, ge=1, le=70)]
_Months = Annotated[int, Field(strict=True, ge=1, le=120)]


class KeptDef(Frozen):
    """Until when the bytes of photographs and papers are kept. Their hash, their day and who sent them stay for ever."""

    years: _Years = Field(description="Giữ bấy nhiêu năm kể từ ngày hồ sơ kết thúc; hồ sơ chưa xong thì giữ.")
    public_months: _Months | None = Field(
        None, description="Ảnh do người gửi biểu mẫu gửi kèm: bấy nhiêu tháng kể từ ngày kết thúc; bỏ trống: như years."
    )
    report_years: _Years | None = Field(
        None,
        description="Hồ sơ được đếm trong báo cáo đã nộp: giữ đến hết bấy nhiêu năm sau lần nộp; bỏ trống: chừng nào báo cáo còn đếm nó.",
    )
    source: Line = Field("", description="Căn cứ của thời hạn giữ.")


@dataclass(frozen=True)
class Standing:
    """What decides about one file: since when its entry is closed (None: it is not), whether a sender without an account gave it,
    when a report that counts the entry was last sent (None: none counts it), whether somebody has said to keep it."""

    closed_on: date | None
    is_senders: bool = False
    counted_on: date | None = None
    is_held: bool = False


def kept_until(rule: KeptDef | None, standing: Standing) -> date | None:
    """The first day on which the bytes may go; None while nothing says when: no rule, not closed, held, or counted without an end."""
    if rule is None or standing.closed_on is None or standing.is_held:
        return None
    if standing.is_senders and rule.public_months is not None:
        own = months_later(standing.closed_on, rule.public_months)
    else:
        own = months_later(standing.closed_on, 12 * rule.years)
    if standing.counted_on is None:
        return own
    return max(own, months_later(standing.counted_on, 12 * rule.report_years)) if rule.report_years is not None else None


def months_later(day: date, months: int) -> date:
    """The same day so many months later; where that month has no such day, the first of the next: never a day too early."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year, month + 2, 1)  # no 31st or 29 February: never in December
