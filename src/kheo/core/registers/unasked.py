"""When a field is asked of an entry, in words, and what was filled in though it is not."""

from collections.abc import Iterable

from kheo.core.definition.conditions import in_words
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.values import FieldProblem, Options, Values, shown_fields


def not_asked(definition: RegisterDefinition, options: Options, values: Values, unread: Iterable[FieldProblem] = ()) -> list[FieldProblem]:
    """Fields that were filled in though they are asked only of other entries: named, never dropped.

    `unread`: what could not be read; whether a field is asked that depends on it nobody can say yet.
    """
    unknown = {each.key for each in unread}
    asked = {each.key for each in shown_fields(definition, values)}
    return [
        FieldProblem(each.key, f"“{each.label}” chỉ điền khi {only_if(definition, options, each.key)}; hãy để trống ô này.")
        for each in definition.asked
        if each.key in values and each.key not in asked and not any(condition.field in unknown for condition in each.shown_if)
    ]


def only_if(definition: RegisterDefinition, options: Options, key: str) -> str:
    """When a field is asked, in words."""
    labels = {each.key: each.label for each in definition.fields}
    names = {(each.key, code): name for each in definition.fields for code, name in options.of(each).items()}
    return " và ".join(in_words(each, labels, names) for each in definition.by_key[key].shown_if)  # type: ignore[arg-type]  # names by code
