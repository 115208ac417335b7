"""Any two submissions of a report held against each other: figures, words, and what was enclosed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kheo.core.answers import UNANSWERED
from kheo.core.checking import CAPTION, EXPLAIN, SECTION, label_of
from kheo.core.definition import Definition
from kheo.core.figures import with_totals
from kheo.core.numbers import format_int
from kheo.core.remarks import ANSWER_NAMES, Answered
from kheo.core.word_diff import Piece, word_diff
from kheo.reports.models import Report, Revision
from kheo.reports.queries.drift import COUNTED
from kheo.reports.queries.evidence import KIND as EVIDENCE
from kheo.reports.queries.evidence_changes import ProofChange, evidence_changes
from kheo.reports.queries.history import figure_words

# How what is enclosed is called, by kind; kinds that are not here are told by their own name.
ENCLOSED = {
    "answers": "Trả lời nhận xét",
    COUNTED: "Số đếm từ sổ",
    "explanations": "Giải trình số liệu",
    "instead": "Đơn vị nộp thay",
    "personal_data": "Xác nhận chỗ giống dữ liệu cá nhân",
    "proposals": "Kiến nghị cần trả lời",
    "sources": "Nguồn của lời văn",
}
LONGEST = 200


@dataclass(frozen=True)
class CellChange:
    """A figure that differs. `is_hidden`: the reader is told only that it does."""

    key: str
    label: str
    before: str
    after: str
    is_hidden: bool


@dataclass(frozen=True)
class TextChange:
    """A section that differs."""

    target: str
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class EnclosedChange:
    """What was enclosed of one kind with the one submission and not with the other, in words."""

    name: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Two submissions and how they differ; `revisions` are all there are to choose from, oldest first."""

    revisions: tuple[Revision, ...]
    before: Revision
    after: Revision
    cells: tuple[CellChange, ...]
    texts: tuple[TextChange, ...]
    enclosed: tuple[EnclosedChange, ...]
    proofs: tuple[ProofChange, ...]


def comparison(report: Report | None, definition: Definition, before: int, after: int, hidden: frozenset[str]) -> Comparison | None:
    """Submissions by number; those that are not there give way to the last two. None where nothing was sent twice. One query.

    `hidden`: cells of which the reader must not see the numbers.
    """
    revisions = tuple(Revision.objects.filter(report=report).select_related("submitted_by").order_by("number")) if report else ()
    if len(revisions) < 2:
        return None
    by_number = {each.number: each for each in revisions}
    old, new = by_number.get(before, revisions[-2]), by_number.get(after, revisions[-1])
    return Comparison(
        revisions,
        old,
        new,
        tuple(_cells(definition, old, new, hidden)),
        tuple(_texts(definition, old, new)),
        tuple(enclosed_changes(definition, old.enclosures or {}, new.enclosures or {}, hidden)),
        evidence_changes(old, new),
    )


def _cells(definition: Definition, old: Revision, new: Revision, hidden: frozenset[str]) -> Iterator[CellChange]:
    then, now = with_totals(definition, old.figures), with_totals(definition, new.figures)
    for cell in definition.cells:
        before, after = then.get(cell.key, UNANSWERED), now.get(cell.key, UNANSWERED)
        if before != after or type(before) is not type(after):
            words = ("", "") if cell.key in hidden else tuple(figure_words(definition, cell.key, each) for each in (before, after))
            yield CellChange(cell.key, label_of(definition, cell.key), words[0], words[1], cell.key in hidden)


def _texts(definition: Definition, old: Revision, new: Revision) -> Iterator[TextChange]:
    for section in definition.outline:
        before, after = old.narrative.get(section.id, ""), new.narrative.get(section.id, "")
        if before != after:
            target = SECTION + section.id
            yield TextChange(target, label_of(definition, target), word_diff(before, after))


def enclosed_changes(
    definition: Definition, old: Mapping[str, Any], new: Mapping[str, Any], hidden: frozenset[str]
) -> Iterator[EnclosedChange]:
    """By kind, the lines that stand only with the one or only with the other; what is about a hidden cell is left out.

    Evidence is held against each other file by file instead: `evidence_changes`.
    """
    for kind in sorted({*old, *new} - {EVIDENCE}):
        then, now = (list(dict.fromkeys(_told(definition, kind, each.get(kind), hidden))) for each in (old, new))
        removed, added = tuple(each for each in then if each not in now), tuple(each for each in now if each not in then)
        if removed or added:
            yield EnclosedChange(ENCLOSED.get(kind, kind), removed, added)


def _told(definition: Definition, kind: str, value: Any, hidden: frozenset[str]) -> Iterator[str]:
    """Each thing enclosed in one line. Of a kind that is not known here nothing is told but that it is there."""
    for place, text in LINES.get(kind, _unknown)(value or ()):
        if place not in hidden:
            label = _label(definition, place)
            yield f"{label}: {_shortened(text)}" if label else _shortened(text)


def _answers(rows: Any) -> Iterator[tuple[str, str]]:
    for row in rows:
        yield row["target"], f"{ANSWER_NAMES[Answered(row['kind'])]}. {row['text']}".strip() if "kind" in row else "chưa trả lời"


def _explanations(rows: Any) -> Iterator[tuple[str, str]]:
    yield from ((key, str(rows[key])) for key in rows)


def _counted(rows: Any) -> Iterator[tuple[str, str]]:
    """By cell, how many entries its register had when it was sent."""
    yield from ((key, f"{format_int(len(rows[key]['entries']))} hồ sơ") for key in rows)


def _sources(rows: Any) -> Iterator[tuple[str, str]]:
    """By section, the units whose words stand in it."""
    for section in rows:
        names = dict.fromkeys(source["name"] for paragraph in rows[section] for source in paragraph["from"])
        yield SECTION + section, ", ".join(names)


def _proposals(rows: Any) -> Iterator[tuple[str, str]]:
    yield from ((SECTION + row["section"], row["text"]) for row in rows)


def _instead(unit: Any) -> Iterator[tuple[str, str]]:
    if unit:
        yield "", f"{unit['name']} nộp thay đơn vị cũ"


def _vouched(vouched: Any) -> Iterator[tuple[str, str]]:
    """Where, and who answers for it: never the data again."""
    if vouched:
        yield from ((place, f"{vouched['by']} đã xác nhận") for place in vouched["places"])


def _unknown(rows: Any) -> Iterator[tuple[str, str]]:
    if rows:
        yield "", "có kèm theo"


LINES: Mapping[str, Callable[[Any], Iterator[tuple[str, str]]]] = {
    "answers": _answers,
    COUNTED: _counted,
    "explanations": _explanations,
    "instead": _instead,
    "personal_data": _vouched,
    "proposals": _proposals,
    "sources": _sources,
}


def _label(definition: Definition, place: str) -> str:
    known = {cell.key for cell in definition.cells} | {SECTION + each.id for each in definition.outline}
    contents = {each.id: each.short for each in definition.contents}
    is_known = place in known or place.startswith((CAPTION, EXPLAIN))
    return label_of(definition, place) if is_known else contents.get(place, place)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
