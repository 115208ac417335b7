"""What the units below have sent to build sections of, and how the text of a paragraph is traced down to who wrote it first."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import F, Q

from kheo.core.passages import paragraphs_of
from kheo.core.text import fold
from kheo.core.workflow import State
from kheo.reports.models import Obligation, PassageSource, Report, Revision
from kheo.reports.queries.sources import Passage, Source, sent_passages

PAGE = 20
# A page of units with long texts holds fewer of them, so that it stays light on an old telephone.
MOST_CHARACTERS = 16_000
SHORT = 500  # characters of a whole section
# What may be picked: the last submission unless it was returned; else what stands accepted.
CHILDREN = """
SELECT owed.id, owed.unit_id, unit.name, unit.code, sent.id, sent.number, report.state,
       coalesce(length(trim(sent.narrative->>%s)), 0),
       EXISTS (SELECT 1 FROM reports_passage_source used JOIN reports_revision taken ON taken.id = used.revision_id
                WHERE used.report_id = %s AND used.section = %s AND used.position IS NOT NULL
                  AND taken.report_id = report.id AND used.source_section = %s)
  FROM reports_obligation owed
  JOIN org_snapshot_unit unit ON unit.snapshot_id = %s AND unit.unit_id = owed.unit_id
  JOIN reports_report report ON report.obligation_id = owed.id
  JOIN reports_revision sent ON sent.id =
       CASE WHEN report.state IN ('submitted', 'accepted') THEN report.latest_id ELSE report.accepted_id END
 WHERE owed.cycle_id = %s AND owed.recipient_id = %s
 ORDER BY owed.position
"""


@dataclass(frozen=True)
class ChildText:
    """What one unit below has sent for a section: its paragraphs, and which of them (by place) stand in ours already."""

    obligation: int
    unit: int
    name: str
    code: str
    revision: int
    number: int
    paragraphs: tuple[str, ...]
    used: frozenset[int]


@dataclass(frozen=True)
class ChildTexts:
    """A page of units with texts. `wrote`, `used` count all units: with a text for the section, with one that was taken."""

    rows: tuple[ChildText, ...]
    page: "Page[list[_Child]]"
    wrote: int
    used: int


@dataclass(frozen=True)
class _Child:
    obligation: int
    unit: int
    name: str
    code: str
    revision: int
    number: int
    state: str
    length: int
    is_used: bool


@dataclass(frozen=True)
class Wanted:
    """Which texts are asked for: of which of the children's sections, by name or code, used ones (True), unused ones (False) or all.

    `is_short`: only texts of up to `SHORT` characters (True), only longer ones (False) or all.
    """

    section: str
    search: str = ""
    used: bool | None = None
    page: str | None = None
    is_short: bool | None = None


def child_texts(obligation: Obligation, report: Report | None, section: str, wanted: Wanted) -> ChildTexts:
    """Units below that wrote something for the wanted section, in the order of the tree; three queries for any number of units."""
    children = [each for each in _children(obligation, report, section, wanted.section) if each.length]
    passing = [each for each in children if _passes(each, wanted)]
    page = Paginator(_pages(passing) or [[]], 1).get_page(wanted.page)
    shown = page.object_list[0]
    texts = Revision.objects.only("narrative").in_bulk([each.revision for each in shown])
    taken = _taken(report, section, wanted.section, [each.obligation for each in shown])
    rows = tuple(_child_text(each, texts[each.revision], wanted.section, taken.get(each.obligation, frozenset())) for each in shown)
    return ChildTexts(rows, page, len(children), sum(each.is_used for each in children))


def _children(obligation: Obligation, report: Report | None, section: str, source_section: str) -> list[_Child]:
    with connection.cursor() as cursor:
        known = report.pk if report else None
        snapshot, cycle = obligation.cycle.snapshot_id, obligation.cycle_id
        cursor.execute(CHILDREN, [source_section, known, section, source_section, snapshot, cycle, obligation.unit_id])
        return [_Child(*row) for row in cursor.fetchall()]


def _pages(children: Iterable[_Child]) -> list[list[_Child]]:
    """Units in their order, so many to a page as its characters allow, at least one and at most `PAGE`."""
    pages: list[list[_Child]] = []
    room = 0
    for child in children:
        if not pages or len(pages[-1]) == PAGE or child.length > room:
            pages.append([])
            room = MOST_CHARACTERS
        pages[-1].append(child)
        room -= child.length
    return pages


def _passes(child: _Child, wanted: Wanted) -> bool:
    if wanted.is_short is not None and (child.length <= SHORT) != wanted.is_short:
        return False
    if wanted.used is not None and child.is_used != wanted.used:
        return False
    return not wanted.search or fold(wanted.search) in fold(f"{child.name} {child.code}")


def _taken(report: Report | None, section: str, source_section: str, obligations: Collection[int]) -> dict[int, frozenset[str]]:
    """By child's obligation: the excerpts that stand in the section."""
    if report is None:
        return {}
    rows = PassageSource.objects.filter(
        report=report, section=section, source_section=source_section, position__isnull=False, revision__report__obligation__in=obligations
    )
    found: dict[int, frozenset[str]] = {}
    for owed, excerpt in rows.values_list("revision__report__obligation_id", "excerpt"):
        found[owed] = found.get(owed, frozenset()) | {excerpt}
    return found


