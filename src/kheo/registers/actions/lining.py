"""Dated lines under an entry: help given, money spent, criteria scored, targets."""

from collections.abc import Collection
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
from kheo.registers.actions.outcomes import Made, Refused
from kheo.registers.models import Entry, EntryLine

LINE = "line"  # what the deeds call it
LONGEST_REASON = 2000


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
def write_line(entry_id: int, wanted: Line, *, by: Person, at: datetime) -> Made | Refused:
    """Add a line, change it or take it back: the row that it replaces stays beside it. Raises Unreachable for who may not read it."""
    entry = lock_entry(entry_id)
    reached = reached_entry(by, entry)
    kind = reached.book.definition.by_line.get(wanted.line)
    if kind is None:
        return Refused("Sổ này không có loại dòng ấy.")
    if not writes_lines(kind, reached):
        return Refused("Anh/chị không có quyền ghi dòng này.")
    act = BesideAct.UNLINE if wanted.gone else BesideAct.LINE
    frozen = why_not(reached.book.definition, act, entry.state, kind)
    correction, reason = lines_amended(kind, reached), written(wanted.reason).strip()
    if frozen and correction is None:
        return Refused(frozen)
    standing = EntryLine.objects.filter(entry=entry, line=wanted.line, known_to__isnull=True)
    kept = standing.filter(number=wanted.number).first() if wanted.number is not None else None
    if wanted.number is not None and kept is None:
        return Refused("Dòng này không còn nữa. Hãy tải lại trang.")
    if kept is not None and kept.known_from != wanted.seen:
        return Refused("Dòng này đã được sửa từ khi anh/chị mở trang. Hãy xem lại rồi làm tiếp.")
    held = (kept.kind, kept.source) if kept is not None else ()
    problems = _day(wanted, local_day(at)) if wanted.gone else line_problems(kind, wanted, reached.book.options, local_day(at), held)
    problems = (*problems, *_reason(reason, correction))
    if problems:
        return Refused("Chưa ghi được dòng; xem các ô có báo lỗi.", problems)
    _store(entry, wanted, kept, at)
    tell(entry, entry.state, {LINE: [wanted.line]}, Doing(act, by, wanted.on, at, reason if correction else ""))
    return Made(entry)


def writes_lines(kind: LineDef, reached: ReachedEntry) -> bool:
    """Whether lines of a kind are somebody's to write, as long as the entry takes any."""
    return writes(reached.book.definition, kind, reached.stance)


def lines_frozen(kind: LineDef, reached: ReachedEntry) -> str:
    """Why nobody writes lines of a kind in the entry as it stands, in Vietnamese; "" where those may whose they are."""
    return why_not(reached.book.definition, BesideAct.LINE, reached.entry.state, kind)


def lines_amended(kind: LineDef, reached: ReachedEntry) -> ActDef | None:
    """The correction under which somebody still writes frozen lines of a kind, each with a reason; None: no such, or not theirs."""
    act = amending(reached.book.definition, kind, reached.entry.state)
    return act if act is not None and reached.stance.is_any_of(reached.doers(act)) else None


def _reason(reason: str, correction: ActDef | None) -> list[FieldProblem]:
    if correction is None:
        return []
    if not reason:
        return [FieldProblem("reason", f"Cần ghi lý do “{correction.name}”.")]
    return [FieldProblem("reason", f"Dài {len(reason)} ký tự; tối đa {LONGEST_REASON}.")] if len(reason) > LONGEST_REASON else []


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
