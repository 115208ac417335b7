"""Remarks over the rounds: what was asked of a place, what the unit answered, whether it is settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Q

from kheo.core.definition import Definition
from kheo.core.figures import Figure
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
    """A remark that the unit has to answer, whether it has changed the place since, and the rounds before (`earlier`, oldest first).

    `then`: what a cell said when it was remarked on ("" for nothing, for computed totals and for sections).
    """

    target: str
    text: str
    author: str
    written_at: datetime
    is_changed: bool
    then: Figure | str = ""
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
    """The remarks that came back to the unit, by place, and after acceptance those that went with it.

    While a revision is being reviewed its remarks are the reviewer's own.
    """
    revision = report.latest if report.state == State.ACCEPTED else asked_revision(report)
    if revision is None:
        return {}
    found = {target: _remark(thread, report, revision) for target, thread in threads(report).items() if _is_of(thread, revision)}
    return dict(sorted(found.items(), key=lambda each: each[1].written_at))


def _is_of(thread: tuple[Asked, ...], revision: Revision) -> bool:
    return thread[-1].revision == revision.number


def _remark(thread: tuple[Asked, ...], report: Report, revision: Revision) -> Remark:
    last = thread[-1]
    changed = is_changed(last.target, report, revision)
    then = revision.figures.get(last.target, "")
    return Remark(last.target, last.text, last.author, last.written_at, changed, then, last.reply, thread[:-1])


@dataclass(frozen=True)
class Asking:
    """How many places were remarked on, and how many of them have no answer."""

    all: int = 0
    left: int = 0


def asking(reports: Sequence[Report]) -> dict[int, Asking]:
    """What units still have to answer, by report; those of whom nothing is asked are absent. At most two queries."""
    asked = asked_revisions(reports)
    found: dict[int, Asking] = {}
    if asked:
        rows = CellNote.objects.filter(revision__in=asked.values()).values("revision__report")
        for row in rows.annotate(all=Count("pk"), left=Count("pk", filter=Q(answer__isnull=True))):
            found[row["revision__report"]] = Asking(row["all"], row["left"])
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
