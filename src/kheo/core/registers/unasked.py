"""When a field is asked of an entry, in words; what was filled in though it is not, and what went because it is asked no more."""

from collections.abc import Iterable

from kheo.core.definition.conditions import in_words
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.moves import meets
from kheo.core.registers.values import FieldProblem, Kept, Options, Values, shown_fields


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


def ruled_out(definition: RegisterDefinition, key: str, values: Values) -> bool:
    """Whether what a record says rules out that a field is asked of it; a question that it has not answered rules out nothing."""
    asked = {each.key for each in shown_fields(definition, values)}
    for condition in definition.by_key[key].shown_if:
        if condition.field in asked and condition.field in values:
            if not meets([condition], values):
                return True
        elif not meets([condition], {}) and condition.field not in asked and ruled_out(definition, condition.field, values):
            return True
    return False


def without_unasked(definition: RegisterDefinition, before: Values, values: Values) -> dict[str, Kept]:
    """What an edit leaves of an entry: without what acts filled in where such an entry is not asked it any more.

    No form asks it, so nobody could empty it, and it would be counted. What was typed there stays, to be refused by name.
    """
    asked = {each.key for each in shown_fields(definition, values)}
    acts = (definition.by_key[key] for key in definition.set_by_acts)
    gone = {each.key for each in acts if each.status == "active" and each.key not in asked and values.get(each.key) == before.get(each.key)}
    return {key: value for key, value in values.items() if key not in gone}


def told_gone(definition: RegisterDefinition, before: Values, after: Values) -> str:
    """What an entry holds no more because such an entry is not asked it, in words; "" where there is nothing.

    Named without what it was: the history says that to whoever may read it.
    """
    asked = {each.key for each in shown_fields(definition, after)}
    gone = [f"“{each.label}”" for each in definition.asked if each.key in before and each.key not in after and each.key not in asked]
    return f"Hồ sơ như thế này không hỏi {', '.join(gone)}: đã bỏ, không đếm nữa; diễn biến ghi lại việc ấy." if gone else ""


def only_if(definition: RegisterDefinition, options: Options, key: str) -> str:
    """When a field is asked, in words."""
    labels = {each.key: each.label for each in definition.fields}
    names = {(each.key, code): name for each in definition.fields for code, name in options.of(each).items()}
    return " và ".join(in_words(each, labels, names) for each in definition.by_key[key].shown_if)  # type: ignore[arg-type]  # names by code
