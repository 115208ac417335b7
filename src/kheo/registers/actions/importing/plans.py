"""What a row of a table would do, as it is worked out and as it is kept until it is done."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from kheo.core.registers.values import Kept
from kheo.registers.models import Entry, ImportRow


@dataclass(frozen=True)
class CellWords:
    """What is said of a cell: its place in the file (`D14`, empty for what stands in no column), the head of its column, the words."""

    key: str
    place: str
    label: str
    message: str

    def told(self) -> str:
        """`Ô D14 “Quy mô (m²)”: …`"""
        named = f"“{self.label}”" if self.label else ""
        place = f"Ô {self.place} {named}: " if self.place else f"{named}: " if named else ""
        return f"{place}{self.message}"


@dataclass(frozen=True)
class Change:
    """A field with what the entry says and what the file says."""

    place: str
    label: str
    before: str
    after: str


@dataclass
class Plan:
    """A row: an entry to be made, changed or left as it is; or everything that is wrong with it.

    `values`: of a new entry all, of one that changes those that differ (None: emptied). `acts`: by which a new entry comes into its state.
    `temporary`: by what the lines of the same file name a new entry. `of_lines`: of the table of lines; `line`: the line as it would stand
    (`actions.importing.line_planning`); `of_row`: of a line of a new entry, the row of that.
    """

    number: int
    of_lines: bool = False
    outcome: str = ImportRow.SAME
    title: str = ""
    entry: Entry | None = None
    owner: int | None = None
    on: date | None = None
    values: dict[str, Kept | None] = field(default_factory=dict)
    acts: tuple[str, ...] = ()
    temporary: str = ""
    line: dict[str, Any] = field(default_factory=dict)
    of_row: int | None = None
    cells: dict[str, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    problems: list[CellWords] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def settle(self, outcome: str) -> "Plan":
        """What it comes to: refused where anything is wrong with it."""
        self.outcome = ImportRow.REFUSED if self.problems else outcome
        return self

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "cells": self.cells,
            "values": self.values,
            "version": self.entry.version if self.entry else None,
            "owner": self.owner,
            "on": self.on.isoformat() if self.on else None,
            "acts": list(self.acts),
            **({"line": self.line, "of_row": self.of_row} if self.of_lines else {}),
            "changes": [asdict(each) for each in self.changes],
            "problems": [asdict(each) for each in self.problems],
            "doubts": self.doubts,
            "remarks": self.remarks,
        }


_MOST_TOLD = 5


def differing(plan: Plan) -> str:
    """What a stale row says and what is there now, of its first cells that differ; nothing where none does."""
    told = "; ".join(f"“{each.label}” trong tệp là {each.after}, nay là {each.before}" for each in plan.changes[:_MOST_TOLD])
    more = f"; và {len(plan.changes) - _MOST_TOLD} ô nữa" if len(plan.changes) > _MOST_TOLD else ""
    return f" ({told}{more})" if told else ""


def values_in(detail: Mapping[str, Any]) -> dict[str, Kept | None]:
    """The values of a kept plan: a place is two numbers again."""
    return {
        key: (value[0], value[1]) if isinstance(value, list) and len(value) == 2 and all(type(each) is int for each in value) else value
        for key, value in detail.get("values", {}).items()
    }
