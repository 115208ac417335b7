"""Whether what counts in a register names what the register has: states, lines, links, clocks, fields and their choices."""

from collections.abc import Collection, Iterator, Mapping

from kheo.core.definition.conditions import Condition
from kheo.core.definition.models import Choice
from kheo.core.definition.placing import Finding
from kheo.core.definition.records import CountingRule, InForce, LookedAt
from kheo.core.definition.wording import suggestion
from kheo.core.registers.draft import RegisterDraft, RegisterRule
from kheo.core.registers.fields import NUMERIC
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.rules.fields import misfit
from kheo.core.registers.rules.sealing import sealed_numbers
from kheo.core.registers.words import CREATE

LINE_FIELDS = ("kind", "source")
LINE_SUMS = ("quantity", "amount")
Lists = Mapping[str, Collection[Choice]]


def rule_problems(rule: CountingRule, register: RegisterDefinition, lists: Lists | None) -> Iterator[str]:
    """Why a rule cannot be counted in a register, in Vietnamese. `lists`: those of its campaign; None: not known here, nothing is said."""
    yield from _about(rule, register)
    yield from _personal(rule, register)
    yield from sealed_numbers(rule, register)
    if rule.counts_units and register.hides_small:
        yield f"Sổ “{register.short}” che số nhỏ: không đếm đơn vị trực thuộc (units_below), vì con số nói rằng đơn vị nào có hồ sơ."
    if rule.of is not None:
        yield from _sum(rule, register)
    if rule.counts_for == "ward":
        yield from ward_problems(rule, register)
    yield from in_force_problems(rule.in_force, register)
    yield from looked_problems(rule.looked, register)
    yield from _followed(rule, register)
    for condition in rule.where:
        yield from _condition(condition, rule, register, lists)


def ward_problems(rule: CountingRule | None, register: RegisterDefinition) -> Iterator[str]:
    """Why entries cannot count for the unit on whose ground they are: nothing says which it is, or not in all that are counted.

    `rule` None: they are only looked for there, and what says nothing is on nobody's.
    """
    field = register.field_of("ward")
    if field is None:
        yield f"Sổ “{register.short}” không có trường nào nói hồ sơ ở địa bàn đơn vị nào (type: unit, column: ward)."
        return
    if register.walled or register.hides_small:
        yield f"Sổ “{register.short}” được che: không tính cho đơn vị khác đơn vị ghi và đơn vị được giao."
    since = None if rule is None else first_counted(rule, register)
    if since is not None and not register.has_come_to(field.required_from, since):
        name = register.by_state[since].name
        yield f"“{field.label}” chưa bắt buộc từ “{name}” (required_from): hồ sơ bỏ trống sẽ không tính cho đơn vị nào."


def first_counted(rule: CountingRule, register: RegisterDefinition) -> str | None:
    """The first state in which an entry can count: lines and links do in every one, limits from where they start."""
    if rule.fact in ("line", "link"):
        return register.first_state.code
    states = set(rule.states)
    for clock in register.clocks:
        if clock.code == rule.clock:
            started = [act for act in register.acts if act.code in clock.started_by]
            states |= {register.first_state.code} if CREATE in clock.started_by else set()
            states |= {state for act in started for state in ((act.to,) if act.to else act.states)}
    return min((state for state in states if state in register.order), key=register.order.__getitem__, default=None)


def in_force_problems(asked: InForce | None, register: RegisterDefinition) -> Iterator[str]:
    """Why it cannot be asked whether entries still hold: the days are those of fields, and nothing personal."""
    for key in asked.keys if asked else ():
        field = register.by_key.get(key)
        if field is None:
            yield f"Sổ “{register.short}” không có trường “{key}”" + suggestion(key, register.by_key)
        elif field.type != "day":
            yield f"Trường “{key}” không phải là ngày."
        elif field.personal:
            yield f"“{key}” là dữ liệu cá nhân: danh sách theo trường ấy sẽ nói ra."


