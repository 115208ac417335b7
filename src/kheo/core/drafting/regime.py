"""The reporting regime that papers give: periods, tiers from below upwards, days, to whom; the days of counting are proposed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kheo.core.directives.due import Deadline
from kheo.core.directives.found import DOUBTFUL, Found
from kheo.core.drafting.notes import Notes
from kheo.core.drafting.papers import DraftedPaper
from kheo.core.drafting.sources import source_of
from kheo.core.drafting.who import kinds_named, line_to

DAYS_BEFORE = 5  # between the data cut-off and the first due day, as the campaigns before this one had it
_ROUND = 2023  # any year that is no leap year: rules of days are reckoned in it
_NO_WINDOW = "Văn bản không nêu thời gian lấy số liệu và ngày chốt; các ngày này do đơn vị triển khai đề xuất."
_A_CUT_OFF = "Ngày chốt số liệu theo"
_LEAP_DAY, _EVERY_MONTH = (2, 29), 27  # a day after it that every month has
_NON_WORKING = "Văn bản không nêu; áp dụng Bộ luật Dân sự 2015 (91/2015/QH13), Điều 148 khoản 5."


@dataclass(frozen=True)
class Form:
    """How a period of a paper is written in a campaign."""

    id: str
    code: str
    name: str
    frequency: str
    words: str


FORMS = {
    "half-year": Form("6T", "{year}-6T", "6 tháng đầu năm {year}", "year", "6 tháng đầu năm"),
    "year": Form("N", "{year}-N", "Năm {year}", "year", "Năm"),
    "quarter": Form("Q", "{year}-Q{quarter}", "Quý {quarter} năm {year}", "quarter", "Từng quý"),
    "month": Form("T", "{year}-{month}", "Tháng {month} năm {year}", "month", "Từng tháng"),
}
# Of a period that a person adds: first day, cut-off, first day after it, by the calendar.
_WHOLE: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "6T": ({"day": 1, "month": 1}, {"day": 30, "month": 6}, {"day": 1, "month": 7}),
    "N": ({"day": 1, "month": 1}, {"day": 31, "month": 12}, {"day": 1, "month": 1, "year": 1}),
    "Q": ({"day": 1, "month": 0}, {"day": "last", "month": 2}, {"day": 1, "month": 3}),
    "T": ({"day": 1, "month": 0}, {"day": "last", "month": 0}, {"day": 1, "month": 1}),
}


@dataclass(frozen=True)
class Due:
    """A periodic report that a paper asks for, with the rule of its day. `by`: who reports, where the order itself names units; else ""."""

    paper: DraftedPaper
    form: Form
    found: Found[Deadline]
    rule: dict[str, int]
    by: str


def regime_of(papers: list[DraftedPaper], notes: Notes) -> dict[str, Any]:
    """The `regime` of a campaign's file; `papers` in their order, the one that speaks to our units first."""
    dues = _all_dues(papers)
    if not dues:
        notes.open(("regime", "periods"), "Văn bản không nêu kỳ báo cáo định kỳ nào có ngày: hãy ghi các kỳ và hạn.")
    notes.open(("regime", "non_working_day"), "Hạn rơi vào ngày nghỉ thì sao, văn bản không nêu: đề xuất dời sang ngày làm việc sau.")
    return {
        "calendar": "vn",
        "non_working_day": "next",
        "non_working_day_source": _NON_WORKING,
        "sources": list(dict.fromkeys(source_of(due.paper, due.found.place) for due in dues)),
        "periods": _periods(dues, notes),
        "tiers": _tiers(papers, dues, notes),
    }


def _all_dues(papers: list[DraftedPaper]) -> list[Due]:
    """Of a paper that another one refines only the other's issuer reports here, whoever else is named in it."""
    return [due for at, paper in enumerate(papers) for due in _dues(paper, named=not at)]


def _dues(paper: DraftedPaper, *, named: bool) -> Iterator[Due]:
    """The first day of each period for each who report: a paper that says two for one is shown to a person (`other_limits`)."""
    seen = set[tuple[str, str]]()
    for found in paper.directive.deadlines:
        form = FORMS.get(found.value.period or "")
        rule = _rule(found.value, form) if form else None
        by = _reporters(paper, found) if named else ""
        if form and rule and found.value.kind == "report" and (by, form.id) not in seen:
            seen.add((by, form.id))
            yield Due(paper, form, found, rule, by)


def _reporters(paper: DraftedPaper, found: Found[Deadline]) -> str:
    """`Công đoàn cơ sở báo cáo … gửi về Liên đoàn Lao động quận`: whom the order of a limit asks, if those are units that a rule knows."""
    task = next((each for each in paper.directive.tasks if each.place.start <= found.place.start < each.place.end), None)
    asked = task.value.asked if task else None
    return asked if asked and kinds_named(asked) else ""


