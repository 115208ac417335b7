"""Whose text went where: the sources of a draft, and those frozen in what was sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kheo.campaigns.models import Cycle
from kheo.core.definition import Definition
from kheo.core.passages import paragraphs_of
from kheo.core.workflow import State
from kheo.org.models import SnapshotUnit
from kheo.reports.models import PassageSource, Report, Revision

ENCLOSED = "sources"
_OF_A_SOURCE = ("revision__report__obligation", "revision__report__latest")
GOOD, REPLACED, RETURNED = "good", "replaced", "returned"


@dataclass(frozen=True)
class Source:
    """A paragraph of a unit's sent report. `status`: whether it still says so (`good`), `replaced` by another text or `returned`.

    `row` names it in the draft, 0 in what was sent; `is_rewritten`: the paragraph made of it has other words.
    """

    row: int
    obligation: int
    unit: int
    name: str
    revision: int
    number: int
    section: str
    excerpt: str
    is_rewritten: bool
    status: str = GOOD


@dataclass(frozen=True)
class Passage:
    """A paragraph of a section with what it is made of; of free text nothing. `position` is -1 for one that left its section."""

    position: int
    text: str
    sources: tuple[Source, ...]


def draft_passages(report: Report | None, section: str, snapshot: int) -> tuple[list[Passage], list[Passage]]:
    """The paragraphs of a section of the draft in their order, and those with sources that left it: two queries."""
    if report is None:
        return [], []
    rows = PassageSource.objects.filter(report=report, section=section).select_related(
        "revision__report__obligation", "revision__report__latest"
    )
    found = list(rows.order_by("position", "pk"))
    units = {row.revision.report.obligation.unit_id for row in found}
    names = dict(SnapshotUnit.objects.filter(snapshot=snapshot, unit__in=units).values_list("unit_id", "name")) if units else {}
    by_place: dict[int, list[PassageSource]] = {}
    left: dict[str, list[PassageSource]] = {}
    for row in found:
        if row.position is None:
            left.setdefault(row.text, []).append(row)
        else:
            by_place.setdefault(row.position, []).append(row)
    texts = paragraphs_of(report.narrative.get(section, ""))
    standing = [Passage(place, text, _as_sources(by_place.get(place, ()), names)) for place, text in enumerate(texts)]
    return standing, [Passage(-1, text, _as_sources(each, names)) for text, each in left.items()]


def _as_sources(rows: Sequence[PassageSource], names: Mapping[int, str]) -> tuple[Source, ...]:
    return tuple(_as_source(row, names) for row in rows)


def _as_source(row: PassageSource, names: Mapping[int, str]) -> Source:
    owed = row.revision.report.obligation
    return Source(
        row=row.pk,
        obligation=owed.pk,
        unit=owed.unit_id,
        name=names.get(owed.unit_id, ""),
        revision=row.revision_id,
        number=row.revision.number,
        section=row.source_section,
        excerpt=row.excerpt,
        is_rewritten=row.text != row.excerpt,
        status=_status(row),
    )


def _status(row: PassageSource) -> str:
    """Of the child's text today: a new submission that still says the same changes nothing."""
    report = row.revision.report
    latest = report.latest
    if report.state == State.RETURNED and report.accepted_id != row.revision_id:
        return RETURNED
    if latest is None or latest.pk == row.revision_id:
        return GOOD
    return GOOD if row.excerpt in paragraphs_of(latest.narrative.get(row.source_section, "")) else REPLACED


@dataclass(frozen=True)
class SectionSources:
    """Of a section of a draft: paragraphs with sources, units they come from, sources that changed since, and that left the text."""

    paragraphs: int
    units: int
    changed: int
    left: int

    @property
    def words(self) -> str:
        """`3 đoạn có nguồn từ 2 đơn vị, 1 nguồn đã thay đổi`."""
        parts = [f"{self.paragraphs} đoạn có nguồn từ {self.units} đơn vị"] if self.paragraphs else []
        parts += [f"{self.changed} nguồn đã thay đổi"] if self.changed else []
        parts += [f"{self.left} nguồn đã rời khỏi bài"] if self.left else []
        return ", ".join(parts)


