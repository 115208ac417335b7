"""Reading the tree: every question has a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from psycopg import Cursor
from psycopg.rows import tuple_row

from kheo.core.days import format_day
from kheo.core.frozen_tree import NamedTree, tree_hash
from kheo.core.text import sort_key
from kheo.core.tree import Edge, Snapshot, numbered, snapshot_of
from kheo.core.tree_arrays import Int64s
from kheo.core.unit_kinds import Line
from kheo.org.models import Post, Relation, SnapshotUnit, TreeSnapshot, UnitCode, UnitKind, UnitName, in_force


@dataclass(frozen=True)
class UnitFacts:
    """How a unit is identified and called on a day."""

    id: int
    code: str
    name: str
    kind: str


def unit_facts(units: Collection[int] | None, on: date) -> dict[int, UnitFacts]:
    """Facts of these units (None: of all) that exist on the day, by id; three queries whatever the number."""
    names = dict(_dated(UnitName.objects.filter(in_force(on)).values_list("unit_id", "name"), units))
    kinds = dict(_dated(UnitKind.objects.filter(in_force(on)).values_list("unit_id", "kind"), units))
    codes = dict(_dated(UnitCode.objects.filter(in_force(on), scheme="kheo").values_list("unit_id", "value"), units))
    return {unit: UnitFacts(unit, codes.get(unit, ""), name, kinds.get(unit, "")) for unit, name in names.items()}


def units_by_kind(on: date) -> dict[str, int]:
    """How many units of each kind there are on a day: one query."""
    rows = UnitKind.objects.filter(in_force(on)).values_list("kind").annotate(units=Count("unit_id")).order_by("kind")
    return dict(rows)


def _dated(rows: "Iterable[tuple[int, str]]", units: Collection[int] | None) -> "Iterable[tuple[int, str]]":
    if units is None:
        return rows
    return rows.filter(unit_id__in=list(units))  # type: ignore[attr-defined, no-any-return]  # a values_list queryset


def unit_by_code(code: str, on: date, scheme: str = "kheo") -> int | None:
    """The unit that carries a code on a day: codes are used again over time."""
    return UnitCode.objects.filter(in_force(on), scheme=scheme, value=code).values_list("unit_id", flat=True).first()


def units_by_code(on: date, scheme: str = "kheo") -> dict[str, int]:
    """Every code in force on a day with its unit."""
    return dict(UnitCode.objects.filter(in_force(on), scheme=scheme).values_list("value", "unit_id"))


def edges(on: date, line: Line) -> list[Edge]:
    """The relations of a line in force on a day."""
    rows = Relation.objects.filter(in_force(on), line=line).values_list("child_id", "parent_id")
    return [Edge(child, parent) for child, parent in rows]


# A whole country is read in one statement, siblings already in order: sorting names in Python would take as long as all the rest.
# Plain byte order of the keys is the order of their characters, which is what Python compares. Each column comes as one value: handing
# over 300,000 rows and taking them apart again costs as much as finding them. No text of the database can hold a NUL.
ROWS = """
SELECT {columns} FROM (
  SELECT relation.child_id, coalesce(relation.parent_id, -1) AS parent_id, coalesce(name.sort_key, '') COLLATE "C" AS key{facts}
  FROM org_relation AS relation
  LEFT JOIN org_unit_name AS name ON name.unit_id = relation.child_id
    AND name.starts <= %(on)s AND (name.ends IS NULL OR name.ends > %(on)s)
  {joins}
  WHERE relation.line = %(line)s AND relation.starts <= %(on)s AND (relation.ends IS NULL OR relation.ends > %(on)s)
) AS found
"""
COLUMN = "string_agg({bytes}, '{between}'::bytea ORDER BY key, child_id)"
NUMBERS = ", ".join(COLUMN.format(bytes=f"int8send({name})", between="") for name in ("child_id", "parent_id"))
TEXTS = ", ".join(COLUMN.format(bytes=f"convert_to({name}, 'UTF8')", between=r"\x00") for name in ("code", "name", "kind"))
BARE = ROWS.format(columns=NUMBERS, facts="", joins="")
FULL = ROWS.format(
    columns=f"{NUMBERS}, {TEXTS}",
    facts=", coalesce(code.value, '') AS code, coalesce(name.name, '') AS name, coalesce(kind.kind, '') AS kind",
    joins="""
  LEFT JOIN org_unit_code AS code ON code.unit_id = relation.child_id AND code.scheme = 'kheo'
    AND code.starts <= %(on)s AND (code.ends IS NULL OR code.ends > %(on)s)
  LEFT JOIN org_unit_kind AS kind ON kind.unit_id = relation.child_id
    AND kind.starts <= %(on)s AND (kind.ends IS NULL OR kind.ends > %(on)s)""",
)


def _columns(statement: str, on: date, line: Line) -> tuple[Int64s, Int64s, list[bytes]]:
    """Units in the order of siblings, the unit above each, and the other columns as they come; those are empty where nothing is found."""
    with Cursor(connection.connection, row_factory=tuple_row) as cursor:
        found = cursor.execute(statement, {"on": on, "line": line.value}, binary=True).fetchone() or ()
    units, above = (np.frombuffer(column or b"", ">i8").astype(np.int64) for column in found[:2])
    return units, above, [column for column in found[2:] if column is not None]


def tree(on: date, kind: str = Line.UNION) -> Snapshot:
    """The immutable tree of a line as of a day, siblings in Vietnamese order of their names.

    `kind` is a line of `core.unit_kinds.Line`. Raises `core.tree.TreeError` when the day's relations are no forest.
    """
    units, above, _ = _columns(BARE, on, Line(kind))
    return snapshot_of(units, above)


def named_tree(on: date, line: Line) -> NamedTree:
    """The tree with the code, name and kind of each unit on the day: what is frozen."""
    units, above, texts = _columns(FULL, on, line)
    shape, order = numbered(units, above)
    in_order = [np.array(text.decode().split("\0"), object)[order].tolist() for text in texts]
    return NamedTree(shape, *in_order) if in_order else NamedTree(shape, (), (), ())


def parents_on(on: date, line: Line, units: Collection[int]) -> dict[int, int]:
    """The unit above each of these on a line, where there is one."""
    rows = Relation.objects.filter(in_force(on), line=line, child_id__in=list(units), parent__isnull=False)
    return {child: parent for child, parent in rows.values_list("child_id", "parent_id") if parent is not None}


@dataclass(frozen=True)
class PostHeld:
    """A role that somebody holds at a unit on the day asked about."""

    unit: int
    role: str
    unit_name: str


# Every request begins here, so the statement is written out: Django spends more on putting it together than on asking it.
POSTS = """
SELECT post.unit_id, post.role, (
  SELECT name.name FROM org_unit_name AS name
   WHERE name.unit_id = post.unit_id AND name.starts <= %(on)s AND (name.ends IS NULL OR name.ends > %(on)s) LIMIT 1)
  FROM org_post AS post
 WHERE post.user_id = %(user)s AND post.starts <= %(on)s AND (post.ends IS NULL OR post.ends > %(on)s)
 ORDER BY post.id
