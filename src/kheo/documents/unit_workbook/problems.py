"""What is told about a workbook: every problem with its place, what is wrong and what is expected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from kheo.core.figures import Figure
from kheo.documents.unit_workbook.order import Address

# file: the file cannot be taken as it is, and nothing of it may be stored. report: it can be stored as a draft, which is not ready to
# be submitted. note: to be known; it stands in the way of nothing.
Stage = Literal["file", "report", "note"]
Part = Literal["value", "choice", "note", "other"]


@dataclass(frozen=True)
class WorkbookProblem:
    """One problem. `sheet` and `cell` (`E17`) are empty where it is about the whole file; `target` is the cell's key or `section:II`.

    `part`: which of the row's answer cells it is about, or none of them.
    """

    message: str
    expected: str = ""
    sheet: str = ""
    cell: str = ""
    target: str = ""
    severity: Literal["error", "question"] = "error"
    stage: Stage = "file"
    part: Part = "value"


class Typed(NamedTuple):
    """What stands in the answer cells of one row, as it was found; None for empty ones. A tuple: every row of every file makes one."""

    value: str | float | None = None
    choice: str | float | None = None
    note: str | float | None = None


@dataclass(frozen=True)
class WorkbookReading:
    """What a workbook says. `figures`: the answers, unanswered cells absent; `rows`: rows with a code of the edition.

    `typed` and `written` hold what stands in the cells whether it could be read or not, by key and by section: for the corrected copy.
    """

    address: Address | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    narrative: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[WorkbookProblem, ...] = ()
    rows: int = 0
    typed: Mapping[str, Typed] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_storable(self) -> bool:
        """Whether its answers may be stored as a draft."""
        return self.address is not None and not any(each.stage == "file" and each.severity == "error" for each in self.problems)

    @property
    def errors(self) -> tuple[WorkbookProblem, ...]:
        """What must be put right before the report can be submitted."""
        return tuple(each for each in self.problems if each.severity == "error")

    @property
    def questions(self) -> tuple[WorkbookProblem, ...]:
        """What is only asked or told."""
        return tuple(each for each in self.problems if each.severity == "question")
