"""Writing entries and doing what their register allows: the actions of the pages, every problem at once with its field."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Header, Schema, Status
from pydantic import Field, StrictInt, StrictStr

from kheo.api.answers import ProblemOut, Strict, problem
from kheo.api.asking import holder, instant
from kheo.api.registers.routing import router
from kheo.core.registers.columns import form_columns
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.models import ActDef
from kheo.core.registers.plain import read_plain_value
from kheo.core.registers.unasked import not_asked
from kheo.core.registers.values import FieldProblem, Kept
from kheo.org.access import Unreachable
from kheo.registers.access import ReachedEntry, book_to_read, entry_to_read, writing_units
from kheo.registers.actions import NOT_CHOSEN, Made, Move, Refused, SentBefore, act_on_entry, create_once, edit_entry
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.holding import texts_of, values_of
from kheo.registers.queries.meanwhile import changed_since

Problems: dict[int, Any] = dict.fromkeys((400, 401, 404, 409, 413, 422, 429), ProblemOut)
MOST_WORDS = 20_000
Number = Annotated[StrictInt, Field(ge=0, le=2**63 - 1)]
Version = Annotated[StrictInt, Field(ge=0, le=2_000_000_000)]
Words = Annotated[StrictStr, Field(max_length=MOST_WORDS)]
EntryCode = Annotated[StrictStr, Field(max_length=40, pattern=r"^[0-9A-Za-z -]*$")]
Key = Annotated[str, Header(..., alias="Idempotency-Key", min_length=8, max_length=64, pattern=r"^[!-~]+$")]
NO_FIELD = "sổ này không hỏi trường này"
NOT_ASKED_BY_ACT = "thao tác này không hỏi trường này"


class EntryIn(Strict):
    """A new entry. `on`: the day on which it was recorded, if not today; `values` by field, as they are read."""

    unit: Number
    values: dict[str, Any] = {}
    on: date | None = None


class EditIn(Strict):
    """What changes: `null` empties a field, what is not named stays. `version`: the one that was read."""

    version: Version
    values: dict[str, Any]


class ActIn(Strict):
    """An act. `handler`: the unit that it is given to; `other`: the code of the entry that it is one with; `on`: the day, if not today."""

    version: Version
    values: dict[str, Any] = {}
    reason: Words = ""
    reply: Words = ""
    handler: Number | None = None
    other: EntryCode = ""
    on: date | None = None


class DoneOut(Schema):
    """The entry after it. `further`: another one that it began, the next episode of a place. `told`: what is said of it beside, or ""."""

    id: int
    code: str
    version: int
    state: str
    meaning: str
    further: int | None
    told: str


@router.post("/registers/{slug:code}/entries", response={200: DoneOut, 201: DoneOut, **Problems}, summary="Ghi hồ sơ mới")
def create(request: HttpRequest, code: str, sent: EntryIn, idempotency_key: Key) -> Any:
    """Sent again under the same key, it answers 200 with the entry that it made, as it now stands."""
    person = holder(request)
    book = book_to_read(person, code)
    units = writing_units(person, book.definition)
    if not units:
        raise Unreachable
    values, problems = read_values(book, sent.values)
    problems += not_asked(book.definition, book.options, values, problems)
    problems += [FieldProblem("unit", "Hãy chọn đơn vị mà anh/chị ghi được (writes của sổ).")] if sent.unit not in units else []
    owner = sent.unit if sent.unit in units else units[0]
    outcome = create_once(book, owner, values, key=idempotency_key, by=person, at=instant(request), on=sent.on, unread=problems)
    if isinstance(outcome, Refused):
        return refused(book, outcome, problems)
    return Status(200 if isinstance(outcome, SentBefore) else 201, done(outcome.entry))


@router.patch("/entries/{int:entry}", response={200: DoneOut, **Problems}, summary="Sửa một hồ sơ")
def edit(request: HttpRequest, entry: int, sent: EditIn) -> Any:
    """Only over the version that was read: where somebody changed it meanwhile nothing is stored, and their fields are named."""
    reached = entry_to_read(holder(request), entry)
    if not reached.is_editable:
        raise Unreachable
    book = reached.book
    given, problems = read_values(book, sent.values)
    before = values_of(book.definition, reached.entry, texts_of(reached.entry))
    emptied = {key for key in sent.values if key not in given}
    asked = {each.key for each in form_columns(book.definition, book.options)}
    values = {key: value for key, value in before.items() if key in asked and key not in emptied} | given
    problems += not_asked(book.definition, book.options, values, problems)
    outcome = edit_entry(entry, values, version=sent.version, by=holder(request), at=instant(request), unread=problems)
    return _answered(request, reached, sent.version, outcome, problems)


@router.post("/entries/{int:entry}/acts/{slug:act}", response={200: DoneOut, **Problems}, summary="Làm một thao tác")
def act(request: HttpRequest, entry: int, act: str, sent: ActIn) -> Any:
    """What the register's table of acts allows the holder now; an act that never is theirs is not there."""
    reached = entry_to_read(holder(request), entry)
    found = reached.book.definition.by_act.get(act)
    if found is None or not reached.stance.is_any_of(found.by):
        raise Unreachable
    values, problems = read_values(reached.book, sent.values, only=reached.book.definition.asked_by(found), otherwise=NOT_ASKED_BY_ACT)
    problems += _unfit(found, sent)
    filled: Mapping[str, Kept | None] = {key: values.get(key) for key in sent.values}
    move = Move(act, sent.version, filled, reason=sent.reason, reply=sent.reply, handler=sent.handler, other=sent.other, on=sent.on)
    outcome = act_on_entry(entry, move, by=holder(request), at=instant(request), unread=problems)
    return _answered(request, reached, sent.version, outcome, problems)


