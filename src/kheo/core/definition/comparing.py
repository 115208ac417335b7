"""Two editions of a campaign held side by side."""

from kheo.core.definition.models import Definition, Indicator


def counted_alike(one: Definition, other: Definition) -> frozenset[str]:
    """Codes of the indicators that both count in the same unit, with the same decimals and in the same way: only those compare."""
    theirs = {each.code: _shape(each) for each in other.indicators}
    return frozenset(each.code for each in one.indicators if theirs.get(each.code) == _shape(each))


def _shape(indicator: Indicator) -> tuple[str, int, str]:
    return indicator.unit, indicator.decimals, indicator.aggregation
