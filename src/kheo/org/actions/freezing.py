"""Freezing a tree as of a day for those who must be able to come back to it."""

from datetime import date

from kheo.core.tree import Snapshot
from kheo.core.unit_kinds import Line
from kheo.org.actions.locking import BATCH
from kheo.org.models import SnapshotUnit, TreeSnapshot
from kheo.org.queries import tree, tree_hash, unit_facts


def freeze_tree(on: date, line: Line) -> TreeSnapshot:
    """Keep the tree of a day for ever; the same tree is kept once. Call inside the transaction that needs it."""
    shape = tree(on, line)
    facts = unit_facts(shape.units, on)
    rows = [
        (unit, shape.parents[position], facts[unit].code, facts[unit].name, facts[unit].kind) for position, unit in enumerate(shape.units)
    ]
    digest = tree_hash(rows)
    kept = TreeSnapshot.objects.filter(line=line, hash=digest).first()
    if kept:
        return kept
    snapshot = TreeSnapshot.objects.create(line=line, day=on, hash=digest, size=len(shape))
    SnapshotUnit.objects.bulk_create(
        [_snapshot_unit(snapshot, shape, position, row) for position, row in enumerate(rows)], batch_size=BATCH
    )
    return snapshot


def _snapshot_unit(snapshot: TreeSnapshot, shape: Snapshot, position: int, row: tuple[int, int, str, str, str]) -> SnapshotUnit:
    unit, parent_position, code, name, kind = row
    return SnapshotUnit(
        snapshot=snapshot,
        unit_id=unit,
        position=position,
        ends_at=shape.ends[position],
        depth=shape.depths[position],
        parent_id=shape.units[parent_position] if parent_position >= 0 else None,
        ancestors=shape.ancestors(unit),
        code=code,
        name=name,
        kind=kind,
    )
