"""The papers of a unit's consolidated report: Word, Excel and JSON from one reading of the figures."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.consolidated import Consolidated
from kheo.core.days import last_day
from kheo.core.definition import Definition
from kheo.documents.annex_workbook import annex_workbook
from kheo.documents.consolidated_json import consolidated_json
from kheo.documents.consolidated_report import LetterFacts, consolidated_report
from kheo.documents.profiles import PaperProfile, profile_for
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.consolidation import consolidated
from kheo.reports.queries.letters import letter_facts
from kheo.reports.queries.walls import Viewpoint


@dataclass(frozen=True)
class Papers:
    """Everything that the papers say; each is made when it is asked for."""

    definition: Definition
    data: Consolidated
    letter: LetterFacts
    profile: PaperProfile

    def file(self, name: str) -> bytes:
        """The bytes of one paper; KeyError for a name that is none."""
        return MAKERS[name](self)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """All papers with their file names, one after the other."""
        return ((name, self.file(name)) for name in MAKERS)


def _json(papers: Papers) -> bytes:
    text = json.dumps(consolidated_json(papers.definition, papers.data), ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


MAKERS: dict[str, Callable[[Papers], bytes]] = {
    "bao-cao.docx": lambda papers: consolidated_report(papers.definition, papers.data, papers.letter, papers.profile),
    "phu-luc.xlsx": lambda papers: annex_workbook(papers.definition, papers.data),
    "tong-hop.json": _json,
}


def papers(cycle: Cycle, unit: SnapshotUnit, *, at: datetime, as_of: datetime | None = None, view: Viewpoint | None = None) -> Papers:
    """The papers of a unit as of an instant; `view`: from where they are read (default: by the unit itself)."""
    data = consolidated(cycle, unit, at=at, as_of=as_of, view=view)
    day = last_day(data.as_of)
    letter = letter_facts(cycle, unit, data.recipient, day)
    return Papers(definition_of(cycle.edition_id), data, letter, profile_for(unit.kind, day))