def _rule(deadline: Deadline, form: Form) -> dict[str, int] | None:
    if form.frequency == "year":
        when = deadline.when
        if when is None or when.month_day is None:
            return None
        month, day = (int(part) for part in when.month_day.split("-"))
        after = {"year": 1} if form.id == "N" and month <= 2 else {}
        return {"day": day, "month": month, **after}
    if deadline.day is None:
        return None
    early = deadline.day <= (10 if form.frequency == "month" else 15)
    last = 0 if form.frequency == "month" else 2
    return {"day": deadline.day, "month": last + early}


def other_limits(papers: list[DraftedPaper]) -> list[tuple[DraftedPaper, Found[Deadline]]]:
    """The limits that are no periodic report with a day: plans, opinions, single reports."""
    taken = {id(due.found) for due in _all_dues(papers)}
    return [(paper, each) for paper in papers for each in paper.directive.deadlines if id(each) not in taken]


def _periods(dues: list[Due], notes: Notes) -> list[dict[str, Any]]:
    first: dict[str, Due] = {}
    for due in dues:
        kept = first.get(due.form.id)
        if kept is None or _order(due.rule) < _order(kept.rule):
            first[due.form.id] = due
    found = sorted(first.values(), key=lambda due: (due.form.frequency, _order(due.rule)))
    year_end = _cutoff(first["N"]) if "N" in first else None
    made = []
    for at, due in enumerate(found):
        notes.say(("regime", "periods", at), f"kỳ: {source_of(due.paper, due.found.place)}, dòng {due.paper.line_of(due.found.place)}")
        said = _said_window(due)
        notes.open(("regime", "periods", at), f"Kỳ {due.form.id}: {said}")
        window = _yearly(due, year_end) if due.form.frequency == "year" else _recurring(due)
        whole_year = {"cumulative": True} if due.form.id == "N" and "6T" in first else {}
        frequency = {"frequency": due.form.frequency} if due.form.frequency != "year" else {}
        made.append(
            {"id": due.form.id, "code": due.form.code, "name": due.form.name, **frequency, **window, **whole_year}
            | {"proposed": True, "source": said}
        )
    return made


def added_period(number: str, *, cumulative: bool) -> dict[str, Any]:
    """A period of which no paper speaks, by its id: the days of the calendar, marked as proposed."""
    form = next(each for each in FORMS.values() if each.id == number)
    opens, cutoff, closes = _WHOLE[number]
    frequency = {"frequency": form.frequency} if form.frequency != "year" else {}
    window = {"opens": dict(opens), "closes": dict(closes), "cutoff": dict(cutoff), **({"cumulative": True} if cumulative else {})}
    source = "Văn bản không nêu kỳ này; do đơn vị triển khai đề xuất."
    return {"id": form.id, "code": form.code, "name": form.name, **frequency, **window, "proposed": True, "source": source}


def _order(rule: dict[str, int]) -> tuple[int, int, int]:
    return rule.get("year", 0), rule["month"], rule["day"]


def _said_window(due: Due) -> str:
    """What the paper says of the days between which is counted, and what is proposed."""
    cut = due.found.value.cut_off
    if cut is None:
        return _NO_WINDOW
    words = due.paper.directive.paper.told(cut.place.start, cut.place.end)
    return f"{_A_CUT_OFF} {source_of(due.paper, cut.place)} (“{words}”); các ngày mở và đóng do đơn vị triển khai đề xuất."


def _cutoff(due: Due) -> date:
    """The day that the paper gives, the last one of its month and day before the report is due; else some days before that."""
    rule, cut = due.rule, due.found.value.cut_off
    last = date(_ROUND + rule.get("year", 0), rule["month"], rule["day"])
    said = cut.value.when if cut else None
    if said is None:
        return last - timedelta(DAYS_BEFORE)
    day = (said.month, said.day) if (said.month, said.day) != _LEAP_DAY else (said.month, said.day - 1)
    return max(each for year in (last.year, last.year - 1) if (each := date(year, *day)) <= last)


def _yearly(due: Due, year_end: date | None) -> dict[str, Any]:
    """From the day after last year's cut-off, so that no day is lost, to some days before the first due day."""
    said = due.found.value.cut_off
    cutoff = _cutoff(due) if not due.rule.get("year") or (said and said.value.when) else date(_ROUND, 12, 31)
    ends = (year_end if year_end and year_end.year == _ROUND else None) or (date(_ROUND, 12, 31) if year_end else cutoff)
    opens = ends + timedelta(1)
    if said and said.value.begins and (said.value.begins.month, said.value.begins.day) != _LEAP_DAY:
        first = date(_ROUND + 1, said.value.begins.month, said.value.begins.day)
        opens = first if first <= cutoff.replace(year=_ROUND + 1) else first.replace(year=_ROUND)
        return {"opens": _day(opens, _ROUND + 1), "closes": _day(cutoff + timedelta(1), _ROUND), "cutoff": _day(cutoff, _ROUND)}
    return {
        "opens": _day(opens, _ROUND + 1),
        "closes": _day(cutoff + timedelta(1), _ROUND),
        "cutoff": _day(cutoff, _ROUND),
    }


