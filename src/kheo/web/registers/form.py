"""The form of an entry or of an act: boxes for fields, and what was typed into them. Whatever is refused stays as it was typed."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from kheo.core.registers.asked_here import Decided, Hanging
from kheo.core.registers.columns import Column
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.unasked import only_if
from kheo.core.registers.values import FieldProblem, Kept, Values
from kheo.core.registers.words import StateClass
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.showing import said

FEW = 4


@dataclass(frozen=True)
class Box:
    """One field of a form. `stored`: what somebody else saved meanwhile; `shown_if`: conditions as JSON for the page's script.

    `offered`: texts to choose from, each with its words, where another may be typed. `frozen`: since when no hand changes it,
    which makes of it the text `held`, sent back as it is.
    """

    column: Column
    typed: str
    chosen: frozenset[str]
    choices: tuple[tuple[str, str], ...]
    kind: str
    problem: str = ""
    stored: str = ""
    need: str = ""
    shown_if: str = ""
    only_if: str = ""
    is_later: bool = False
    frozen: str = ""
    held: str = ""
    offered: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """Of the field."""
        return self.column.key

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole width: long texts."""
        return self.kind == "area"


@dataclass(frozen=True)
class Typed:
    """What a form sent: values that were understood, what was not, and the texts as they came."""

    values: dict[str, Kept]
    problems: tuple[FieldProblem, ...]
    texts: Mapping[str, list[str]] = field(default_factory=dict)


def read_form(columns: Iterable[Column], sent: QueryDict) -> Typed:
    """Every field that was sent, all problems at once."""
    values, problems, texts = dict[str, Kept](), list[FieldProblem](), dict[str, list[str]]()
    for column in columns:
        texts[column.key] = sent.getlist(column.key)
        read = column.read(texts[column.key] if column.field.type == "choices" else sent.get(column.key, ""))
        if isinstance(read, FieldProblem):
            problems.append(read)
        elif read is not None:
            values[column.key] = read
    return Typed(values, tuple(problems), texts)


def boxes_of(
    book: Book,
    columns: Iterable[Column],
    values: Values,
    units: Mapping[int, str],
    *,
    typed: Typed | None = None,
    problems: Iterable[FieldProblem] = (),
    stored: Values | None = None,
    needs: Mapping[str, str] | None = None,
    later: Collection[str] = (),
    offered: Mapping[str, tuple[tuple[str, str], ...]] | None = None,
    frozen: Mapping[str, str] | None = None,
    conditions: Mapping[str, Sequence[Decided]] | None = None,
) -> list[Box]:
    """The boxes of a form: with what was typed, else with what the entry holds. `later`: fields that can wait, folded while empty.

    `frozen`: fields that no hand changes any more, each with the words for it: they show what the entry holds, whatever was sent.
    `conditions`: the fields that are asked at all, each with what of its conditions this form decides; None: all fields, all of them.
    """
    if conditions is not None:
        columns = [each for each in columns if each.key in conditions]
    told = {each.key: each.message for each in reversed(list(problems))}
    boxes = [_box(book, column, values, units, typed, told, stored, needs or {}, later) for column in columns]
    boxes = [_open(each, conditions[each.key]) for each in boxes] if conditions is not None else boxes
    boxes = [replace(each, offered=offered[each.key]) if offered and each.key in offered else each for each in boxes]
    return [_as_text(each, values, units, frozen[each.key]) if frozen and each.key in frozen else each for each in boxes]


def _open(box: Box, conditions: Sequence[Decided]) -> Box:
    """A box whose conditions are these; without any it is always asked."""
    return replace(box, shown_if=_conditions(conditions), only_if=box.only_if if conditions else "")


def _conditions(conditions: Sequence[Decided]) -> str:
    """As the page's script reads them (conditions.js)."""
    return json.dumps([as_read_by_the_page(each) for each in conditions], ensure_ascii=False) if conditions else ""


def as_read_by_the_page(decided: Decided) -> dict[str, object]:
    if isinstance(decided, Hanging):
        return {"when": [as_read_by_the_page(each) for each in decided.when], "met": decided.is_met}
    return decided.model_dump(mode="json", exclude_none=True)


