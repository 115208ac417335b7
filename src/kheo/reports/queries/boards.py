"""What a recipient received in a cycle: every child with where its report stands, and what looks odd in those that wait."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db import connection

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.days import due_day, local_day
from kheo.core.importance import Signals, importance
from kheo.core.oddness import Kind
from kheo.core.rounds import Rounds
from kheo.core.text import fold, sort_key
from kheo.core.timeliness import Timeliness, timeliness
from kheo.core.workflow import State
from kheo.reports.queries.odd_reports import OddReports, odd_reports
from kheo.reports.queries.rounds import rounds_by_obligation

PAGE = 50
# How many cards a column of the whole board shows; the rest is one click away.
CARDS = {State.SUBMITTED: 20}
FEWER_CARDS = 8
COLUMNS = (State.SUBMITTED, State.RETURNED, State.DRAFT, State.NOT_STARTED, State.ACCEPTED, State.CLOSED)

CHILDREN = """
SELECT owed.id, owed.unit_id, unit.name, unit.code, unit.kind,
       CASE WHEN owed.closed_at IS NOT NULL THEN 'closed' ELSE report.state END, report.accepted_id IS NOT NULL,
       date_part('epoch', owed.due_at), date_part('epoch', report.received_at), coalesce(report.version, 0),
       CASE WHEN report.state IN ('draft', 'returned') THEN (SELECT count(*) FROM jsonb_object_keys(report.figures)) ELSE 0 END,
       CASE WHEN report.state = 'submitted' THEN (
         SELECT count(*) FROM reports_revision earlier
           JOIN reports_cell_note note ON note.revision_id = earlier.id
           JOIN reports_note_answer answer ON answer.note_id = note.id
           LEFT JOIN reports_note_settled settled ON settled.note_id = note.id
          WHERE earlier.report_id = report.id AND settled.id IS NULL) ELSE 0 END,
       CASE WHEN report.state = 'submitted' THEN (
         SELECT count(*) FROM reports_cell_note note WHERE note.revision_id = report.latest_id) ELSE 0 END,
       CASE WHEN report.state = 'submitted' THEN (
         SELECT date_part('epoch', sent.submitted_at) FROM reports_revision sent WHERE sent.id = report.latest_id) END,
       date_part('epoch', owed.promised_at)
  FROM reports_obligation owed
  JOIN org_snapshot_unit unit ON unit.snapshot_id = %s AND unit.unit_id = owed.unit_id
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
 WHERE owed.cycle_id = %s AND owed.recipient_id = %s
 ORDER BY owed.position
