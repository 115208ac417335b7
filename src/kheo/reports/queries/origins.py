"""Whose text went where in the words of a consolidated report: what its annex of sources says."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from kheo.campaigns.models import Cycle
from kheo.core.consolidated import Origin, TakenFrom
from kheo.core.definition import Definition
from kheo.org.models import SnapshotUnit
from kheo.reports.models import Report, Revision
from kheo.reports.queries.attribution import Traced, trace
from kheo.reports.queries.consolidation import own_writing
from kheo.reports.queries.sources import Passage, draft_passages, sections_with_sources, sent_passages


def origins_of(
    definition: Definition, cycle: Cycle, unit: SnapshotUnit, *, at: datetime, as_of: datetime | None = None
) -> tuple[Origin, ...]:
    """The paragraphs with sources in the order of the outline: of the same words that `consolidated` shows.

    Names of units only: the words of the units below are on paper where the consolidating unit put them, and nowhere else.
    """
    written = own_writing(cycle, unit, at=at, as_of=as_of)
    found = list(_sourced(definition, written, cycle.snapshot_id)) if written else []
    # Places are counted through the whole report, so that all sections are traced at once.
    traced = trace([replace(passage, position=place) for place, (_, passage) in enumerate(found)], lambda units: {})
    return tuple(_origin(section, passage, traced[place]) for place, (section, passage) in enumerate(found))


def _sourced(definition: Definition, written: Report | Revision, snapshot: int) -> Iterator[tuple[str, Passage]]:
    """The section and the paragraph of each that has a source."""
    with_sources = sections_with_sources(written) if isinstance(written, Report) else {}
    for section in definition.outline:
        if isinstance(written, Revision):
            passages = sent_passages(written, section.id)
        else:
            passages = draft_passages(written, section.id, snapshot)[0] if section.id in with_sources else []
        yield from ((section.id, passage) for passage in passages if passage.sources)


def _origin(section: str, passage: Passage, traced: Sequence[Traced]) -> Origin:
    sources = tuple(TakenFrom(each.source.name, each.source.number, each.source.section, _first(each)) for each in traced)
    words = " ".join(source.excerpt for source in passage.sources)
    return Origin(section, passage.position + 1, passage.text, sources, is_reworded=passage.text != words)


def _first(traced: Traced) -> tuple[str, ...]:
    """The units that wrote it first, each once; nobody where the unit itself did."""
    names = (name for below in traced.below for name in (_first(below) or (below.source.name,)))
    return tuple(dict.fromkeys(names))
