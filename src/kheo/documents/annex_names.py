"""Which annexes a consolidated report has and what they are called, so that its sentences can point to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from kheo.core.consolidated import Consolidated, Origin, UnitRef
from kheo.documents.outline_texts import roman

NAMED_IN_TEXT = 15


@dataclass(frozen=True)
class AnnexNames:
    """`Phụ lục I`, `Phụ lục II` ...; plain `Phụ lục` when there is only one; empty for an annex that is not there."""

    reporting: str
    figures: str
    missing: str
    sources: str = ""


def annex_names(data: Consolidated, origins: Sequence[Origin] = ()) -> AnnexNames:
    """Reporting and figures by unit when there are units; missing units when they are too many to be named in a sentence.

    The sources of paragraphs come last, so that leaving them out renumbers nothing but a report whose only other annex is one.
    """
    present = (
        any(not line.is_own for line in data.children),
        bool(data.children),
        len(missing_below(data)) > NAMED_IN_TEXT,
        bool(origins),
    )
    alone = sum(present) == 1
    names, number = [], 0
    for here in present:
        number += here
        names.append(("Phụ lục" if alone else f"Phụ lục {roman(number)}") if here else "")
    return AnnexNames(*names)


def missing_below(data: Consolidated) -> tuple[UnitRef, ...]:
    """The units without an accepted report, but for the one that writes the consolidated report: it does not wait for itself."""
    return tuple(unit for unit in data.missing_units if unit.code != data.unit.code)
