"""The consolidated report of a unit on paper: the official letter, its annex, and the same as JSON."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.consolidated import Consolidated
from kheo.core.days import local_day
from kheo.documents.annex_workbook import annex_workbook
from kheo.documents.consolidated_json import consolidated_json
from kheo.documents.consolidated_report import LetterFacts, consolidated_report
from kheo.org.models import SnapshotUnit
from kheo.org.queries import snapshot_units
from kheo.reports.queries.consolidation import consolidated
from kheo.reports.queries.tasks import heads_of

REPORT, ANNEX, DATA = "bao-cao.docx", "phu-luc.xlsx", "tong-hop.json"


@dataclass(frozen=True)
class Papers:
    """What a consolidated report is issued as, all three from the same moment; `data` is what they say."""

    report: bytes
    annex: bytes
    json: bytes
    data: Consolidated

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Each paper under its name."""
        yield REPORT, self.report
        yield ANNEX, self.annex
        yield DATA, self.json


def papers(cycle: Cycle, unit: SnapshotUnit, *, at: datetime, as_of: datetime | None = None) -> Papers:
    """The three papers as things stand `at` now, or as they stood before the instant `as_of`."""
    definition = definition_of(cycle.edition_id)
    data = consolidated(cycle, unit, at=at, as_of=as_of)
    return Papers(
        report=consolidated_report(definition, data, letter_of(cycle, unit, data)),
        annex=annex_workbook(definition, data),
        json=json_bytes(consolidated_json(definition, data)),
        data=data,
    )


def json_bytes(value: object) -> bytes:
    """JSON for people and programs: Vietnamese as it is, indented, a line feed at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def letter_of(cycle: Cycle, unit: SnapshotUnit, data: Consolidated) -> LetterFacts:
    """What is known of the letter's frame. Number, place, day and authority to sign are the office's own act: left to be filled in."""
    above = snapshot_units(cycle.snapshot_id, [unit.parent_id]) if unit.parent_id is not None else {}
    heads = heads_of([unit.unit_id], local_day(data.as_of)).get(unit.unit_id, ())
    return LetterFacts(
        issuer=unit.name,
        superior=next((each.name for each in above.values()), ""),
        place="",
        recipient_line=data.recipient.name if data.recipient else "",
        capacity="",
        post="Thủ trưởng đơn vị",
        name=heads[0] if len(heads) == 1 else "",
        recipients=("Như trên", "Lưu: VT"),
        notation="BC",
    )
