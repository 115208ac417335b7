"""Sending a report to its further recipients, and what these do with it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from kheo.campaigns.models import Cycle
from kheo.core.chain import START, link_hash
from kheo.core.days import is_on_time
from kheo.core.definition import Definition
from kheo.core.dispatching import DEED_NAMES, RULES, SENDABLE, STANDING_NAMES, Deed, allowed_deeds
from kheo.core.unit_kinds import LINE_NAMES, Line
from kheo.core.workflow import State
from kheo.journal.actions import record
from kheo.org.access import Person
from kheo.org.queries import parents_on, snapshot_units
from kheo.reports.access.dispatches import roles_of_receiver
from kheo.reports.actions.outcomes import Done, Refusal
from kheo.reports.actions.telling import tell_of_dispatch
from kheo.reports.actions.words import read_words
from kheo.reports.models import Dispatch, DispatchNote, DispatchSending, Obligation
from kheo.reports.queries.dispatches import OBJECT, Sent, receivers, sent_of

MOST_TEXT = 2000


def plan_dispatches(cycle: Cycle, definition: Definition, due: Mapping[tuple[str, str], datetime]) -> tuple[list[Dispatch], list[str]]:
    """Where else each report of a new cycle goes, by the recipients of the day; and sentences about units without such a recipient."""
    tiers = {tier.id: tier for tier in definition.regime.tiers if tier.copies}
    owed = list(Obligation.objects.filter(cycle=cycle, tier__in=tiers).order_by("position", "pk"))
    unit_of = snapshot_units(cycle.snapshot_id, [each.unit_id for each in owed])
    lines = {copy.line for tier in tiers.values() for copy in tier.copies}
    above = {line: parents_on(cycle.opened_on, Line(line), list(unit_of)) for line in lines}
    found: list[Dispatch] = []
    without: list[str] = []
    for obligation in owed:
        unit = unit_of[obligation.unit_id]
        for copy in (each for each in tiers[obligation.tier].copies if each.concerns(unit.kind) and (obligation.tier, each.id) in due):
            recipient = above[copy.line].get(unit.unit_id)
            if recipient is None:
                where = f"trên tuyến {LINE_NAMES[Line(copy.line)]} cho “{copy.name}”"
                without.append(f"{unit.name} (mã {unit.code}): không có nơi nhận {where}")
            else:
                found.append(Dispatch(obligation=obligation, copy=copy.id, recipient_id=recipient, due_at=due[obligation.tier, copy.id]))
    return found, without


@transaction.atomic
def send_dispatch(dispatch_id: int, *, version: int, by: Person, at: datetime) -> Done | Refusal:
    """Send the report's last revision to the further recipient: on time by the server's clock against its own due date.

    The same revision sent twice is one sending. Refused while the report is being written or was returned.
    """
    sent = _lock(dispatch_id)
    report, dispatch = sent.report, sent.dispatch
    if report is None or report.latest is None or State(report.state) not in SENDABLE:
        return Refusal("Chỉ gửi được báo cáo đã ký nộp và không đang sửa. Hãy nộp báo cáo trước.")
    if sent.last and sent.last.revision == report.latest_id:
        return Done(sent.last.number)
    refusal = _refuse(sent, Deed.SEND, by)
    if refusal or report.version != version:
        return refusal or Refusal("Báo cáo đã thay đổi từ khi anh/chị mở trang này. Hãy xem lại rồi gửi.")
    previous = sent.last.hash if sent.last else START
    number = sent.last.number + 1 if sent.last else 1
    row = DispatchSending(
        dispatch=dispatch, revision=report.latest, number=number, sent_at=at, sent_by_id=by.user_id, previous_hash=previous
    )
    row.hash = link_hash(previous, row.hashed_record(dispatch, report.latest))
    row.save(force_insert=True)
    tell_of_dispatch(dispatch, by=by, at=at, number=number)
    _record(sent, Deed.SEND, by, at, number=number, revision=report.latest.number, hash=row.hash, on_time=is_on_time(at, dispatch.due_at))
    return Done(number)


@transaction.atomic
def acknowledge_dispatch(dispatch_id: int, *, number: int, by: Person, at: datetime) -> Done | Refusal:
    """The further recipient takes in the sending of that number; a second time changes nothing."""
    sent = _lock(dispatch_id)
    sending = next((each for each in sent.sendings if each.number == number), None)
    if sending is not None and sending.acknowledged:
        return Done(number)
    refusal = _refuse(sent, Deed.ACKNOWLEDGE, by)
    if refusal or sending is None or sending != sent.last:
        return refusal or Refusal("Đơn vị đã gửi lần khác. Hãy xem lần gửi mới rồi tiếp nhận.")
    _write(sent, sending.pk, Deed.ACKNOWLEDGE, "", by, at)
    return Done(number)


@transaction.atomic
def write_about_dispatch(dispatch_id: int, *, text: str, by: Person, at: datetime) -> Done | Refusal:
    """A question of the further recipient, or the unit's reply: which of them follows from whose people write."""
    sent = _lock(dispatch_id)
    deed = Deed.ASK if roles_of_receiver(by, sent.dispatch) & RULES[Deed.ASK].roles else Deed.REPLY
    refusal = _refuse(sent, deed, by)
    words = read_words(text, "Lời nhắn", MOST_TEXT)
    if refusal or isinstance(words, Refusal) or sent.last is None:
        return refusal or (words if isinstance(words, Refusal) else Refusal("Chưa có bản gửi nào."))
    if not words:
        return Refusal("Hãy ghi điều cần hỏi." if deed == Deed.ASK else "Hãy ghi câu trả lời.")
    _write(sent, sent.last.pk, deed, words, by, at)
    return Done(sent.last.number)


