"""Conditions on the fields of a record: small enough to be read aloud, evaluated here, in the page and in the database alike.

A list of conditions holds when all of them do. A field that is not filled in meets only `filled: false` and `not`.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Self

from pydantic import Field, StrictBool, StrictInt, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kheo.core.definition.words import OWN_ERROR, Frozen, Name, tidied
from kheo.core.text import nfc

_Written = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=300), tidied]
Ordered = StrictInt | _Written
Plain = StrictBool | StrictInt | _Written
# What a record holds in a field: nothing is an absent key; several choices are a list.
Value = bool | int | str | tuple[str, ...]
OPERATORS = ("equals", "differs", "one_of", "at_least", "at_most", "filled")


class Condition(Frozen):
    """One field compared with a value that is written in the file; exactly one comparison."""

    field: Name = Field(description="Khóa của trường được so.")
    equals: Plain | None = Field(None, description="Bằng giá trị này (trường nhiều lựa chọn: có chọn giá trị này).")
    differs: Plain | None = Field(None, description="Khác giá trị này, hoặc để trống.")
    one_of: tuple[Plain, ...] | None = Field(None, description="Là một trong các giá trị này.")
    at_least: Ordered | None = Field(None, description="Từ giá trị này trở lên (số, hoặc ngày viết năm-tháng-ngày).")
    at_most: Ordered | None = Field(None, description="Đến giá trị này (số, hoặc ngày viết năm-tháng-ngày).")
    filled: StrictBool | None = Field(None, description="true: đã điền; false: còn để trống.")

    @model_validator(mode="after")
    def _one_comparison(self) -> Self:
        if sum(getattr(self, name) is not None for name in OPERATORS) != 1:
            raise PydanticCustomError(OWN_ERROR, "Mỗi điều kiện có đúng một phép so: " + ", ".join(OPERATORS) + ".")
        return self

    @property
    def operator(self) -> str:
        """Which of `OPERATORS` it is."""
        return next(name for name in OPERATORS if getattr(self, name) is not None)

    @property
    def operands(self) -> tuple[Plain, ...]:
        """The values compared with; one for all but `one_of`, none for `filled`."""
        if self.operator == "filled":
            return ()
        given = getattr(self, self.operator)
        return given if isinstance(given, tuple) else (given,)


def holds(conditions: Iterable[Condition], values: Mapping[str, Value]) -> bool:
    """Whether a record's values meet all of them."""
    return all(_meets(condition, values.get(condition.field)) for condition in conditions)


def _meets(condition: Condition, value: Value | None) -> bool:
    operator = condition.operator
    if operator == "filled":
        return (value is not None) == condition.filled
    if value is None:
        return operator == "differs"
    held = value if isinstance(value, tuple) else (value,)
    if operator == "differs":
        return all(not _same(each, condition.operands[0]) for each in held)
    if operator in ("equals", "one_of"):
        return any(_same(each, operand) for each in held for operand in condition.operands)
    return all(_ordered(operator, each, condition.operands[0]) for each in held)


def _same(value: Value, operand: Plain) -> bool:
    """`True` is not 1: a tick is no number."""
    return type(value) is type(operand) and value == operand


def _ordered(operator: str, value: Value, operand: Plain) -> bool:
    """Numbers by size, days by their text; a number and a text are never in order."""
    if isinstance(value, int) and isinstance(operand, int):
        return value >= operand if operator == "at_least" else value <= operand
    if isinstance(value, str) and isinstance(operand, str):
        return value >= operand if operator == "at_least" else value <= operand
    return False


_SIGNS = {"equals": "là", "differs": "không phải", "one_of": "là một trong", "at_least": "từ", "at_most": "đến"}


def in_words(condition: Condition, labels: Mapping[str, str], names: Mapping[tuple[str, Plain], str]) -> str:
    """`lĩnh vực là Kinh tế`; `labels` by field, `names` by field and code of a choice."""
    label = nfc(labels.get(condition.field, condition.field))
    if condition.operator == "filled":
        return f"{label} {'đã điền' if condition.filled else 'để trống'}"
    said = " hoặc ".join(_said(operand, names.get((condition.field, operand))) for operand in condition.operands)
    return f"{label} {_SIGNS[condition.operator]} {said}"


def _said(operand: Plain, name: str | None) -> str:
    if isinstance(operand, bool):
        return "có" if operand else "không"
    return name or str(operand)
