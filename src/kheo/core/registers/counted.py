"""Whether what a campaign counts is there in the registers, and how a rule of counting is said in words."""

from collections.abc import Iterator, Mapping

from kheo.core.definition.conditions import Plain, in_words
from kheo.core.definition.models import Definition
from kheo.core.definition.records import CountingRule
from kheo.core.definition.wording import suggestion
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.named import counted_names
from kheo.core.registers.rules.counting import LINE_FIELDS, codes_of_list, rule_problems
from kheo.core.registers.values import Options
from kheo.core.unit_kinds import kind_name


def counting_problems(definition: Definition, registers: Mapping[str, RegisterDefinition]) -> Iterator[tuple[str, str]]:
    """The indicators whose rule cannot be counted in these registers, each with why, in Vietnamese."""
    for indicator in definition.indicators:
        if indicator.records is None:
            continue
        register = registers.get(indicator.records.register_code)
        if register is None:
            known = suggestion(indicator.records.register_code, registers)
            yield indicator.code, f"Không có sổ “{indicator.records.register_code}”{known}"
            continue
        if definition.content_of(indicator.content).walled and not register.walled:
            yield indicator.code, f"Nội dung được che chỉ đếm từ sổ được che (walled); sổ “{register.short}” nhận cả chữ."
        for said in rule_problems(indicator.records, register, definition.lists):
            yield indicator.code, said
        for said in counted_names(indicator.records, register.register_code, registers):
            yield indicator.code, said
        if indicator.records.by is not None and indicator.breakdown is not None:
            for said in _parts(indicator.records.by, indicator.records, register, indicator.breakdown, definition):
                yield indicator.code, said


def _parts(by: str, rule: CountingRule, register: RegisterDefinition, breakdown: str, definition: Definition) -> Iterator[str]:
    """The field that parts are counted by draws on the very list of the parts."""
    if rule.fact == "line" and by in LINE_FIELDS:
        line = register.by_line.get(rule.line or "")
        listed = (line.kinds if by == "kind" else line.sources) if line else None
    else:
        field = register.by_key.get(by)
        if field is None or field.type != "choice":
            yield f"Không chia phần theo “{by}” được: sổ “{register.short}” không có trường một lựa chọn ấy."
            return
        listed = field.options
    codes = codes_of_list(listed, register, definition.lists) or set()
    strange = codes - {choice.code for choice in definition.lists[breakdown]}
    if strange or not codes:
        yield f"Danh mục của “{by}” có mục mà “{breakdown}” không có: {', '.join(sorted(strange)) or 'trống'}."


FOUND = {
    "any": "có liên kết mà máy đã xem",
    "readable": "liên kết còn mở được",
    "broken": "liên kết hỏng",
    "unsure": "liên kết mà máy chưa rõ",
}


def rule_in_words(rule: CountingRule, register: RegisterDefinition, options: Options) -> str:
    """`Số mô hình vào trạng thái Được công nhận trong kỳ; lĩnh vực là Kinh tế`: what stands beside a counted cell."""
    labels = {"kind": "loại", "source": "nguồn", "ordinal": "đợt thứ"} | {field.key: field.label.lower() for field in register.fields}
    names: dict[tuple[str, Plain], str] = {(field.key, code): name for field in register.fields for code, name in options.of(field).items()}
    line = register.by_line.get(rule.line or "")
    for key, listed in (("kind", line.kinds), ("source", line.sources)) if line else ():
        names |= {(key, code): name for code, name in options.names.get(listed or "", {}).items()}
    conditions = [in_words(each, labels, names) for each in rule.where]
    conditions += _counts_for(rule, register)
    conditions += ["còn hiệu lực ngày chốt số liệu"] if rule.in_force else []
    conditions += [f"{FOUND[rule.looked.found]} (trường “{_label(register.by_key.get(rule.looked.field))}”)"] if rule.looked else []
    never = ", ".join(f"“{register.by_state[code].name}”" for code in rule.never_in if code in register.by_state)
    conditions += [f"chưa hồ sơ nào của chủ thể ấy từng ở {never}"] if never else []
    return "; ".join([f"{_measure(rule, register)} {_fact(rule, register)}", *conditions])


def _measure(rule: CountingRule, register: RegisterDefinition) -> str:
    if rule.measure == "subjects":
        return f"Số chủ thể khác nhau có {register.one}"
    if rule.measure == "any":
        return f"1 khi có {register.one}, 0 khi không:"
    if rule.counts_units:
        kinds = f" ({', '.join(kind_name(each) for each in rule.kinds)})" if rule.kinds else ""
        return f"Số đơn vị trực thuộc{kinds} {'có' if rule.units == 'having' else 'dù đã có hay chưa có'} {register.one}"
    if rule.measure == "sum":
        line = register.by_line.get(rule.line or "")
        said = (line.quantity if rule.of == "quantity" else line.amount) if line else _label(register.by_key.get(rule.of or ""))
        return f"Cộng “{said}” của {register.one}"
    return f"Số {register.one}"


def _counts_for(rule: CountingRule, register: RegisterDefinition) -> list[str]:
    """For which unit, where that is not the one that wrote it down."""
    if rule.counts_for == "ward":
        return [f"tính cho đơn vị ở “{_label(register.field_of('ward'))}”"]
    return ["tính cho đơn vị được giao"] if rule.counts_for == "handler" else []


def _label(field: FieldDef | None) -> str:
    return field.label if field else ""


def _fact(rule: CountingRule, register: RegisterDefinition) -> str:
    states = ", ".join(f"“{register.by_state[code].name}”" for code in rule.states if code in register.by_state)
    clock = next((each.name for each in register.clocks if each.code == rule.clock), "")
    outcome = {"any": "", "met": ", làm đúng hạn", "late": ", không đúng hạn", "open": ", đã qua hạn mà chưa làm"}[rule.outcome]
    link = next((each.name for each in register.links if each.code == rule.link), "")
    followed, onward = _followed(rule, register), ", mà hồ sơ kia cũng có" if rule.onward else ""
    return {
        "in_state": f"đang ở {states} " + ("đầu kỳ" if rule.at == "start" else "lúc chốt số liệu"),
        "entered": f"bắt đầu ở {states} {followed or 'trong kỳ'}",
        "left": f"ra khỏi {states} trong kỳ",
        "line": f"có dòng “{next((each.name for each in register.lines if each.code == rule.line), '')}” trong kỳ",
        "link": f"có liên kết “{link}” được xác minh trong kỳ{onward}",
        "due": f"có hạn “{clock}” {'bắt đầu trong kỳ' if rule.dated == 'started' else 'trong kỳ'}{outcome}",
    }[rule.fact]


def _followed(rule: CountingRule, register: RegisterDefinition) -> str:
    """`và đã qua 180 ngày, ngày cuối ở trong kỳ, trong khi ấy có sang “Tái phát”`."""
    asked = rule.followed
    if asked is None:
        return ""
    states = ", ".join(f"“{register.by_state[code].name}”" for code in asked.states if code in register.by_state)
    own = next((each.name for each in register.links if each.code == asked.link), asked.link)
    what = f"sang {states}" if asked.states else "được hồ sơ sổ khác nối tới" if asked.from_register else f"có liên kết “{own}”"
    said = {"any": "", "yes": f", trong khi ấy có {what}", "no": f", trong khi ấy không {what}"}[asked.found]
    return f"và đã qua {asked.days} ngày, ngày cuối ở trong kỳ{said}"


__all__ = ["counting_problems", "rule_in_words"]