def sections_with_sources(report: Report | None) -> dict[str, SectionSources]:
    """By section, those that have any. One query, none without a report."""
    if report is None:
        return {}
    by_section: dict[str, list[PassageSource]] = {}
    for row in PassageSource.objects.filter(report=report).select_related(*_OF_A_SOURCE):
        by_section.setdefault(row.section, []).append(row)
    return {section: _counted(rows) for section, rows in by_section.items()}


def _counted(rows: Sequence[PassageSource]) -> SectionSources:
    placed = [row for row in rows if row.position is not None]
    return SectionSources(
        paragraphs=len({row.position for row in placed}),
        units=len({row.revision.report.obligation_id for row in placed}),
        changed=sum(_status(row) != GOOD for row in placed),
        left=len(rows) - len(placed),
    )


def sources_enclosed(report: Report, definition: Definition) -> dict[str, Any]:
    """What goes with the revision: by section, the paragraphs with sources (`at`, from 0) and each source as it stood when taken."""
    rows = PassageSource.objects.filter(report=report, position__isnull=False).select_related("revision__report__obligation__cycle")
    ordered = list(rows.order_by("position", "pk"))
    names = _names(ordered)
    order = {section.id: place for place, section in enumerate(definition.outline)}
    found: dict[str, dict[int, list[dict[str, Any]]]] = {}
    for row in sorted(ordered, key=lambda each: order.get(each.section, 0)):
        found.setdefault(row.section, {}).setdefault(row.position or 0, []).append(_frozen(row, names))
    return {section: [{"at": place, "from": sources} for place, sources in places.items()] for section, places in found.items()}


def _names(rows: Sequence[PassageSource]) -> dict[int, str]:
    if not rows:
        return {}
    units = {row.revision.report.obligation.unit_id for row in rows}
    snapshot = rows[0].revision.report.obligation.cycle.snapshot_id
    return dict(SnapshotUnit.objects.filter(snapshot=snapshot, unit__in=units).values_list("unit_id", "name"))


def _frozen(row: PassageSource, names: Mapping[int, str]) -> dict[str, Any]:
    owed = row.revision.report.obligation
    return {
        "obligation": owed.pk,
        "unit": owed.unit_id,
        "name": names.get(owed.unit_id, ""),
        "revision": row.revision_id,
        "number": row.revision.number,
        "hash": row.revision.hash,
        "section": row.source_section,
        "excerpt": row.excerpt,
    }


def sent_passages(revision: Revision, section: str) -> list[Passage]:
    """The same of what was sent: nothing is asked of the database."""
    texts = paragraphs_of(revision.narrative.get(section, ""))
    frozen = {entry["at"]: entry["from"] for entry in ((revision.enclosures or {}).get(ENCLOSED) or {}).get(section, ())}
    return [Passage(place, text, tuple(_thawed(frozen.get(place, ()), text))) for place, text in enumerate(texts)]


def _thawed(entries: Sequence[Mapping[str, Any]], text: str) -> Iterator[Source]:
    for each in entries:
        yield Source(
            row=0,
            obligation=each["obligation"],
            unit=each["unit"],
            name=each["name"],
            revision=each["revision"],
            number=each["number"],
            section=each["section"],
            excerpt=each["excerpt"],
            is_rewritten=each["excerpt"] != text,
        )


def source_faults(cycle: Cycle, names: Mapping[int, str]) -> Iterator[str]:
    """Sources of drafts whose paragraph, or whose own words, are not where they are said to be."""
    rows = PassageSource.objects.filter(report__obligation__cycle=cycle).select_related(
        "report__obligation", "revision__report__obligation"
    )
    for row in rows.order_by("pk").iterator(chunk_size=2000):
        texts = paragraphs_of(row.report.narrative.get(row.section, ""))
        is_placed = row.position is None or texts[row.position : row.position + 1] == (row.text,)
        is_from_below = row.revision.report.obligation.recipient_id == row.report.obligation.unit_id
        if not (is_placed and is_from_below and row.excerpt in paragraphs_of(row.revision.narrative.get(row.source_section, ""))):
            yield f"Nguồn của đoạn trong mục {row.section} không khớp lời văn: {names.get(row.report.obligation.unit_id)}, kỳ {cycle.code}."
