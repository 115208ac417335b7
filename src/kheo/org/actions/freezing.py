"""Freezing a tree as of a day for those who must be able to come back to it."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db import connection

from kheo.core.tree import Snapshot
from kheo.core.unit_kinds import Line
from kheo.org.models import TreeSnapshot
from kheo.org.queries.trees import tree_hash, tree_with_facts

FrozenUnit = tuple[int, int, str, str, str]
COLUMNS = "snapshot_id, unit_id, position, ends_at, depth, parent_id, ancestors, code, name, kind"
LINES_AT_ONCE = 20_000


def freeze_tree(on: date, line: Line) -> TreeSnapshot:
    """Keep the tree of a day for ever; the same tree is kept once. Call inside the transaction that needs it."""
    shape, rows = tree_with_facts(on, line)
    digest = tree_hash(rows)
    kept = TreeSnapshot.objects.filter(line=line, hash=digest).first()
    if kept:
        return kept
    snapshot = TreeSnapshot.objects.create(line=line, day=on, hash=digest, size=len(shape))
    with connection.cursor() as cursor, cursor.copy(f"COPY org_snapshot_unit ({COLUMNS}) FROM STDIN") as copy:
        lines = _lines(snapshot.pk, shape, rows)
        while block := "".join(islice(lines, LINES_AT_ONCE)):
            copy.write(block)
    look_at("org_snapshot_unit")
    return snapshot


def look_at(table: str) -> None:
    """Have the database count a table that has just grown by a whole tree.

    Until it does, it takes the rows for none, and finds a list of fifty by going through all the tree once for every row. By itself it
    counts a minute later, when everybody has come. `table`: a constant, never what somebody sent.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {table}")


def _lines(snapshot: int, shape: Snapshot, rows: list[FrozenUnit]) -> Iterator[str]:
    """One line a unit as PostgreSQL reads them: tabs between columns, a backslash before what would end one."""
    above: list[str] = []
    columns = zip(rows, shape.ends, shape.depths, strict=True)
    for position, ((unit, parent, code, name, kind), ends, depth) in enumerate(columns):
        if parent < 0:
            parent_id, ancestors = "\\N", ""
        else:
            parent_id = str(shape.units[parent])
            ancestors = f"{parent_id},{above[parent]}" if above[parent] else parent_id
        above.append(ancestors)
        if not (code.isalnum() and name.isprintable() and "\\" not in name):
            code, name = code.translate(_ESCAPES), name.translate(_ESCAPES)
        yield f"{snapshot}\t{unit}\t{position}\t{ends}\t{depth}\t{parent_id}\t{{{ancestors}}}\t{code}\t{name}\t{kind}\n"


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
