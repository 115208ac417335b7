"""Who has a plan is asked by every campaign that is passed down: the indicators that the register of plans counts are in every draft.

They count plans issued from the day of the campaign's first paper on, so that a plan of an older campaign is none of this one.
"""

from typing import Any

from kheo.core.definition import Indicator
from kheo.core.drafting.indicators import Catalogue
from kheo.core.drafting.papers import DraftedPaper

PLANS = "ke-hoach"  # the register of plans, and its field of the day on which one was issued
_ISSUED = "ngay_ban_hanh"
WHY = "Đếm từ sổ kế hoạch: phong trào nào cũng hỏi đơn vị đã có kế hoạch, tiêu chí cụ thể; văn bản không nêu chỉ tiêu này."


def counts_plans(indicator: Indicator) -> bool:
    """Whether an indicator is filled by the register of plans."""
    return indicator.records is not None and indicator.records.register_code == PLANS


def plan_codes(catalogue: Catalogue) -> list[str]:
    """The indicators used before that count plans, and the rates of two of them."""
    counted = [code for code, known in catalogue.known.items() if counts_plans(known.indicator)]
    rates = [
        code for code, known in catalogue.known.items()
        if known.indicator.aggregation == "ratio" and {known.indicator.numerator, known.indicator.denominator} <= set(counted)
    ]  # fmt: skip
    return sorted([*counted, *rates])


def plan_fields(indicator: Indicator, papers: list[DraftedPaper]) -> dict[str, Any]:
    """How it is counted, from the first paper's day on; of a rate its two sides."""
    if indicator.aggregation == "ratio":
        return {"numerator": indicator.numerator, "denominator": indicator.denominator}
    if indicator.records is None:
        return {}
    rule = indicator.records.model_dump(mode="json", exclude_defaults=True)
    first = min((paper.issued for paper in papers if paper.issued), default=None)
    if first and rule.get("units") != "all":
        rule["where"] = [*rule.get("where", ()), {"field": _ISSUED, "at_least": first.isoformat()}]
    return {"records": {each: rule[each] for each in ("register_code", *(name for name in rule if name != "register_code"))}}
