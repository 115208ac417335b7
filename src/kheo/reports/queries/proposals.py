"""Proposals that need an answer: who asks, whose turn it is, what was said, and how many units ask the same."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import light_cycles
from kheo.core.definition import Definition
from kheo.core.proposals import WAITING, Move, Party, Stage
from kheo.core.text import fold
from kheo.core.workflow import Role
from kheo.journal.queries import entries_about
from kheo.org.models import SnapshotUnit
from kheo.org.queries import names_around
from kheo.reports.models import Obligation, Proposal, ProposalMessage, Report, answered_by

OBJECT = "proposal"
PAGE = 50
MOST_ASKERS = 100
RELATED = ("obligation__cycle", "thread")
# What the thread of a merged proposal tells those who ask in it: what was done about it, not what other units said.
TOLD_TO_ALL = (Move.FORWARD, Move.ANSWER, Move.CLOSE, Move.REROUTE)


def root_of(proposal: Proposal) -> Proposal:
    """The proposal in whose thread it is answered."""
    return proposal.thread or proposal


def units_that_passed(proposal: Proposal, root: Proposal) -> list[int]:
    """Units that forwarded it, in order."""
    rows = ProposalMessage.objects.filter(proposal__in=[proposal.pk, root.pk], move=Move.FORWARD).order_by("pk")
    return list(dict.fromkeys(rows.values_list("unit_id", flat=True)))


def asked_in_thread(root: Proposal) -> list[Proposal]:
    """Everything that is answered in this thread, the root's own first; with their obligations."""
    rows = Proposal.objects.filter(Q(pk=root.pk) | Q(thread=root.pk)).select_related("obligation")
    return sorted(rows, key=lambda each: (each.pk != root.pk, each.pk))


def passed_on(proposals: Collection[Proposal]) -> list[tuple[int, int]]:
    """(proposal, unit) for every unit that forwarded one of these: one query."""
    rows = ProposalMessage.objects.filter(proposal__in=[each.pk for each in proposals], move=Move.FORWARD).order_by("proposal", "pk")
    return list(dict.fromkeys(rows.values_list("proposal_id", "unit_id")))


def parties_of(roles_at: Callable[[int], frozenset[Role]], proposal: Proposal, root: Proposal) -> dict[Party, frozenset[Role]]:
    """The roles that somebody has in each party of a proposal; `roles_at`: those held at a unit."""
    passed = frozenset(role for unit in units_that_passed(proposal, root) for role in roles_at(unit))
    return {
        Party.ASKER: roles_at(proposal.obligation.answering_id),
        Party.HOLDER: roles_at(root.holder_id),
        Party.PASSED: passed,
    }


def recipient_above(proposal: Proposal) -> int | None:
    """Where the unit whose turn it is sends its own report of the cycle, or one that it fills in instead of a unit that ended."""
    rows = Obligation.objects.filter(answered_by([proposal.holder_id]), cycle=proposal.obligation.cycle_id)
    owed = rows.order_by(F("filler").asc(nulls_first=True), "pk").first()
    return owed.recipient_id if owed else None


def may_be_wanted(obligation: Obligation) -> list[int]:
    """The units above the recipient, nearest first: those that a proposal may be meant for."""
    found: list[int] = []
    unit = obligation.recipient_id
    while True:
        above = Obligation.objects.filter(cycle=obligation.cycle_id, unit=unit).values_list("recipient_id", flat=True).first()
        if above is None or above in found:
            return found
        found.append(above)
        unit = above


@dataclass(frozen=True)
class Line:
    """A proposal in a list. `askers`: how many units ask it, with those merged into it; `wanted`: whom it should reach, if named.

    `instead`: the successor that answers for the unit that asked, where that has ended.
    """

    proposal: Proposal
    stage: Stage
    asker: str
    holder: str
    wanted: str
    askers: int
    instead: str


@dataclass(frozen=True)
class Lines:
    """A page of proposals; `counts` by view."""

    rows: tuple[Line, ...]
    page: "Page[Proposal]"
    counts: Mapping[str, int]


def views_of(cycle: Cycle, unit: int) -> dict[str, "QuerySet[Proposal, Proposal]"]:
    """What a unit may look at: what waits for it, what it asked, what it passed up or has answered."""
    rows = Proposal.objects.filter(obligation__cycle=cycle)
    sent = rows.exclude(stage__in=[Stage.DRAFTED, Stage.WITHDRAWN])
    passed = ProposalMessage.objects.filter(unit=unit, move=Move.FORWARD).values("proposal")
    return {
        "cho": sent.filter(holder=unit, thread=None, stage__in=WAITING),
        "hoi": rows.filter(answered_by([unit], "obligation__")),
        "chuyen": sent.filter(pk__in=passed, thread=None).exclude(holder=unit),
        "xong": sent.filter(holder=unit, thread=None, stage__in=[Stage.ANSWERED, Stage.CLOSED]),
    }


