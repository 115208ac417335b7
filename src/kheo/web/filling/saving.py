"""Saving from the page: one way for the script and for the plain form, and the answer that the script draws from."""

from typing import Any

from kheo.core.answers import UNANSWERED, write_answer
from kheo.core.checking import EXPLAIN, SECTION
from kheo.core.days import format_instant
from kheo.core.definition import Definition
from kheo.core.figures import Figure
from kheo.core.numbers import format_ratio
from kheo.core.workflow import STATE_NAMES, Act
from kheo.reports.access import Reached
from kheo.reports.actions import Conflict, Refusal, Saved, save_draft
from kheo.reports.queries.filling import Sheet
from kheo.web.filling.cells import Overlay
from kheo.web.filling.intake import Entries, Reading
from kheo.web.filling.replies import as_data as replies
from kheo.web.filling.side import as_data
from kheo.web.reach import PageRequest


def store(request: PageRequest, reached: Reached, reading: Reading) -> Saved | Refusal:
    """Save what could be read. When nothing could be, nothing is begun either: a first draft starts with a first answer."""
    if reading.cells or reading.sections or reading.explanations:
        return save_draft(
            reached.obligation.pk,
            cells=reading.cells,
            sections=reading.sections,
            explanations=reading.explanations,
            by=request.person,
            at=request.now,
        )
    if Act.SAVE not in reached.acts:
        return Refusal(f"Không lưu được: báo cáo đang ở trạng thái “{STATE_NAMES[reached.state]}”.")
    return Saved(reached.report.version if reached.report else 0, request.now, ())


def as_answer(sheet: Sheet, reading: Reading, outcome: Saved) -> dict[str, Any]:
    """The JSON that the page's script draws from."""
    definition, figures = sheet.definition, sheet.standing.figures
    contested = {conflict.target for conflict in outcome.conflicts}
    values = {key: text_of(definition, key, figures.get(key, UNANSWERED)) for key in reading.cells if key not in contested}
    computed = {cell.key: text_of(definition, cell.key, figures.get(cell.key, UNANSWERED)) for cell in definition.cells if cell.is_total}
    ratios = {code: format_ratio(ratio) for code, ratio in sheet.standing.ratios.items()}
    return {
        "version": outcome.version,
        "saved_at": format_instant(outcome.at),
        "values": values,
        "sections": [key for key in reading.sections if SECTION + key not in contested],
        "explanations": [key for key in reading.explanations if EXPLAIN + key not in contested],
        "computed": {**computed, **ratios},
        "errors": reading.faults,
        "conflicts": {each.target: {"text": _conflict_text(definition, each), "by": each.by} for each in outcome.conflicts},
        "lost": list(outcome.lost),
        "replies": replies(sheet),
        **as_data(sheet),
    }


def text_of(definition: Definition, key: str, answer: Figure | str) -> str:
    """A stored answer as it stands in its cell."""
    decimals = definition.indicator(definition.cell(key).indicator).decimals
    return write_answer(answer, decimals) if answer != UNANSWERED else ""  # type: ignore[arg-type]  # "" is the only other text


def _conflict_text(definition: Definition, conflict: Conflict) -> str:
    if conflict.target.startswith((SECTION, EXPLAIN)):
        return str(conflict.current)
    return text_of(definition, conflict.target, conflict.current)


def overlay(definition: Definition, entries: Entries, reading: Reading, outcome: Saved | Refusal) -> Overlay:
    """For the page without the script: what was typed stays in the fields that were not taken, each with the reason."""
    texts = {key: each.after for key, each in entries.cells.items()}
    texts |= {SECTION + key: each.after for key, each in entries.sections.items()}
    texts |= {EXPLAIN + key: each.after for key, each in entries.explanations.items()}
    if isinstance(outcome, Refusal):
        return Overlay(texts, reading.faults)
    faults = dict(reading.faults)
    for conflict in outcome.conflicts:
        faults[conflict.target] = _contest(definition, conflict)
    return Overlay({target: text for target, text in texts.items() if target in faults}, faults)


def _contest(definition: Definition, conflict: Conflict) -> str:
    if conflict.target.startswith((SECTION, EXPLAIN)):
        return f"{conflict.by} vừa sửa đoạn này. Chữ của anh/chị còn ở đây, chưa lưu: lưu lần nữa nếu muốn thay đoạn kia."
    other = _conflict_text(definition, conflict) or "để trống"
    return f"{conflict.by} vừa ghi “{other}” vào ô này. Số của anh/chị còn đây, chưa lưu: lưu lần nữa để giữ số của mình, hoặc sửa lại."