def _unfit(act: ActDef, sent: ActIn) -> list[FieldProblem]:
    """What the act has no use for: named, never dropped."""
    said = NOT_CHOSEN if act.handing == "up" else "Thao tác này không giao cho đơn vị nào."
    found = [FieldProblem("handler", said)] if sent.handler is not None and not act.chooses_unit else []
    return found + ([FieldProblem("reply", "Thao tác này không ghi lời trả lời.")] if sent.reply.strip() and not act.reply else [])


def read_values(
    book: Book, sent: Mapping[str, Any], *, only: tuple[str, ...] | None = None, otherwise: str = NO_FIELD
) -> tuple[dict[str, Kept], list[FieldProblem]]:
    """What was sent, by field, and everything in it that cannot be understood. `only`: the fields that are asked here."""
    asked: Mapping[str, FieldDef] = {each.key: each for each in book.definition.asked if only is None or each.key in only}
    values, problems = dict[str, Kept](), list[FieldProblem]()
    for key, plain in sent.items():
        read = read_plain_value(asked[key], plain, book.options) if key in asked else FieldProblem(key, otherwise)
        if isinstance(read, FieldProblem):
            problems.append(read)
        elif read is not None:
            values[key] = read
    return values, problems


def _answered(request: HttpRequest, reached: ReachedEntry, version: int, outcome: Made | Refused, unread: list[FieldProblem]) -> Any:
    if isinstance(outcome, Made):
        return done(outcome.entry, outcome.further, outcome.told)
    now = entry_to_read(holder(request), reached.entry.pk)
    return stale(now, version) if now.entry.version != version else refused(reached.book, outcome, unread)


def done(entry: Entry, further: Entry | None = None, said: str = "") -> dict[str, Any]:
    """How it now stands."""
    told = {name: getattr(entry, name) for name in ("code", "version", "state", "meaning")}
    return {"id": entry.pk, **told, "further": further.pk if further else None, "told": said}


def stale(reached: ReachedEntry, version: int) -> HttpResponse:
    """409: somebody was quicker. What they changed is named; what is personal may be named as well, not told."""
    definition = reached.book.definition
    fields = changed_since(definition, reached.entry, version)
    problems = [{"place": f"values.{key}", "message": f"“{definition.by_key[key].label}” đã được người khác sửa."} for key in fields]
    return problem(409, f"Hồ sơ đã thay đổi; bản hiện nay là {reached.entry.version}. Hãy đọc lại rồi làm tiếp.", problems)


def refused(book: Book, refusal: Refused, unread: Sequence[FieldProblem] = ()) -> HttpResponse:
    """Every reason why it cannot be; nothing was stored. 422 where something sent could not be read (`unread`), else 409."""
    if unread:
        return problem(422, "Có chỗ không đọc được nên chưa ghi gì.", placed(book, refusal.problems))
    return problem(409, refusal.message, placed(book, refusal.problems))


def placed(book: Book, problems: "list[FieldProblem] | tuple[FieldProblem, ...]") -> list[dict[str, str]]:
    """Problems with their places in what was sent: `values.ten`, `reason`."""
    return [{"place": each.key if each.key in _OWN or not each.key else f"values.{each.key}", "message": each.message} for each in problems]


_OWN = ("unit", "reason", "reply", "handler", "other", "on")