"""


def posts_of(user_id: int, on: date) -> tuple[PostHeld, ...]:
    """The posts of a person on a day: read afresh for every request, so that a right taken away is gone at once."""
    with connection.cursor() as cursor:
        cursor.execute(POSTS, {"user": user_id, "on": on})
        return tuple(PostHeld(unit, role, unit_name or "") for unit, role, unit_name in cursor.fetchall())


def posts_held(on: date, users: Collection[int] | None = None) -> dict[int, tuple[PostHeld, ...]]:
    """The posts of everybody on a day, or of these people, by user id: one query, for work in bulk."""
    name = UnitName.objects.filter(in_force(on), unit=OuterRef("unit")).values("name")[:1]
    of_users = Q() if users is None else Q(user__in=users)
    rows = Post.objects.filter(in_force(on), of_users).order_by("pk").values_list("user_id", "unit_id", "role", Subquery(name))
    held: dict[int, list[PostHeld]] = {}
    for user, unit, role, unit_name in rows:
        held.setdefault(user, []).append(PostHeld(unit, role, unit_name or ""))
    return {user: tuple(posts) for user, posts in held.items()}


def snapshot_units(snapshot: TreeSnapshot | int, units: Collection[int]) -> dict[int, SnapshotUnit]:
    """These units as the snapshot has them, by unit id."""
    return {row.unit_id: row for row in SnapshotUnit.objects.filter(snapshot=snapshot, unit_id__in=list(units))}


# Asked for by every page of a report, so written out: Django spends more on putting it together than on asking it.
PLACED = "SELECT {columns} FROM org_snapshot_unit WHERE snapshot_id = %s AND unit_id = %s"


def frozen_unit(snapshot: int, unit: int) -> SnapshotUnit:
    """A unit of a frozen tree; ValueError where it is not in it."""
    columns = [field.attname for field in SnapshotUnit._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(PLACED.format(columns=", ".join(columns)), [snapshot, unit])
        (row,) = cursor.fetchall()
    return SnapshotUnit.from_db(connection.alias, columns, row)


def snapshot_children(snapshot: TreeSnapshot | int, unit: int) -> list[SnapshotUnit]:
    """Units directly below one, in the tree's order."""
    return list(SnapshotUnit.objects.filter(snapshot=snapshot, parent_id=unit).order_by("position"))


