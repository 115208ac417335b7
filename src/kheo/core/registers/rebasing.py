"""What another edition of a register makes of an entry that was written for an earlier one: which of its answers want a second look."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kheo.core.registers.checking import failed_checks
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.unasked import only_if, ruled_out
from kheo.core.registers.values import Options, Values, misfits, missing_fields, past_asking, shown_fields, write_value

# `missing`: now wanted in this state; `misfit`: not taken any more; `hidden`: not asked of such an entry any more, or not before what it
# hangs on is answered; `reads`: the same answer now says something else.
Why = Literal["missing", "misfit", "hidden", "reads"]


@dataclass(frozen=True)
class Edition:
    """A definition with the choices of its lists."""

    definition: RegisterDefinition
    options: Options


@dataclass(frozen=True)
class Flag:
    """An answer that wants a second look, and why, in Vietnamese; what is personal or long is not repeated."""

    key: str
    why: Why
    message: str


def changed_answers(old: Edition, new: Edition, values: Values, state: str) -> tuple[Flag, ...]:
    """What was right by the old edition and is not by the new one, or reads otherwise; in the order of the fields, each once.

    What is only not asked any more (retired) stays as it is, and nobody is asked to look at it.
    """
    found: dict[str, Flag] = {}
    for flag in (
        *_no_answer(old, new, values, state),
        *_not_taken(old, new, values),
        *_not_kept(old, new, values, state),
        *_not_asked(old, new, values),
        *_reads(old, new, values),
    ):
        found.setdefault(flag.key, flag)
    return tuple(found[field.key] for field in new.definition.fields if field.key in found)


def _no_answer(old: Edition, new: Edition, values: Values, state: str) -> Iterator[Flag]:
    before = {each.key for each in missing_fields(old.definition, values, state)}
    for each in missing_fields(new.definition, values, state, past_asking(new.definition, values, state)):
        if each.key not in before:
            yield Flag(each.key, "missing", f"“{new.definition.by_key[each.key].label}”: bản mới của sổ cần điền.")


def _not_taken(old: Edition, new: Edition, values: Values) -> Iterator[Flag]:
    before = {each.key for each in misfits(old.definition, values, old.options)}
    for each in misfits(new.definition, values, new.options):
        if each.key not in before:
            yield Flag(each.key, "misfit", f"“{new.definition.by_key[each.key].label}”: bản mới của sổ không nhận giá trị đang ghi.")


def _not_kept(old: Edition, new: Edition, values: Values, state: str) -> Iterator[Flag]:
    before = set(failed_checks(old.definition, values, values, state, old.options))
    for each in failed_checks(new.definition, values, values, state, new.options):
        if each not in before:
            yield Flag(each.key, "misfit", f"“{new.definition.by_key[each.key].label}”: {each.message}")


def asked_no_more(old: Edition, new: Edition, values: Values) -> frozenset[str]:
    """What an entry holds that the old edition asked of it, and the new one does not because of what else it says: it goes (066).

    Not what hangs on a question that the entry has not answered, a new one as a rule: whether it is asked nobody knows yet.
    """
    return frozenset(key for key in _unasked(old, new, values) if ruled_out(new.definition, key, values))


def _unasked(old: Edition, new: Edition, values: Values) -> list[str]:
    asked = {field.key for field in shown_fields(new.definition, values)}
    held = (field.key for field in shown_fields(old.definition, values) if field.key in values and field.key not in asked)
    return [key for key in held if new.definition.by_key[key].status == "active"]


def _not_asked(old: Edition, new: Edition, values: Values) -> Iterator[Flag]:
    gone = asked_no_more(old, new, values)
    for key in _unasked(old, new, values):
        label = new.definition.by_key[key].label
        if key in gone:
            told = "bản mới của sổ không hỏi ở hồ sơ như thế này nữa: đã bỏ, không đếm nữa; diễn biến ghi lại việc ấy."
        else:
            told = f"bản mới của sổ chỉ hỏi khi {only_if(new.definition, new.options, key)}. Hãy trả lời câu ấy; đến lúc đó vẫn giữ và đếm."
        yield Flag(key, "hidden", f"“{label}”: {told}")


def _reads(old: Edition, new: Edition, values: Values) -> Iterator[Flag]:
    for field in old.definition.fields:
        now = new.definition.by_key[field.key]
        if field.key not in values or now.status == "retired":
            continue
        words = [write_value(each, values[field.key], options) for each, options in ((field, old.options), (now, new.options))]
        units = [each.unit or "" for each in (field, now)]
        if words[0] != words[1] and not now.personal and now.type != "long_text":
            yield Flag(field.key, "reads", f"“{now.label}”: đang ghi “{words[0]}”, theo bản mới đọc là “{words[1]}”.")
        elif units[0] != units[1]:
            yield Flag(field.key, "reads", f"“{now.label}”: đơn vị tính đổi từ “{units[0]}” thành “{units[1]}”.")
