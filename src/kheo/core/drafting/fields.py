"""The fields of a draft that a person may correct: key, words, value, place; how each is typed and understood."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kheo.core.days import format_day
from kheo.core.directives.found import DOUBTFUL, Found, Place
from kheo.core.drafting.day_words import EXAMPLES, in_words, rule_of
from kheo.core.drafting.plans import WHY
from kheo.core.drafting.proposing import CampaignDraft
from kheo.core.drafting.regime import FORMS
from kheo.core.text import fold
from kheo.core.unit_kinds import KINDS, LINE_NAMES, Line

YES, NO = "có", "không"
PLANS_FIELD = "counts_plans"
ADDED_ROWS = 2  # empty rows of the outline that stand ready
LONGEST_SECTION = 20_000  # definition.OutlineSection
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SECTION = re.compile(r"[^\W_]{1,6}(?:\.[^\W_]{1,4}){0,4}\.?")
_YES_NO = ((NO, "Không"), (YES, "Có"))
_HINTS = {
    "issued_on": "; viết ngày như 15/03/2023",
    "max_chars": f"; viết một số từ 1 đến {LONGEST_SECTION}",
    "id": "; viết như II.3",
    "year_from": "; viết bốn chữ số",
}
_DAYS_OFF = (("next", "dời sang ngày làm việc sau"), ("previous", "dời về ngày làm việc trước"), ("same", "giữ nguyên"))
_LINES = tuple((line.value, f"theo tuyến {name}") for line, name in LINE_NAMES.items())
_KINDS = tuple((kind.code, kind.name) for line in (Line.UNION, Line.PARTY, Line.ADMIN) for kind in KINDS.values() if kind.line == line)


@dataclass(frozen=True)
class Field:
    """A field of the draft that may be corrected: `key` is its path with dots; `paper` is the turn of the paper that says it.

    `form`: how it is typed: `text`, `one` (one of the `choices`), `many` (several of them, their values with commas). `is_new`: of a row
    that is not there yet.
    """

    key: str
    label: str
    value: str
    paper: int | None = None
    place: Place | None = None
    sure: float = 1.0
    form: str = "text"
    choices: tuple[tuple[str, str], ...] = ()
    is_new: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether the reading itself was not sure."""
        return self.sure < DOUBTFUL


def fields_of(draft: CampaignDraft) -> list[Field]:
    """In the order of the page: the campaign, its papers, contents, periods, tiers (and an empty one), the outline (and empty rows)."""
    data = draft.data
    fields = [Field("name", "Tên phong trào", data["name"]), Field("campaign", "Mã phong trào", data["campaign"])]
    fields.append(Field("year_from", "Từ năm", str(data["year_from"])))
    if draft.counts_plans:
        counted = YES if any(each["source"] == WHY for each in data["indicators"]) else NO
        fields.append(Field(PLANS_FIELD, "Đếm đơn vị có kế hoạch từ sổ kế hoạch", counted, form="one", choices=_YES_NO))
    for turn, row in enumerate(data["documents"]):
        fields += _document(draft, turn, row)
    fields += _contents(draft)
    fields += _periods(data["regime"])
    tiers = data["regime"]["tiers"]
    for turn, row in enumerate(tiers):
        fields += _tier(draft, turn, row)
    fields += (replace(each, is_new=True) for each in _new_tier(len(tiers), data["regime"]))
    contents = (("", "không riêng nội dung nào"), *((each["id"], each["short"]) for each in data["contents"]))
    for turn, row in enumerate(data["outline"]):
        fields += _section(turn, row, contents)
    for turn in range(len(data["outline"]), len(data["outline"]) + ADDED_ROWS):
        fields += (replace(each, is_new=True) for each in _section(turn, {"id": "", "title": "", "max_chars": ""}, contents))
    return fields


