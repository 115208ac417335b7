"""A consolidating unit builds a section out of the sections below it: paragraphs are picked, merged, moved, rewritten; sources stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from kheo.campaigns.queries import definition_of
from kheo.core.definition import Definition, OutlineSection
from kheo.core.numbers import format_int
from kheo.core.passages import paragraphs_of
from kheo.core.text import written
from kheo.core.workflow import Act
from kheo.journal.actions import record
from kheo.org.access import Person
from kheo.reports.actions.answering import follow_changes
from kheo.reports.actions.locking import Locked, lock, next_state, refuse
from kheo.reports.actions.outcomes import Refusal, Saved
from kheo.reports.models import PassageSource, Report, Revision
from kheo.reports.queries.attribution import sent_below
from kheo.reports.queries.history import OBJECT

MOST_TEXT = 20_000
CHANGED_MEANWHILE = "Mục này vừa được sửa ở nơi khác. Hãy xem bản mới bên dưới rồi làm lại."
NOT_THERE = "Có đoạn không còn lấy được: báo cáo của đơn vị đã bị trả lại hoặc đã nộp lần khác. Hãy tải lại danh sách."


@dataclass(frozen=True)
class Pick:
    """A paragraph of a section of what a unit below has sent; `paragraph` counts from 0."""

    revision: int
    section: str
    paragraph: int


@dataclass(frozen=True)
class Arranged:
    """A paragraph as it should stand, with the rows of its sources. Several lines are several paragraphs of the same sources."""

    text: str
    sources: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Placed:
    text: str
    rows: tuple[PassageSource, ...]


@transaction.atomic
def arrange_section(
    obligation_id: int,
    *,
    section: str,
    before: str,
    paragraphs: Sequence[Arranged] | None = None,
    picks: Sequence[Pick] = (),
    as_one: bool = False,
    by: Person,
    at: datetime,
) -> Saved | Refusal:
    """Write a section anew out of paragraphs (None: as they stand), then append picked ones; `as_one`: those as a single paragraph.

    `before` is the section's text as the author saw it: another text meanwhile refuses the whole. Sources that no paragraph names are
    detached, not deleted. Only what is sent and not returned can be picked, and nothing crosses the border of a walled content.
    Raises ValueError for a section that the edition does not have.
    """
    opened = _open(obligation_id, section, before, by, at)
    if isinstance(opened, Refusal):
        return opened
    found = _picked(opened, list(dict.fromkeys(picks)), by, at)
    if isinstance(found, Refusal):
        return found
    placed = _standing(opened) if paragraphs is None else _arranged(opened, paragraphs)
    new = [_Placed(" ".join(row.text for row in found), tuple(found))] if as_one and found else [_Placed(row.text, (row,)) for row in found]
    return _store(opened, [*placed, *new], by, at)


def _standing(opened: "_Opened") -> list[_Placed]:
    texts = paragraphs_of(opened.before)
    return [_Placed(text, tuple(row for row in opened.rows if row.position == place)) for place, text in enumerate(texts)]


def _arranged(opened: "_Opened", paragraphs: Sequence[Arranged]) -> list[_Placed]:
    kept = {row.pk: row for row in opened.rows}
    return [
        _Placed(line, tuple(kept[each] for each in dict.fromkeys(paragraph.sources) if each in kept))
        for paragraph in paragraphs
        for line in paragraphs_of(written(paragraph.text))
    ]


@dataclass(frozen=True)
class _Opened:
    locked: Locked
    definition: Definition
    section: OutlineSection
    report: Report
    before: str
    rows: tuple[PassageSource, ...]


def _open(obligation_id: int, section: str, before: str, by: Person, at: datetime) -> _Opened | Refusal:
    locked = lock(obligation_id)
    refusal = refuse(locked, Act.SAVE, by)
    if refusal:
        return refusal
    definition = definition_of(locked.obligation.cycle.edition_id)
    asked = next((each for each in definition.outline if each.id == section), None)
    if asked is None:
        raise ValueError(f"no such section: {section}")
    report = locked.report or Report(obligation=locked.obligation, started_at=at)
    stored = report.narrative.get(section, "")
    if stored != before:
        return Refusal(CHANGED_MEANWHILE, changes=(f"{report.updated_by} sửa mục {section} sau khi anh/chị mở trang này",))
    rows = tuple(PassageSource.objects.filter(report=report, section=section).order_by("pk")) if report.pk else ()
    return _Opened(locked, definition, asked, report, stored, rows)


def _picked(opened: _Opened, picks: Sequence[Pick], by: Person, at: datetime) -> list[PassageSource] | Refusal:
    """New rows, not yet saved, in the order of the picks."""
    sections = {each.id: each for each in opened.definition.outline}
    if any(pick.section not in sections or not may_flow(opened.definition, sections[pick.section], opened.section) for pick in picks):
        return Refusal("Đoạn thuộc nội dung chỉ nhận con số thì chỉ đưa vào mục của chính nội dung ấy.")
    sent = {revision.pk: revision for revision in sent_below(opened.locked.obligation, {pick.revision for pick in picks})}
    rows: list[PassageSource] = []
    for pick in picks:
        texts = paragraphs_of(sent[pick.revision].narrative.get(pick.section, "")) if pick.revision in sent else ()
        if not 0 <= pick.paragraph < len(texts):
            return Refusal(NOT_THERE)
        rows.append(_row(opened, sent[pick.revision], pick.section, texts[pick.paragraph], by, at))
    return rows


def _row(opened: _Opened, revision: Revision, section: str, excerpt: str, by: Person, at: datetime) -> PassageSource:
    return PassageSource(
        report=opened.report,
        section=opened.section.id,
        text=excerpt,
        revision=revision,
        source_section=section,
        excerpt=excerpt,
        picked_at=at,
        picked_by=by.name,
    )


def may_flow(definition: Definition, source: OutlineSection, target: OutlineSection) -> bool:
    """Whether text may go from one section into another: what belongs to a walled content stays with it, and nothing else comes in."""
    walled = {content.id for content in definition.contents if content.walled}
    return source.content == target.content or not {source.content, target.content} & walled


def _store(opened: _Opened, placed: Sequence[_Placed], by: Person, at: datetime) -> Saved | Refusal:
    text = "\n".join(each.text for each in placed)
    if len(text) > MOST_TEXT:
        return Refusal(f"Mục này sẽ dài {format_int(len(text))} ký tự, không lưu được quá {format_int(MOST_TEXT)}. Hãy rút gọn.")
    report, section = opened.report, opened.section.id
    report.narrative = {key: value for key, value in report.narrative.items() if key != section} | ({section: text} if text else {})
    report.state = next_state(opened.locked.state, Act.SAVE)
    report.version += 1
    report.updated_at, report.updated_by = at, by.name
    report.save()
    attributed = _attribute(opened, placed)
    followed = follow_changes([report], by, at).get(report.pk, {})
    record(
        "arrange_section",
        by=by.actor(opened.locked.obligation.answering_id),
        at=at,
        object_type=OBJECT,
        object_id=opened.locked.obligation.pk,
        unit_id=opened.locked.obligation.unit_id,
        version=report.version,
        sections={section: [opened.before, text]},
        sources=attributed,
        **followed,
    )
    return Saved(report.version, at, (section,))


def _attribute(opened: _Opened, placed: Sequence[_Placed]) -> list[list[Any]]:
    """Write every row's place; a source of several paragraphs has a row for each. Gives [paragraph, revision, section] for the journal."""
    rows: list[PassageSource] = []
    used: set[int] = set()
    for position, each in enumerate(placed):
        for row in each.rows:
            place = _copy(row) if id(row) in used else row
            used.add(id(row))
            place.report, place.position, place.text = opened.report, position, each.text
            rows.append(place)
    gone = [row for row in opened.rows if id(row) not in used and row.position is not None]
    for row in gone:
        row.position = None
    PassageSource.objects.bulk_update([*(row for row in rows if row.pk), *gone], ["position", "text"])
    PassageSource.objects.bulk_create([row for row in rows if not row.pk])
    return [[row.position, row.revision_id, row.source_section] for row in rows]


def _copy(row: PassageSource) -> PassageSource:
    kept = ("section", "revision_id", "source_section", "excerpt", "picked_at", "picked_by")
    return PassageSource(**{name: getattr(row, name) for name in kept})
