"""More time: a due date is moved on with a reason; a unit may ask for it, its recipient answers."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction

from kheo.core.days import due_day, due_instant, format_day, local_day
from kheo.core.extending import needs_none
from kheo.core.workflow import Act
from kheo.journal.actions import Row, record, record_many
from kheo.notices.actions import Event
from kheo.org.access import Person
from kheo.reports.actions.locking import Locked, lock, lock_many, refuse
from kheo.reports.actions.outcomes import Done, Refusal
from kheo.reports.actions.telling import tell_of
from kheo.reports.actions.words import read_reason
from kheo.reports.models import Extension, ExtensionAnswer, ExtensionRequest, Obligation
from kheo.reports.queries.extensions import earliest_due, open_request, open_requests
from kheo.reports.queries.history import OBJECT

# A year mistyped is caught; nobody waits a year for a half-yearly report.
FARTHEST = timedelta(days=370)
NO_REASON = "Hãy ghi lý do gia hạn để mọi người liên quan biết."


@dataclass(frozen=True)
class PassedOver:
    """An obligation that stays as it is, and why."""

    obligation_id: int
    why: str


@dataclass(frozen=True)
class Extended:
    """The obligations whose due date was moved, and those that were left alone."""

    moved: tuple[int, ...]
    passed_over: tuple[PassedOver, ...]


@dataclass(frozen=True)
class Doubt:
    """Nothing was changed yet: this must be meant, and is done when the same is asked again with `is_meant`."""

    message: str


@transaction.atomic
def extend_due(
    obligations: Collection[int], *, until: date, reason: str, by: Person, at: datetime, is_meant: bool = False, foreseen: str = ""
) -> Extended | Doubt | Refusal:
    """Move the due date of reports of one cycle owed to one recipient to the end of the day `until`.

    Only forward, also after the date. What came in time, or has as much time already, is passed over; nothing is moved when nothing
    can be. A day after the recipient's own due date has to be meant. Open requests of the units are granted with it.
    `foreseen`: what it was said to come to before it was confirmed, kept in the journal.
    """
    why = read_reason(reason, NO_REASON)
    if isinstance(why, Refusal):
        return why
    locked = list(lock_many(list(obligations)).values())
    refusal = _refuse_all(locked, by) or refuse_day(until, max((each.obligation.due_at for each in locked), default=at), at)
    if refusal:
        return refusal
    after = due_instant(until)
    passed_over = tuple(PassedOver(each.obligation.pk, words) for each in locked if (words := _needs_none(each, after)))
    left_alone = {each.obligation_id for each in passed_over}
    moving = [each.obligation for each in locked if each.obligation.pk not in left_alone]
    if not moving:
        return Refusal("Không có báo cáo nào được gia hạn.", changes=tuple(dict.fromkeys(each.why for each in passed_over)))
    doubt = None if is_meant else beyond_own(moving[0], after)
    if doubt:
        return doubt
    _move(moving, after, why, by, at, foreseen)
    _grant(moving, why, by, at)
    tell_of(Event.EXTENDED, moving, by=by, at=at, number=round(after.timestamp()), until=after)
    return Extended(tuple(each.pk for each in moving), passed_over)


def _refuse_all(locked: Sequence[Locked], by: Person) -> Refusal | None:
    """Why these cannot be extended by this person, or None. All are owed to one recipient in one cycle, or it is a bug."""
    if not locked:
        return Refusal("Chưa chọn đơn vị nào.")
    if len({(each.obligation.cycle_id, each.obligation.recipient_id) for each in locked}) > 1:
        raise ValueError("reports of several cycles or recipients")
    return next((refusal for each in locked if (refusal := refuse(each, Act.EXTEND, by))), None)


def refuse_day(until: date, due_at: datetime, at: datetime) -> Refusal | None:
    """Why nobody may be given until that day, or None."""
    if until < local_day(at):
        return Refusal(f"Ngày {format_day(until)} đã qua. Hạn mới phải là hôm nay ({format_day(local_day(at))}) hoặc sau đó.")
    if until > max(due_day(due_at), local_day(at)) + FARTHEST:
        return Refusal(f"Ngày {format_day(until)} xa hơn một năm. Hãy xem lại năm đã ghi.")
    return None


def _needs_none(locked: Locked, after: datetime) -> str:
    return needs_none(locked.report.received_at if locked.report else None, locked.obligation.due_at, after)


def beyond_own(owed: Obligation, after: datetime) -> Doubt | None:
    """Whether the new due instant leaves the recipient behind with its own report."""
    own = earliest_due(owed.cycle_id, owed.recipient_id)
    if own is None or after <= own:
        return None
    return Doubt(
        f"Hạn mới ({format_day(due_day(after))}) sau hạn nộp của chính nơi nhận ({format_day(due_day(own))}): "
        "báo cáo đến sau ngày đó sẽ không kịp vào báo cáo của nơi nhận."
    )


MOVE = "UPDATE reports_obligation SET promised_at = coalesce(promised_at, due_at), due_at = %s WHERE id = ANY(%s)"


def _move(moving: Sequence[Obligation], after: datetime, reason: str, by: Person, at: datetime, foreseen: str) -> None:
    """Rows of the extension, the new instants, and a journal row for each obligation with before and after."""
    rows = [
        Extension(obligation=owed, before=owed.due_at, after=after, reason=reason, granted_at=at, granted_by=by.name) for owed in moving
    ]
    Extension.objects.bulk_create(rows, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute(MOVE, [after, [owed.pk for owed in moving]])
    actor, written = (
        by.actor(moving[0].recipient_id),
        {"after": _written(after), "reason": reason} | ({"foreseen": foreseen} if foreseen else {}),
    )
    record_many(
        [Row("extend_due", actor, at, OBJECT, owed.pk, owed.unit_id, {"before": _written(owed.due_at), **written}) for owed in moving]
    )


def _written(instant: datetime) -> str:
    """As the journal keeps it."""
    return instant.astimezone(UTC).isoformat()


def _grant(moving: Iterable[Obligation], reason: str, by: Person, at: datetime) -> None:
    for request in open_requests([owed.pk for owed in moving]):
        _answer(request, reason, by, at, is_granted=True)


@transaction.atomic
def ask_extension(obligation_id: int, *, until: date, reason: str, by: Person, at: datetime) -> Done | Refusal:
    """A unit asks its recipient for time until the end of a day; one open request at a time."""
    locked = lock(obligation_id)
    refusal = refuse(locked, Act.ASK_EXTENSION, by)
    if refusal:
        return refusal
    owed, after = locked.obligation, due_instant(until)
    why = read_reason(reason, "Hãy ghi lý do xin gia hạn.")
    if isinstance(why, Refusal):
        return why
    if locked.report and locked.report.received_at:
        return Refusal("Báo cáo này đã nộp rồi, không cần gia hạn.")
    if open_request(obligation_id):
        return Refusal("Đơn vị đã xin gia hạn và đang chờ nơi nhận trả lời.")
    refusal = refuse_day(until, owed.due_at, at)
    if refusal or after <= owed.due_at:
        return refusal or Refusal(f"Hạn đang là hết ngày {format_day(due_day(owed.due_at))}; ngày xin phải sau đó.")
    request = ExtensionRequest.objects.create(obligation=owed, wanted=after, reason=why, asked_at=at, asked_by=by.name)
    tell_of(Event.EXTENSION_ASKED, [owed], by=by, at=at, number=request.pk, until=after)
    record(
        "ask_extension",
        by=by.actor(owed.answering_id),
        at=at,
        object_type=OBJECT,
        object_id=obligation_id,
        unit_id=owed.unit_id,
        wanted=_written(after),
        reason=why,
    )
    return Done(locked.report.version if locked.report else 0)


@transaction.atomic
def refuse_extension(obligation_id: int, *, reason: str, by: Person, at: datetime) -> Done | Refusal:
    """The recipient says no to the open request, with a reason; the due date stays."""
    locked = lock(obligation_id)
    refusal = refuse(locked, Act.EXTEND, by)
    if refusal:
        return refusal
    why = read_reason(reason, "Hãy ghi lý do để đơn vị biết vì sao không được gia hạn.")
    if isinstance(why, Refusal):
        return why
    request = open_request(obligation_id)
    if request is None:
        return Refusal("Không có đề nghị gia hạn nào đang chờ trả lời.")
    _answer(request, why, by, at, is_granted=False)
    tell_of(Event.EXTENSION_REFUSED, [locked.obligation], by=by, at=at, number=request.pk)
    return Done(locked.report.version if locked.report else 0)


def _answer(request: ExtensionRequest, reason: str, by: Person, at: datetime, *, is_granted: bool) -> None:
    owed = request.obligation
    ExtensionAnswer.objects.create(request=request, is_granted=is_granted, reason=reason, answered_at=at, answered_by=by.name)
    record(
        "answer_extension",
        by=by.actor(owed.recipient_id),
        at=at,
        object_type=OBJECT,
        object_id=owed.pk,
        unit_id=owed.unit_id,
        is_granted=is_granted,
        wanted=_written(request.wanted),
        reason=reason,
    )
