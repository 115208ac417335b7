"""Dated lines under an entry: help given, money spent, criteria scored, targets."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from kheo.core.days import format_day, local_day
from kheo.core.figures import LARGEST
from kheo.core.numbers import format_int
from kheo.core.registers.beside import BesideAct, amending, why_not, writes
from kheo.core.registers.fields import LONGEST_TEXT
from kheo.core.registers.models import ActDef, LineDef
from kheo.core.registers.values import FieldProblem, Options
from kheo.core.registers.words import FIRST_YEAR
from kheo.core.text import nfc, written
from kheo.org.access import Person
from kheo.registers.access import ReachedEntry, reached_entry
from kheo.registers.actions.keeping import Doing, lock_entry, tell
from kheo.registers.actions.outcomes import REASON, Made, Refused, told_together, unasked_reason, wrong_words
from kheo.registers.models import Entry, EntryLine

LINE = "line"  # what the deeds call it


@dataclass(frozen=True)
class Line:
    """A line as somebody wants it. `number` None: a new one; `gone`: it is taken back. `seen`: since when the one changed was known.

    `reason`: why, where lines are written under a correction only.
    """

    line: str
    on: date
    kind: str = ""
    source: str = ""
    quantity: int | None = None
    amount_vnd: int | None = None
    text: str = ""
    number: int | None = None
    gone: bool = False
    seen: datetime | None = None
    reason: str = ""


@transaction.atomic
def write_line(entry_id: int, wanted: Line, *, by: Person, at: datetime, unread: Sequence[FieldProblem] = ()) -> Made | Refused:
    """Add a line, change it or take it back: the row that it replaces stays beside it. Raises Unreachable for who may not read it.

    `unread`: what of the form could not be read, told together with all that is wrong with the rest.
    """
    entry = lock_entry(entry_id)
    reached = reached_entry(by, entry)
    kind = reached.book.definition.by_line.get(wanted.line)
    if kind is None:
        return Refused("Sổ này không có loại dòng ấy.")
    if not writes_lines(kind, reached):
        return Refused("Anh/chị không có quyền ghi dòng này.")
    act = BesideAct.UNLINE if wanted.gone else BesideAct.LINE
    correction, reason = lines_amended(kind, reached), written(wanted.reason).strip()
    if frozen := lines_frozen(kind, reached, act):
        return Refused(frozen)
    standing = EntryLine.objects.filter(entry=entry, line=wanted.line, known_to__isnull=True)
    kept = standing.filter(number=wanted.number).first() if wanted.number is not None else None
    if wanted.number is not None and kept is None:
        return Refused("Dòng này không còn nữa. Hãy tải lại trang.")
    if kept is not None and kept.known_from != wanted.seen:
        return Refused("Dòng này đã được sửa từ khi anh/chị mở trang. Hãy xem lại rồi làm tiếp.")
    held = (kept.kind, kept.source) if kept is not None else ()
    problems = _day(wanted, local_day(at)) if wanted.gone else line_problems(kind, wanted, reached.book.options, local_day(at), held)
    words = wrong_words(REASON, reason, f"Cần ghi lý do “{correction.name}”.") if correction else unasked_reason(reason)
    problems = told_together(unread, (*problems, *words))
    if problems:
        return Refused("Chưa ghi được dòng; xem các ô có báo lỗi.", problems)
    _store(entry, wanted, kept, at)
    tell(entry, entry.state, {LINE: [wanted.line]}, Doing(act, by, wanted.on, at, reason))
    return Made(entry)


def writes_lines(kind: LineDef, reached: ReachedEntry) -> bool:
    """Whether lines of a kind are somebody's to write, as long as the entry takes any."""
    return writes(reached.book.definition, kind, reached.stance)


def lines_frozen(kind: LineDef, reached: ReachedEntry, act: BesideAct = BesideAct.LINE) -> str:
    """Why this person writes no lines of a kind in the entry as it stands, in Vietnamese; "" where they do, if only under a correction."""
    return "" if lines_amended(kind, reached) else why_not(reached.book.definition, act, reached.entry.state, kind)


def lines_amended(kind: LineDef, reached: ReachedEntry) -> ActDef | None:
    """The correction under which somebody still writes frozen lines of a kind, each with a reason; None: no such, or not theirs."""
    act = amending(reached.book.definition, kind, reached.entry.state)
    return act if act in reached.acts else None


def _store(entry: Entry, wanted: Line, kept: EntryLine | None, at: datetime) -> None:
    if kept is not None:
        EntryLine.objects.filter(pk=kept.pk).update(known_to=at)
    if wanted.gone:
        return
    last = EntryLine.objects.filter(entry=entry).aggregate(last=Max("number"))["last"] or 0
    EntryLine.objects.create(
        entry=entry,
        register_id=entry.register_id,
        line=wanted.line,
        number=kept.number if kept else last + 1,
        on=wanted.on,
        kind=wanted.kind,
        source=wanted.source,
        quantity=wanted.quantity,
        amount_vnd=wanted.amount_vnd,
        text=nfc(written(wanted.text)),
        known_from=at,
    )


def line_problems(kind: LineDef, wanted: Line, options: Options, today: date, held: Collection[str] = ()) -> tuple[FieldProblem, ...]:
    """Everything that is wrong with a line; `held`: the choices that it had, and may keep."""
    return (
        *_day(wanted, today),
        *_choice("kind", wanted.kind, kind.kinds, options, held),
        *_choice("source", wanted.source, kind.sources, options, held),
        *_number("quantity", wanted.quantity, kind.quantity),
        *_number("amount_vnd", wanted.amount_vnd, kind.amount),
        *_text(wanted.text, kind.text),
    )


def _day(wanted: Line, today: date) -> list[FieldProblem]:
    if wanted.on.year < FIRST_YEAR:
        return [FieldProblem("on", f"Ngày {format_day(wanted.on)} có lẽ là viết nhầm: trước năm {FIRST_YEAR}.")]
    return [FieldProblem("on", f"Ngày {format_day(wanted.on)} chưa tới.")] if wanted.on > today else []


def _choice(key: str, code: str, listed: str | None, options: Options, held: Collection[str]) -> list[FieldProblem]:
    if listed is None:
        return [FieldProblem(key, "Loại dòng này không có cột ấy.")] if code else []
    if code not in options.offered_in(listed, held):
        return [FieldProblem(key, "Hãy chọn một mục trong danh sách.")]
    return []


def _number(key: str, number: int | None, label: str | None) -> list[FieldProblem]:
    if label is None:
        return [FieldProblem(key, "Loại dòng này không có cột ấy.")] if number is not None else []
    if number is None:
        return [FieldProblem(key, f"Chưa điền “{label}”.")]
    if not 0 <= number <= LARGEST:
        return [FieldProblem(key, f"“{label}” phải từ 0 đến {format_int(LARGEST)}.")]
    return []


def _text(text: str, label: str | None) -> list[FieldProblem]:
    if label is None:
        return [FieldProblem("text", "Loại dòng này không có cột chữ.")] if text.strip() else []
    if len(nfc(written(text))) > LONGEST_TEXT:
        return [FieldProblem("text", f"“{label}” dài quá {LONGEST_TEXT} ký tự.")]
    return []
