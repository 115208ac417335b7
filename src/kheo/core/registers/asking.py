"""What a list's address asks for: what of it is kept under a name, what of it the register does not know any more, and its words."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from kheo.core.definition.conditions import Plain, in_words
from kheo.core.registers.columns import FROM, TO, Asked, Column, Query, columns_of_register
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.values import FieldProblem, Options
from kheo.core.registers.words import CLASS_NAMES, Reach, StateClass
from kheo.core.workflow import Role

# Who may share a list how far, at their own unit; with everybody only at the top of the line.
SHARING: Mapping[Reach, frozenset[Role]] = {
    Reach.UNIT: frozenset({Role.OFFICER, Role.HEAD, Role.REVIEWER, Role.OFFICE}),
    Reach.BELOW: frozenset({Role.HEAD, Role.REVIEWER, Role.OFFICE}),
    Reach.ALL: frozenset({Role.OFFICE}),
}
OWN_UNITS, BELOW_OWN, HANDED, ON_GROUND = "minh", "duoi", "duoc_giao", "tren_dia_ban"
SCOPES: Mapping[str, str] = {
    OWN_UNITS: "Đơn vị tôi",
    BELOW_OWN: "Các đơn vị bên dưới",
    HANDED: "Được giao",
    ON_GROUND: "Trên địa bàn, đơn vị nào ghi cũng kể",
}
STANDARD_ORDERS: Mapping[str, str] = {
    "": "Mới ghi trước",
    "han": "Hạn gần nhất trước",
    "ma": "Ghi từ đầu",
    "-sua": "Mới sửa trước",
}
_KEPT = (Asked.TEXT, Asked.STATE, Asked.MEANING, Asked.OVERDUE, Asked.READY, Asked.SCOPE, Asked.UNIT, Asked.ORDER, Asked.COLUMNS)


def scopes(definition: RegisterDefinition) -> Mapping[str, str]:
    """Whose entries can be asked for: by the ground only where entries say on whose they are, and never behind the wall (065)."""
    has_ground = definition.field_of("ward") is not None and not definition.walled
    return {code: words for code, words in SCOPES.items() if has_ground or code != ON_GROUND}


def own_query(definition: RegisterDefinition, query: Query) -> str:
    """What of an address says which list it is, in one order and nothing twice: neither the page nor what a list was saved as."""
    pairs = [(name, text.strip()) for name in known_names(definition) for text in dict.fromkeys(query.get(name, ())) if text.strip()]
    return urlencode(pairs)


def known_names(definition: RegisterDefinition) -> list[str]:
    """Every part of an address that says which list it is, in the order in which it is kept."""
    names = [each.value for each in _KEPT]
    for field in definition.fields:
        names += [field.key, f"{field.key}.{FROM}", f"{field.key}.{TO}"]
    return names


def can_be_column(field: FieldDef) -> bool:
    """Whether a list may have a column of it: not of what is long, nor of persons unless the register says so."""
    return field.type not in ("long_text", "place") and field.column != "title" and (field.in_list or not field.personal)


def gone(definition: RegisterDefinition, query: Query) -> list[FieldProblem]:
    """What an address asks for that the register has no more: a field that is retired or not filtered by, a state, a list, an order."""
    found = [_gone_field(field) for field in definition.fields if _names(field, query) and not (field.filter and field.status == "active")]
    for name, known, said in (
        (Asked.STATE, set(definition.by_state), "Bước “{}” không còn trong sổ."),
        (Asked.MEANING, {each.value for each in StateClass}, "Nhóm bước “{}” không có."),
        (Asked.READY, {each.code for each in definition.ready}, "Danh sách có sẵn “{}” không còn trong sổ."),
        (Asked.SCOPE, set(scopes(definition)), "Phạm vi “{}” không có."),
        (Asked.ORDER, _orders(definition), "Không còn xếp theo “{}” được."),
        (Asked.COLUMNS, {each.key for each in definition.asked if can_be_column(each)}, "Cột “{}” không còn trong sổ."),
    ):
        asked = [text for text in query.get(name, ()) if text.strip()]
        found += [
            FieldProblem(name, said.format(_label(definition, text)) + " Phần ấy được bỏ qua.") for text in asked if text not in known
        ]
    return found


def _orders(definition: RegisterDefinition) -> set[str]:
    keys = {"ma", "han", "ghi_ngay", "sua", *(each.key for each in definition.asked if each.sort)}
    return {f"{sign}{key}" for key in keys for sign in ("", "-")}


def _names(field: FieldDef, query: Query) -> bool:
    return any(text.strip() for name in (field.key, f"{field.key}.{FROM}", f"{field.key}.{TO}") for text in query.get(name, ()))


def _gone_field(field: FieldDef) -> FieldProblem:
    return FieldProblem(field.key, f"Sổ không còn lọc theo “{field.label}” nữa. Điều kiện ấy được bỏ qua.")


def _label(definition: RegisterDefinition, text: str) -> str:
    field = definition.by_key.get(text.removeprefix("-"))
    return field.label if field else text[:40]


def said_of(definition: RegisterDefinition, options: Options, query: Query) -> Iterator[str]:
    """What an address asks for, a sentence for each part; units are told by who knows their names."""
    text = " ".join(query.get(Asked.TEXT, ())).strip()
    if text:
        yield f"tìm “{text}”"
    states = [definition.by_state[each].name for each in query.get(Asked.STATE, ()) if each in definition.by_state]
    if states:
        yield "bước: " + " hoặc ".join(states)
    meanings = [CLASS_NAMES[each] for each in StateClass if each.value in query.get(Asked.MEANING, ())]
    if meanings:
        yield "nhóm bước: " + " hoặc ".join(meanings)
    if Asked.OVERDUE in query:
        yield "quá hạn"
    yield from (each.name for each in definition.ready if each.code in query.get(Asked.READY, ()))
    yield from (words for code, words in scopes(definition).items() if code in query.get(Asked.SCOPE, ()))
    labels = {each.key: each.label for each in definition.fields}
    for column in columns_of_register(definition, options):
        found = column.conditions(query)[0]
        if found and found[0].operator == "filled":
            yield in_words(found[0], labels, {})
        elif found and column.is_range:
            yield _typed(column, query)
        elif found:
            yield f"{column.label}: " + " hoặc ".join(_choice(column, each) for each in found[0].operands)
    yield from _arranged(definition, query)


def _choice(column: Column, value: Plain) -> str:
    return column.cell({column.key: [str(value)] if column.field.type == "choices" else value})


def _typed(column: Column, query: Query) -> str:
    starts, ends = (next(iter(query.get(f"{column.key}.{each}", ())), "").strip() for each in (FROM, TO))
    return " ".join([column.label, *([f"từ {starts}"] if starts else []), *([f"đến {ends}"] if ends else [])])


def _arranged(definition: RegisterDefinition, query: Query) -> Iterator[str]:
    order = next(iter(query.get(Asked.ORDER, ())), "")
    if order:
        way = "lớn, mới trước" if order.startswith("-") else "nhỏ, cũ trước"
        yield "xếp: " + (STANDARD_ORDERS.get(order) or f"{_label(definition, order)}, {way}")
    columns = [definition.by_key[each].label for each in query.get(Asked.COLUMNS, ()) if each in definition.by_key]
    if columns:
        yield "cột: " + ", ".join(columns)
