"""Rules about indicators that are counted from records: what is counted fits how the indicator adds up."""

from collections.abc import Iterator

from kheo.core.definition.draft import Draft, Rule
from kheo.core.definition.formula import Formula, read_formula
from kheo.core.definition.placing import Finding
from kheo.core.definition.wording import suggestion
from kheo.core.unit_kinds import KINDS, Line

FLOWS = frozenset({"entered", "left", "line", "link", "due"})


def ratios_counted_from_records(draft: Draft) -> Iterator[Finding]:
    """A ratio is computed from its parts, which may be counted; it is not counted itself."""
    for placed in draft.indicators.having("aggregation", "records"):
        if placed.item.aggregation == "ratio" and placed.item.records is not None:
            yield placed.finding("records", f"Tỷ lệ {placed.item.code} được tính từ tử và mẫu; đếm hồ sơ ở hai chỉ tiêu ấy.")


def parts_of_what_is_counted(draft: Draft) -> Iterator[Finding]:
    """An indicator with parts is counted by a field, one without is not."""
    for placed in draft.indicators.having("breakdown", "records"):
        rule = placed.item.records
        if rule is not None and (rule.by is not None) != (placed.item.breakdown is not None):
            said = "tách theo danh mục nên cần khóa by" if rule.by is None else "không tách theo danh mục nên không có khóa by"
            yield placed.finding("records", f"Chỉ tiêu {placed.item.code} {said}.")


def stocks_and_flows(draft: Draft) -> Iterator[Finding]:
    """What is added over periods happens within one; what is taken at the end of a period is what there is then."""
    for placed in draft.indicators.having("aggregation", "records"):
        rule = placed.item.records
        if rule is None:
            continue
        if placed.item.aggregation == "sum" and (rule.fact == "in_state" or rule.window == "ever"):
            yield placed.finding("records", "Chỉ tiêu cộng các kỳ (sum) không đếm số đang có: kỳ nào cũng sẽ đếm lại.")
        if placed.item.aggregation == "last" and rule.fact in FLOWS and rule.window != "ever":
            yield placed.finding("records", "Chỉ tiêu lấy kỳ cuối (last) đếm số đang có (in_state), hoặc từ trước đến nay (window: ever).")


def decimals_of_what_is_counted(draft: Draft) -> Iterator[Finding]:
    """A count has no decimals."""
    for placed in draft.indicators.having("decimals", "records"):
        rule = placed.item.records
        if rule is not None and rule.measure != "sum" and placed.item.decimals:
            yield placed.finding("decimals", f"Chỉ tiêu {placed.item.code} đếm hồ sơ nên là số nguyên.")


def kinds_of_units_below(draft: Draft) -> Iterator[Finding]:
    """Units below are of known kinds that stand on the line on which reports go up."""
    known = [code for code, kind in KINDS.items() if kind.line is Line.UNION]
    for placed in draft.indicators.having("records"):
        for kind in placed.item.records.kinds if placed.item.records is not None else ():
            if kind not in known:
                yield placed.finding("records", f"Không có loại đơn vị “{kind}” trên tuyến công đoàn" + suggestion(kind, known))


def checks_of_what_is_counted(draft: Draft) -> Iterator[Finding]:
    """Only a check that forbids can ask instead, and only where everything in it is counted."""
    counted = {placed.item.code for placed in draft.indicators.having("code", "records") if placed.item.records is not None}
    for check in draft.checks.having("left", "right", "severity", "asks_if_counted"):
        if not check.item.asks_if_counted:
            continue
        if check.item.severity != "error":
            yield check.finding("asks_if_counted", "Khóa asks_if_counted đi cùng severity: error; phép kiểm tra này vốn chỉ hỏi lại.")
        formulas = (read_formula(text) for text in (check.item.left, check.item.right))
        codes = {code.partition(".")[0] for each in formulas if isinstance(each, Formula) for code in each.codes}
        for code in sorted(codes - counted):
            yield check.finding("asks_if_counted", f"Chỉ tiêu {code} không đếm từ sổ (records) nên phép kiểm tra không thể chỉ hỏi lại.")


RECORD_RULES: tuple[Rule, ...] = (
    ratios_counted_from_records,
    parts_of_what_is_counted,
    stocks_and_flows,
    decimals_of_what_is_counted,
    kinds_of_units_below,
    checks_of_what_is_counted,
)
