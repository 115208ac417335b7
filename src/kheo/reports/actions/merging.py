"""Changes to a draft, and what comes of them: pure, the same for one draft and for many."""

from collections.abc import Mapping
from dataclasses import dataclass

from kheo.core.definition import Definition
from kheo.core.figures import NA, Figure, is_number
from kheo.core.oddness import walled_cells
from kheo.reports.actions.outcomes import Conflict

UNANSWERED = ""
Entry = Figure | str  # "" stands for a cell that is not answered


@dataclass(frozen=True)
class Change:
    """One cell or section as its author saw it before, and as it should be now."""

    before: Entry
    after: Entry


def check_shape(definition: Definition, cells: Mapping[str, Change], sections: Mapping[str, Change]) -> None:
    """Raises ValueError for a key that the edition does not have or a value that is no figure: faces check what people type."""
    allowed = {cell.key for cell in definition.input_cells}
    for key, change in cells.items():
        if key not in allowed:
            raise ValueError(f"no such cell: {key}")
        if not (change.after is None or change.after in (NA, UNANSWERED) or is_number(change.after)):
            raise ValueError(f"{key}: not a figure: {change.after!r}")
    outline = {section.id for section in definition.outline}
    for key, change in sections.items():
        if key not in outline or not isinstance(change.after, str):
            raise ValueError(f"no such section: {key}")


def check_explained(definition: Definition, explanations: Mapping[str, Change]) -> None:
    """Raises ValueError for a place that takes no explanation: no cell, or one behind the wall, whose figures are not compared."""
    if not explanations:
        return
    walled = walled_cells(definition)
    allowed = {cell.key for cell in definition.cells} - walled
    for key, change in explanations.items():
        if key not in allowed or not isinstance(change.after, str):
            raise ValueError(f"no explanation here: {key}")


def merge(
    stored: Mapping[str, Entry], changes: Mapping[str, Change], other: str
) -> tuple[dict[str, Entry], dict[str, list[Entry]], list[Conflict]]:
    """The new content, what changed as {key: [before, after]}, and the cells where somebody else was faster."""
    result = dict(stored)
    changed: dict[str, list[Entry]] = {}
    conflicts: list[Conflict] = []
    for key, change in changes.items():
        current = result.get(key, UNANSWERED)
        if current == change.after and type(current) is type(change.after):
            continue
        if current != change.before:
            conflicts.append(Conflict(key, current, other))
            continue
        changed[key] = [current, change.after]
        if change.after == UNANSWERED:
            result.pop(key, None)
        else:
            result[key] = change.after
    return result, changed, conflicts


def placed(prefix: str, clashes: list[Conflict]) -> tuple[Conflict, ...]:
    """Conflicts with the places that pages know: `section:II`, `explain:C304`."""
    return tuple(Conflict(prefix + clash.target, clash.current, clash.by) for clash in clashes)
