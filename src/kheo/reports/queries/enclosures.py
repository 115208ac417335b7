"""What is sent beside figures and narrative, frozen and hashed with the revision: one provider for each kind."""

from collections.abc import Callable, Mapping
from typing import Any

from kheo.core.definition import Definition
from kheo.reports.models import Report
from kheo.reports.queries.evidence import KIND, evidence_enclosed
from kheo.reports.queries.proposals import proposals_enclosed
from kheo.reports.queries.remarks import answers_sent
from kheo.reports.queries.sources import sources_enclosed
from kheo.reports.queries.transitions import sent_instead

# Two kinds come with the act of sending: who vouched for texts, and what registers counted (`drift.counted_enclosed`), which must be the
# very rows that the figures were checked against.
# A provider gives JSON without floats (they do not hash stably), or None when the draft has nothing of its kind.
Provider = Callable[[Report, Definition], Any]
PROVIDERS: Mapping[str, Provider] = {
    "answers": answers_sent,
    "proposals": proposals_enclosed,
    "sources": sources_enclosed,
    KIND: evidence_enclosed,
    "instead": sent_instead,
    # By cell, why a figure that looked odd is right.
    "explanations": lambda report, definition: {key: report.explanations[key] for key in sorted(report.explanations)},
}


def enclosures_of(report: Report, definition: Definition) -> dict[str, Any] | None:
    """By kind, everything that goes with the draft when it is sent now; None when there is nothing."""
    found = {kind: provide(report, definition) for kind, provide in PROVIDERS.items()}
    return {kind: value for kind, value in found.items() if value} or None
