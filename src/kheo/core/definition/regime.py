"""When a campaign is reported and by whom: periods, tiers and due dates, as rules that give days for any year."""

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, StrictBool, Tag
from pydantic_core import PydanticCustomError

from kheo.core.days import NonWorkingDay
from kheo.core.definition.words import OWN_ERROR, CalendarName, CycleTemplate, Frozen, Line, Name, PeriodId, SectionId, Title

Frequency = Literal["year", "quarter", "month"]
# How many times a period of each frequency comes round in a year; a time round is a `step`, from 1.
STEPS: dict[str, int] = {"year": 1, "quarter": 4, "month": 12}
LAST = "last"


def _day_of_month(value: Any) -> Any:
    if value == LAST or (type(value) is int and 1 <= value <= 31):
        return value
    raise PydanticCustomError(OWN_ERROR, "Ngày phải là số từ 1 đến 31, hoặc last (ngày cuối tháng).")


class DayRule(Frozen):
    """A day of every year, or of every month or quarter.

    For a yearly period `month` is 1 to 12 and `year` an offset (−1: the year before). For a period that comes every month or
    quarter, `month` is an offset from the month, or from the first month of the quarter (0: itself, 1: the next).
    """

    day: Annotated[Annotated[int, Field(ge=1, le=31)] | Literal["last"], BeforeValidator(_day_of_month)] = Field(
        description="Ngày trong tháng, 1–31, hoặc last: ngày cuối tháng."
    )
    month: Annotated[int, Field(strict=True, ge=-12, le=14)] = Field(
        description="Kỳ theo năm: tháng 1–12. Kỳ theo tháng, quý: số tháng lệch so với tháng (tháng đầu quý) của kỳ; 0 là chính tháng đó."
    )
    year: Annotated[int, Field(strict=True, ge=-1, le=1)] = Field(0, description="Số năm lệch: −1 là năm trước, 1 là năm sau.")

    def on(self, frequency: str, year: int, step: int) -> date:
        """The day in the cycle `step` of `year`. Raises ValueError for a day that month does not have."""
        months = self._months(frequency, year, step)
        real_year, month = divmod(months, 12)
        length = calendar.monthrange(real_year, month + 1)[1]
        return date(real_year, month + 1, length if self.day == LAST else int(self.day))

    def largest_day(self, frequency: str) -> int:
        """The last day number that exists in every cycle, leap years or not."""
        lengths = []
        for step in range(1, STEPS[frequency] + 1):
            year, month = divmod(self._months(frequency, 2023, step), 12)
            lengths.append(28 if month == 1 else calendar.monthrange(year, month + 1)[1])
        return min(lengths)

    def _months(self, frequency: str, year: int, step: int) -> int:
        start = {"year": self.month - 1, "quarter": (step - 1) * 3 + self.month, "month": step - 1 + self.month}[frequency]
        return (year + self.year) * 12 + start


class BackRule(Frozen):
    """A due date counted back, in working days, from that of the tier above: whatever the calendar does to that one, this follows."""

    before: Name = Field(description="Mã cấp trên mà hạn được tính lùi từ hạn của cấp ấy.")
    working_days: Annotated[int, Field(strict=True, ge=1, le=60)] = Field(description="Số ngày làm việc trước hạn của cấp ấy, 1–60.")


# How pydantic names the two forms in the place of an error; `wording` knows which form each of them is.
DAY_FORM, BACK_FORM = "(ngày)", "(lùi)"
DUE_FORMS: dict[str, type[Frozen]] = {DAY_FORM: DayRule, BACK_FORM: BackRule}


def _due_form(value: Any) -> str:
    if isinstance(value, BackRule):
        return BACK_FORM
    return BACK_FORM if isinstance(value, Mapping) and not value.keys().isdisjoint(BackRule.model_fields) else DAY_FORM


DueRule = Annotated[Annotated[DayRule, Tag(DAY_FORM)] | Annotated[BackRule, Tag(BACK_FORM)], Discriminator(_due_form)]


