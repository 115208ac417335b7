"""Rules about fields: a title, each column once, limits in order, conditions that can hold, faces that have what they show."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from string import Formatter

from kheo.core.definition.conditions import Condition, Plain
from kheo.core.definition.placing import Finding, Placed
from kheo.core.definition.wording import suggestion
from kheo.core.registers.draft import RegisterDraft, RegisterRule
from kheo.core.registers.fields import NUMERIC, ORDERED, FieldDef

MOST_FIELDS = 60
_TEMPLATE_FIELD = re.compile(r"\{([^{}]*)\}")
TITLE_PARTS = frozenset({"integer", "day", "choice"})


def one_title(draft: RegisterDraft) -> Iterator[Finding]:
    """An entry has a title: typed into one field, or put together from fields."""
    if not draft.fields.complete:
        return
    typed = [placed for placed in draft.fields.having("column") if placed.item.column == "title"]
    template = draft.data.get("title_from")
    if not typed and not template:
        yield Finding(("fields",), "Cần một trường có column: title (tên hồ sơ), hoặc title_from để tự đặt tên.")
    if typed and template:
        yield typed[0].finding("column", "Tên hồ sơ được nhập (column: title) hoặc tự đặt (title_from), không cả hai.")


def parts_of_the_title(draft: RegisterDraft) -> Iterator[Finding]:
    """A title is put together from days, numbers and choices."""
    template, known = draft.data.get("title_from"), draft.fields.known("key")
    if not isinstance(template, str) or known is None:
        return
    try:
        list(Formatter().parse(template))
    except ValueError:
        yield Finding(("title_from",), f"“{template}” viết sai: mỗi ngoặc nhọn mở ra phải đóng lại.")
        return
    types = {placed.item.key: placed.item.type for placed in draft.fields.having("key", "type")}
    for name in _TEMPLATE_FIELD.findall(template):
        if name not in known:
            yield Finding(("title_from",), f"Không có trường “{name}”" + suggestion(name, known))
        elif types.get(name, "day") not in TITLE_PARTS:
            yield Finding(("title_from",), f"Trường “{name}” không dùng để đặt tên được: chỉ ngày, số nguyên, lựa chọn.")


def columns_once(draft: RegisterDraft) -> Iterator[Finding]:
    """A column keeps one field."""
    first: dict[str, Placed[FieldDef]] = {}
    for placed in draft.fields.having("column"):
        column = placed.item.column
        if column is not None and first.setdefault(column, placed) is not placed:
            yield placed.finding("column", f"Cột {column} đã giữ trường “{first[column].item.key}”.")


def limits_in_order(draft: RegisterDraft) -> Iterator[Finding]:
    """The smallest number is not above the largest."""
    for placed in draft.fields.having("at_least", "at_most"):
        low, high = placed.item.at_least, placed.item.at_most
        if low is not None and high is not None and low > high:
            yield placed.finding("at_most", f"Số lớn nhất {high} nhỏ hơn số nhỏ nhất {low}.")


def too_many_fields(draft: RegisterDraft) -> Iterator[Finding]:
    """Nobody fills in a form of a hundred fields."""
    if len(draft.fields.items) > MOST_FIELDS:
        yield Finding(("fields",), f"Có {len(draft.fields.items)} trường; tối đa {MOST_FIELDS}.")


def conditions_that_fit(draft: RegisterDraft) -> Iterator[Finding]:
    """A field is shown by what an earlier field holds, compared with what that field can hold."""
    before: dict[str, FieldDef] = {}
    for placed in draft.fields.having("key", "type"):
        if placed.has("shown_if"):
            for condition in placed.item.shown_if:
                said = misfit(condition, before, draft.codes_of)
                if said is not None:
                    yield placed.finding("shown_if", said)
        before[placed.item.key] = placed.item


def ready_lists_that_can_be(draft: RegisterDraft) -> Iterator[Finding]:
    """What a ready list compares is there to be compared, and the link that it misses is one of the register's own."""
    fields = {placed.item.key: placed.item for placed in draft.fields.having("key", "type")}
    links = draft.links.known("code")
    for placed in draft.ready.having("where", "lacks"):
        for condition in placed.item.where:
            said = misfit(condition, fields, draft.codes_of)
            if said is not None:
                yield placed.finding("where", said)
            elif getattr(fields.get(condition.field), "personal", False):
                yield placed.finding("where", f"“{condition.field}” là dữ liệu cá nhân: danh sách theo trường ấy sẽ nói ra.")
        lacks = placed.item.lacks
        if lacks is not None and lacks.from_register is None and links is not None and lacks.link not in links:
            yield placed.finding("lacks", f"Không có loại liên kết “{lacks.link}”" + suggestion(lacks.link, links))


