"""The papers of a unit's consolidated report: Word, Excel and JSON from one reading of the figures."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.consolidated import Consolidated, Origin
from kheo.core.days import last_day
from kheo.core.definition import Definition
from kheo.documents.annex_workbook import annex_workbook
from kheo.documents.consolidated_json import consolidated_json
from kheo.documents.consolidated_report import LetterFacts, report_document
from kheo.documents.official import OfficialDocument
from kheo.documents.official_layout import render_official
from kheo.documents.pdf import render_pdf
from kheo.documents.profiles import PaperProfile, profile_for
from kheo.org.models import SnapshotUnit
from kheo.reports.queries.consolidation import consolidated
from kheo.reports.queries.letters import letter_facts
from kheo.reports.queries.origins import origins_of
from kheo.reports.queries.restructured import Restructured
from kheo.reports.queries.restructured_report import ReadBy, restructured_report
from kheo.reports.queries.walls import Viewpoint


@dataclass(frozen=True)
class Papers:
    """Everything that the papers say; each is made when it is asked for."""

    definition: Definition
    data: Consolidated
    letter: LetterFacts
    profile: PaperProfile
    origins: tuple[Origin, ...] = ()

    def file(self, name: str) -> bytes:
        """The bytes of one paper; KeyError for a name that is none."""
        return MAKERS[name](self)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The papers that are kept as files, with their names, one after the other."""
        return ((name, self.file(name)) for name in FILES)

    @property
    def report(self) -> OfficialDocument:
        """The report before it is put on paper."""
        return report_document(self.definition, self.data, self.letter, self.profile, self.origins)


def _json(papers: Papers) -> bytes:
    text = json.dumps(consolidated_json(papers.definition, papers.data), ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


MAKERS: dict[str, Callable[[Papers], bytes]] = {
    "bao-cao.docx": lambda papers: render_official(papers.report, papers.profile),
    "bao-cao.pdf": lambda papers: render_pdf(papers.report, papers.profile),
    "phu-luc.xlsx": lambda papers: annex_workbook(papers.definition, papers.data),
    "tong-hop.json": _json,
}

# What the command line writes into a folder: the PDF is the Word file once more, and takes a second to set.
FILES = ("bao-cao.docx", "phu-luc.xlsx", "tong-hop.json")


def papers(
    cycle: Cycle,
    unit: SnapshotUnit,
    *,
    at: datetime,
    as_of: datetime | None = None,
    view: Viewpoint | None = None,
    with_sources: bool = True,
) -> Papers:
    """The papers of a unit as of an instant; `view`: from where they are read (default: by the unit itself).

    Without sources for a reader outside, whom it does not concern which unit wrote which paragraph.
    """
    data = consolidated(cycle, unit, at=at, as_of=as_of, view=view)
    day = last_day(data.as_of)
    letter = letter_facts(cycle, unit, data.recipient, day)
    definition = definition_of(cycle.edition_id)
    origins = origins_of(definition, cycle, unit, at=at, as_of=as_of) if with_sources else ()
    return Papers(definition, data, letter, profile_for(unit.kind, day), origins)


def structure_papers(reading: Restructured, unit: SnapshotUnit, *, at: datetime, as_of: datetime | None = None, by: ReadBy) -> Papers:
    """The papers of a unit in another structure. Who signs is left open: that is no paper of the unit's own, nor are its people told."""
    data = restructured_report(reading, unit, at=at, as_of=as_of, by=by)
    day = last_day(data.as_of)
    letter = replace(letter_facts(reading.cycle, unit, None, day, above=reading.units(unit.ancestors)), name="")
    return Papers(definition_of(reading.cycle.edition_id), data, letter, profile_for(unit.kind, day))