def proposals_of(cycle: Cycle, unit: int, *, view: str, search: str, page: str | None) -> Lines:
    """One view of a unit's proposals, the newest first; a fixed number of queries."""
    views = views_of(cycle, unit)
    counts = {name: rows.count() for name, rows in views.items()}
    related = views[view].select_related(*RELATED).annotate(others=Count("merged")).order_by("-asked_at", "-pk")
    every = list(related) if search else None
    if every is not None:
        every = [each for each in every if fold(search) in fold(each.text)]
    pages: Page[Any] = Paginator(every if every is not None else related, PAGE).get_page(page)
    return Lines(tuple(lines_of(list(pages.object_list), cycle)), pages, counts)


def lines_of(rows: Sequence[Proposal], cycle: Cycle) -> Iterator[Line]:
    """These rows, annotated with `others` (how many were merged into each), as a list shows them: two queries."""
    units = {each.obligation.unit_id for each in rows} | {root_of(each).holder_id for each in rows}
    units |= {unit for each in rows for unit in (each.wanted_id, each.obligation.filler_id) if unit}
    names = _names(units, cycle)
    for each in rows:
        root = root_of(each)
        yield Line(
            proposal=each,
            stage=Stage(root.stage),
            asker=names.get(each.obligation.unit_id, ""),
            holder=names.get(root.holder_id, ""),
            wanted=names.get(each.wanted_id or 0, ""),
            askers=1 + each.others,  # type: ignore[attr-defined]  # annotated
            instead=names.get(each.obligation.filler_id or 0, ""),
        )


def _names(units: Collection[int], cycle: Cycle) -> dict[int, str]:
    return names_around(units, cycle.opened_on)


@dataclass(frozen=True)
class Said:
    """A message as people read it."""

    move: Move
    unit: str
    to: str
    text: str
    author: str
    written_at: datetime


@dataclass(frozen=True)
class Thread:
    """A proposal with everything that this reader may see of its thread.

    `chain`: the units it has gone through, the asker first, whose turn it is last. `askers`: names of all who ask, for those who
    answer; for an asker only how many (`asking`) there are. `instead`: the successor that answers for the asker, where that has ended.
    """

    proposal: Proposal
    root: Proposal
    stage: Stage
    asker: str
    wanted: str
    instead: str
    chain: tuple[str, ...]
    said: tuple[Said, ...]
    askers: tuple[tuple[str, str], ...]
    asking: int


def thread_of(proposal: Proposal, *, sees_all: bool) -> Thread:
    """The thread; `sees_all`: as the unit whose turn it is and the readers above see it, with every asker's words."""
    root = root_of(proposal)
    cycle = proposal.obligation.cycle
    merged = list(Proposal.objects.filter(thread=root).select_related("obligation").order_by("pk")[:MOST_ASKERS])
    asking = 1 + Proposal.objects.filter(thread=root).count()
    shown = [root.pk, *(each.pk for each in merged)] if sees_all else [root.pk, proposal.pk]
    messages = [each for each in _messages(shown) if sees_all or each.proposal_id == proposal.pk or _is_told(each, root)]
    passed = units_that_passed(proposal, root)
    units = {each.unit_id for each in messages} | {each.to_id for each in messages if each.to_id} | set(passed)
    units |= {each.obligation.unit_id for each in [proposal, root, *merged]} | {root.holder_id, proposal.wanted_id or 0}
    units.add(proposal.obligation.filler_id or 0)
    names = _names(units, cycle)
    chain = [proposal.obligation.unit_id, *passed, root.holder_id]
    return Thread(
        proposal=proposal,
        root=root,
        stage=Stage(root.stage),
        asker=names.get(proposal.obligation.unit_id, ""),
        wanted=names.get(proposal.wanted_id or 0, ""),
        instead=names.get(proposal.obligation.filler_id or 0, ""),
        chain=tuple(names.get(unit, "") for unit in dict.fromkeys(chain)),
        said=tuple(_said(each, names) for each in messages),
        askers=tuple((names.get(each.obligation.unit_id, ""), each.text) for each in [root, *merged]) if sees_all else (),
        asking=asking,
    )


def _messages(proposals: Sequence[int]) -> list[ProposalMessage]:
    return list(ProposalMessage.objects.filter(proposal__in=proposals).order_by("written_at", "pk"))


