"""What the fields of a record hold: read once from text for page, import and API alike, checked once, written back the same.

Kept values: whole and scaled numbers as integers, days as `2023-11-15`, a tick as a boolean, a choice as its code, several as a sorted list
of codes, a place as `(latitude, longitude)` in millionths of a degree. What is not filled in is absent; there is no null.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kheo.core.days import format_day, typed_day
from kheo.core.definition.conditions import Value, holds
from kheo.core.numbers import CellProblem, format_scaled, parse_cell
from kheo.core.registers.fields import NUMERIC, FieldDef
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.patterns import fits_pattern, wrong_parts
from kheo.core.registers.words import StateClass
from kheo.core.text import fold, nfc, written
from kheo.core.web_addresses import read_web_address

Place = tuple[int, int]
Kept = bool | int | str | list[str] | Place
Values = Mapping[str, Kept]
MILLIONTH = 1_000_000
# Where the country lies, islands included, with room to spare: a place outside is a slip (latitude and longitude exchanged, a lost digit).
SOUTH, NORTH, WEST, EAST = 6 * MILLIONTH, 24 * MILLIONTH, 102 * MILLIONTH, 118 * MILLIONTH
_TICKED = {"1": True, "x": True, "co": True, "true": True, "dung": True, "on": True}
_UNTICKED = {"0": False, "khong": False, "false": False, "sai": False, "off": False}


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field, in Vietnamese."""

    key: str
    message: str


@dataclass(frozen=True)
class Options:
    """By list, the codes in order and their names: the register's own lists and those of its campaign. `retired`: codes offered no more."""

    names: Mapping[str, Mapping[str, str]]
    retired: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, field: FieldDef) -> Mapping[str, str]:
        """The choices of a field, those that are offered no more as well; none for a field without a list."""
        return self.names.get(_list_of(field), {})

    def retired_of(self, field: FieldDef) -> frozenset[str]:
        """Codes of a field that nobody chooses anew."""
        return self.retired.get(_list_of(field), frozenset())

    def offered(self, field: FieldDef, held: Collection[str] = ()) -> Mapping[str, str]:
        """What somebody may choose; `held`: what the entry has, and keeps."""
        return self.offered_in(_list_of(field), held)

    def offered_in(self, listed: str, held: Collection[str] = ()) -> Mapping[str, str]:
        """Of a list by its name."""
        gone = self.retired.get(listed, frozenset()).difference(held)
        return {code: name for code, name in self.names.get(listed, {}).items() if code not in gone}


CONTENTS, SUBJECTS = "(contents)", "(subjects)"


def _list_of(field: FieldDef) -> str:
    return {"contents": CONTENTS, "subject_kind": SUBJECTS}.get(field.column or "", field.options or "")


def read_value(field: FieldDef, typed: str | Sequence[str], options: Options) -> Kept | FieldProblem | None:
    """The value that a text (several texts for several choices) gives, None when it is empty, or why it is none; never guesses."""
    if field.type == "choices":
        return _read_choices(field, [typed] if isinstance(typed, str) else typed, options)
    text = typed if isinstance(typed, str) else " ".join(typed)
    if not text.strip():
        return None
    return _READERS[field.type](field, text, options)


def _read_number(field: FieldDef, text: str, _: Options) -> Kept | FieldProblem:
    read = parse_cell(text, field.decimals)
    if isinstance(read, CellProblem):
        return FieldProblem(field.key, f"{read.message} {read.expected}")
    shown = format_scaled(read, field.decimals)
    if field.at_least is not None and read < field.at_least:
        return FieldProblem(field.key, f"{shown} nhỏ quá; ít nhất là {format_scaled(field.at_least, field.decimals)}.")
    if field.at_most is not None and read > field.at_most:
        return FieldProblem(field.key, f"{shown} lớn quá; nhiều nhất là {format_scaled(field.at_most, field.decimals)}.")
    return read


