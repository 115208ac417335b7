"""Rows of a table beside each other, and beside what the register holds already: what is pointed out to whoever sent it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from kheo.core.days import format_day
from kheo.core.likeness import degree
from kheo.core.numbers import format_int
from kheo.core.registers.table_heads import CODE
from kheo.core.registers.words import StateClass
from kheo.core.text import fold
from kheo.registers.actions.importing.plans import CellWords, Plan
from kheo.registers.models import Entry, ImportRow
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.likenesses import MOST_COMPARED, MOST_OF_A_BAND, Sketch, alike_of_many, compares_words, sketch

MOST_LIKENED = 1000  # new rows of one table
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


def like_words(plans: Sequence[Plan], book: Book, reads: Callable[[Entry], bool]) -> None:
    """New rows whose words are like those of an entry of the register, or of a row above: the same comparison as on the pages.

    Of an entry that their sender does not read it is only told that there is one. What was pointed out already is not told again.
    """
    if not compares_words(book.definition):
        return
    asked = [plan for plan in _new(plans) if not plan.doubts]
    for plan in asked[MOST_LIKENED:]:
        plan.remarks.append(f"Chưa so chữ với sổ: mỗi tệp chỉ so {format_int(MOST_LIKENED)} dòng mới đầu tiên.")
    asked = asked[:MOST_LIKENED]
    sketches = [sketch(book, {key: value for key, value in plan.values.items() if value is not None}) for plan in asked]
    met = alike_of_many(book, [(each, plan.owner or 0) for each, plan in zip(sketches, asked, strict=True)])
    above: dict[int, list[int]] = {}
    for place, (plan, found, like) in enumerate(zip(asked, sketches, met, strict=True)):
        if like is not None:
            named = f"{like.entry.code}, giống {like.degree}%" if reads(like.entry) else "một hồ sơ ở đơn vị khác, anh/chị không mở được"
            plan.doubts.append(f"Chữ gần giống {named}.")
        row = _like_above(place, asked, sketches, above, book.definition.duplicates.likeness)
        if row is not None:
            plan.doubts.append(f"Chữ gần giống dòng {asked[row].number}.")
        for band in found.bands:
            above.setdefault(band, []).append(place)


def _like_above(place: int, asked: Sequence[Plan], sketches: Sequence[Sketch], above: Mapping[int, list[int]], enough: int) -> int | None:
    """The first row above that is alike; words that are short are compared within one unit alone, as everywhere."""
    found = sketches[place]
    shared = Counter(row for band in found.bands for row in above.get(band, ())[:MOST_OF_A_BAND])
    for row, _ in sorted(shared.most_common(MOST_COMPARED), key=lambda each: each[0]):
        if (not found.is_short or asked[row].owner == asked[place].owner) and degree(found.runs, sketches[row].runs) >= enough:
            return row
    return None


def _known(book: Book, owners: set[int]) -> dict[tuple[int, str], list[_Held]]:
    held = Entry.objects.filter(register=book.register, owner__in=owners).exclude(meaning=StateClass.VOID).order_by("pk")
    found: dict[tuple[int, str], list[_Held]] = {}
    rows = held.values_list("owner_id", "title", "code", "occurred_on", "registered_on").iterator()
    for owner, title, code, happened, registered in rows:
        found.setdefault((owner, fold(title)), []).append((code, happened, registered))
    return found


def _new(plans: Sequence[Plan]) -> Iterator[Plan]:
    return (plan for plan in plans if plan.outcome == ImportRow.NEW)