def _as_text(box: Box, values: Values, names: Mapping[int, str], why: str) -> Box:
    """A box that takes nothing: what the entry holds, to read, and as it goes back."""
    texts = _texts(box.column, values)
    held = said(box.column, values, (), names) or "để trống"
    return replace(box, typed=texts[0] if texts else "", chosen=frozenset(texts), stored="", need="", is_later=False, frozen=why, held=held)


def _box(
    book: Book,
    column: Column,
    values: Values,
    units: Mapping[int, str],
    typed: Typed | None,
    told: Mapping[str, str],
    stored: Values | None,
    needs: Mapping[str, str],
    later: Collection[str],
) -> Box:
    texts = typed.texts.get(column.key, []) if typed else _texts(column, values)
    choices = (
        tuple((str(number), name) for number, name in units.items())
        if column.field.type == "unit"
        else tuple(column.offered(_codes(column, values)).items())
    )
    differs = stored is not None and typed is not None and stored.get(column.key) != typed.values.get(column.key)
    return Box(
        column=column,
        typed=texts[0] if texts else "",
        chosen=frozenset(texts),
        choices=choices,
        kind=_kind(column, len(choices)),
        problem=told.get(column.key, ""),
        stored=(said(column, stored, (), units) or "để trống") if differs and stored is not None else "",
        need=needs.get(column.key, ""),
        is_later=column.key in later and not any(each.strip() for each in texts) and column.key not in told,
        shown_if=_conditions(column.field.shown_if),
        only_if=only_if(book.definition, book.options, column.key) if column.field.shown_if else "",
    )


def _texts(column: Column, values: Values) -> list[str]:
    """What the entry holds, as it would be typed."""
    value = values.get(column.key)
    if isinstance(value, bool):
        return ["co" if value else "khong"]
    if isinstance(value, list):
        return value
    if column.field.type == "choice":
        return [str(value)] if value is not None else []
    return [column.cell(values)] if value is not None else []


def _codes(column: Column, values: Values) -> list[str]:
    """The choices that the entry holds: shown and kept, though they be offered no more."""
    value = values.get(column.key)
    return value if isinstance(value, list) else [value] if isinstance(value, str) else []


def _kind(column: Column, many: int) -> str:
    """The control by which a field is filled in."""
    if column.field.type == "choices":
        return "checks"
    if column.field.type in ("choice", "yes_no", "unit"):
        return "radios" if many <= FEW and column.field.type != "unit" else "select"
    if column.field.type == "long_text":
        return "area"
    if column.field.type in ("integer", "money"):
        return "whole"
    return column.field.type if column.field.type in ("decimal", "day", "place") else "text"


@dataclass(frozen=True)
class Section:
    """Boxes that stand together: those for now, and those that can wait."""

    name: str
    now: tuple[Box, ...]
    later: tuple[Box, ...]


def sections_of(boxes: Iterable[Box]) -> list[Section]:
    """Boxes by the section of their fields, in order; a section that can wait as a whole comes last."""
    found: dict[str, list[Box]] = {}
    for box in boxes:
        found.setdefault(box.column.field.section or "", []).append(box)
    sections = [
        Section(name, tuple(each for each in held if not each.is_later), tuple(each for each in held if each.is_later))
        for name, held in found.items()
    ]
    return sorted(sections, key=lambda section: not section.now)


def can_wait(definition: RegisterDefinition, state: str) -> frozenset[str]:
    """Fields that nothing needs up to the next state: needed later, or in a section of which nothing is needed by then."""
    forward = [
        definition.order[act.to]
        for act in definition.acts
        if state in act.states and act.to is not None and definition.by_state[act.to].meaning not in (StateClass.DONE_BAD, StateClass.VOID)
    ]
    until = max([definition.order[state], *(each for each in sorted(forward)[:1])])
    needed = {each.key for each in definition.asked if each.required_from is not None and definition.order[each.required_from] <= until}
    sections = {each.section for each in definition.asked if each.key in needed}
    return frozenset(
        each.key for each in definition.asked if each.key not in needed and (each.required_from is not None or each.section not in sections)
    )


def needed_words(definition: RegisterDefinition, state: str) -> dict[str, str]:
    """By field: needed now, or from which later state on."""
    found = dict[str, str]()
    for each in definition.asked:
        if each.required_from is None:
            continue
        later = definition.by_state[each.required_from].name
        found[each.key] = "bắt buộc" if definition.has_come_to(each.required_from, state) else f"cần có khi “{later}”"
    return found