def _read_day(field: FieldDef, text: str, _: Options) -> Kept | FieldProblem:
    try:
        day = typed_day(text)
    except ValueError:
        return FieldProblem(field.key, f"“{_echo(text)}” không phải là ngày; viết ngày/tháng/năm, ví dụ 15/11/2023.")
    if not 1900 <= day.year <= 2100:
        return FieldProblem(field.key, f"Năm {day.year} có lẽ là viết nhầm.")
    return day.isoformat()


def _read_tick(field: FieldDef, text: str, _: Options) -> Kept | FieldProblem:
    word = fold(text)
    if word in _TICKED or word in _UNTICKED:
        return word in _TICKED
    return FieldProblem(field.key, f"“{_echo(text)}” chưa rõ; viết “có” hoặc “không”.")


def _read_choice(field: FieldDef, text: str, options: Options) -> Kept | FieldProblem:
    code = code_named(text, options.of(field))
    return code if code is not None else _unknown_choice(field, text, options)


def _read_choices(field: FieldDef, texts: Sequence[str], options: Options) -> Kept | FieldProblem | None:
    offered = options.of(field)
    parts = [part for text in texts for part in text.split(";") if part.strip()]
    codes = [code_named(part, offered) for part in parts]
    wrong = next((part for part, code in zip(parts, codes, strict=True) if code is None), None)
    if wrong is not None:
        return _unknown_choice(field, wrong, options)
    chosen = set(codes)
    return [code for code in offered if code in chosen] or None


def code_named(text: str, offered: Mapping[str, str]) -> str | None:
    """The code that a text names: itself, or the name of one choice alone, however it is typed."""
    word = nfc(text)
    if word in offered:
        return word
    named = [code for code, name in offered.items() if fold(name) == fold(word)]
    return named[0] if len(named) == 1 else None


def _unknown_choice(field: FieldDef, text: str, options: Options) -> FieldProblem:
    names = list(options.offered(field).values())
    return FieldProblem(
        field.key, f"Không có lựa chọn “{_echo(text)}”; chọn một trong: {'; '.join(names[:12])}{'…' if len(names) > 12 else ''}."
    )


def _read_text(field: FieldDef, text: str, _: Options) -> Kept | FieldProblem | None:
    whole = nfc(written(text)) if field.type == "text" else written(text).strip()
    if not whole:
        return None
    if len(whole) > field.longest:
        return FieldProblem(field.key, f"Dài {format_scaled(len(whole), 0)} ký tự; tối đa {format_scaled(field.longest, 0)}.")
    if field.pattern is not None and not fits_pattern(field.pattern, whole):
        return FieldProblem(field.key, field.pattern_says)
    wrong = _wrong_text(field, whole)
    return FieldProblem(field.key, wrong) if wrong else whole


def wrong_address(field: FieldDef, text: str) -> str:
    """Why a text cannot stand in a field that holds an address of the web, in Vietnamese; "" where it can."""
    read = read_web_address(text) if field.web is not None else ""
    return read if isinstance(read, str) else ""


def _read_place(field: FieldDef, text: str, _: Options) -> Kept | FieldProblem:
    """`10.776889, 106.700806`, as maps give it."""
    parts = text.replace(";", ",").split(",")
    degrees = [_millionths(part) for part in parts]
    if len(parts) != 2 or degrees[0] is None or degrees[1] is None:
        return FieldProblem(field.key, f"“{_echo(text)}” không phải là vị trí; viết vĩ độ, kinh độ, ví dụ 10.776889, 106.700806.")
    latitude, longitude = degrees[0], degrees[1]
    if SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST:
        return (latitude, longitude)
    if SOUTH <= longitude <= NORTH and WEST <= latitude <= EAST:
        return FieldProblem(field.key, "Vĩ độ và kinh độ bị đổi chỗ cho nhau.")
    return FieldProblem(field.key, "Vị trí nằm ngoài Việt Nam.")


def _millionths(text: str) -> int | None:
    sign, number = (-1, text.strip()[1:]) if text.strip().startswith("-") else (1, text.strip())
    whole, _, fraction = number.partition(".")
    if not (whole.isascii() and whole.isdigit() and (fraction == "" or (fraction.isascii() and fraction.isdigit()))) or len(whole) > 3:
        return None
    return sign * (int(whole) * MILLIONTH + int(fraction[:6].ljust(6, "0")))