def _lock(dispatch_id: int) -> Sent:
    """The obligation's row first, as every act on its report does, so that no other revision comes in between; then the dispatch."""
    owed = Dispatch.objects.values_list("obligation_id", flat=True).get(pk=dispatch_id)
    Obligation.objects.select_for_update().get(pk=owed)
    Dispatch.objects.select_for_update().get(pk=dispatch_id)
    related = ("obligation__cycle__campaign", "obligation__report__latest")
    return sent_of([Dispatch.objects.select_related(*related).get(pk=dispatch_id)])[0]


def _refuse(sent: Sent, deed: Deed, by: Person) -> Refusal | None:
    dispatch = sent.dispatch
    sender, receiver = by.roles_at(dispatch.obligation.answering_id), roles_of_receiver(by, dispatch)
    if not RULES[deed].roles & (sender if RULES[deed].is_sender else receiver):
        return Refusal(f"Anh/chị không có quyền {DEED_NAMES[deed]}.")
    if deed not in allowed_deeds(sent.standing, sender=sender, receiver=receiver):
        return Refusal(f"Không {DEED_NAMES[deed]} được: {STANDING_NAMES[sent.standing].lower()}.")
    return None


def _write(sent: Sent, sending: int, deed: Deed, text: str, by: Person, at: datetime) -> None:
    DispatchNote.objects.create(dispatch=sent.dispatch, sending_id=sending, deed=deed, text=text, written_at=at, author=by.name)
    _record(sent, deed, by, at, sending=sending, **({"text": text} if text else {}))


def _record(sent: Sent, deed: Deed, by: Person, at: datetime, **detail: object) -> None:
    owed = sent.dispatch.obligation
    takers = receivers(sent.dispatch.recipient_id, by.on)
    taker = next((unit for unit in takers if by.roles_at(unit)), sent.dispatch.recipient_id)
    record(
        f"{deed}_dispatch",
        by=by.actor(owed.answering_id if RULES[deed].is_sender else taker),
        at=at,
        object_type=OBJECT,
        object_id=sent.dispatch.pk,
        unit_id=owed.unit_id,
        **detail,
    )
