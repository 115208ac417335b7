"""What the pages show on which people's own table of units is looked at before anything of it is a fact."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse

from kheo.core.days import format_day, typed_day
from kheo.core.numbers import format_int
from kheo.core.problems import Problem
from kheo.core.reorganising import Decision
from kheo.core.unit_import import NEW, OUTCOME_NAMES, SKIP, UNIT, Item, Outcome
from kheo.core.unit_kinds import KINDS, LINE_NAMES, Line, kind_name
from kheo.core.unit_tables import TableProblem
from kheo.documents.unit_table_sample import unit_table_sample
from kheo.org.access import Person
from kheo.org.queries import Understood, below, names_around
from kheo.reports.actions.importing import CREATED, result_rows
from kheo.reports.models import UnitImport
from kheo.web.tree.asked import LABELS, YEARS
from kheo.web.tree.changes_page import trail

ROWS = 20  # on one page
MOST_PROBLEMS = 100
SAMPLE_LOOKED = 12  # units above that are looked through for two with units below
SLUGS = {Outcome.OPEN: "chon", Outcome.CREATE: "moi", Outcome.SAME: "da-co", Outcome.WRONG: "sai", Outcome.LEFT: "bo"}
TABS = {
    Outcome.OPEN: "Cần chọn",
    Outcome.WRONG: "Chỗ sai",
    Outcome.CREATE: "Sẽ tạo mới",
    Outcome.SAME: "Đã có",
    Outcome.LEFT: "Bỏ qua",
}
FIELDS = {"on": "ngay", "under": "duoi", "decision": "quyet-dinh", "decided": "ngay-quyet-dinh"}
DONE = {
    Outcome.CREATE: CREATED,
    Outcome.SAME: OUTCOME_NAMES[Outcome.SAME],
    Outcome.OPEN: OUTCOME_NAMES[Outcome.OPEN],
    Outcome.WRONG: OUTCOME_NAMES[Outcome.WRONG],
    Outcome.LEFT: OUTCOME_NAMES[Outcome.LEFT],
}
HEAD = ("Trang", "Dòng", "Tên trong bảng", "Thuộc", "Kết quả", "Mã", "Đơn vị", "Vì sao")


@dataclass(frozen=True)
class Terms:
    """What was typed beside the file; `problems` in words."""

    line: Line
    on: date
    decision: Decision
    problems: tuple[Problem, ...]
    typed: dict[str, str]


def asked(sent: QueryDict, today: date) -> Terms:
    """From the form, or as it is first shown."""
    typed = {name: sent.get(name, "").strip() for name in ("tuyen", "ngay", "duoi", "quyet-dinh", "ngay-quyet-dinh")}
    problems = []
    on, decided = _day(typed["ngay"]), _day(typed["ngay-quyet-dinh"])
    if typed["ngay"] and on is None:
        told = f"“{typed['ngay'][:40]}” không phải là một ngày: ghi ngày có hiệu lực dạng 01/07/2025."
        problems.append(Problem(told, key="on"))
    if typed["ngay-quyet-dinh"] and decided is None:
        told = f"“{typed['ngay-quyet-dinh'][:40]}” không phải là một ngày: ghi ngày quyết định dạng 01/07/2025."
        problems.append(Problem(told, key="decided"))
    if len(typed["quyet-dinh"]) > 200 or not typed["quyet-dinh"].isprintable():
        problems.append(Problem("Số quyết định dài quá 200 ký tự hoặc có ký tự không in được.", key="decision"))
    line = next((line for line in Line if line.value == typed["tuyen"]), Line.UNION)
    return Terms(
        line, on or today, Decision(typed["quyet-dinh"], decided), tuple(problems), typed | {"ngay": typed["ngay"] or format_day(today)}
    )


def _day(typed: str) -> date | None:
    try:
        found = typed_day(typed)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def upload(terms: Terms, person: Person, refusals: Sequence[Problem]) -> dict[str, Any]:
    """For `tree/import_upload.html`: what was refused leads to the field that it is about, else to the file."""
    return {
        "refusals": [{"message": each.message, "anchor": FIELDS.get(each.key, "tep")} for each in refusals],
        "trail": trail("Nhập danh sách đơn vị", person, of_file=False),
        "lines": [{"value": line.value, "label": LABELS[line], "is_chosen": line is terms.line} for line in Line],
        "day": terms.typed["ngay"],
        "under": terms.typed["duoi"],
        "number": terms.typed["quyet-dinh"],
        "decided": terms.typed["ngay-quyet-dinh"],
    }


def chosen(sent: QueryDict) -> dict[str, dict[str, str]]:
    """What the rows of the page say, by their keys: only of those that the page showed."""
    found: dict[str, dict[str, str]] = {}
    for place, key in enumerate(sent.getlist("key")[: 4 * ROWS]):
        found[key] = {name: sent.get(f"{name}-{place}", "") for name in ("what", "kind", "code")}
        if sent.get(f"kind-{place}") == sent.get(f"kind-shown-{place}"):
            found[key]["kind"] = sent.get(f"kind-kept-{place}", "")
        if sent.get(f"code-{place}", "").strip() == sent.get(f"code-shown-{place}"):
            found[key]["code"] = sent.get(f"code-kept-{place}", "")
    return found


def address(number: int, sent: QueryDict, act: str) -> str:
    """Where a page of choices leads: to itself, or to the page whose number its button says."""
    page = act if act.isdecimal() and len(act) < 6 else sent.get("trang", "1")
    values = {"xem": sent.get("xem", ""), "trang": page if page.isdecimal() else "1"}
    return f"{reverse('import_units', args=[number])}?{urlencode(values)}"


def context(sent: QueryDict, stored: UnitImport, found: Understood, person: Person) -> dict[str, Any]:
    """For `tree/import.html`, before anything of it is a fact."""
    items = _shown_items(found)
    counts = Counter(item.outcome for item in items)
    left = counts[Outcome.OPEN] + counts[Outcome.WRONG] + len(stored.problems)
    usual = next((each for each in (Outcome.OPEN, Outcome.WRONG, Outcome.CREATE) if counts[each]), Outcome.SAME)
    tab = _asked_tab(sent) or usual
    page = Paginator([item for item in items if item.outcome is tab], ROWS).get_page(sent.get("trang"))
    return _frame(stored, person) | {
        "mark": found.mark,
        "tab": SLUGS[tab],
        "tabs": _tabs(TABS, counts, tab),
        "is_open": tab is not Outcome.SAME,
        "page": page,
        "query": f"xem={SLUGS[tab]}&",
        "rows": [_row(place, item, stored) for place, item in enumerate(page.object_list)],
        "kinds": _kinds(Line(stored.line)),
        "created": format_int(sum(item.outcome is Outcome.CREATE for item in found.rows)),
        "left": format_int(left),
        "has_left": bool(left),
        "has_above": any(item.outcome is Outcome.OPEN for item in found.above),
    }


def done(sent: QueryDict, stored: UnitImport, person: Person) -> dict[str, Any]:
    """For `tree/import.html`, once it is recorded: what became of each row then, whatever the tree has become since."""
    result = stored.result or []
    counts = Counter(outcome for row in result for outcome, words in DONE.items() if row["outcome"] == words)
    tab = _asked_tab(sent) or next((each for each in DONE if counts[each]), Outcome.SAME)
    page = Paginator([row for row in result if row["outcome"] == DONE[tab]], ROWS).get_page(sent.get("trang"))
    return _frame(stored, person) | {
        "is_done": True,
        "told": ", ".join(f"{words} {format_int(counts[each])}" for each, words in DONE.items() if counts[each]),
        "batch": stored.batch_id,
        "has_left": bool(counts[Outcome.OPEN] or counts[Outcome.WRONG] or stored.problems),
        "tabs": _tabs({each: words.capitalize() for each, words in DONE.items()}, counts, tab),
        "page": page,
        "query": f"xem={SLUGS[tab]}&",
        "rows": [_done_row(row, is_new=tab is Outcome.CREATE) for row in page.object_list],
    }


def _frame(stored: UnitImport, person: Person) -> dict[str, Any]:
    """What the page says of the table itself."""
    wrong = len(stored.problems)
    return {
        "trail": _trail(stored, person),
        "file": stored.file.name,
        "line": LINE_NAMES[Line(stored.line)],
        "day": format_day(stored.on),
        "decision": _decision(stored),
        "under": names_around([stored.top], stored.on).get(stored.top, "") if stored.top else "",
        "problems": [_problem(each) for each in stored.problems[:MOST_PROBLEMS]],
        "problems_count": format_int(wrong),
        "problems_more": max(wrong - MOST_PROBLEMS, 0),
        "notes": stored.notes,
        "download": reverse("import_result", args=[stored.pk]),
    }


def _asked_tab(sent: QueryDict) -> Outcome | None:
    return next((each for each in TABS if SLUGS[each] == sent.get("xem")), None)


def _tabs(names: Mapping[Outcome, str], counts: Mapping[Outcome, int], tab: Outcome) -> list[dict[str, Any]]:
    return [
        {"label": f"{words} ({format_int(counts[each])})", "url": f"?xem={SLUGS[each]}", "current": each is tab}
        for each, words in names.items()
        if counts[each] or each is tab
    ]


def _trail(stored: UnitImport, person: Person) -> list[dict[str, str]]:
    sent = {"label": "Nhập danh sách đơn vị", "url": reverse("send_table")}
    return [*trail("x", person, of_file=False)[:-1], sent, {"label": stored.file.name, "url": ""}]


def _kinds(line: Line) -> list[tuple[str, str]]:
    """The kinds at home on a line; all where none is."""
    return [(code, kind.name) for code, kind in KINDS.items() if kind.line is line] or [(code, kind.name) for code, kind in KINDS.items()]


def _shown_items(found: Understood) -> list[Item]:
    """Units above first, where they are doubtful: one choice settles many rows."""
    return [*(item for item in found.above if item.candidates or item.outcome is Outcome.WRONG), *found.rows]


def _decision(stored: UnitImport) -> str:
    day = f" ngày {format_day(stored.decision_day)}" if stored.decision_day else ""
    return f"{stored.decision_number}{day}" if stored.decision_number else "không rõ số quyết định"


def _problem(each: dict[str, Any]) -> str:
    return TableProblem(**each).told()


def _row(place: int, item: Item, stored: UnitImport) -> dict[str, Any]:
    kept = stored.choices.get(item.key, {})
    is_new = item.outcome is Outcome.CREATE or item.chosen == NEW or (item.outcome is Outcome.WRONG and not item.is_above)
    return {
        "place": place,
        "key": item.key,
        "where": _where(item.row.sheet, item.row.row),
        "name": item.row.name,
        "new_name": item.name,
        "above": item.row.above or item.parent_name,
        "why": item.why.rstrip("."),
        "outcome": item.outcome.value,
        "unit": item.unit,
        "is_above": item.is_above,
        "is_new": is_new,
        "options": [_option(f"{UNIT}{each.id}", _called(each), each.why, item.chosen) for each in item.candidates],
        "new_chosen": item.chosen == NEW or (is_new and not item.candidates),
        "skip_chosen": item.chosen == SKIP,
        "kind": item.kind,
        "kind_name": kind_name(item.kind) if item.kind else "",
        "kind_kept": kept.get("kind", ""),
        "code": item.code,
        "code_kept": kept.get("code", ""),
    }


def _done_row(row: dict[str, Any], *, is_new: bool) -> dict[str, Any]:
    # Of one that was there the table may say another unit above than it has.
    unit = {"name": row["name"] if is_new else row["unit"], "above": row["above"] if is_new else "", "code": row["code"]}
    return {"where": _where(row["sheet"], row["row"]), "name": row["name"], "unit": unit if row["code"] else None, "why": row["why"]}


def _where(sheet: str, row: int) -> str:
    if not row:
        return "Cấp trên"
    return f"{sheet}, dòng {row}" if sheet else f"Dòng {row}"


def _called(each: Any) -> str:
    return f"{each.name} ({each.code})" + (f", thuộc {each.above}" if each.above else "")


def _option(value: str, label: str, why: str, picked: str) -> dict[str, Any]:
    return {"value": value, "label": label, "why": why, "is_chosen": value == picked}


def table(stored: UnitImport, found: Understood) -> tuple[Sequence[str], list[list[str]]]:
    """Head and rows of the table to take away; cells that could not be read are rows as well."""
    rows = stored.result if stored.result is not None else result_rows(found.rows, is_done=False)
    told = [[str(row[key]) for key in ("sheet", "row", "name", "above", "outcome", "code", "unit", "why")] for row in rows]
    wrong = [[each["sheet"], str(each["row"]), "", "", OUTCOME_NAMES[Outcome.WRONG], "", "", _problem(each)] for each in stored.problems]
    return HEAD, told + wrong


def sample(top: int, on: date, at: datetime) -> bytes:
    """A table of the sender's own units to try it with: two units above, a few units below each, one slip, one that is new."""
    groups: list[tuple[str, list[str]]] = []
    for above in below(on, Line.UNION, top, most=SAMPLE_LOOKED):
        names = [each.name for each in below(on, Line.UNION, above.id, most=3)] if len(groups) < 2 else []
        if names:
            groups.append((above.name, names))
    return unit_table_sample(groups or [(names_around([top], on).get(top, ""), [])], made_at=at)
