"""A remark of a reviewer and the unit's answer to it: what may be answered, and what is still open before the report is sent again."""

from collections.abc import Mapping
from enum import StrEnum

from kheo.core.checking import SECTION, CellProblem, label_of
from kheo.core.definition import Definition
from kheo.core.figures import Figures


class Answered(StrEnum):
    """How a unit answers a remark."""

    CORRECTED = "corrected"
    KEPT = "kept"


ANSWER_NAMES: dict[Answered, str] = {Answered.CORRECTED: "Đã sửa", Answered.KEPT: "Giữ nguyên"}
UNCHANGED = "chỗ này vẫn như lần nộp trước. Hãy sửa, hoặc chọn “Giữ nguyên” và nói rõ vì sao."
CHANGED = "chỗ này đã được sửa, nên không còn là giữ nguyên. Muốn giữ nguyên thì ghi lại như lần nộp trước."
NO_REASON = "hãy nói rõ vì sao giữ nguyên."


def answer_fault(kind: Answered, text: str, *, is_changed: bool) -> str:
    """Why an answer does not fit what stands in the place; empty when it does."""
    if kind is Answered.CORRECTED:
        return "" if is_changed else UNCHANGED
    if is_changed:
        return CHANGED
    return "" if text else NO_REASON


def place_changed(target: str, now: tuple[Figures, Mapping[str, str]], then: tuple[Figures, Mapping[str, str]]) -> bool:
    """Whether a cell (a total with its parts) or a section says something else than then; each side is (figures, narrative)."""
    if target.startswith(SECTION):
        section = target.removeprefix(SECTION)
        return now[1].get(section, "") != then[1].get(section, "")
    return _with_parts(now[0], target) != _with_parts(then[0], target)


def _with_parts(figures: Figures, key: str) -> list[tuple[str, object, type]]:
    """With the kind of each figure: no number is equal to an answer in words."""
    mine = (each for each in sorted(figures) if each == key or each.startswith(f"{key}."))
    return [(each, figures[each], type(figures[each])) for each in mine]


def open_remarks(definition: Definition, is_answered: Mapping[str, bool]) -> tuple[CellProblem, ...]:
    """What forbids sending again: every remark without an answer, with its place, in the order of the form."""
    order = {cell.key: place for place, cell in enumerate(definition.cells)}
    left = [target for target, done in is_answered.items() if not done]
    targets = sorted(left, key=lambda target: (order.get(target, len(order)), target))
    return tuple(CellProblem(target, f"{label_of(definition, target)}: nhận xét chưa được trả lời.") for target in targets)