def _read_unit(field: FieldDef, text: str, _: Options) -> Kept | FieldProblem:
    word = text.strip()
    return (
        int(word)
        if word.isascii() and word.isdigit() and len(word) < 19
        else FieldProblem(field.key, "Hãy chọn một đơn vị trong danh sách.")
    )


def _echo(text: str) -> str:
    shown = nfc(text)
    return shown if len(shown) <= 40 else shown[:40] + "…"


_Reader = Callable[[FieldDef, str, Options], Kept | FieldProblem | None]
_READERS: Mapping[str, _Reader] = {
    **dict.fromkeys(NUMERIC, _read_number),
    "day": _read_day,
    "yes_no": _read_tick,
    "choice": _read_choice,
    "text": _read_text,
    "long_text": _read_text,
    "place": _read_place,
    "unit": _read_unit,
}


def write_value(field: FieldDef, value: Kept | None, options: Options) -> str:
    """The value as people read it; reading it back gives the same value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, list):
        return "; ".join(options.of(field).get(code, code) for code in value)
    if isinstance(value, tuple):
        return ", ".join(f"{degrees // MILLIONTH}.{degrees % MILLIONTH:06d}" for degrees in value)
    if isinstance(value, int):
        return str(value) if field.type == "unit" else format_scaled(value, field.decimals)
    if field.type == "day":
        return format_day(date.fromisoformat(value))
    return options.of(field).get(value, value) if field.type == "choice" else value


def as_compared(values: Values) -> dict[str, Value]:
    """The values as conditions compare them; nothing is compared with a place."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items() if not isinstance(value, tuple)}


def shown_fields(definition: RegisterDefinition, values: Values) -> tuple[FieldDef, ...]:
    """The fields that are asked of a record that holds these values. One that is not asked holds nothing for those that hang on it."""
    asked, hidden = definition.asked, frozenset[str]()
    for _ in asked:  # as on the page (form.js): as often as it takes, at most once for each field
        compared = as_compared({key: value for key, value in values.items() if key not in hidden})
        found = frozenset(field.key for field in asked if not holds(field.shown_if, compared))
        if found == hidden:
            break
        hidden = found
    return tuple(field for field in asked if field.key not in hidden)


def required_fields(definition: RegisterDefinition, state: str) -> tuple[FieldDef, ...]:
    """The fields that a record in a state must hold, where they are asked of it at all.

    What was refused, stopped or cancelled needs no more than what it was begun with: a draft can be cancelled as it is.
    """
    ended = definition.by_state[state].meaning in (StateClass.DONE_BAD, StateClass.VOID)
    stands = definition.first_state.code if ended else state
    return tuple(each for each in definition.fields if definition.has_come_to(each.required_from, stands))


def missing_fields(
    definition: RegisterDefinition, values: Values, state: str, let_off: Collection[str] = frozenset()
) -> tuple[FieldProblem, ...]:
    """What a record in a state must hold and does not; a field that is not asked of it is not missing, nor one that it is let off."""
    required = {each.key for each in required_fields(definition, state)} - set(let_off)
    return tuple(
        FieldProblem(field.key, f"Chưa điền “{field.label}”.")
        for field in shown_fields(definition, values)
        if field.key in required and field.key not in values
    )


def frozen_changes(
    definition: RegisterDefinition, before: Values, after: Values, state: str, asked: Collection[str] = ()
) -> tuple[FieldProblem, ...]:
    """Fields that were changed although a record in this state keeps them as they are; but not what the act that changes it asks, nor
    what it owes still (`owed`), nor what it should not hold at all: not asked before either, it may always be emptied."""
    strays = {field.key for field in definition.asked} - {field.key for field in shown_fields(definition, before)} - after.keys()
    given = owed(definition, before, state) | strays
    return tuple(
        FieldProblem(
            field.key,
            f"“{field.label}” không sửa được nữa ở trạng thái “{definition.by_state[state].name}”.{_corrected(definition, field, state)}",
        )
        for field in definition.fields
        if field.key not in (*asked, *given) and is_frozen(definition, field, state) and before.get(field.key) != after.get(field.key)
    )


