"""Who has a plan is asked by every campaign that is passed down: the indicators that count plans are in every draft.

Plans are the entries of registers that carry out directives (`carries_out`). Those are counted that were issued from the day of the
campaign's first paper on, so that a plan of an older campaign is none of this one.
"""

from collections.abc import Mapping
from typing import Any

from kheo.core.definition import Indicator
from kheo.core.drafting.indicators import Catalogue
from kheo.core.drafting.papers import DraftedPaper

PlanDays = Mapping[str, str]  # by the code of a register of plans, its field of the day on which one was issued
WHY = "Đếm từ sổ kế hoạch: phong trào nào cũng hỏi đơn vị đã có kế hoạch, tiêu chí cụ thể; văn bản không nêu chỉ tiêu này."


def counts_plans(indicator: Indicator, plans: PlanDays) -> bool:
    """Whether an indicator is filled by a register of plans."""
    return indicator.records is not None and indicator.records.register_code in plans


def plan_codes(catalogue: Catalogue, plans: PlanDays) -> list[str]:
    """The indicators used before that count plans, and the rates of two of them."""
    counted = [code for code, known in catalogue.known.items() if counts_plans(known.indicator, plans)]
    rates = [
        code for code, known in catalogue.known.items()
        if known.indicator.aggregation == "ratio" and {known.indicator.numerator, known.indicator.denominator} <= set(counted)
    ]  # fmt: skip
    return sorted([*counted, *rates])


def plan_fields(indicator: Indicator, papers: list[DraftedPaper], plans: PlanDays) -> dict[str, Any]:
    """How it is counted, from the first paper's day on; of a rate its two sides."""
    if indicator.aggregation == "ratio":
        return {"numerator": indicator.numerator, "denominator": indicator.denominator}
    if indicator.records is None:
        return {}
    rule = indicator.records.model_dump(mode="json", exclude_defaults=True)
    first = min((paper.issued for paper in papers if paper.issued), default=None)
    if first and rule.get("units") != "all":
        issued = plans[indicator.records.register_code]
        rule["where"] = [*rule.get("where", ()), {"field": issued, "at_least": first.isoformat()}]
    return {"records": {each: rule[each] for each in ("register_code", *(name for name in rule if name != "register_code"))}}