def _child_text(child: _Child, revision: Revision, section: str, taken: frozenset[str]) -> ChildText:
    texts = paragraphs_of(revision.narrative.get(section, ""))
    used = frozenset(place for place, text in enumerate(texts) if text in taken)
    return ChildText(child.obligation, child.unit, child.name, child.code, child.revision, child.number, texts, used)


def sent_below(obligation: Obligation, revisions: Collection[int]) -> list[Revision]:
    """Of these revisions those that may be picked now: of units that report to this one in the cycle, sent and not returned."""
    rows = Revision.objects.filter(pk__in=revisions, report__obligation__cycle=obligation.cycle_id)
    current = Q(report__latest=F("pk"), report__state__in=(State.SUBMITTED, State.ACCEPTED)) | Q(
        report__accepted=F("pk"), report__state__in=(State.DRAFT, State.RETURNED)
    )
    return list(rows.filter(current, report__obligation__recipient=obligation.unit_id).select_related("report__obligation"))


Readable = Mapping[int, bool]


@dataclass(frozen=True)
class Traced:
    """A source and what it is itself made of, down to the first who wrote it. `is_readable`: whether the reader may see its words."""

    source: Source
    is_readable: bool
    below: tuple["Traced", ...]


def trace(passages: Iterable[Passage], readable: Callable[[Collection[int]], Readable]) -> dict[int, tuple[Traced, ...]]:
    """The sources of paragraphs, opened all the way down, by place: one query a level. `readable` is asked once, about all units."""
    start = list(passages)
    made_of: dict[tuple[int, str, str], tuple[Source, ...]] = {}
    units: set[int] = set()
    level = [source for passage in start for source in passage.sources]
    while level:
        units |= {source.unit for source in level}
        new = [source for source in level if _key(source) not in made_of]
        revisions = Revision.objects.only("narrative", "enclosures").in_bulk({source.revision for source in new}) if new else {}
        made_of |= {_key(source): _sources_of(source, revisions) for source in new}
        level = [below for source in new for below in made_of[_key(source)]]
    may_read = readable(units)
    return {passage.position: tuple(_opened(source, made_of, may_read) for source in passage.sources) for passage in start}


def _key(source: Source) -> tuple[int, str, str]:
    return source.revision, source.section, source.excerpt


def _sources_of(source: Source, revisions: Mapping[int, Revision]) -> tuple[Source, ...]:
    """What the paragraph was made of when it was sent; the first of its words, should the same stand there twice."""
    passages = sent_passages(revisions[source.revision], source.section)
    return next((each.sources for each in passages if each.text == source.excerpt), ())


def _opened(source: Source, made_of: Mapping[tuple[int, str, str], tuple[Source, ...]], readable: Readable) -> Traced:
    below = tuple(_opened(each, made_of, readable) for each in made_of[_key(source)])
    return Traced(source, readable.get(source.unit, False), below)


@dataclass(frozen=True)
class UsedAbove:
    """A paragraph of ours that went into the report of the unit above, when that was sent: our section and words, the obligation above."""

    section: str
    excerpt: str
    above: int
    above_section: str


USED_ABOVE = """
SELECT source->>'section', source->>'excerpt', owed.id, part.key
  FROM reports_report above
  JOIN reports_obligation owed ON owed.id = above.obligation_id
  JOIN reports_revision sent ON sent.id = above.latest_id
  CROSS JOIN LATERAL jsonb_each(sent.enclosures->'sources') AS part
  CROSS JOIN LATERAL jsonb_path_query(part.value, '$[*].from[*] ? (@.obligation == $own)', jsonb_build_object('own', %s::bigint)) AS source
 WHERE owed.cycle_id = %s AND owed.unit_id = %s AND sent.enclosures ? 'sources'
"""


def used_above(obligation: Obligation) -> list[UsedAbove]:
    """What the last report that the recipient sent in the same cycle took from this one: one query."""
    with connection.cursor() as cursor:
        cursor.execute(USED_ABOVE, [obligation.pk, obligation.cycle_id, obligation.recipient_id])
        return [UsedAbove(*row) for row in cursor.fetchall()]