def _is_told(message: ProposalMessage, root: Proposal) -> bool:
    """Whether a message of the common thread is for everybody who asks in it."""
    return message.move in TOLD_TO_ALL or (message.move == Move.WRITE and message.unit_id == root.holder_id)


def _said(message: ProposalMessage, names: Mapping[int, str]) -> Said:
    to = names.get(message.to_id or 0, "")
    return Said(Move(message.move), names.get(message.unit_id, ""), to, message.text, message.author, message.written_at)


def proposals_in(obligation: Obligation) -> list[Proposal]:
    """Those that belong to a report, oldest first."""
    return list(Proposal.objects.filter(obligation=obligation).select_related(*RELATED).order_by("pk"))


def proposals_enclosed(report: Report, _definition: Definition) -> list[dict[str, Any]]:
    """What goes with the revision: every proposal that goes up with this signature."""
    rows = Proposal.objects.filter(obligation=report.obligation_id, stage=Stage.DRAFTED).order_by("pk")
    return [{"proposal": row.pk, "section": row.section, "text": row.text, "wanted": row.wanted_id} for row in rows]


@dataclass(frozen=True)
class ProposalTask:
    """For the first page: at one unit in one cycle, how many wait for its answer, or of those it asked how many have one."""

    cycle: Cycle
    unit: int
    name: str
    waiting: int
    answered: int


def proposal_tasks(asking: Collection[int], holding: Collection[int], on: Any) -> list[ProposalTask]:
    """By cycle and unit; units without any are absent. Four queries at most, none for somebody without units."""
    if not asking and not holding:
        return []
    counted: dict[tuple[int, int], list[int]] = {}
    held = Proposal.objects.filter(holder__in=holding, thread=None, stage__in=WAITING).values_list("obligation__cycle_id", "holder_id")
    for cycle, unit, count in held.annotate(count=Count("pk")):
        counted.setdefault((cycle, unit), [0, 0])[0] = count
    is_answered = Q(thread=None, stage=Stage.ANSWERED) | Q(thread__stage=Stage.ANSWERED)
    answering = Coalesce("obligation__filler_id", "obligation__unit_id")
    asked = Proposal.objects.filter(is_answered, answered_by(asking, "obligation__")).values_list("obligation__cycle_id", answering)
    for cycle, unit, count in asked.annotate(count=Count("pk")):
        counted.setdefault((cycle, unit), [0, 0])[1] = count
    if not counted:
        return []
    cycles = light_cycles().in_bulk({cycle for cycle, _ in counted})
    names = names_around({unit for _, unit in counted}, on)
    return [
        ProposalTask(cycles[cycle], unit, names.get(unit, ""), waiting, answered)
        for (cycle, unit), (waiting, answered) in sorted(counted.items(), reverse=True)
    ]


def proposal_faults(cycle: Cycle, names: Mapping[int, str]) -> Iterator[str]:
    """Proposals that do not stand as the journal's last row about their thread says."""
    about = Proposal.objects.filter(obligation__cycle=cycle)
    told: dict[int, tuple[str, int]] = {}
    joined: dict[int, int] = {}
    texts: dict[int, str] = {}
    for entry in entries_about(OBJECT, about.values("pk")):
        detail = entry.detail
        told[detail.get("thread") or entry.object_id] = (detail.get("stage", ""), detail.get("holder", 0))
        joined |= dict.fromkeys(detail.get("merged", ()), entry.object_id)
        if entry.act == f"{Move.PROPOSE}_proposal":
            texts[entry.object_id] = detail.get("text", "")
    for row in about.select_related("obligation").order_by("pk"):
        is_told = row.thread_id is not None or told.get(row.pk) == (row.stage, row.holder_id)
        is_joined = _joined(row.pk, joined) == row.thread_id
        if not is_told or not is_joined or texts.get(row.pk) != row.text:
            yield f"Kiến nghị không như nhật ký ghi: {names.get(row.obligation.unit_id)}, kỳ {cycle.code} (proposal {row.pk})."


def _joined(proposal: int, joined: Mapping[int, int]) -> int | None:
    """Into which thread it was merged in the end."""
    found = None
    while proposal in joined:
        found = proposal = joined[proposal]
    return found


def line_of(obligation: Obligation) -> frozenset[int]:
    """The unit of a report, the successor that answers instead, and the units above it in the cycle's tree."""
    unit = SnapshotUnit.objects.filter(snapshot=obligation.cycle.snapshot_id, unit=obligation.unit_id).first()
    return frozenset({obligation.unit_id, obligation.answering_id, *(unit.ancestors if unit else ())})
