"""An entry as a page to be read, as its register says: what it is, before and after, what came of it, how it went, who saw it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kheo.core.days import format_day
from kheo.core.registers.columns import Column
from kheo.core.registers.reading import LargeFigure, ReadingDef
from kheo.core.registers.values import Kept
from kheo.registers.access import ReachedEntry
from kheo.registers.models import Deed
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.showing import said
from kheo.web.registers.photos import PhotoRole, PhotoRow
from kheo.web.registers.shown import field_words


@dataclass(frozen=True)
class Large:
    """A number in large figures; `beneath`: of what it was meant to be, in the unit it was counted in."""

    label: str
    words: str
    unit: str
    beneath: str


@dataclass(frozen=True)
class Note:
    """A word on how it went, or who said that it is so."""

    on: str
    iso: str
    what: str
    who: str
    text: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """The parts in the order in which they are read; any may be empty."""

    before: PhotoRow | None
    after: PhotoRow | None
    figures: tuple[Large, ...]
    texts: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...]
    verdicts: tuple[Note, ...]

    @property
    def is_any(self) -> bool:
        """Whether there is anything to read yet."""
        return bool(self.before or self.after or self.figures or self.texts or self.notes or self.verdicts)


def keys_told(told: ReadingDef | None) -> frozenset[str]:
    """The fields that the page tells in its own way: they are not listed among the facts again."""
    if told is None:
        return frozenset()
    figures = {key for each in told.figures for key in (each.value, each.target, each.measure) if key}
    return frozenset({*told.badges, *told.texts, *figures})


def badges_of(reached: ReachedEntry, values: Mapping[str, Kept]) -> list[str]:
    """What it is about, a word each: a field of several choices gives several."""
    told = reached.book.definition.reading
    if told is None:
        return []
    columns = [Column(reached.book.definition.by_key[key], reached.book.options) for key in told.badges if key in values]
    found = [said(each, {**values, each.key: one}, reached.unseen) for each in columns for one in _each(values[each.key])]
    return [words for words in found if words]


def _each(value: Kept) -> Sequence[Kept]:
    """Of a field of several choices one at a time, as such a field keeps them."""
    return [[one] for one in value] if isinstance(value, list) else [value]


def reading_of(
    reached: ReachedEntry, values: Mapping[str, Kept], deeds: Sequence[Deed], photos: Sequence[PhotoRole], names: Mapping[int, str]
) -> Reading | None:
    """Nothing more is asked of the database: it is what the page has read already. None where the register tells no such page."""
    book, told = reached.book, reached.book.definition.reading
    if told is None:
        return None
    by_role = {each.role.role: [row for row in each.rows if not row.gone] for each in photos}
    shown = {key: value for key, value in values.items() if key not in reached.unseen}
    before, after = by_role.get(told.before or "", ()), by_role.get(told.after or "", ())
    reading = Reading(
        before=before[0] if before else None,
        after=after[-1] if after else None,
        figures=tuple(large_figure(book, each, shown) for each in told.figures if each.value in shown),
        texts=tuple((book.definition.by_key[key].label, str(shown[key])) for key in told.texts if key in shown),
        notes=tuple(_note(reached, each, names) for each in reversed(deeds) if each.act in told.notes),
        verdicts=tuple(_note(reached, each, names) for each in reversed(deeds) if each.act in told.verdicts),
    )
    return reading if reading.is_any else None


def large_figure(book: Book, figure: LargeFigure, values: Mapping[str, Kept]) -> Large:
    """The target stands beneath what was reached; the unit of measure is a field's, or one that the entry chose."""
    fields = book.definition.by_key
    field = fields[figure.value]
    measure = fields[figure.measure] if figure.measure else None
    unit = Column(measure, book.options).cell(values) if measure else field.measured_in
    target = Column(fields[figure.target], book.options).cell(values) if figure.target and figure.target in values else ""
    label = field.label.partition(":")[0]
    return Large(label, Column(field, book.options).cell(values), unit, f"mục tiêu {target} {unit}".strip() if target else "")


def _note(reached: ReachedEntry, deed: Deed, names: Mapping[int, str]) -> Note:
    act, fields = reached.book.definition.by_act[deed.act], reached.book.definition.by_key
    changes = tuple(
        f"{fields[key].label}: {field_words(fields[key], pair[1], reached.book, names)}"
        for key, pair in deed.changes.items()
        if key in fields and len(pair) == 2 and not fields[key].personal
    )
    return Note(format_day(deed.on), deed.on.isoformat(), act.name, deed.who, deed.reason, changes)
