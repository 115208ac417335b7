"""A draft as it comes in: what each cell held when its author saw it, and what it should hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field, StrictInt, StrictStr

from kheo.api.answers import Strict, problem
from kheo.campaigns.queries import definition_of
from kheo.core.checking import EXPLAIN, MOST_EXPLAINED, SECTION
from kheo.core.definition import Definition
from kheo.core.oddness import walled_cells
from kheo.core.plain_figures import Plain, plain_figure, read_plain
from kheo.core.text import nfc, written
from kheo.reports.access import Reached
from kheo.reports.actions import Change, Conflict, Saved

MOST_TEXT = 20_000


class CellIn(Strict):
    """`before` as it was read, `after` as it should be: `12`, `"1.5"`, `null`, `"na"` or `""`."""

    before: StrictInt | StrictStr | None
    after: StrictInt | StrictStr | None


class TextIn(Strict):
    """A section of the narrative."""

    before: StrictStr
    after: StrictStr = Field(max_length=MOST_TEXT)


class ExplanationIn(Strict):
    """Why a figure that looks odd is right, in one line."""

    before: StrictStr
    after: StrictStr = Field(max_length=MOST_EXPLAINED)


class DraftIn(Strict):
    """Only what changes; explanations by the cell that they are about."""

    cells: dict[str, CellIn] = {}
    sections: dict[str, TextIn] = {}
    explanations: dict[str, ExplanationIn] = {}


class ConflictOut(Schema):
    """A place that somebody else changed meanwhile: what it holds now."""

    place: str
    current: int | str | None
    by: str


class SavedOut(Schema):
    """The draft as it is now."""

    version: int
    saved: list[str]
    conflicts: list[ConflictOut]


Faults = list[dict[str, str]]
NO_CELL = "mẫu báo cáo này không có ô như vậy để nhập"
NO_SECTION = "đề cương không có mục như vậy"
NO_EXPLANATION = "ô này không nhận giải trình"


@dataclass(frozen=True)
class Meant:
    """The changes that were meant, and everything that cannot be meant."""

    cells: Mapping[str, Change]
    sections: Mapping[str, Change]
    explanations: Mapping[str, Change]
    faults: Faults


def meant(reached: Reached, sent: DraftIn) -> Meant:
    """What a draft changes, read against the edition."""
    definition = definition_of(reached.cycle.edition_id)
    cells, faults = _figures(definition, sent.cells)
    outline = {section.id for section in definition.outline}
    explained = {cell.key for cell in definition.cells} - walled_cells(definition)
    faults += [{"place": f"sections.{key}", "message": NO_SECTION} for key in sent.sections if key not in outline]
    faults += [{"place": f"explanations.{key}", "message": NO_EXPLANATION} for key in sent.explanations if key not in explained]
    sections = {key: Change(text.before, written(text.after)) for key, text in sent.sections.items()}
    explanations = {key: Change(text.before, nfc(written(text.after))) for key, text in sent.explanations.items()}
    return Meant(cells, sections, explanations, faults)


def _figures(definition: Definition, sent: Mapping[str, CellIn]) -> tuple[dict[str, Change], Faults]:
    cells: dict[str, Change] = {}
    faults: Faults = []
    known = {cell.key for cell in definition.input_cells}
    for key, cell in sent.items():
        if key not in known:
            faults.append({"place": f"cells.{key}", "message": NO_CELL})
            continue
        try:
            cells[key] = Change(*(read_plain(each, decimals_of(definition, key)) for each in (cell.before, cell.after)))
        except ValueError as fault:
            faults.append({"place": f"cells.{key}", "message": str(fault)})
    return cells, faults


def decimals_of(definition: Definition, key: str) -> int:
    """Of a cell's figures."""
    return definition.indicator(definition.cell(key).indicator).decimals


def misread(faults: Faults) -> HttpResponse:
    """422: nothing was stored."""
    return problem(422, "Có chỗ không đọc được nên chưa lưu gì.", faults)


def saved_words(reached: Reached, outcome: Saved) -> dict[str, Any]:
    """What became of it."""
    definition = definition_of(reached.cycle.edition_id)
    conflicts = [{"place": each.target, "current": _current(definition, each), "by": each.by} for each in outcome.conflicts]
    return {"version": outcome.version, "saved": list(outcome.saved), "conflicts": conflicts}


def _current(definition: Definition, conflict: Conflict) -> Plain:
    if conflict.target.startswith((SECTION, EXPLAIN)):
        return conflict.current
    return plain_figure(conflict.current, decimals_of(definition, conflict.target))  # type: ignore[arg-type]  # a cell's figure
