"""What an entry says, taken together: relations between its fields, choices that are offered no more. One place for every way in."""

from collections.abc import Callable, Mapping
from typing import Any

from kheo.core.registers.checks import CheckDef
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.values import FieldProblem, Kept, Options, Values, is_frozen, write_value
from kheo.core.registers.words import StateClass

_HOLDS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<=": lambda left, right: left <= right,
    "<": lambda left, right: left < right,
    "==": lambda left, right: left == right,
    ">=": lambda left, right: left >= right,
    ">": lambda left, right: left > right,
}


def failed_checks(
    definition: RegisterDefinition, before: Values, after: Values, state: str, options: Options, *, state_before: str | None = None
) -> tuple[FieldProblem, ...]:
    """The relations that an entry in a state would not keep, each at its left field, or at its right one where only that was changed.

    One whose fields are both frozen and as they were is not asked: nobody could mend it. What was refused or cancelled owes no result.
    """
    return tuple(
        FieldProblem(_at(check, before, after), _told(definition, check, after, options))
        for check in definition.checks
        if all(key in after for key in check.keys)
        and _is_asked(definition, check, state)
        and not _is_past(definition, check, before, after, state_before or state)
        and not _HOLDS[check.operator](*_compared(definition, check, after))
    )


def _is_asked(definition: RegisterDefinition, check: CheckDef, state: str) -> bool:
    if check.from_state is None:
        return True
    ended = definition.by_state[state].meaning in (StateClass.DONE_BAD, StateClass.VOID)
    return not ended and definition.has_come_to(check.from_state, state)


def _is_past(definition: RegisterDefinition, check: CheckDef, before: Values, after: Values, state: str) -> bool:
    return all(before.get(key) == after.get(key) and is_frozen(definition, definition.by_key[key], state) for key in check.keys)


def _compared(definition: RegisterDefinition, check: CheckDef, values: Values) -> tuple[Kept, ...]:
    """Both sides in one scale; days as they are written, which is their order."""
    fields = [definition.by_key[key] for key in check.keys]
    most = max(field.decimals for field in fields)
    found = [values[field.key] for field in fields]
    scales = [10 ** (most - field.decimals) for field in fields]
    return tuple(value * scale if isinstance(value, int) else value for value, scale in zip(found, scales, strict=True))


def _at(check: CheckDef, before: Values, after: Values) -> str:
    moved = [key for key in check.keys if before.get(key) != after.get(key)]
    return moved[0] if moved else check.left


def _told(definition: RegisterDefinition, check: CheckDef, values: Values, options: Options) -> str:
    left, right = (write_value(definition.by_key[key], values[key], options) for key in check.keys)
    return check.message.replace("{left}", left).replace("{right}", right)


def left_choices(definition: RegisterDefinition, before: Values, after: Values, options: Options) -> tuple[FieldProblem, ...]:
    """Choices that are offered no more (`status: retired`) and were not there before: who has one keeps it, nobody takes it anew."""
    return tuple(
        FieldProblem(field.key, f"“{options.of(field)[code]}” đã thôi dùng; hãy chọn mục khác.")
        for field in definition.fields
        for code in sorted(_chosen(after.get(field.key)) - _chosen(before.get(field.key)))
        if code in options.retired_of(field)
    )


def _chosen(value: Kept | None) -> set[str]:
    return set(value) if isinstance(value, list) else {value} if isinstance(value, str) else set()
