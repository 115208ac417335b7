"""Taking people's own table of units into the tree: read, understood, chosen where it is doubtful, created in one act when confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kheo.core.days import format_day
from kheo.core.matching import Certainty, NamedRow
from kheo.core.problems import Problem
from kheo.core.reorganising import Decision
from kheo.core.unit_import import NEW, OUTCOME_NAMES, SKIP, UNIT, Item, Outcome
from kheo.core.unit_kinds import KINDS, Line
from kheo.files.actions import store_file
from kheo.files.unit_tables import read_unit_table
from kheo.org.access import Person
from kheo.org.actions import Source, import_units
from kheo.org.models import EventBatch
from kheo.org.queries import Understood, lines_of, match_names, understand, unit_by_code
from kheo.reports.access.reorganising import UNIT_TABLE, unit_import, unit_of_reorganiser
from kheo.reports.models import UnitImport
from kheo.reports.queries.touched import beyond_reach

MOST_TOLD = 100  # problems of a table of which nothing could be read
CHANGED = Problem("Trong lúc anh/chị xem, cây tổ chức đã thay đổi. Hãy xem lại các dòng dưới đây rồi ghi.")


@transaction.atomic
def take_in_table(
    data: bytes, name: str, *, line: Line, on: date, decision: Decision, by: Person, at: datetime, under: str = ""
) -> UnitImport | tuple[Problem, ...]:
    """Put a table away and read it, or why it cannot be read at all: nothing of it is a fact yet.

    `under`: where a row stands in a table that names no units above, by code or name; else under the top unit.
    """
    top = unit_of_reorganiser(by)
    place = _named_unit(under, line, on) if under.strip() else None
    table = read_unit_table(data, name)
    missing = f"Không rõ đơn vị “{under.strip()[:80]}” trên tuyến này ngày {format_day(on)}: hãy ghi mã, hoặc đúng tên."
    wrong = (Problem(missing, key="under"),) if under.strip() and place is None else ()
    if wrong or not table.rows:
        more = len(table.problems) - MOST_TOLD
        told = tuple(each.told() for each in table.problems[:MOST_TOLD]) + ((f"… và {more} chỗ nữa.",) if more > 0 else ())
        return wrong + (tuple(map(Problem, told)) if not table.rows else ())
    file = store_file(data, name=name, media_type=UNIT_TABLE, by=by.actor(top), at=at)
    return UnitImport.objects.create(
        file=file,
        line=line.value,
        on=on,
        top=place,
        decision_number=decision.number,
        decision_day=decision.day,
        rows=[asdict(row) for row in table.rows],
        problems=[asdict(each) for each in table.problems],
        notes=list(table.notes),
    )


def _named_unit(text: str, line: Line, on: date) -> int | None:
    """The one unit of the line that a code or a name means on the day."""
    coded = unit_by_code(text.strip(), on)
    if coded is not None and line in lines_of([coded]).get(coded, ()):
        return coded
    (match,) = match_names([NamedRow(0, text.strip(), "", "")], on, line, suggests=False)
    return match.units[0].id if match.certainty is Certainty.SURE else None


def understood_import(import_id: int, *, by: Person) -> tuple[UnitImport, Understood]:
    """A table, and what it would bring now; nothing is stored and nobody is held up."""
    stored = unit_import(by, import_id)
    return stored, understand(_rows(stored), stored.on, Line(stored.line), stored.top or unit_of_reorganiser(by), stored.choices)


def _rows(stored: UnitImport) -> list[NamedRow]:
    return [NamedRow(**row) for row in stored.rows]


@transaction.atomic
def keep_choices(import_id: int, chosen: Mapping[str, Mapping[str, str]], *, by: Person) -> None:
    """Remember what was chosen on a page, beside what was chosen on others; what is no choice is left out."""
    unit_import(by, import_id)
    stored = UnitImport.objects.select_for_update().get(pk=import_id)
    if stored.result is not None:
        return
    kept = {key: sound for key, choice in chosen.items() if (sound := _sound(choice))}
    emptied = {key for key in chosen if key not in kept}
    stored.choices = {key: choice for key, choice in stored.choices.items() if key not in emptied} | kept
    stored.save(update_fields=["choices"])


def _sound(choice: Mapping[str, str]) -> dict[str, str]:
    what, kind, code = choice.get("what", ""), choice.get("kind", ""), choice.get("code", "").strip()
    known = what in (NEW, SKIP) or (what.startswith(UNIT) and what.removeprefix(UNIT).isdecimal())
    told = {"what": what if known else "", "kind": kind if kind in KINDS else "", "code": code if code.isprintable() else ""}
    return {key: value for key, value in told.items() if value and len(value) <= 60}


CREATED = "đã tạo"


@dataclass(frozen=True)
class Imported:
    """How many units a table created by which batch, or why nothing was recorded."""

    created: int
    batch: int | None
    problems: tuple[Problem, ...] = ()


@transaction.atomic
def confirm_import(import_id: int, *, mark: str, by: Person, at: datetime) -> Imported:
    """Create the new units of a table of which `mark` was shown, all or none; rows without a choice or with a fault are left, and told."""
    top = unit_of_reorganiser(by)
    unit_import(by, import_id)
    stored = UnitImport.objects.select_for_update(of=("self",)).select_related("file__blob").get(pk=import_id)
    if stored.result is not None:
        return Imported(0, stored.batch_id)
    found = import_units(
        _rows(stored),
        on=stored.on,
        line=Line(stored.line),
        top=stored.top or top,
        choices=stored.choices,
        decision=Decision(stored.decision_number, stored.decision_day),
        source=Source(stored.file.name, stored.file.blob.sha256),
        by=by.actor(top),
        at=at,
        mark=mark,
        guard=lambda plan: beyond_reach(plan, top, stored.file.name),
    )
    if found.done is None:
        return Imported(0, None, (CHANGED,))
    if found.done.problems:
        return Imported(0, None, found.done.problems)
    stored.batch = EventBatch.objects.get(pk=found.done.batch) if found.done.batch else None
    stored.result = result_rows(found.understood.rows, is_done=True)
    stored.save(update_fields=["batch", "result"])
    return Imported(found.done.events, found.done.batch)


def result_rows(items: Sequence[Item], *, is_done: bool) -> list[dict[str, Any]]:
    """What became (or, before it is done, would become) of each row, as texts."""
    return [
        {
            "sheet": item.row.sheet,
            "row": item.row.row,
            "name": item.row.name,
            "above": item.row.above or item.parent_name,
            "outcome": CREATED if is_done and item.outcome is Outcome.CREATE else OUTCOME_NAMES[item.outcome],
            "code": item.unit.code if item.unit else item.code if item.outcome is Outcome.CREATE else "",
            "unit": item.unit.name if item.unit else "",
            "why": "" if item.outcome in (Outcome.CREATE, Outcome.SAME) else item.why,
        }
        for item in items
    ]