def looked_problems(asked: LookedAt | None, register: RegisterDefinition) -> Iterator[str]:
    """Why it cannot be asked how pages stand: nothing looks at what that field holds."""
    if asked is None:
        return
    field = register.by_key.get(asked.field)
    if field is None:
        yield f"Sổ “{register.short}” không có trường “{asked.field}”" + suggestion(asked.field, register.by_key)
    elif field.web is None or not field.web.looked_in:
        yield f"Máy không xem trang của trường “{asked.field}”: trường ấy cần web.looked_in."


def _about(rule: CountingRule, register: RegisterDefinition) -> Iterator[str]:
    """States, lines, links and clocks that the register has."""
    known: tuple[tuple[str, Collection[str], Collection[str | None]], ...] = (
        ("trạng thái", register.by_state, (*rule.states, *rule.never_in)),
        ("loại dòng", [each.code for each in register.lines], [rule.line]),
        ("loại liên kết", [each.code for each in register.links], [rule.link]),
        ("thời hạn", [each.code for each in register.clocks], [rule.clock]),
    )
    for what, codes, named in known:
        for word in named:
            if word is not None and word not in codes:
                yield f"Sổ “{register.short}” không có {what} “{word}”" + suggestion(word, codes)


def _followed(rule: CountingRule, register: RegisterDefinition) -> Iterator[str]:
    """What came of it is a state, or a link, that there is. Links from another register are looked for beside that one (`named`)."""
    asked = rule.followed
    for word in asked.states if asked else ():
        if word not in register.by_state:
            yield f"Sổ “{register.short}” không có trạng thái “{word}”" + suggestion(word, register.by_state)
    if asked is not None and asked.link is not None and asked.from_register is None and asked.link not in register.by_link:
        yield f"Sổ “{register.short}” không có loại liên kết “{asked.link}”" + suggestion(asked.link, register.by_link)
    if rule.onward and rule.link in register.by_link and register.by_link[rule.link or ""].to != register.register_code:
        yield f"Liên kết “{rule.link}” không tới chính sổ này: không có bậc hai (onward)."


def _personal(rule: CountingRule, register: RegisterDefinition) -> Iterator[str]:
    """The list behind a number, or behind one of its parts, would tell of each entry what is shown to few."""
    ward = register.field_of("ward") if rule.counts_for == "ward" else None
    for key in dict.fromkeys([*(each.field for each in rule.where), rule.by, rule.of, ward.key if ward else None]):
        field = register.by_key.get(key or "")
        if field is not None and field.personal:
            yield f"“{field.label}” là dữ liệu cá nhân: không đếm theo trường ấy, vì danh sách sau con số sẽ nói ra."


def _sum(rule: CountingRule, register: RegisterDefinition) -> Iterator[str]:
    if rule.fact == "line":
        if rule.of not in LINE_SUMS:
            yield f"Dòng chỉ cộng được {', '.join(LINE_SUMS)}; không có “{rule.of}”."
    elif (field := register.by_key.get(rule.of or "")) is None or field.type not in NUMERIC:
        yield f"Không cộng được trường “{rule.of}”: sổ “{register.short}” không có trường số ấy."


def _condition(condition: Condition, rule: CountingRule, register: RegisterDefinition, lists: Lists | None) -> Iterator[str]:
    if condition.field == "ordinal" or (rule.fact == "line" and condition.field in LINE_FIELDS):
        return
    if condition.field not in register.by_key:
        yield f"Sổ “{register.short}” không có trường “{condition.field}”" + suggestion(condition.field, register.by_key)
        return
    said = misfit(condition, register.by_key, lambda name: codes_of_list(name, register, lists))
    if said is not None:
        yield said


def codes_of_list(name: str | None, register: RegisterDefinition, lists: Lists | None) -> set[str] | None:
    """Of a list of the register, or of its campaign; None where that is not known."""
    if lists is None and name not in register.lists:
        return None
    return {choice.code for choice in register.lists.get(name or "", ()) or (lists or {}).get(name or "", ())}