CodesOf = Callable[[str], Collection[str] | None]


def misfit(condition: Condition, fields: Mapping[str, FieldDef], codes_of: CodesOf) -> str | None:
    """Why a condition can never be asked of these fields, in Vietnamese. `codes_of` a list: None where they are not known."""
    field = fields.get(condition.field)
    if field is None:
        return f"Không có trường “{condition.field}” đứng trước trường này" + suggestion(condition.field, fields)
    if condition.operator in ("at_least", "at_most") and field.type not in ORDERED:
        return f"Trường “{field.key}” kiểu {field.type} không so lớn bé được."
    codes = codes_of(field.options) if field.options else None
    for operand in condition.operands:
        if field.type == "yes_no" and not isinstance(operand, bool):
            return f"Trường “{field.key}” chỉ có true hoặc false."
        if field.type in NUMERIC and (not isinstance(operand, int) or isinstance(operand, bool)):
            return f"Trường “{field.key}” là số; “{operand}” không phải là số."
        if field.type == "day" and not _is_day(operand):
            return f"Trường “{field.key}” là ngày viết năm-tháng-ngày; “{operand}” không phải."
        if codes is not None and operand not in codes:
            return f"Danh mục “{field.options}” không có mã “{operand}”" + suggestion(str(operand), codes)
    return None


def _is_day(operand: Plain) -> bool:
    try:
        return isinstance(operand, str) and len(operand) == 10 and bool(date.fromisoformat(operand))
    except ValueError:
        return False


def faces_that_show(draft: RegisterDraft) -> Iterator[Finding]:
    """A map needs places, a calendar a day, a queue a clock."""
    whole = draft.whole
    if whole is None:
        return
    if "map" in whole.faces and whole.field_of("place") is None:
        yield Finding(("faces",), "Bản đồ (map) cần một trường kiểu place.")
    if "calendar" in whole.faces and whole.calendar is None:
        yield Finding(("faces",), "Lịch (calendar) cần khóa calendar: trường ngày nào.")
    if whole.calendar in whole.by_key and whole.by_key[str(whole.calendar)].type != "day":
        yield Finding(("calendar",), f"Trường “{whole.calendar}” không phải là ngày.")
    if whole.calendar in whole.by_key and whole.by_key[str(whole.calendar)].personal:
        yield Finding(("calendar",), f"Trường “{whole.calendar}” là dữ liệu cá nhân: lịch theo trường ấy sẽ nói ra.")
    if "queue" in whole.faces and not whole.clocks:
        yield Finding(("faces",), "Hàng việc (queue) cần ít nhất một thời hạn (clocks).")
    if "list" not in whole.faces:
        yield Finding(("faces",), "Sổ nào cũng có danh sách (list).")


def judged_blind(draft: RegisterDraft) -> Iterator[Finding]:
    """What judges are not to see is found, filtered and sorted by nobody; and there is somebody who judges."""
    for placed in draft.fields.having("for_judges", "personal", "label"):
        if placed.item.for_judges:
            continue
        if not placed.item.personal:
            yield placed.finding(
                "for_judges", f"“{placed.item.label}” giấu người chấm thì phải là personal: true, để không tìm, không lọc ra được."
            )
        if draft.whole is not None and not draft.whole.judging:
            yield placed.finding("for_judges", "Không thao tác nào của đơn vị khác ghi điểm (column: score): không có ai là người chấm.")


def pages_that_are_looked_at(draft: RegisterDraft) -> Iterator[Finding]:
    """A page is looked at in states that there are; and no address that is kept behind the wall is asked for outside it."""
    states = draft.states.known("code")
    for placed in draft.fields.having("web", "label"):
        looked_in = placed.item.web.looked_in if placed.item.web is not None else ()
        if looked_in and draft.walled:
            yield placed.finding("web", f"Sổ được che (walled) không cho máy xem trang của “{placed.item.label}”: bỏ looked_in.")
        for state in looked_in:
            if states is not None and state not in states:
                yield placed.finding("web", f"Không có trạng thái “{state}”" + suggestion(state, states))


FIELD_RULES: tuple[RegisterRule, ...] = (
    one_title,
    parts_of_the_title,
    columns_once,
    limits_in_order,
    too_many_fields,
    conditions_that_fit,
    ready_lists_that_can_be,
    faces_that_show,
    judged_blind,
    pages_that_are_looked_at,
)
