"""Loading a table of units into the tree: all of it or nothing, with one journal row."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from kheo.core.days import format_day
from kheo.core.problems import Problem
from kheo.core.reorganising import CODE_SCHEME
from kheo.core.text import fold, sort_key
from kheo.core.unit_file import KnownUnit, UnitRow, decode, read_units
from kheo.core.unit_kinds import KINDS, Line
from kheo.journal.actions import Actor, record
from kheo.org.actions.locking import BATCH, lock_tree
from kheo.org.actions.planning import after_many
from kheo.org.models import Relation, Unit, UnitCode, UnitKind, UnitName
from kheo.org.queries import edges, unit_facts
from kheo.org.queries.standing import ends_of


@dataclass(frozen=True)
class LoadResult:
    """How many units a file brought, how many it repeated, or why nothing was loaded."""

    added: int
    unchanged: int
    problems: tuple[Problem, ...]


@transaction.atomic
def load_units(data: bytes, file: str, *, on: date, by: Actor, at: datetime, line: Line | None = None) -> LoadResult:
    """Add the units of a CSV (code,name,kind,parent_code) to the tree from day `on`; all of them or none.

    The line is that of each row's kind unless `line` names one. A row that repeats what the tree already says changes
    nothing, so loading a file twice is harmless.
    """
    text, problems = decode(data, file)
    if problems:
        return LoadResult(0, 0, tuple(problems))
    lock_tree()
    facts = unit_facts(None, on)
    known = {fact.code: KnownUnit(fact.name, fact.kind) for fact in facts.values() if fact.code}
    rows, found = read_units(text, file, known)
    if found:
        return LoadResult(0, 0, found)
    ids = {fact.code: fact.id for fact in facts.values()}
    later = _taken_later(rows, ids, on, file)
    if later:
        return LoadResult(0, 0, later)
    return _store(rows, ids, on, by, at, line, file, hashlib.sha256(data).hexdigest())


def _taken_later(rows: Sequence[UnitRow], ids: dict[str, int], on: date, file: str) -> tuple[Problem, ...]:
    """Codes of new units that are recorded for other units from a later day."""
    new = [row for row in rows if row.code not in ids]
    later = UnitCode.objects.filter(scheme=CODE_SCHEME, value__in=[row.code for row in new], starts__gt=on).exclude(starts=F("ends"))
    taken = dict(later.values_list("value", "starts"))
    return tuple(
        Problem(f"Mã “{row.code}” đã ghi cho một đơn vị khác từ ngày {format_day(taken[row.code])}.", file, row.line, "code")
        for row in new
        if row.code in taken
    )


def _store(
    rows: Sequence[UnitRow], ids: dict[str, int], on: date, by: Actor, at: datetime, line: Line | None, file: str, digest: str
) -> LoadResult:
    new = [row for row in rows if row.code not in ids]
    created = Unit.objects.bulk_create([Unit() for _ in new], batch_size=BATCH)
    ids |= {row.code: unit.pk for row, unit in zip(new, created, strict=True)}
    _store_facts(new, ids, on)
    related, clashes = _relations(rows, ids, on, line, file)
    if clashes:
        transaction.set_rollback(True)
        return LoadResult(0, 0, tuple(clashes))
    Relation.objects.bulk_create(related, batch_size=BATCH)
    after_many(len(new))
    if new or related:
        record(
            "load_units",
            by=by,
            at=at,
            object_type="tree",
            object_id=0,
            file=file,
            sha256=digest,
            on=on.isoformat(),
            added=len(new),
            relations=len(related),
        )
    return LoadResult(len(new), len(rows) - len(new), ())


def _store_facts(rows: Sequence[UnitRow], ids: dict[str, int], on: date) -> None:
    UnitName.objects.bulk_create(
        [UnitName(unit_id=ids[row.code], name=row.name, folded=fold(row.name), sort_key=sort_key(row.name), starts=on) for row in rows],
        batch_size=BATCH,
    )
    UnitKind.objects.bulk_create([UnitKind(unit_id=ids[row.code], kind=row.kind, starts=on) for row in rows], batch_size=BATCH)
    UnitCode.objects.bulk_create([UnitCode(unit_id=ids[row.code], value=row.code, starts=on) for row in rows], batch_size=BATCH)


def _relations(
    rows: Sequence[UnitRow], ids: dict[str, int], on: date, line: Line | None, file: str
) -> tuple[list[Relation], list[Problem]]:
    """Relations that are not there yet; a unit that already stands elsewhere on the line is a problem, not a move."""
    standing = {each: {edge.child: edge.parent for edge in edges(on, each)} for each in Line}
    ends = ends_of({ids[row.parent_code] for row in rows if row.parent_code}, on)
    related: list[Relation] = []
    clashes: list[Problem] = []
    for row in rows:
        where = line or KINDS[row.kind].line
        child, parent = ids[row.code], ids[row.parent_code] if row.parent_code else None
        if child not in standing[where]:
            if parent in ends:
                told = f"Cấp trên “{row.parent_code}” đã ghi là kết thúc ngày {format_day(ends[parent])}; hãy ghi bằng units changes."
                clashes.append(Problem(told, file, row.line, "parent_code"))
            related.append(Relation(line=where, child_id=child, parent_id=parent, starts=on))
        elif standing[where][child] != parent:
            clashes.append(Problem(f"“{row.code}” đang thuộc cấp trên khác; nạp tệp không chuyển đơn vị.", file, row.line, "parent_code"))
    return related, clashes