def _day(day: date, year: int) -> dict[str, int]:
    """`year`: the year of which the rule is told, so a day before it has an offset of −1."""
    offset = {"year": day.year - year} if day.year != year else {}
    return {"day": day.day, "month": day.month, **offset}


def _recurring(due: Due) -> dict[str, Any]:
    last = 0 if due.form.frequency == "month" else 2
    day = due.rule["day"]
    cut = due.found.value.cut_off
    if cut and cut.value.day and cut.value.day <= _EVERY_MONTH:
        ends = cut.value.day
        month = due.rule["month"] - (ends > day)
        before = month - last - 1
        return {
            "opens": {"day": ends + 1, "month": before},
            "closes": {"day": ends + 1, "month": month},
            "cutoff": {"day": ends, "month": month},
        }
    if due.rule["month"] > last:  # due after the period's end: the period itself is counted
        return {
            "opens": {"day": 1, "month": 0},
            "closes": {"day": 1, "month": last + 1},
            "cutoff": {"day": "last", "month": last},
        }
    ends = max(1, min(day - DAYS_BEFORE, 26))
    return {
        "opens": {"day": ends + 1, "month": -1},
        "closes": {"day": ends + 1, "month": last},
        "cutoff": {"day": ends, "month": last},
    }


def _tiers(papers: list[DraftedPaper], dues: list[Due], notes: Notes) -> list[dict[str, Any]]:
    tiers: list[dict[str, Any]] = []
    taken = set[str]()
    for at, paper in enumerate(papers):
        below = papers[at - 1] if at else None
        for own in _by_reporters([due for due in dues if due.paper is paper]):
            path = ("regime", "tiers", len(tiers))
            tiers.append(_tier(paper, below, own, taken, path, notes, own[0].found.value.to, len(tiers) + 1))
            taken.update(tiers[-1]["kinds"])
    if tiers:
        notes.open(("regime", "tiers"), "Văn bản không nêu hạn của đơn vị ở dưới các cấp này; cấp nào chưa có ở đây thì chưa được hỏi.")
    return tiers


def _by_reporters(own: list[Due]) -> list[list[Due]]:
    """A tier for each who report, those with the earliest day first: who is below sends before who is above."""
    groups: dict[str, list[Due]] = {}
    for due in own:
        groups.setdefault(due.by, []).append(due)
    return sorted(groups.values(), key=lambda group: min(_order(due.rule) for due in group))


def _tier(
    paper: DraftedPaper, below: DraftedPaper | None, own: list[Due], taken: set[str], path: tuple[str | int, ...], notes: Notes,
    to: str | None, turn: int,
) -> dict[str, Any]:  # fmt: skip
    """Who reports: whom the order names; else the addressees; of a paper that another one refines, the body that issued that other."""
    by = own[0].by
    named = [by] if by else [below.issuer or ""] if below else [each.value for each in paper.directive.addressees]
    kinds = [kind for name in named for kind in kinds_named(name) if kind not in taken]
    kinds = list(dict.fromkeys(kinds))
    unknown = [name for name in named if not kinds_named(name)]
    if not named:
        notes.open((*path, "kinds"), "Văn bản không kính gửi ai và không nói đơn vị nào báo cáo: hãy ghi loại đơn vị.")
    if unknown:
        notes.open((*path, "kinds"), "Chưa rõ loại đơn vị của: " + "; ".join(unknown) + ".")
    place = own[0].found.place
    sure = min(due.found.sure for due in own)
    notes.say(path, f"gửi về: {to or 'văn bản không nêu'} ({paper.short} dòng {paper.line_of(place)})")
    if to is None or sure < DOUBTFUL:
        notes.open(path, f"Hạn ở {source_of(paper, place)}: xin xem lại ngày và nơi nhận.")
    days = " và ".join(f"{due.rule['day']}/{due.rule['month']}" for due in own if due.form.frequency == "year")
    return {
        "id": f"tier_{turn}",
        "name": (below.issuer if below and below.issuer else f"{by or 'Các đơn vị'} báo cáo về {_without_part(to or paper.issuer or '…')}"),
        "kinds": kinds,
        "line": line_to(to, kinds),
        "due": {due.form.id: due.rule for due in own},
        "source": source_of(paper, place) + (f" ({days})." if days else "."),
    }


def _without_part(to: str) -> str:
    return to.split(" (")[0]