def owed(definition: RegisterDefinition, values: Values, state: str) -> frozenset[str]:
    """What a record in a state must hold, hands may write, and was never asked of it, because an earlier edition did not: it may be
    given however late, frozen or not. Freezing keeps what was said; without this, such a record could neither go on nor back."""
    wanted = {field.key for field in required_fields(definition, state)}
    return frozenset(wanted - values.keys() - definition.set_by_acts.keys())


def past_asking(definition: RegisterDefinition, values: Values, state: str) -> frozenset[str]:
    """What a record in a state must hold, was never asked of it, because an earlier edition did not, and can be given by nobody there.

    Acts alone fill it in, and it stands behind all of them: it is wanted of the records that come to these acts, not of this one.
    """
    wanted = {field.key for field in required_fields(definition, state)} - values.keys()
    acts = definition.set_by_acts
    return frozenset(key for key in wanted & acts.keys() if not any(state in act.states for act in acts[key]))


def is_frozen(definition: RegisterDefinition, field: FieldDef, state: str) -> bool:
    """Whether hands change a field no more in a state; acts that ask it still do."""
    return definition.has_come_to(field.frozen_from, state)


def frozen_in(definition: RegisterDefinition, state: str, values: Values) -> dict[str, str]:
    """The fields that no form takes in a state from a record of these values: since when, and what corrects each, in Vietnamese."""
    given = owed(definition, values, state)
    return {
        each.key: f"Không sửa được nữa từ “{definition.by_state[each.frozen_from or ''].name}”.{_corrected(definition, each, state)}"
        for each in definition.asked
        if is_frozen(definition, each, state) and each.key not in given
    }


def _corrected(definition: RegisterDefinition, field: FieldDef, state: str) -> str:
    names = " hoặc ".join(f"“{act.name}”" for act in definition.corrections_of(field.key, state))
    return f" Ghi sai thì dùng nút {names} ở trang hồ sơ." if names else ""


def misfits(definition: RegisterDefinition, values: Values, options: Options) -> tuple[FieldProblem, ...]:
    """Values that no reading of a text would have given: of another type, no choice of the list, beyond the limits."""
    fields = [(definition.by_key[key], value) for key, value in values.items() if key in definition.by_key]
    return tuple(
        FieldProblem(field.key, _wrong_text(field, str(value)) or field.pattern_says or f"“{field.label}” không nhận giá trị này.")
        for field, value in fields
        if not _is_kept(field, value, options)
    )


def _wrong_text(field: FieldDef, text: str) -> str | None:
    """What a text says wrong beside its pattern: as an address, as parts of a whole."""
    return wrong_address(field, text) or wrong_parts(field.parts_of, text)


def _is_kept(field: FieldDef, value: object, options: Options) -> bool:
    if field.type == "place":
        return isinstance(value, tuple) and len(value) == 2 and all(type(each) is int for each in value)
    if field.type == "unit":
        return type(value) is int
    if not _has_type(field, value) or value in ("", []):
        return False
    if field.type in ("text", "long_text"):
        fits = field.pattern is None or fits_pattern(field.pattern, str(value))
        return len(str(value)) <= field.longest and fits and not _wrong_text(field, str(value))
    if field.type == "day":
        return not isinstance(_read_day(field, str(value), options), FieldProblem)
    if field.type in NUMERIC:
        return not isinstance(_read_number(field, format_scaled(int(str(value)), field.decimals), options), FieldProblem)
    chosen = value if isinstance(value, list) else [value]
    return field.type == "yes_no" or field.status == "retired" or all(code in options.of(field) for code in chosen)


_TYPES: Mapping[str, type] = {**dict.fromkeys(NUMERIC, int), "yes_no": bool, "choices": list}


def _has_type(field: FieldDef, value: object) -> bool:
    return type(value) is _TYPES.get(field.type, str)


def strangers(definition: RegisterDefinition, values: Values) -> tuple[FieldProblem, ...]:
    """Values that the definition has no field for."""
    return tuple(FieldProblem(key, f"Sổ này không có trường “{key}”.") for key in values if key not in definition.by_key)