def _document(draft: CampaignDraft, turn: int, row: Mapping[str, Any]) -> list[Field]:
    read, short = draft.papers[turn].directive, row["short"]
    day = format_day(row["issued_on"]) if row["issued_on"] else ""
    return [
        _field(f"documents.{turn}.number", f"Số, ký hiệu ({short})", row["number"], turn, read.notation),
        _field(f"documents.{turn}.issued_on", f"Ngày ban hành ({short})", day, turn, read.date),
        _field(f"documents.{turn}.issuer", f"Cơ quan ban hành ({short})", row["issuer"], turn, read.issuer),
        _field(f"documents.{turn}.title", f"Trích yếu ({short})", row["title"], turn, read.subject),
        _field(f"documents.{turn}.kind", f"Tên loại ({short})", row["kind"], turn, read.kind),
    ]


def _contents(draft: CampaignDraft) -> Iterable[Field]:
    root = max(range(len(draft.papers)), key=lambda at: (len(draft.papers[at].directive.contents), at))
    for turn, row in enumerate(draft.data["contents"]):
        found = draft.papers[root].directive.contents[turn - 1] if turn else None
        yield _field(f"contents.{turn}.name", f"Nội dung {row['id']}", row["name"], root, found)
        yield Field(f"contents.{turn}.short", f"Tên ngắn của {row['id']}", row["short"])
        walled = YES if row.get("walled") else NO
        if not turn:  # the common part has no wall of its own
            continue
        yield Field(f"contents.{turn}.walled", f"{row['id']} chỉ nhận con số, được che", walled, form="one", choices=_YES_NO)


def _periods(regime: Mapping[str, Any]) -> Iterable[Field]:
    periods = regime["periods"]
    kinds = tuple((form.id, form.words) for form in FORMS.values())
    yield Field("regime.non_working_day", "Hạn rơi vào ngày nghỉ", regime["non_working_day"], form="one", choices=_DAYS_OFF)
    yield Field("regime.asked", "Các kỳ báo cáo", ", ".join(each["id"] for each in periods), form="many", choices=kinds)
    for row in periods:
        key, frequency, name = f"regime.periods.{row['id']}", row.get("frequency", "year"), period_words(row["id"])
        yield Field(f"{key}.opens", f"{name}: lấy số liệu từ ngày", in_words(row["opens"], frequency))
        yield Field(f"{key}.cutoff", f"{name}: chốt số liệu ngày", in_words(row["cutoff"], frequency))


def period_words(period: str) -> str:
    """What people call a period of a draft by its id: `6T` -> `Kỳ 6 tháng đầu năm`."""
    form = next((each for each in FORMS.values() if each.id == period), None)
    return f"Kỳ {_lower(form.words)}" if form else f"Kỳ {period}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _tier(draft: CampaignDraft, turn: int, row: Mapping[str, Any]) -> Iterable[Field]:
    key, name = f"regime.tiers.{turn}", f"Cấp báo cáo {turn + 1}"
    yield Field(f"{key}.name", name, row["name"])
    yield Field(f"{key}.kinds", f"{name}: loại đơn vị", ", ".join(row["kinds"]), form="many", choices=_KINDS)
    yield Field(f"{key}.line", f"{name}: gửi lên", row["line"], form="one", choices=_LINES)
    for period in draft.data["regime"]["periods"]:
        rule = row["due"].get(period["id"])
        at, found = _limit(draft, row["source"], rule) if rule else (None, None)
        words = in_words(rule, period.get("frequency", "year")) if rule else ""
        yield _field(f"{key}.due.{period['id']}", f"{name}: hạn {_lower(period_words(period['id']))}", words, at, found)
    gone = YES if row.get("gone") else NO
    yield Field(f"{key}.gone", f"Bỏ cấp báo cáo {turn + 1}", gone, form="one", choices=_YES_NO)


