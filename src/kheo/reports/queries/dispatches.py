"""The same report on its way to further recipients: what a unit has to send where by when, what a recipient received."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.chain import START, content_hash, link_hash
from kheo.core.days import due_day, is_on_time, local_day
from kheo.core.definition import Copy
from kheo.core.dispatching import Deed, Standing, standing_of
from kheo.core.text import fold
from kheo.journal.queries import history_of
from kheo.org.models import SnapshotUnit
from kheo.org.queries import forebears, heirs_on, living, names_around
from kheo.reports.models import Dispatch, DispatchNote, DispatchSending, Report, Revision, answered_by

OBJECT = "dispatch"
PAGE = 50
_RELATED = ("obligation__cycle__campaign", "obligation__report__latest", "recipient")


def dispatched_hash(dispatches: Sequence[Dispatch]) -> str:
    """What was promised to further recipients when the cycle opened: kept in the journal, counted again by `kheo verify`."""
    rows = [
        [each.obligation_id, each.copy, each.recipient_id, each.due_at.astimezone(UTC).isoformat(timespec="microseconds")]
        for each in dispatches
    ]
    return content_hash(sorted(rows))


@dataclass(frozen=True)
class Sending:
    """One time that a revision was sent; `acknowledged` is by whom and when."""

    pk: int
    number: int
    revision: int
    revision_number: int
    sent_at: datetime
    hash: str
    is_on_time: bool
    acknowledged: tuple[str, datetime] | None


@dataclass(frozen=True)
class Note:
    """A question of the recipient or a reply of the unit."""

    deed: Deed
    text: str
    author: str
    written_at: datetime


@dataclass(frozen=True)
class Sent:
    """A dispatch with everything about it. `latest` is the number of the report's last revision, 0 before the first.

    `instead`: the name of the successor that sends it, where the unit has ended.
    """

    dispatch: Dispatch
    copy: Copy
    unit_name: str
    recipient_name: str
    sendings: tuple[Sending, ...]
    notes: tuple[Note, ...]
    latest: int
    report: Report | None
    instead: str

    @property
    def standing(self) -> Standing:
        """Where it stands."""
        acknowledged = frozenset(each.revision_number for each in self.sendings if each.acknowledged)
        return standing_of([each.revision_number for each in self.sendings], self.latest or None, acknowledged)

    @property
    def last(self) -> Sending | None:
        """The last time it was sent."""
        return self.sendings[-1] if self.sendings else None

    @property
    def is_answer_due(self) -> bool:
        """Whether the recipient's last question has no reply yet."""
        return bool(self.notes) and self.notes[-1].deed == Deed.ASK

    def is_overdue(self, now: datetime) -> bool:
        """Whether nothing was sent by the due date of a report that is still wanted."""
        return not self.sendings and now >= self.dispatch.due_at and self.dispatch.obligation.closed_at is None

    def days_left(self, now: datetime) -> int:
        """Days to the due date; negative when it has passed."""
        return (due_day(self.dispatch.due_at) - local_day(now)).days


def copy_of(dispatch: Dispatch) -> Copy:
    """What the edition says about the further recipient. Raises LookupError for one that it does not have."""
    regime = definition_of(dispatch.obligation.cycle.edition_id).regime
    tier = next(each for each in regime.tiers if each.id == dispatch.obligation.tier)
    copy = tier.further(dispatch.copy)
    if copy is None:
        raise LookupError(dispatch.copy)
    return copy


def sent_of(dispatches: Sequence[Dispatch]) -> list[Sent]:
    """Everything about these dispatches: a fixed number of queries."""
    ids = [each.pk for each in dispatches]
    sendings: dict[int, list[DispatchSending]] = {}
    for sending in DispatchSending.objects.filter(dispatch__in=ids).select_related("revision").order_by("dispatch", "number"):
        sendings.setdefault(sending.dispatch_id, []).append(sending)
    notes: dict[int, list[DispatchNote]] = {}
    for note in DispatchNote.objects.filter(dispatch__in=ids).order_by("pk"):
        notes.setdefault(note.dispatch_id, []).append(note)
    return [_sent(each, names, sendings.get(each.pk, []), notes.get(each.pk, [])) for each, names in _named(dispatches)]


