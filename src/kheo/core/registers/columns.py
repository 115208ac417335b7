"""One object for each field of a register: the same cell, filter, order, form, export and interface everywhere."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from kheo.core.definition.conditions import Condition
from kheo.core.registers.fields import FILTERED, ORDERED, FieldDef
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.values import FieldProblem, Kept, Options, Values, read_value, write_value

FROM, TO = "tu", "den"  # as they stand in addresses: `dien_tich.tu=1000`
EMPTY, FILLED = "-", "*"  # `dien_tich=-`: nothing is filled in there; `dien_tich=*`: something is
Query = Mapping[str, Sequence[str]]


class Asked(StrEnum):
    """What a list's address asks for beside its fields: so no field may have one of these for its key."""

    TEXT = "tim"
    ORDER = "xep"
    STATE = "trang_thai"
    OVERDUE = "qua_han"
    READY = "co_san"
    PAGE = "trang"
    MEANING = "lop"
    SCOPE = "pham_vi"
    UNIT = "don_vi"
    COLUMNS = "cot"
    SAVED = "ds"


@dataclass(frozen=True)
class Column:
    """A field with its choices. Nothing else decides how it is shown, asked, filtered or sent away."""

    field: FieldDef
    options: Options

    @property
    def key(self) -> str:
        """Of the field."""
        return self.field.key

    @property
    def label(self) -> str:
        """The head of the column, with its unit of measure."""
        return f"{self.field.label} ({self.field.measured_in})" if self.field.measured_in else self.field.label

    @property
    def is_number(self) -> bool:
        """Whether cells stand to the right."""
        return self.field.type in ("integer", "decimal", "money")

    @property
    def is_range(self) -> bool:
        """Whether it is filtered from a value to a value, and not by single ones."""
        return self.field.type in ORDERED

    @property
    def choices(self) -> Mapping[str, str]:
        """What may be chosen, for a form and for a filter."""
        if self.field.type == "yes_no":
            return {"co": "Có", "khong": "Không"}
        return self.options.of(self.field)

    def offered(self, held: Collection[str]) -> Mapping[str, str]:
        """What a form offers: all that may be chosen today, and what the entry has."""
        return self.choices if self.field.type == "yes_no" else self.options.offered(self.field, held)

    def cell(self, values: Values) -> str:
        """As people read it in a list and in an export."""
        return write_value(self.field, values.get(self.key), self.options)

    def code(self, values: Values) -> Kept | None:
        """As programs read it: codes, scaled integers, days as text, a place as two numbers; None where nothing is filled in."""
        return values.get(self.key)

    def read(self, typed: str | Sequence[str]) -> Kept | FieldProblem | None:
        """What a form, a sheet or a program gave."""
        return read_value(self.field, typed, self.options)

    def conditions(self, query: Query) -> tuple[list[Condition], list[FieldProblem]]:
        """The filters on this field that an address names, and what of them cannot be understood."""
        if not self.field.filter or self.field.type not in FILTERED:
            return [], []
        asked = {text for text in query.get(self.key, ()) if text in (EMPTY, FILLED)}
        found, problems = self._range(query) if self.is_range else self._single(query)
        if not asked:
            return found, problems
        if found or problems or len(asked) > 1:
            return [], [
                FieldProblem(self.key, f"“{self.label}”: chọn hoặc có giá trị, hoặc không có giá trị, hoặc giá trị nào; không cả hai.")
            ]
        return [Condition.model_validate({"field": self.key, "filled": FILLED in asked})], []

    @cached_property
    def _any_text(self) -> FieldDef:
        """The field without its pattern: what was written before there was one is found as well."""
        return self.field.model_copy(update={"pattern": None}) if self.field.pattern else self.field

    def _range(self, query: Query) -> tuple[list[Condition], list[FieldProblem]]:
        found, problems = list[Condition](), list[FieldProblem]()
        for ending, operator in ((FROM, "at_least"), (TO, "at_most")):
            typed = next((text for text in query.get(f"{self.key}.{ending}", ()) if text.strip()), "")
            value = self.read(typed) if typed else None
            if isinstance(value, FieldProblem):
                problems.append(value)
            elif value is not None:
                found.append(Condition.model_validate({"field": self.key, operator: value}))
        return found, problems

    def _single(self, query: Query) -> tuple[list[Condition], list[FieldProblem]]:
        values = [
            read_value(self._any_text, text, self.options)
            for text in query.get(self.key, ())
            if text.strip() and text not in (EMPTY, FILLED)
        ]
        problems = [value for value in values if isinstance(value, FieldProblem)]
        wanted = [each for value in values if value is not None and not isinstance(value, FieldProblem) for each in _each(value)]
        return ([Condition.model_validate({"field": self.key, "one_of": wanted})] if wanted else []), problems


def _each(value: Kept) -> Sequence[Kept]:
    return value if isinstance(value, list) else [value]


def form_columns(definition: RegisterDefinition, options: Options) -> tuple[Column, ...]:
    """Every field that somebody fills in by hand, in order."""
    return tuple(each for each in columns_of_register(definition, options) if each.key not in definition.set_by_acts)


def columns_of_register(definition: RegisterDefinition, options: Options) -> tuple[Column, ...]:
    """Every field that is asked, in order."""
    return tuple(Column(field, options) for field in definition.asked)
