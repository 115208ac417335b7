"""Rows of a table beside each other, and beside what the register holds already: what is pointed out to whoever sent it."""

from collections.abc import Iterator, Sequence
from datetime import date

from kheo.core.days import format_day
from kheo.core.registers.table_heads import CODE
from kheo.core.registers.words import StateClass
from kheo.core.text import fold
from kheo.registers.actions.importing.plans import CellWords, Plan
from kheo.registers.models import Entry, ImportRow
from kheo.registers.queries.definitions import Book

_Held = tuple[str, date | None, date]


def named_twice(plans: Sequence[Plan]) -> None:
    """One entry in two rows that change it: which of them is meant nobody can say."""
    by_entry: dict[int, list[Plan]] = {}
    for plan in plans:
        if plan.entry is not None:
            by_entry.setdefault(plan.entry.pk, []).append(plan)
    for rows in by_entry.values():
        for plan in rows if len(rows) > 1 else ():
            if plan.outcome == ImportRow.CHANGED:
                others = ", ".join(str(each.number) for each in rows if each is not plan)
                plan.problems.append(CellWords(CODE, "", "", f"Mã hồ sơ này còn ở dòng {others}; chỉ để một dòng."))
                plan.settle(ImportRow.CHANGED)


def alike(plans: Sequence[Plan]) -> None:
    """New rows that say the very same as one above."""
    seen: dict[object, int] = {}
    for plan in _new(plans):
        said = (plan.owner, plan.on, tuple(sorted((key, str(value)) for key, value in plan.values.items())))
        if said in seen:
            plan.doubts.append(f"Giống hệt dòng {seen[said]}.")
        seen.setdefault(said, plan.number)


def there_already(plans: Sequence[Plan], book: Book) -> None:
    """Entries of the same unit that are called the same and are not of another day: pointed out, never taken for the same. One query."""
    new = [plan for plan in _new(plans) if plan.title]
    if not new:
        return
    known = _known(book, {plan.owner for plan in new if plan.owner is not None})
    field = book.definition.field_of("occurred_on")
    for plan in new:
        day = plan.values.get(field.key) if field else None
        for code, happened, registered in known.get((plan.owner or 0, fold(plan.title)), ()):
            if day is None or happened is None or happened.isoformat() == day:
                plan.doubts.append(f"Có thể đã ghi rồi: {code}, cùng tên, ghi ngày {format_day(registered)}.")
                break


def _known(book: Book, owners: set[int]) -> dict[tuple[int, str], list[_Held]]:
    held = Entry.objects.filter(register=book.register, owner__in=owners).exclude(meaning=StateClass.VOID).order_by("pk")
    found: dict[tuple[int, str], list[_Held]] = {}
    rows = held.values_list("owner_id", "title", "code", "occurred_on", "registered_on").iterator()
    for owner, title, code, happened, registered in rows:
        found.setdefault((owner, fold(title)), []).append((code, happened, registered))
    return found


def _new(plans: Sequence[Plan]) -> Iterator[Plan]:
    return (plan for plan in plans if plan.outcome == ImportRow.NEW)