class Period(Frozen):
    """A period that reports are asked for, again and again. The window `[opens, closes)` is half-open: `closes` is not in it."""

    id: PeriodId = Field(description="Mã kỳ, dùng trong hạn nộp của từng cấp.")
    code: CycleTemplate = Field(description="Mẫu mã chu kỳ, ví dụ {year}-6T.")
    name: Title = Field(description="Mẫu tên chu kỳ, ví dụ “6 tháng đầu năm {year}”.")
    frequency: Frequency = Field("year", description="Kỳ lặp lại: mỗi năm (year), mỗi quý (quarter) hay mỗi tháng (month) một lần.")
    opens: DayRule = Field(description="Ngày đầu tiên được tính số liệu.")
    closes: DayRule = Field(description="Ngày đầu tiên không còn được tính số liệu.")
    cutoff: DayRule = Field(description="Ngày chốt số liệu: ngày cuối cùng được tính, thuộc kỳ.")
    cumulative: StrictBool = Field(False, description="Số liệu lũy kế từ đầu năm; không cộng với kỳ trước trong năm.")
    proposed: StrictBool = Field(False, description="Các ngày do đơn vị triển khai đề xuất, văn bản gốc không nêu.")
    source: Line = Field("", description="Căn cứ của các ngày này.")

    @property
    def template_fields(self) -> tuple[str, ...]:
        """Names between braces in `code`, in order."""
        return tuple(re.findall(r"\{([^{}]*)\}", self.code))

    @property
    def name_fields(self) -> tuple[str, ...]:
        """Names between braces in `name`, in order."""
        return tuple(re.findall(r"\{([^{}]*)\}", self.name))


RecipientLine = Literal["union", "party", "coordinates", "area_team", "admin"]


class CopySection(Frozen):
    """A section of the report as a further recipient gets it: under a number and a title of its own, where they are given."""

    of: SectionId = Field(description="Số mục trong đề cương của phong trào.")
    id: SectionId | None = Field(None, description="Số mục ở nơi nhận này; bỏ trống: như trong đề cương.")
    title: Title | None = Field(None, description="Tiêu đề ở nơi nhận này; bỏ trống: như trong đề cương.")


class Copy(Frozen):
    """A further recipient of the same report: entered, reviewed and counted once, sent there besides."""

    id: Name = Field(description="Mã nơi nhận khác, không trùng trong một cấp.")
    name: Title = Field(description="Tên gọi, ví dụ Ban Dân vận quận, huyện ủy.")
    kinds: tuple[Name, ...] = Field((), description="Chỉ các loại đơn vị này của cấp; bỏ trống: mọi loại của cấp.")
    line: RecipientLine = Field(description="Tuyến: nơi nhận là cấp trên của đơn vị trên tuyến này, ngày mở kỳ.")
    due: dict[PeriodId, DayRule] = Field(description="Hạn gửi của từng kỳ: mã kỳ → ngày (gửi trong ngày đó vẫn đúng hạn).")
    outline: tuple[CopySection, ...] = Field(description="Đề cương ở nơi nhận này: các mục nào, theo thứ tự nào.")
    paper: Literal["nd30", "union1013", "union933", "party36"] = Field(description="Thể thức văn bản của bản Word ở nơi nhận này.")
    proposed: StrictBool = Field(False, description="Hạn gửi do đơn vị triển khai đề xuất, văn bản gốc không nêu.")
    source: Line = Field("", description="Căn cứ của hạn gửi.")

    def concerns(self, kind: str) -> bool:
        """Whether units of a kind, in the tier, send it."""
        return not self.kinds or kind in self.kinds


class Tier(Frozen):
    """Units of some kinds, who report to their parent on one line, each period by one day."""

    id: Name = Field(description="Mã cấp báo cáo.")
    name: Title = Field(description="Tên cấp báo cáo.")
    kinds: tuple[Name, ...] = Field(description="Các loại đơn vị thuộc cấp này.")
    line: RecipientLine = Field(description="Tuyến báo cáo: nơi nhận là cấp trên của đơn vị trên tuyến này.")
    due: dict[PeriodId, DueRule] = Field(
        description="Hạn nộp của từng kỳ: mã kỳ → ngày (nộp trong ngày đó vẫn đúng hạn), hoặc số ngày làm việc trước hạn của cấp trên."
    )
    proposed: StrictBool = Field(False, description="Hạn nộp do đơn vị triển khai đề xuất, văn bản gốc không nêu.")
    source: Line = Field("", description="Căn cứ của hạn nộp.")
    copies: tuple[Copy, ...] = Field((), description="Nơi nhận khác của cùng báo cáo, nhập một lần.")

    def further(self, copy_id: str) -> Copy | None:
        """The further recipient of an id."""
        return next((each for each in self.copies if each.id == copy_id), None)


def _no_day_twice(days: tuple[int, ...]) -> tuple[int, ...]:
    if len(set(days)) != len(days):
        raise PydanticCustomError(OWN_ERROR, "Có ngày ghi hai lần.")
    return days


