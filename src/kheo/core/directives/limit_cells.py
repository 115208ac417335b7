"""What one cell of limits says: `Trước 30/9`, `Hằng quý`, `Ngày 20 tháng cuối quý`, `14g00 thứ Sáu hằng tuần`."""

from dataclasses import dataclass, replace

from kheo.core.directives.addressing import addressee
from kheo.core.directives.body import Span
from kheo.core.directives.dates import HOUR, LONGEST_MONTH, OF_A_YEAR, WHOLE, When, of_a_year, whole
from kheo.core.directives.due import REPORTS
from kheo.core.directives.durations import Within, lengths
from kheo.core.directives.found import Place
from kheo.core.directives.months import alone
from kheo.core.directives.paper import bare, rule

WORD_OF_LIMIT = rule(r"\b(?:truoc|cham nhat|xong|hoan thanh|han|muon nhat|het|khong qua)\b|^\W*den\b")
_REMARK = r"(?:[a-z ]{3,40}:\s*)?"  # `Báo cáo kết quả: 12/02`
_BY = r"\W*(?:(?:truoc|cham nhat|xong|trong|hoan thanh|den|het|han)[\s:]+(?:la |vao |trong |truoc |ngay )*)*"
_AT_HOUR = r"(?:\d{1,2}\s*(?:gio|g|h|:)\s*\d{0,2}(?: phut)?[\s,]*(?:ngay )?)?"
_DATE = rule(rf"^{_REMARK}{_BY}{_AT_HOUR}{WHOLE}\W*$")
_DAY = rule(rf"^{_REMARK}{_BY}{_AT_HOUR}{OF_A_YEAR}(?: (?:(?:hang|moi) nam|(?:cua )?nam (?:sau|tiep theo|ke tiep|lien ke)))?\W*$")
EVERY = {"quy": "quarter", "thang": "month", "tuan": "week", "nam": "year"}
_RHYTHM = rule(r"^\W*(?:bao cao )?(?:(?:dinh ky )?(?:hang|moi) (quy|thang|tuan)|theo dinh ky)\W*$")
# `14g00 thứ Sáu hằng tuần`, `Trước 16 giờ hằng ngày`
_BY_THE_CLOCK = rule(
    rf"^{_BY}(?:{HOUR})?[\s,]*(?:(?:(?:sang|chieu|cuoi) )?(?:thu \w+|chu nhat),? (?P<week>(?:hang|moi) tuan)|(?:hang|moi) ngay)\W*$"
)
_WITHIN = rule(r"^\W*(?:(?:trong|cham nhat|sau|khong qua|truoc|it nhat)\b|\d{1,3} (?:ngay|gio|tuan)\b)")
# What takes place on a day, and is not to be done by then: `Lễ khởi động`, `Hội nghị tổng kết`.
_EVENT = rule(
    r"^\W*(?:(?:du |khai mac |be mac )?(?:le|hoi nghi|hoi thao|hoi trai|hoi thi|ngay hoi|dai hoi|phien hop|tap huan)"
    r"|khai mac|be mac|khai giang|be giang)\b"
)
_MONTHLY = rule(
    r"^\W*(?:(?:truoc|cham nhat|vao) )?(?:ngay )?(?P<day>\d{1,2})(?: (?:(?P<month>(?:hang|moi|cua|cua moi|cua hang) thang"
    r"|(?:cua )?thang (?:sau|bao cao|ke tiep|tiep theo))"
    r"|(?:cua )?thang (?:dau|cuoi)(?: cung)? (?:cua )?(?:(?:moi )?quy(?: sau| bao cao)?|ky(?: bao cao)?))"
    r"|(?<=ngay\s\d)|(?<=ngay\s\d\d))\W*$"
)
_SENT_OFF = rule(r"\b(?:gui|nop|trinh|bao cao|dang ky [^.;]{2,60} voi)\b")


@dataclass(frozen=True)
class Due:
    """A row with its limit: `task` and `to` as the cells say them; one of `when`, `month`, `period` (with or without its `day`)."""

    place: Place
    task: str
    to: str | None
    when: When | None = None
    month: str | None = None
    period: str | None = "once"
    day: int | None = None
    within: Within | None = None


def sent_to(task: str) -> str | None:
    """The office that some work itself says it is sent to."""
    named = addressee(task, bare(task), 0, len(task), None, advice=False) if _SENT_OFF.search(bare(task)) else None
    return named.value if named else None


def due_by(limit: str, row: Due) -> Due | None:
    """A row with the limit that bare words say, if they are one."""
    if _EVENT.match(bare(row.task)) and not WORD_OF_LIMIT.search(limit):
        return None
    dated = _DATE.match(limit)
    if dated:
        when = whole(dated)
        return replace(row, when=when) if when else None
    day = _DAY.match(limit)
    if day:
        when = of_a_year(day)
        return replace(row, when=when, period="year" if "nam" in limit else "once") if when else None
    rhythm = _RHYTHM.match(limit)
    if rhythm:
        return replace(row, period=EVERY[rhythm[1]] if rhythm[1] else None) if rhythm[1] or row.to else None
    if said := _BY_THE_CLOCK.match(limit):
        return replace(row, period="week" if said["week"] else "day") if REPORTS.search(bare(row.task)) else None
    if _WITHIN.match(limit) and (length := next(lengths(limit, Span(0, len(limit))), None)):
        return replace(row, within=length.within)
    monthly = _MONTHLY.match(limit)
    if monthly:
        period = "month" if monthly["month"] else "quarter" if "quy" in limit else None
        return replace(row, period=period, day=int(monthly["day"])) if 1 <= int(monthly["day"]) <= LONGEST_MONTH else None
    month = alone(limit)
    return replace(row, month=month) if month else None