def _named(dispatches: Sequence[Dispatch]) -> Iterator[tuple[Dispatch, tuple[str, str, str]]]:
    """With the names of the unit and the recipient on the day of opening, and of the successor that sends it instead."""
    days = {each.obligation.cycle.opened_on for each in dispatches}
    units = {each.obligation.unit_id for each in dispatches} | {each.recipient_id for each in dispatches}
    units |= {each.obligation.filler_id for each in dispatches if each.obligation.filler_id}
    names = {day: names_around(units, day) for day in days}
    for each in dispatches:
        known, wanted = names[each.obligation.cycle.opened_on], (each.obligation.unit_id, each.recipient_id, each.obligation.filler_id or 0)
        unit, recipient, filler = (known.get(name, "") for name in wanted)
        yield each, (unit, recipient, filler)


def _sent(dispatch: Dispatch, names: tuple[str, str, str], sendings: Sequence[DispatchSending], notes: Sequence[DispatchNote]) -> Sent:
    report: Report | None = getattr(dispatch.obligation, "report", None)
    acknowledged = {note.sending_id: (note.author, note.written_at) for note in notes if note.deed == Deed.ACKNOWLEDGE}
    return Sent(
        dispatch=dispatch,
        copy=copy_of(dispatch),
        unit_name=names[0],
        recipient_name=names[1],
        sendings=tuple(_sending(each, dispatch, acknowledged) for each in sendings),
        notes=tuple(Note(Deed(each.deed), each.text, each.author, each.written_at) for each in notes if each.deed != Deed.ACKNOWLEDGE),
        latest=report.latest.number if report and report.latest else 0,
        report=report,
        instead=names[2],
    )


def _sending(row: DispatchSending, dispatch: Dispatch, acknowledged: Mapping[int, tuple[str, datetime]]) -> Sending:
    on_time = is_on_time(row.sent_at, dispatch.due_at)
    return Sending(row.pk, row.number, row.revision_id, row.revision.number, row.sent_at, row.hash, on_time, acknowledged.get(row.pk))


def dispatches_of(obligation: int) -> list[Sent]:
    """Where else the report of an obligation goes."""
    return sent_of(list(Dispatch.objects.filter(obligation=obligation).select_related(*_RELATED).order_by("due_at", "pk")))


@dataclass(frozen=True)
class Received:
    """What a recipient received in a cycle, paged; `counts` over all of them, by standing, and how many are overdue."""

    rows: tuple[Sent, ...]
    page: "Page[Dispatch]"
    counts: Mapping[Standing, int]
    overdue: int


def received_by(cycle: Cycle, recipient: int, *, search: str, standing: Standing | None, page: str | None, now: datetime) -> Received:
    """Everything addressed to a further recipient, in the order of the tree."""
    rows = Dispatch.objects.filter(obligation__cycle=cycle, recipient=recipient).select_related(*_RELATED)
    every = sent_of(list(rows.order_by("obligation__position", "pk")))
    passing = [each for each in every if standing in (None, each.standing) and fold(search) in fold(each.unit_name)]
    pages = Paginator([each.dispatch for each in passing], PAGE).get_page(page)
    shown = {each.pk for each in pages.object_list}
    counts = {each: sum(one.standing == each for one in every) for each in Standing}
    return Received(
        tuple(each for each in passing if each.dispatch.pk in shown), pages, counts, sum(each.is_overdue(now) for each in every)
    )


@dataclass(frozen=True)
class DispatchTasks:
    """For the first page: what units have still to send (or send again, or answer), what recipients have to take in, by cycle."""

    to_send: tuple[Sent, ...]
    to_receive: Mapping[tuple[int, int], tuple[Cycle, str, int, int]]