def figures_that_can_be(draft: RegisterDraft) -> Iterator[Finding]:
    """Every figure of the register can be counted in it, and says one thing: a number, a share or a time."""
    whole = draft.whole
    if whole is None:
        return
    lists = draft.campaign.lists if draft.campaign is not None else None
    for placed in draft.figures:
        figure = placed.item
        for key, rule in (("counts", figure.counts), ("among", figure.among)):
            for said in rule_problems(rule, whole, lists) if rule else ():
                yield placed.finding(key, said)
            if rule is not None and rule.counts_units:
                yield placed.finding(
                    key, "Số liệu của sổ đã cộng theo cây đơn vị: dùng measure: any để có số đơn vị; units_below chỉ dùng cho chỉ tiêu."
                )
        if figure.is_timed and (figure.among is not None or figure.counts.measure != "count" or figure.counts.by is not None):
            yield placed.finding("days", "Số ngày (days, age) không đi cùng among, measure hay by.")
        if figure.is_timed and figure.counts.followed is not None:
            yield placed.finding("days", "Số ngày (days, age) không đi cùng followed: ngày cuối của bấy nhiêu ngày thì ai cũng như ai.")
        if figure.of_units and (figure.among is not None or figure.counts.measure != "any" or whole.hides_small):
            yield placed.finding("of_units", "of_units chỉ dùng với measure: any, không cùng among, không ở sổ che số nhỏ.")
        if figure.age and (figure.days or figure.counts.fact != "in_state" or figure.counts.at != "cutoff"):
            yield placed.finding("age", "age chỉ dùng với fact: in_state lúc chốt số liệu, không cùng days.")
        if figure.is_timed and whole.hides_small:
            yield placed.finding("days", "Sổ che số nhỏ không nêu số ngày: trung vị của vài hồ sơ nói về từng hồ sơ.")
        if figure.among is not None and (figure.counts.by, figure.among.by) != (None, None):
            yield placed.finding("among", "Tỷ lệ (among) không chia phần (by).")
        if figure.counts.by is not None and figure.counts.by not in _divides(figure.counts, whole):
            yield placed.finding("counts", f"Không chia phần theo “{figure.counts.by}”: cần một trường một lựa chọn.")


def _divides(rule: CountingRule, register: RegisterDefinition) -> set[str]:
    """What numbers of such a rule can be divided by: one choice of an entry, or of a line."""
    fields = {field.key for field in register.fields if field.type == "choice"}
    return fields | set(LINE_FIELDS) if rule.fact == "line" else fields


def lists_of_what_holds(draft: RegisterDraft) -> Iterator[Finding]:
    """A ready list asks of days that there are whether its entries still hold."""
    for placed in draft.ready.having("in_force") if draft.whole is not None else ():
        for said in in_force_problems(placed.item.in_force, draft.whole):  # type: ignore[arg-type]  # it is whole
            yield placed.finding("in_force", said)


def lists_of_pages(draft: RegisterDraft) -> Iterator[Finding]:
    """A ready list of how pages stand is of pages that are looked at."""
    for placed in draft.ready.having("looked") if draft.whole is not None else ():
        for said in looked_problems(placed.item.looked, draft.whole):  # type: ignore[arg-type]  # it is whole
            yield placed.finding("looked", said)


def lists_of_grounds(draft: RegisterDraft) -> Iterator[Finding]:
    """Units that have nothing on their ground are told where entries say on whose ground they are."""
    for placed in draft.ready.having("counts_for", "units_without") if draft.whole is not None else ():
        if placed.item.counts_for == "ward":
            yield from (placed.finding("counts_for", said) for said in ward_problems(None, draft.whole))  # type: ignore[arg-type]  # it is whole


COUNTING_RULES: tuple[RegisterRule, ...] = (figures_that_can_be, lists_of_what_holds, lists_of_pages, lists_of_grounds)
