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
from kheo.core.text import fold
from kheo.core.workflow import State
from kheo.reports.queries.odd_reports import OddReports, odd_reports

PAGE = 50
# How many cards a column of the whole board shows; the rest is one click away.
CARDS = {State.SUBMITTED: 20}
FEWER_CARDS = 8
COLUMNS = (State.SUBMITTED, State.RETURNED, State.DRAFT, State.NOT_STARTED, State.ACCEPTED)

CHILDREN = """
SELECT owed.id, owed.unit_id, unit.name, unit.code, unit.kind, report.state, report.accepted_id IS NOT NULL,
       date_part('epoch', owed.due_at), date_part('epoch', report.received_at), coalesce(report.version, 0),
       CASE WHEN report.state IN ('draft', 'returned') THEN (SELECT count(*) FROM jsonb_object_keys(report.figures)) ELSE 0 END,
       date_part('epoch', owed.promised_at)
  FROM reports_obligation owed
  JOIN org_snapshot_unit unit ON unit.snapshot_id = %s AND unit.unit_id = owed.unit_id
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
 WHERE owed.cycle_id = %s AND owed.recipient_id = %s
 ORDER BY owed.position
"""


class Child(NamedTuple):
    """A unit that reports to the recipient. `is_counted`: figures of it were accepted before; `answered`: cells of its draft.

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
        return self.received is None and now.timestamp() >= self.due

    def days_left(self, now: datetime) -> int:
        """Days to the due date; negative when it has passed."""
        return (due_day(self.due_at) - local_day(now)).days


TIMINGS: dict[str, Callable[[Child, datetime], bool]] = {
    "dung-han": lambda child, now: child.received is not None and not child.is_late and not child.is_within_extension,
    "gia-han": lambda child, now: child.is_extended,
    "nop-tre": lambda child, now: child.is_late,
    "qua-han": lambda child, now: child.is_overdue(now),
}


@dataclass(frozen=True)
class Sieve:
    """Which children are asked for; nothing asked is everybody."""

    search: str = ""
    state: State | None = None
    timing: str = ""

    @property
    def is_open(self) -> bool:
        """Whether everybody passes."""
        return not (self.search or self.state or self.timing)

    def passes(self, child: Child, now: datetime) -> bool:
        """Whether a child is among those asked for."""
        if self.state is not None and child.column != self.state:
            return False
        if self.timing and not TIMINGS[self.timing](child, now):
            return False
        return not self.search or fold(self.search) in fold(f"{child.name} {child.code}")


@dataclass(frozen=True)
class Board:
    """The board of a recipient.

    `counts` by column over everybody. `columns` hold the cards of the whole board, or are empty when there is a sieve; then `page`
    pages the `rows` that pass it. `odd` explains the waiting reports that are shown.
    """

    counts: Mapping[State, int]
    overdue: int
    late: int
    columns: Mapping[State, tuple[Child, ...]]
    rows: tuple[Child, ...]
    page: "Page[Child]"
    odd: OddReports
    cells: int

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
    odd = odd_reports(cycle, recipient, {child.obligation_id: (child.unit_id, child.kind) for child in children})
    ranked = sorted(children, key=lambda child: _rank(child, odd, now))
    counted = Counter(child.column for child in children)
    passing = [] if sieve.is_open else [child for child in ranked if sieve.passes(child, now)]
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
    )


def _rank(child: Child, odd: OddReports, now: datetime) -> tuple[int, float, float]:
    """Columns in their order; in them the oddest, then those overdue, then those that came first. The sort keeps the tree's order."""
    score = odd.score(child.obligation_id) if child.state == State.SUBMITTED else 0.0
    came = child.received if child.received and child.state == State.SUBMITTED else 0.0
    return COLUMNS.index(child.column), -score or -float(child.is_overdue(now)), came


def _columns(ranked: Sequence[Child]) -> dict[State, tuple[Child, ...]]:
    return {state: tuple(child for child in ranked if child.column == state)[: CARDS.get(state, FEWER_CARDS)] for state in COLUMNS}