def listed(on: date, line: Line | None = None) -> list[tuple[str, str, str, str]]:
    """Rows (code, name, kind, parent_code) of one line or of all, sorted by line and code: what `units load` reads back."""
    lines = [line] if line else list(Line)
    facts = unit_facts(None, on)
    rows: list[tuple[str, str, str, str]] = []
    for each in lines:
        for edge in sorted(edges(on, each), key=lambda edge: sort_key(facts[edge.child].code)):
            child, parent = facts[edge.child], facts[edge.parent].code if edge.parent else ""
            rows.append((child.code, child.name, child.kind, parent))
    return rows


def snapshot_roots(snapshot: TreeSnapshot | int) -> list[SnapshotUnit]:
    """Units with nobody above them, in the tree's order."""
    return list(SnapshotUnit.objects.filter(snapshot=snapshot, parent_id=None).order_by("position"))


def snapshot_unit(snapshot: TreeSnapshot | int, code: str) -> SnapshotUnit | None:
    """The unit that carried a code when the tree was frozen."""
    return frozen_with_code([snapshot], [code]).order_by("position").first()


def frozen_with_code(snapshots: Collection[TreeSnapshot | int], codes: Collection[str]) -> QuerySet[SnapshotUnit]:
    """Units that carried one of these codes when these trees were frozen. Found by the codes that units ever had: no row of those is ever
    taken away, so the trees need no index of their own for it.
    """
    ever = UnitCode.objects.filter(scheme="kheo", value__in=list(codes)).values("unit")
    return SnapshotUnit.objects.filter(snapshot__in=list(snapshots), unit__in=ever, code__in=list(codes))


def snapshot_fault(snapshot: TreeSnapshot) -> str | None:
    """Why a frozen tree is not what was frozen, or None: names, codes and kinds by its hash, the numbering by counting again."""
    units = list(SnapshotUnit.objects.filter(snapshot=snapshot).order_by("position"))
    place = {unit.unit_id: index for index, unit in enumerate(units)}
    above = [place.get(unit.parent_id, -2) if unit.parent_id is not None else -1 for unit in units]
    shape = Snapshot(tuple(unit.unit_id for unit in units), tuple(above), (), ())
    kept = NamedTree(shape, [unit.code for unit in units], [unit.name for unit in units], [unit.kind for unit in units])
    if len(units) != snapshot.size or tree_hash(kept) != snapshot.hash:
        return f"Cây đơn vị đã chốt ngày {format_day(snapshot.day)} đã bị sửa (snapshot {snapshot.pk})."
    ends = list(range(1, len(units) + 1))
    for index in reversed(range(len(units))):
        if above[index] >= 0:
            ends[above[index]] = max(ends[above[index]], ends[index])
    lines: list[list[int]] = []
    for index, unit in enumerate(units):
        lines.append([units[above[index]].unit_id, *lines[above[index]]] if above[index] >= 0 else [])
        if (unit.position, unit.ends_at, unit.depth, unit.ancestors) != (index, ends[index], len(lines[index]), lines[index]):
            where = f"snapshot {snapshot.pk}, unit {unit.unit_id}"
            return f"Chỗ của {unit.name} trong cây đơn vị đã chốt ngày {format_day(snapshot.day)} đã bị sửa ({where})."
    return None
