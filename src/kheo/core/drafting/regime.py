"""The reporting regime that papers give: periods, tiers from below upwards, days, to whom; the days of counting are proposed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kheo.core.directives.deadlines import Deadline
from kheo.core.directives.found import DOUBTFUL, Found
from kheo.core.drafting.notes import Notes
from kheo.core.drafting.papers import DraftedPaper
from kheo.core.drafting.sources import source_of
from kheo.core.drafting.who import kinds_named, line_to

DAYS_BEFORE = 5  # between the data cut-off and the first due day, as the campaigns before this one had it
_ROUND = 2023  # any year that is no leap year: rules of days are reckoned in it
_NO_WINDOW = "Văn bản không nêu thời gian lấy số liệu và ngày chốt; các ngày này do đơn vị triển khai đề xuất."
_NON_WORKING = "Văn bản không nêu; áp dụng Bộ luật Dân sự 2015 (91/2015/QH13), Điều 148 khoản 5."


@dataclass(frozen=True)
class _Form:
    """How a period of a paper is written in a campaign."""

    id: str
    code: str
    name: str
    frequency: str


_FORMS = {
    "half-year": _Form("6T", "{year}-6T", "6 tháng đầu năm {year}", "year"),
    "year": _Form("N", "{year}-N", "Năm {year}", "year"),
    "quarter": _Form("Q", "{year}-Q{quarter}", "Quý {quarter} năm {year}", "quarter"),
    "month": _Form("T", "{year}-{month}", "Tháng {month} năm {year}", "month"),
}


@dataclass(frozen=True)
class Due:
    """A periodic report that a paper asks for, with the rule of its day."""

    paper: DraftedPaper
    form: _Form
    found: Found[Deadline]
    rule: dict[str, int]


def regime_of(papers: list[DraftedPaper], notes: Notes) -> dict[str, Any]:
    """The `regime` of a campaign's file; `papers` in their order, the one that speaks to our units first."""
    dues = [due for paper in papers for due in _dues(paper)]
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


def _dues(paper: DraftedPaper) -> Iterator[Due]:
    """The first day of each period: a paper that says two for one is shown to a person (`other_limits`)."""
    seen = set[str]()
    for found in paper.directive.deadlines:
        form = _FORMS.get(found.value.period or "")
        rule = _rule(found.value, form) if form else None
        if form and rule and found.value.kind == "report" and form.id not in seen:
            seen.add(form.id)
            yield Due(paper, form, found, rule)


def _rule(deadline: Deadline, form: _Form) -> dict[str, int] | None:
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
    taken = {id(due.found) for paper in papers for due in _dues(paper)}
    return [(paper, each) for paper in papers for each in paper.directive.deadlines if id(each) not in taken]


def _periods(dues: list[Due], notes: Notes) -> list[dict[str, Any]]:
    first: dict[str, Due] = {}
    for due in dues:
        kept = first.get(due.form.id)
        if kept is None or _order(due.rule) < _order(kept.rule):
            first[due.form.id] = due
    found = sorted(first.values(), key=lambda due: (due.form.frequency, _order(due.rule)))
    year_end = _cutoff(first["N"].rule) if "N" in first else None
    made = []
    for at, due in enumerate(found):
        notes.say(("regime", "periods", at), f"kỳ: {source_of(due.paper, due.found.place)}, dòng {due.paper.line_of(due.found.place)}")
        notes.open(("regime", "periods", at), f"Kỳ {due.form.id}: {_NO_WINDOW}")
        window = _yearly(due, year_end) if due.form.frequency == "year" else _recurring(due)
        whole_year = {"cumulative": True} if due.form.id == "N" and "6T" in first else {}
        frequency = {"frequency": due.form.frequency} if due.form.frequency != "year" else {}
        made.append(
            {"id": due.form.id, "code": due.form.code, "name": due.form.name, **frequency, **window, **whole_year}
            | {"proposed": True, "source": _NO_WINDOW}
        )
    return made


def _order(rule: dict[str, int]) -> tuple[int, int, int]:
    return rule.get("year", 0), rule["month"], rule["day"]


def _cutoff(rule: dict[str, int]) -> date:
    return date(_ROUND + rule.get("year", 0), rule["month"], rule["day"]) - timedelta(DAYS_BEFORE)


def _yearly(due: Due, year_end: date | None) -> dict[str, Any]:
    """From the day after last year's cut-off, so that no day is lost, to some days before the first due day."""
    cutoff = _cutoff(due.rule) if not due.rule.get("year") else date(_ROUND, 12, 31)
    ends = (year_end if year_end and year_end.year == _ROUND else None) or (date(_ROUND, 12, 31) if year_end else cutoff)
    opens = ends + timedelta(1)
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
        own = [due for due in dues if due.paper is paper]
        if not own:
            continue
        below = papers[at - 1] if at else None
        path = ("regime", "tiers", len(tiers))
        to = own[0].found.value.to
        tiers.append(_tier(paper, below, own, taken, path, notes, to, len(tiers) + 1))
        taken.update(tiers[-1]["kinds"])
    if tiers:
        notes.open(("regime", "tiers"), "Văn bản không nêu hạn của đơn vị ở dưới các cấp này; cấp nào chưa có ở đây thì chưa được hỏi.")
    return tiers


def _tier(
    paper: DraftedPaper, below: DraftedPaper | None, own: list[Due], taken: set[str], path: tuple[str | int, ...], notes: Notes,
    to: str | None, turn: int,
) -> dict[str, Any]:  # fmt: skip
    """Who reports: the addressees; of a paper that another one refines, the body that issued that other."""
    named = [below.issuer or ""] if below else [each.value for each in paper.directive.addressees]
    named = named or [own[0].found.value.to or ""]
    kinds = [kind for name in named for kind in kinds_named(name) if kind not in taken]
    kinds = list(dict.fromkeys(kinds))
    unknown = [name for name in named if not kinds_named(name)]
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
        "name": (below.issuer if below and below.issuer else f"Các đơn vị báo cáo về {_without_part(to or paper.issuer or '…')}"),
        "kinds": kinds,
        "line": line_to(to, kinds),
        "due": {due.form.id: due.rule for due in own},
        "source": source_of(paper, place) + (f" ({days})." if days else "."),
    }


def _without_part(to: str) -> str:
    return to.split(" (")[0]