def _new_tier(turn: int, regime: Mapping[str, Any]) -> Iterable[Field]:
    key = f"regime.tiers.{turn}"
    yield Field(f"{key}.name", "Cấp báo cáo thêm: tên", "")
    yield Field(f"{key}.kinds", "Cấp báo cáo thêm: loại đơn vị", "", form="many", choices=_KINDS)
    yield Field(f"{key}.line", "Cấp báo cáo thêm: gửi lên", Line.UNION.value, form="one", choices=_LINES)
    for period in regime["periods"]:
        yield Field(f"{key}.due.{period['id']}", f"Cấp báo cáo thêm: hạn {_lower(period_words(period['id']))}", "")


def _section(turn: int, row: Mapping[str, Any], contents: tuple[tuple[str, str], ...]) -> Iterable[Field]:
    key, name = f"outline.{turn}", f"Mục {row['id'] or 'thêm'}"
    yield Field(f"{key}.id", f"{name}: số mục", row["id"])
    yield Field(f"{key}.title", f"{name}: tiêu đề", row["title"])
    yield Field(f"{key}.content", f"{name}: nội dung", row.get("content", ""), form="one", choices=contents)
    yield Field(f"{key}.required", f"{name}: bắt buộc", YES if row.get("required") else NO, form="one", choices=_YES_NO)
    yield Field(f"{key}.max_chars", f"{name}: tối đa ký tự", str(row["max_chars"]))
    if row["id"]:
        yield Field(f"{key}.gone", f"{name}: bỏ", YES if row.get("gone") else NO, form="one", choices=_YES_NO)


def _limit(draft: CampaignDraft, source: str, rule: Mapping[str, Any]) -> tuple[int | None, Found[Any] | None]:
    for at, paper in enumerate(draft.papers):
        for found in paper.directive.deadlines if source.startswith(f"{paper.short} ") else ():
            when = found.value.when
            if (when and when.month_day == f"{rule['month']:02d}-{rule['day']:02d}") or found.value.day == rule["day"]:
                return at, found
    return None, None


def _field(key: str, label: str, value: str, paper: int | None, found: Found[Any] | None) -> Field:
    return Field(key, label, value, paper, found.place, found.sure) if found else Field(key, label, value)


def understood(field: Field, text: str, frequency: str) -> Any:
    """The value of a field as the file has it; None where the text says none. `frequency`: of the period, for a rule of days."""
    said, last = " ".join(text.split()), field.key.rsplit(".", 1)[-1]
    if field.form == "one":
        return _one(field, said)
    if field.form == "many":
        return _many(field, said)
    if last == "issued_on":
        day = _DAY.fullmatch(said)
        return _real(int(day[3]), int(day[2]), int(day[1])) if day else None
    if ".due." in field.key or last in ("opens", "cutoff"):
        return rule_of(said, frequency)
    if last == "max_chars":
        return int(said) if said.isascii() and said.isdigit() and 0 < int(said[:6]) <= LONGEST_SECTION else None
    if last == "year_from":
        return int(said) if re.fullmatch(r"20\d\d", said) else None
    if field.key.startswith("outline.") and last == "id":
        return said.rstrip(".") if _SECTION.fullmatch(said) else None
    return said or None


def _one(field: Field, said: str) -> Any:
    value = next((value for value, words in field.choices if fold(said) in (fold(value), fold(words))), None)
    return {YES: True, NO: False}.get(value, value) if value is not None and field.choices == _YES_NO else value


def _many(field: Field, said: str) -> list[str] | None:
    parts = [each.strip() for each in said.split(",") if each.strip()]
    values = [next((value for value, words in field.choices if fold(each) in (fold(value), fold(words))), None) for each in parts]
    return [each for each in dict.fromkeys(values) if each] if values and None not in values else None


def not_understood(field: Field, text: str, frequency: str) -> str:
    """What is wrong with a text, naming the field, and how it is written."""
    last = field.key.rsplit(".", 1)[-1]
    if not text.strip():
        return f"{field.label}: chưa {'chọn' if field.choices else 'ghi'}."
    if ".due." in field.key or last in ("opens", "cutoff"):
        return f"{field.label}: không hiểu “{text}”; viết {EXAMPLES[frequency]}."
    return f"{field.label}: không hiểu “{text}”{_HINTS.get(last, '')}."


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