def dispatch_tasks(sending: Collection[int], receiving: Collection[int], now: datetime) -> DispatchTasks:
    """Open dispatches of these units, and counts (waiting, overdue) at these recipients by cycle and recipient.

    Where a recipient has ended, it is its successors' to take in; where it has none, nothing need be sent there.
    """
    if not sending and not receiving:
        return DispatchTasks((), {})
    on = local_day(now)
    receiving = stood_for(receiving, on)
    rows = Dispatch.objects.filter(answered_by(sending, "obligation__") | Q(recipient__in=receiving)).select_related(*_RELATED)
    every = sent_of(list(rows.order_by("due_at", "pk")))
    to_send = tuple(each for each in every if each.dispatch.obligation.answering_id in sending and _waits_for_unit(each))
    ended = {each.dispatch.recipient_id for each in to_send} - living({each.dispatch.recipient_id for each in to_send}, on)
    nobody = {unit for unit in ended if not receivers(unit, on)}
    to_send = tuple(each for each in to_send if each.dispatch.recipient_id not in nobody)
    counted: dict[tuple[int, int], tuple[Cycle, str, int, int]] = {}
    for each in every:
        if each.dispatch.recipient_id in receiving:
            cycle = each.dispatch.obligation.cycle
            key = (cycle.pk, each.dispatch.recipient_id)
            _, _, waiting, overdue = counted.get(key, (cycle, "", 0, 0))
            waits = each.last is not None and each.last.acknowledged is None
            counted[key] = (cycle, each.recipient_name, waiting + waits, overdue + each.is_overdue(now))
    return DispatchTasks(to_send, counted)


def _waits_for_unit(sent: Sent) -> bool:
    is_wanted = sent.dispatch.obligation.closed_at is None
    return (is_wanted and sent.standing in (Standing.UNSENT, Standing.OUTDATED)) or sent.is_answer_due


def receivers(recipient: int, on: date) -> tuple[int, ...]:
    """The units whose people take in what is addressed to a further recipient: itself, or, where it has ended, those that followed it."""
    return heirs_on(recipient, on)


def stood_for(units: Collection[int], on: date) -> frozenset[int]:
    """These units, and those that have ended and whose past went to one of them."""
    before = forebears(units, on) if units else set()
    return frozenset(units) | (before - living(before, on) if before else frozenset())


def dispatch_faults(cycle: Cycle, names: Mapping[int, str]) -> Iterator[str]:
    """Dispatches that differ from what was promised at the opening; sendings changed after they were sent, or of another report."""
    dispatches = list(Dispatch.objects.filter(obligation__cycle=cycle).select_related("obligation"))
    opened: dict[str, Any] = next((entry.detail for entry in history_of("cycle", cycle.pk) if entry.act == "open_cycle"), {})
    if opened.get("dispatched", content_hash([])) != dispatched_hash(dispatches):
        yield f"Nơi nhận khác hoặc hạn gửi đã bị sửa sau khi mở: kỳ {cycle.code} (cycle {cycle.pk})."
    previous: dict[int, str] = {}
    rows = DispatchSending.objects.filter(dispatch__obligation__cycle=cycle)
    related = rows.select_related("dispatch__obligation", "revision__report").order_by("dispatch", "number")
    for row in related.iterator(chunk_size=2000):
        before = previous.get(row.dispatch_id, START)
        is_chained = row.previous_hash == before and row.hash == link_hash(before, row.hashed_record(row.dispatch, row.revision))
        if not is_chained or row.revision.report.obligation_id != row.dispatch.obligation_id:
            place = f"{names.get(row.dispatch.obligation.unit_id)}, kỳ {cycle.code}, lần gửi {row.number} (sending {row.pk})"
            yield f"Bản gửi nơi nhận khác đã bị sửa sau khi gửi: {place}."
        previous[row.dispatch_id] = row.hash
    yield from _told_faults(dispatches, cycle)


def _told_faults(dispatches: Sequence[Dispatch], cycle: Cycle) -> Iterator[str]:
    """Sendings that the journal does not tell, or tells and are not there."""
    for dispatch in dispatches:
        told = [entry.detail.get("hash") for entry in history_of(OBJECT, dispatch.pk) if entry.act == "send_dispatch"]
        if told != list(DispatchSending.objects.filter(dispatch=dispatch).order_by("number").values_list("hash", flat=True)):
            yield f"Các lần gửi nơi nhận khác không như nhật ký ghi: kỳ {cycle.code} (dispatch {dispatch.pk})."


def unit_of(dispatch: Dispatch) -> SnapshotUnit:
    """The unit whose report it is, as the cycle's tree has it."""
    return SnapshotUnit.objects.get(snapshot=dispatch.obligation.cycle.snapshot_id, unit=dispatch.obligation.unit_id)


def revision_of(sending: Sending) -> Revision:
    """Exactly what was sent."""
    return Revision.objects.get(pk=sending.revision)
