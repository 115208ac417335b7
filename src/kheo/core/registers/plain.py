"""What fields hold, as programs exchange it in JSON: exact, with one form for each type. Absent, or `null`: not filled in.

Whole numbers and đồng are integers, decimals strings with a point (`"1.5"`), days `"2023-11-15"`, ticks `true` and `false`, a choice its
code, several a list of codes, a place `"10.776889, 106.700806"`, a unit its number, texts strings. There are no floats: they are not exact.
"""

import re
from datetime import date
from typing import Any

from kheo.core.days import format_day
from kheo.core.numbers import format_scaled
from kheo.core.plain_figures import plain_figure, read_plain
from kheo.core.registers.fields import NUMERIC, FieldDef
from kheo.core.registers.values import FieldProblem, Kept, Options, read_value, write_value

PlainValue = bool | int | str | list[str] | None
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OTHERS = {
    "yes_no": "true hoặc false",
    "choice": "mã của một lựa chọn, viết trong ngoặc kép",
    "choices": "danh sách mã lựa chọn",
    "unit": "số của đơn vị",
}
NO_NUMBER = 'không phải số; viết số nguyên, số lẻ viết chuỗi như "1.5"'


def plain_value(field: FieldDef, value: Kept | None, options: Options) -> PlainValue:
    """How a value is written."""
    if isinstance(value, tuple):
        return write_value(field, value, options)
    if field.type in NUMERIC and type(value) is int:
        return plain_figure(value, field.decimals)
    return value


def read_plain_value(field: FieldDef, sent: Any, options: Options) -> Kept | FieldProblem | None:
    """The value that a program's is, None where it is empty, or why it is none: never guessed, never rounded."""
    if sent is None or sent in ("", []):
        return None
    if field.type in NUMERIC:
        return _number(field, sent, options)
    if field.type == "unit" and type(sent) is int and 0 < sent < 2**63:
        return sent
    if field.type == "yes_no" and isinstance(sent, bool):
        return sent
    if field.type in ("choice", "choices"):
        return _chosen(field, sent, options)
    if field.type == "day":
        return _day(field, sent, options)
    if field.type in ("text", "long_text", "place") and isinstance(sent, str):
        return read_value(field, sent, options)
    return FieldProblem(field.key, f"“{field.label}” nhận {_OTHERS.get(field.type, 'một chuỗi')}.")


def _number(field: FieldDef, sent: Any, options: Options) -> Kept | FieldProblem | None:
    if type(sent) is not int and not isinstance(sent, str):
        return FieldProblem(field.key, f"“{field.label}”: {NO_NUMBER}.")
    try:
        scaled = read_plain(sent, field.decimals)
    except ValueError as fault:
        return FieldProblem(field.key, f"“{field.label}”: {fault}.")
    if type(scaled) is not int:
        return FieldProblem(field.key, f"“{field.label}”: {NO_NUMBER}.")
    return read_value(field, format_scaled(scaled, field.decimals), options)


def _chosen(field: FieldDef, sent: Any, options: Options) -> Kept | FieldProblem | None:
    several = field.type == "choices"
    if isinstance(sent, list) is not several or not all(isinstance(each, str) for each in (sent if several else [sent])):
        return FieldProblem(field.key, f"“{field.label}” nhận {_OTHERS[field.type]}.")
    offered = options.of(field)
    strange = next((each for each in (sent if several else [sent]) if each not in offered), None)
    return (
        read_value(field, sent, options) if strange is None else FieldProblem(field.key, f"“{field.label}” không có mã “{strange[:40]}”.")
    )


def _day(field: FieldDef, sent: Any, options: Options) -> Kept | FieldProblem | None:
    try:
        if isinstance(sent, str) and _DAY.fullmatch(sent):
            return read_value(field, format_day(date.fromisoformat(sent)), options)
    except ValueError:
        pass
    return FieldProblem(field.key, f'“{field.label}” nhận ngày viết như "2023-11-15".')
