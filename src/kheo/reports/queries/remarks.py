"""Remarks over the rounds: what was asked of a place, what the unit answered, whether it is settled."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kheo.core.definition import Definition
from kheo.core.remarks import Answered, place_changed
from kheo.core.workflow import Act, State
from kheo.reports.models import CellNote, Decision, Report, Revision


@dataclass(frozen=True)
class Reply:
    """What the unit answered."""

    kind: Answered
    text: str
    author: str
    written_at: datetime


@dataclass(frozen=True)
class Asked:
    """A remark on one revision, with what came of it. `settled_by` is empty while the reviewer has not let it pass."""

    target: str
    text: str
    author: str
    written_at: datetime
    revision: int
    reply: Reply | None
    settled_by: str

    @property
    def waits_for_reviewer(self) -> bool:
        """Answered, and not yet let pass."""
        return self.reply is not None and not self.settled_by


@dataclass(frozen=True)
class Remark:
    """A remark that the unit has to answer, whether it has changed the place since, and the rounds before (`earlier`, oldest first)."""

    target: str
    text: str
    author: str
    written_at: datetime
    is_changed: bool
    reply: Reply | None = None
    earlier: tuple[Asked, ...] = ()


Threads = Mapping[str, tuple[Asked, ...]]


def threads(report: Report) -> Threads:
    """Every remark ever written on a report, by place, oldest first: one query."""
    rows = CellNote.objects.filter(revision__report=report).select_related("revision", "answer", "settled")
    found: dict[str, tuple[Asked, ...]] = {}
    for row in rows.order_by("revision__number", "pk"):
        found[row.target] = (*found.get(row.target, ()), _asked(row))
    return found


def _asked(row: CellNote) -> Asked:
    answer, settled = getattr(row, "answer", None), getattr(row, "settled", None)
    reply = Reply(Answered(answer.kind), answer.text, answer.author, answer.written_at) if answer else None
    return Asked(row.target, row.text, row.author, row.written_at, row.revision.number, reply, settled.settled_by if settled else "")


def asked_revision(report: Report) -> Revision | None:
    """The revision whose remarks the unit answers while it writes: the last one returned, unless it was accepted since."""
    if report.state == State.RETURNED:
        return report.latest
    found = asked_revisions([report]).get(report.pk)
    return Revision.objects.get(pk=found) if found else None


def asked_revisions(reports: Sequence[Report]) -> dict[int, int]:
    """The same for many reports, as keys of revisions by report; at most one query. What was recalled since was not decided."""
    found = {each.pk: each.latest_id for each in reports if each.state == State.RETURNED and each.latest_id}
    reopened = [each.pk for each in reports if each.state == State.DRAFT and each.latest_id]
    if reopened:
        decisions = Decision.objects.filter(revision__report__in=reopened).exclude(act=Act.RECALL).order_by("revision__number")
        last = {report: (revision, act) for report, revision, act in decisions.values_list("revision__report", "revision", "act")}
        found |= {report: revision for report, (revision, act) in last.items() if act == Act.RETURN}
    return found


def is_changed(target: str, report: Report, revision: Revision) -> bool:
    """Whether the draft says something else in this place than the revision did."""
    return place_changed(target, (report.figures, report.narrative), (revision.figures, revision.narrative))


def remarks_on(report: Report) -> dict[str, Remark]:
    """The remarks that came back to the unit, by place. While a revision is being reviewed its remarks are the reviewer's own."""
    revision = asked_revision(report)
    if revision is None:
        return {}
    found = {target: _remark(thread, report, revision) for target, thread in threads(report).items() if _is_of(thread, revision)}
    return dict(sorted(found.items(), key=lambda each: each[1].written_at))


def _is_of(thread: tuple[Asked, ...], revision: Revision) -> bool:
    return thread[-1].revision == revision.number


def _remark(thread: tuple[Asked, ...], report: Report, revision: Revision) -> Remark:
    last = thread[-1]
    return Remark(last.target, last.text, last.author, last.written_at, is_changed(last.target, report, revision), last.reply, thread[:-1])


def unanswered(revisions: Collection[int]) -> dict[int, int]:
    """How many remarks of each of these revisions have no answer; one query whatever their number."""
    rows = CellNote.objects.filter(revision__in=revisions, answer__isnull=True).values_list("revision_id", flat=True)
    found: dict[int, int] = {}
    for revision in rows:
        found[revision] = found.get(revision, 0) + 1
    return found


def answers_sent(report: Report, definition: Definition) -> list[dict[str, Any]] | None:
    """For the enclosures: every remark with its answer as it stands when the report is sent again."""
    revision = asked_revision(report)
    if revision is None:
        return None
    asked = [thread[-1] for thread in threads(report).values() if _is_of(thread, revision)]
    return [_as_json(each) for each in sorted(asked, key=lambda each: each.target)] or None


def _as_json(asked: Asked) -> dict[str, Any]:
    told = {"target": asked.target, "revision": asked.revision}
    told |= {"asked": asked.text, "asked_by": asked.author, "asked_at": _utc(asked.written_at)}
    reply = asked.reply
    return told | ({"kind": reply.kind.value, "text": reply.text, "by": reply.author, "at": _utc(reply.written_at)} if reply else {})


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def answered(latest: Revision, all_threads: Threads) -> list[Asked]:
    """The answers that came with the latest revision, whether the reviewer has let them pass already or not."""
    last = [next((each for each in reversed(thread) if each.revision < latest.number), None) for thread in all_threads.values()]
    numbers = [each.revision for each in last if each]
    newest = max(numbers, default=0)
    return [each for each in last if each and each.revision == newest and each.reply]
