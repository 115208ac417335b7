"""Freezing a tree as of a day for those who must be able to come back to it."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count, islice

from django.db import connection
from psycopg import Cursor
from psycopg.copy import QueuedLibpqWriter
from psycopg.rows import tuple_row

from kheo.core.frozen_tree import NamedTree, tree_hash
from kheo.core.tree import Snapshot
from kheo.core.unit_kinds import Line
from kheo.org.models import TreeSnapshot
from kheo.org.queries.trees import named_tree

COLUMNS = "snapshot_id, unit_id, position, ends_at, depth, parent_id, ancestors, code, name, kind"
NEXT_KEY = "SELECT nextval(pg_get_serial_sequence('org_tree_snapshot', 'id'))"
LINES_AT_ONCE = 5_000
# What the planner needs to know of a tree that has just been kept. The texts and the lists of units above are looked at later, by the
# database itself: they take most of the time, and nothing is searched by them.
LOOKED_AT = "org_snapshot_unit (snapshot_id, unit_id, position, ends_at, depth, parent_id, kind)"


def freeze_tree(on: date, line: Line) -> TreeSnapshot:
    """Keep the tree of a day for ever; the same tree is kept once. Call inside the transaction that needs it."""
    found = named_tree(on, line)
    known = TreeSnapshot.objects.filter(line=line, size=len(found.shape))
    # A country takes half a second to hash: where no tree has this size there is none to compare with, and it is done on the way.
    kept = known.filter(hash=tree_hash(found)).first() if known.exists() else None
    return kept or _keep(found, on, line)


def _keep(tree: NamedTree, on: date, line: Line) -> TreeSnapshot:
    """While the database takes the rows in, the next ones are put together here, and then the hash: on two cores, both at once."""
    with Cursor(connection.connection, row_factory=tuple_row) as cursor:
        (key,) = cursor.execute(NEXT_KEY).fetchone() or (0,)
        with cursor.copy(f"COPY org_snapshot_unit ({COLUMNS}) FROM STDIN", writer=QueuedLibpqWriter(cursor)) as copy:
            lines = _lines(key, tree)
            while block := "".join(islice(lines, LINES_AT_ONCE)):
                copy.write(block)
            digest = tree_hash(tree)
    snapshot = TreeSnapshot.objects.create(pk=key, line=line, day=on, hash=digest, size=len(tree.shape))
    look_at(LOOKED_AT)
    return snapshot


def look_at(table: str) -> None:
    """Have the database count a table that has just grown by a whole tree.

    Until it does, it takes the rows for none, and finds a list of fifty by going through all the tree once for every row. By itself it
    counts a minute later, when everybody has come. `table`: a constant, never what somebody sent.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {table}")


def _lines(snapshot: int, tree: NamedTree) -> Iterator[str]:
    """One line a unit as PostgreSQL reads them: tabs between columns, a backslash before what would end one."""
    shape = tree.shape
    texts = [_escaped(column) for column in (tree.codes, tree.names, tree.kinds)]
    columns = zip(shape.units, count(), shape.ends, shape.depths, _above(shape), *texts)  # `count` has no end
    return map(f"{snapshot}\t%d\t%d\t%d\t%d\t%s\t%s\t%s\t%s\n".__mod__, columns)


def _above(shape: Snapshot) -> Iterator[str]:
    """Of each unit the one above and all above, as two columns: put together once for each unit that has others below it."""
    lines = {-1: "\\N\t{}"}
    above: dict[int, str] = {}
    for place, ends in enumerate(shape.ends):
        if ends > place + 1:
            unit, parent = shape.units[place], shape.parents[place]
            above[place] = f"{unit},{above[parent]}" if parent >= 0 else str(unit)
            lines[place] = f"{unit}\t{{{above[place]}}}"
    return map(lines.__getitem__, shape.parents)


def _escaped(column: Sequence[str]) -> Sequence[str]:
    """Hardly ever anything to do, so the whole column is asked at once."""
    whole = "".join(column)
    if not any(mark in whole for mark in "\\\t\n\r"):
        return column
    return [text.translate(_ESCAPES) for text in column]


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
