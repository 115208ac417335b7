"""What figures are asked for and made of: days, rows, numbers, and whose entries they count."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from kheo.core.definition.records import CountingRule, Measure
from kheo.registers.queries.units_below import NO_UNITS, UnitsBelow

Part = str | None
UNSAID = ""  # the part of entries that leave the field open: counted in the total, in no part
Parts = dict[Part, int]


@dataclass(frozen=True)
class Window:
    """The days that a figure is about: a stock is taken at the end of `until`, flows are those of `[since, until]`.

    `counted_on`: the day on which it is counted; what is due from that day on is not late yet.
    """

    since: date
    until: date
    counted_on: date


@dataclass(frozen=True)
class CountedRow:
    """One fact of a list: which entry, on which day, how much it adds."""

    entry: int
    on: date | None
    amount: int


@dataclass(frozen=True)
class CountedFact:
    """One row behind a number, with the part that it counts for ("" where its entry leaves that open) and whom it is about.

    Where units below are counted, `below` is the one that it makes count; `entry` None: that one counts without any.
    """

    entry: int | None
    part: str
    on: date | None
    amount: int
    subject: str
    below: int | None = None


@dataclass(frozen=True)
class Remainder:
    """What a unit left that no one unit of the tree keeps: `keepers` do together, under `at`, the lowest unit above all of them.

    Nobody keeps it where `keepers` is empty. By part, as the numbers of a unit are.
    """

    unit: int
    keepers: tuple[int, ...]
    at: int | None
    numbers: Parts


@dataclass(frozen=True)
class Places:
    """Whose entries figures count for some units: `own`, by unit that entries name the one that keeps them, and those of units below."""

    own: Mapping[int, int]
    below: UnitsBelow = NO_UNITS

    def named(self, rule: CountingRule) -> Collection[int]:
        """The units, as entries name them, that a rule looks at."""
        return self.below.named(rule) if rule.counts_units else self.own.keys()


def number_of(measure: Measure, rows: Collection[CountedFact]) -> int:
    """What rows make as a number: the same as the database makes of them."""
    if measure == "sum":
        return sum(row.amount for row in rows)
    if measure == "subjects":
        return len({row.subject for row in rows})
    if measure == "units_below":
        return len({row.below for row in rows})
    return min(len(rows), 1) if measure == "any" else len(rows)


def page_of(facts: str, measure: str, *, aged: bool, part: Part) -> str:
    """The statement of a page of rows, whose part, if any, and limits are bound after those of `facts`.

    `measure` subjects: each is listed once, by its latest fact of the part, so that the list is as long as the number; `aged`: the oldest
    stands first.
    """
    if part is not None:
        facts = f"SELECT f.* FROM ({facts}) AS f WHERE COALESCE(part, '') = %s"  # noqa: S608  # clauses of ours; values are parameters
    if measure == "subjects":
        facts = f"SELECT DISTINCT ON (subject) f.* FROM ({facts}) AS f ORDER BY subject, day DESC NULLS LAST, entry DESC"  # noqa: S608  # clauses of ours; values are parameters
    order = "amount DESC, entry" if aged else "day DESC NULLS LAST, entry DESC, amount"
    return f"SELECT entry, day, amount FROM ({facts}) AS fact ORDER BY {order} LIMIT %s OFFSET %s"  # noqa: S608  # clauses of ours; values are parameters