class Reminders(Frozen):
    """When those who must act next are reminded. Without anything of it in a campaign's file these defaults hold."""

    before: Annotated[tuple[Annotated[int, Field(strict=True, ge=0, le=60)], ...], AfterValidator(_no_day_twice)] = Field(
        (7, 3, 1, 0), max_length=10, description="Nhắc trước hạn bao nhiêu ngày; 0 là ngày đến hạn."
    )
    counting: Literal["calendar", "working"] = Field(
        "calendar", description="Đếm ngày trước hạn theo ngày lịch (calendar) hay chỉ ngày làm việc (working)."
    )
    overdue_every: Annotated[int, Field(strict=True, ge=1, le=30)] = Field(
        1, description="Quá hạn rồi thì cứ bao nhiêu ngày làm việc nhắc một lần; việc bị trả lại cũng vậy, kể từ ngày bị trả lại."
    )
    overdue_at_most: Annotated[int, Field(strict=True, ge=0, le=60)] = Field(
        10, description="Quá hạn thì nhắc nhiều nhất bao nhiêu lần rồi thôi; 0 là không nhắc."
    )


class Regime(Frozen):
    """The reporting regime (chế độ báo cáo)."""

    periods: tuple[Period, ...] = Field(description="Các kỳ báo cáo.")
    tiers: tuple[Tier, ...] = Field(description="Các cấp báo cáo, từ dưới lên.")
    non_working_day: NonWorkingDay = Field(
        description="Hạn rơi vào ngày nghỉ: giữ nguyên (same), sang ngày làm việc sau (next) hay về ngày làm việc trước (previous)."
    )
    non_working_day_source: Line = Field("", description="Căn cứ của cách xử lý ngày nghỉ.")
    calendar: CalendarName = Field(description="Tên tệp lịch ngày nghỉ, ví dụ vn.")
    reminders: Reminders = Field(Reminders(), description="Khi nào nhắc việc.")
    sources: tuple[Line, ...] = Field((), description="Căn cứ của chế độ báo cáo.")


@dataclass(frozen=True)
class CycleDates:
    """One cycle with its days.

    `due` holds, by tier, the day of the rule before the calendar moves it off days not worked; `back` the rules of the tiers whose
    day is counted back from that of another (`planning` turns both into real dates).
    `copies` holds, by tier and its id, the day of every further recipient in the same way.
    """

    code: str
    name: str
    period: str
    year: int
    step: int
    opens: date
    closes: date
    cutoff: date
    due: Mapping[str, date]
    back: Mapping[str, BackRule] = field(default_factory=dict)
    copies: Mapping[tuple[str, str], date] = field(default_factory=dict)


def cycles_in(regime: Regime, year: int) -> Iterator[CycleDates]:
    """Every cycle of a year, in the order of the periods, each period from its first time round."""
    for period in regime.periods:
        for step in range(1, STEPS[period.frequency] + 1):
            yield cycle_dates(regime, period, year, step)


def cycle_dates(regime: Regime, period: Period, year: int, step: int) -> CycleDates:
    """The days of one cycle. Raises ValueError for a day the calendar does not have, which a checked definition excludes."""

    def day(rule: DayRule) -> date:
        return rule.on(period.frequency, year, step)

    rules = {tier.id: tier.due[period.id] for tier in regime.tiers if period.id in tier.due}
    due = {tier: day(rule) for tier, rule in rules.items() if isinstance(rule, DayRule)}
    back = {tier: rule for tier, rule in rules.items() if isinstance(rule, BackRule)}
    copies = {(tier.id, each.id): day(each.due[period.id]) for tier in regime.tiers for each in tier.copies if period.id in each.due}
    code, name = cycle_code(period, year, step), cycle_name(period, year, step)
    days = (day(period.opens), day(period.closes), day(period.cutoff))
    return CycleDates(code, name, period.id, year, step, *days, due, back, copies)


def cycle_code(period: Period, year: int, step: int) -> str:
    """`2023-6T`, `2024-03`: months in two digits, so that codes sort by time."""
    return period.code.replace("{year}", f"{year:04d}").replace("{month}", f"{step:02d}").replace("{quarter}", str(step))


def cycle_name(period: Period, year: int, step: int) -> str:
    """The name as people say it: `6 tháng đầu năm 2023`, `tháng 3 năm 2024`."""
    return period.name.replace("{year}", str(year)).replace("{month}", str(step)).replace("{quarter}", str(step))


def find_cycle(regime: Regime, code: str) -> CycleDates | None:
    """The cycle that a code names, or None."""
    for period in regime.periods:
        pattern = re.escape(period.code).replace(r"\{year\}", "(?P<year>[0-9]{4})", 1)
        pattern = pattern.replace(r"\{month\}", "(?P<step>[0-9]{2})", 1).replace(r"\{quarter\}", "(?P<step>[1-4])", 1)
        match = re.fullmatch(pattern, code)
        if match is None or "year" not in match.re.groupindex:
            continue
        step = int(match["step"]) if "step" in match.re.groupindex else 1
        if 1900 <= int(match["year"]) < 2999 and 1 <= step <= STEPS[period.frequency]:
            return cycle_dates(regime, period, int(match["year"]), step)
    return None