"""


class Child(NamedTuple):
    """A unit that reports to the recipient. `is_counted`: figures of it were accepted before; `answered`: cells of its draft.

    Of one that waits: `replies` to remarks that nobody has let pass, `remarks` written on it and not yet sent, and when it was `sent` last.

    Instants are seconds since 1970, since a board reads thousands of them and shows few; the properties give them as instants.
    """

    obligation_id: int
    unit_id: int
    name: str
    code: str
    kind: str
    state: State
    is_counted: bool
    due: float
    received: float | None
    version: int
    answered: int
    replies: int
    remarks: int
    sent: float | None
    promised: float | None = None

    @property
    def is_extended(self) -> bool:
        """Whether its due date was moved on."""
        return self.promised is not None

    @property
    def is_within_extension(self) -> bool:
        """Whether it came in time only because its due date had been moved on."""
        return self.promised is not None and self.received is not None and self.promised <= self.received < self.due

    @property
    def column(self) -> State:
        """The column of the board: an accepted report of which a supplement is being written stays accepted."""
        return State.ACCEPTED if self.is_counted and self.state in (State.DRAFT, State.RETURNED) else self.state

    @property
    def due_at(self) -> datetime:
        """The first instant that is late."""
        return datetime.fromtimestamp(self.due, UTC)

    @property
    def received_at(self) -> datetime | None:
        """When the report first came."""
        return None if self.received is None else datetime.fromtimestamp(self.received, UTC)

    def timeliness(self, now: datetime) -> Timeliness:
        """How it stands against its due date, what came within an extension apart."""
        promised = None if self.promised is None else datetime.fromtimestamp(self.promised, UTC)
        return timeliness(self.received_at, self.due_at, promised, now)

    @property
    def is_late(self) -> bool:
        """Whether it came after its due date."""
        return self.received is not None and self.received >= self.due

    @property
    def days_late(self) -> int:
        """Calendar days between the due date and the day it came; 0 when it was on time or did not come."""
        received = self.received_at
        return max(0, (local_day(received) - due_day(self.due_at)).days) if received else 0

    def is_overdue(self, now: datetime) -> bool:
        """Whether nothing came by the due date."""
        return self.state is not State.CLOSED and self.received is None and now.timestamp() >= self.due

    def days_left(self, now: datetime) -> int:
        """Days to the due date; negative when it has passed."""
        return (due_day(self.due_at) - local_day(now)).days

    def days_waiting(self, now: datetime) -> int:
        """Calendar days since it was sent last; 0 when it does not wait."""
        return (local_day(now) - local_day(datetime.fromtimestamp(self.sent, UTC))).days if self.sent else 0


TIMINGS: dict[str, Callable[[Child, datetime], bool]] = {
    "dung-han": lambda child, now: child.received is not None and not child.is_late and not child.is_within_extension,
    "gia-han": lambda child, now: child.is_extended,
    "nop-tre": lambda child, now: child.is_late,
    "qua-han": lambda child, now: child.is_overdue(now),
}


WITH_REPLIES, WITHOUT_REPLIES = "co", "khong"


@dataclass(frozen=True)
class Sieve:
    """Which children are asked for; nothing asked is everybody."""

    search: str = ""
    state: State | None = None
    timing: str = ""
    odd: Kind | None = None
    replies: str = ""
    kind: str = ""
    order: str = ""

    @property
    def is_open(self) -> bool:
        """Whether everybody passes, in the order that the board has by itself."""
        return not (self.search or self.state or self.timing or self.odd or self.replies or self.kind or self.order)

    def passes(self, child: Child, odd: OddReports, now: datetime) -> bool:
        """Whether a child is among those asked for."""
        if self.state is not None and child.column != self.state:
            return False
        if self.kind and child.kind != self.kind:
            return False
        if self.odd and not (child.state == State.SUBMITTED and odd.has_kind(child.obligation_id, self.odd)):
            return False
        if self.replies and (child.replies > 0) != (self.replies == WITH_REPLIES):
            return False
        if self.timing and not TIMINGS[self.timing](child, now):
            return False
        return not self.search or fold(self.search) in fold(f"{child.name} {child.code}")


@dataclass(frozen=True)
class Board:
    """The board of a recipient.

    `counts` by column over everybody. `columns` hold the cards of the whole board, or are empty when there is a sieve; then `page`
    pages the `rows` that pass it, and `passing` says how many of all that pass are waiting. `odd` explains the waiting reports, `rounds`
    tells how often those that are shown went back and forth. `kinds`: of units, for choosing one.
    """

    counts: Mapping[State, int]
    overdue: int
    late: int
    columns: Mapping[State, tuple[Child, ...]]
    rows: tuple[Child, ...]
    page: "Page[Child]"
    odd: OddReports
    cells: int
    kinds: tuple[str, ...]
    passing: int
    rounds: Mapping[int, Rounds]

    @property
    def expected(self) -> int:
        """How many children owe a report."""
        return sum(self.counts.values())


def children_of(cycle: Cycle, recipient: int) -> list[Child]:
    """Every unit that owes the recipient a report, in the order of the tree: one query."""
    with connection.cursor() as cursor:
        cursor.execute(CHILDREN, [cycle.snapshot_id, cycle.pk, recipient])
        return [_child(*row) for row in cursor.fetchall()]


def _child(obligation: int, unit: int, name: str, code: str, kind: str, state: str | None, *rest: Any) -> Child:
    """A row of CHILDREN; no report is not started."""
    return Child(obligation, unit, name, code, kind, State(state or State.NOT_STARTED), *rest)


def board_of(cycle: Cycle, recipient: int, sieve: Sieve, *, page: str | None, now: datetime) -> Board:
    """The board, waiting reports with the oddest first; a fixed number of queries."""
    children = children_of(cycle, recipient)
    odd = _odd_of(cycle, recipient, children)
    ranked = sorted(children, key=lambda child: ORDERS[sieve.order](child, odd, now))
    counted = Counter(child.column for child in children)
    passing = [] if sieve.is_open else [child for child in ranked if sieve.passes(child, odd, now)]
    pages = Paginator(passing, PAGE).get_page(page)
    return Board(
        counts={state: counted[state] for state in COLUMNS},
        overdue=sum(child.is_overdue(now) for child in children),
        late=sum(child.is_late for child in children),
        columns=_columns(ranked) if sieve.is_open else {},
        rows=tuple(pages.object_list),
        page=pages,
        odd=odd,
        cells=len(definition_of(cycle.edition_id).input_cells),
        kinds=tuple(sorted({child.kind for child in children})),
        passing=sum(child.state == State.SUBMITTED for child in passing),
        rounds=rounds_by_obligation(cycle, _shown(ranked, list(pages.object_list), sieve), now),
    )


def _odd_of(cycle: Cycle, recipient: int, children: Sequence[Child]) -> OddReports:
    return odd_reports(cycle, recipient, {child.obligation_id: (child.unit_id, child.kind) for child in children})


def _shown(ranked: Sequence[Child], listed: Sequence[Child], sieve: Sieve) -> list[int]:
    """Reports of which cards or rows are drawn."""
    shown = [child for column in _columns(ranked).values() for child in column] if sieve.is_open else listed
    return [child.obligation_id for child in shown]


def passing_children(cycle: Cycle, recipient: int, sieve: Sieve, now: datetime) -> list[Child]:
    """Every child that passes, on whatever page of the list it stands."""
    children = children_of(cycle, recipient)
    odd = _odd_of(cycle, recipient, children)
    passing = [child for child in children if sieve.passes(child, odd, now)]
    return sorted(passing, key=lambda child: ORDERS[sieve.order](child, odd, now))


def signals_of(child: Child, odd: OddReports, now: datetime) -> Signals:
    """What is known of a report that waits."""
    share, share_of = odd.share(child.obligation_id)
    return Signals(
        odd=odd.score(child.obligation_id),
        questions=odd.questions(child.obligation_id),
        answers=child.replies,
        days_late=max(1, child.days_late) if child.is_late else 0,
        days_waiting=child.days_waiting(now),
        share=share,
        share_of=share_of,
    )


def _rank(child: Child, odd: OddReports, now: datetime) -> tuple[int, float, float]:
    """Columns in their order; in them what matters most, then those overdue, then those that came first; else the tree's order."""
    score = importance(signals_of(child, odd, now)) if child.state == State.SUBMITTED else 0.0
    came = child.received if child.received and child.state == State.SUBMITTED else 0.0
    return COLUMNS.index(child.column), -score or -float(child.is_overdue(now)), came


# How a list may be ordered. The sort keeps the tree's order where two are equal.
ORDERS: dict[str, Callable[[Child, OddReports, datetime], tuple[Any, ...]]] = {
    "": _rank,
    "cho-lau": lambda child, odd, now: (child.sent is None, child.sent or 0.0),
    "tre-nhat": lambda child, odd, now: (-child.days_late, child.received is None, child.received or 0.0),
    "ten": lambda child, odd, now: (sort_key(child.name),),
    "cay": lambda child, odd, now: (),
}


def _columns(ranked: Sequence[Child]) -> dict[State, tuple[Child, ...]]:
    return {state: tuple(child for child in ranked if child.column == state)[: CARDS.get(state, FEWER_CARDS)] for state in COLUMNS}
