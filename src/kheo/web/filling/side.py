"""Beside the report: its contents with how far each is, and the running list of what is still open. Also as data for the page's script."""

from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kheo.core.checking import EXPLAIN, SECTION, CellProblem, label_of
from kheo.core.definition import Definition
from kheo.reports.queries.filling import Sheet, Standing
from kheo.web.filling.grid import outline_of, parts_of, place_of
from kheo.web.filling.replies import left_to_answer

NOTHING = format_html("{}", "")
FEW = 8  # so many open cells are listed at once, more of them behind one line


def progress(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    """(id, words, tone) of every section: `12/14`, or how many faults it has."""
    standing, definition = sheet.standing, sheet.definition
    wrong = [place_of(definition, problem.target) for problem in standing.errors if not _is_empty_section(sheet, problem)]
    for part, _, _ in parts_of(definition):
        faults = wrong.count(part)
        count = standing.by_content.get(part)
        if faults:
            yield part, f"{faults} lỗi", "is-error"
        elif count is None:
            outline = outline_of(definition, None)
            written = sum(bool(sheet.narrative.get(section.id, "").strip()) for section in outline)
            yield part, f"{written}/{len(outline)} mục", ""
        else:
            yield part, f"{count.answered}/{count.of}", "" if count.left else "is-success"


def _is_empty_section(sheet: Sheet, problem: CellProblem) -> bool:
    return problem.target.startswith(SECTION) and not sheet.narrative.get(problem.target.removeprefix(SECTION), "").strip()


def draw_progress(sheet: Sheet) -> SafeString:
    """The list of contents."""
    names = {part: short for part, short, _ in parts_of(sheet.definition)}
    rows = ((part, names[part], part, tone, words) for part, words, tone in progress(sheet))
    return format_html_join("", '<a href="#{}">{}<span data-part="{}" class="{}">{}</span></a>', rows)


def draw_problems(sheet: Sheet) -> SafeString:
    """The running list, each entry linked to its place: first what is wrong, then what is only asked, then the open cells."""
    standing = sheet.standing
    items = format_html_join(
        "",
        '<li{}><a href="#{}">{}</a></li>',
        (
            (format_html(' class="{}"', "is-question") if not problem.blocks else NOTHING, problem.target, problem.message)
            for problem in _ordered(standing)
        ),
    )
    text = '<details class="folded"{}><summary><h2>{}</h2></summary>{}</details>'
    cells = _open_cells(sheet.definition, standing)
    if not items:
        return format_html(text, _open(len(standing.unanswered) <= FEW), headline(sheet), cells)
    more = '<details class="open-cells"{}><summary>Xem {} ô chưa nhập</summary>{}</details>'
    nested = format_html(more, _open(len(standing.unanswered) <= FEW), len(standing.unanswered), cells) if cells else NOTHING
    return format_html(text, _open(True), headline(sheet), format_html("<ul>{}</ul>{}", items, nested))


def _ordered(standing: Standing) -> list[CellProblem]:
    return [*standing.errors, *standing.to_explain, *standing.questions]


def headline(sheet: Sheet) -> str:
    """`2 chỗ phải sửa, 1 chỗ cần xem lại, còn 34 ô chưa nhập`."""
    standing, left = sheet.standing, left_to_answer(sheet)
    words = [f"{left} nhận xét chưa trả lời"] if left else []
    if standing.errors:
        words.append(f"{len(standing.errors)} chỗ phải sửa")
    if standing.to_explain:
        words.append(f"{len(standing.to_explain)} chỗ phải giải trình")
    if standing.questions:
        words.append(f"{len(standing.questions)} chỗ cần xem lại")
    if standing.unanswered:
        words.append(f"còn {len(standing.unanswered)} ô chưa nhập")
    unchanged = "chưa sửa gì so với lần bị trả lại"
    sentence = ", ".join(words) or ("đã đủ, có thể nộp" if sheet.is_ready else unchanged)
    return sentence[0].upper() + sentence[1:]


def tone(sheet: Sheet) -> str:
    """The colour of the list."""
    standing = sheet.standing
    if standing.errors or standing.to_explain:
        return "is-error"
    if standing.questions or left_to_answer(sheet):
        return "is-warning"
    return "is-info" if standing.unanswered else "is-success"


def _open_cells(definition: Definition, standing: Standing) -> SafeString:
    rows = format_html_join("", '<li><a href="#{}">{}</a></li>', ((key, label_of(definition, key)) for key in standing.unanswered))
    return format_html("<ul>{}</ul>", rows) if rows else NOTHING


def _open(is_open: bool) -> SafeString:
    return format_html(" {}", "open") if is_open else NOTHING


def as_data(sheet: Sheet) -> dict[str, Any]:
    """The same for the script of the page, which draws it anew after every save."""
    standing = sheet.standing
    return {
        "headline": headline(sheet),
        "tone": tone(sheet),
        "problems": [{"target": each.target, "message": each.message, "severity": each.severity} for each in _ordered(standing)],
        "explain": explain_rows(sheet),
        "unanswered": list(standing.unanswered),
        "count": {"answered": standing.count.answered, "of": standing.count.of},
        "parts": {part: {"words": words, "tone": mood} for part, words, mood in progress(sheet)},
        "left": {part: count.left for part, count in standing.by_content.items()},
    }


def explain_rows(sheet: Sheet) -> dict[str, dict[str, str]]:
    """The explanations that stand in the page: by cell, why it is asked and what was answered."""
    asked = {each.cell: each.message for each in sheet.standing.problems if each.severity in ("explain", "explained")}
    cells = [cell.key for cell in sheet.definition.cells if cell.key in asked or sheet.explanations.get(cell.key)]
    return {
        key: {"words": asked.get(key, label_of(sheet.definition, EXPLAIN + key)), "text": sheet.explanations.get(key, "")} for key in cells
    }
