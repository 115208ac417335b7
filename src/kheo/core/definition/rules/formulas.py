"""Rules about formulas: they can be read, name cells that exist, and rest on additive cells only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kheo.core.definition.draft import Draft, Rule
from kheo.core.definition.formula import SYSTEM_CODES, Formula, FormulaProblem, read_formula
from kheo.core.definition.models import Indicator
from kheo.core.definition.placing import Finding, Placed
from kheo.core.definition.rings import groups_in_rings, shortest_ring
from kheo.core.definition.wording import suggestion

_ADDITIVE_ONLY = "công thức chỉ dùng chỉ tiêu cộng được (sum hoặc last)"


@dataclass(frozen=True)
class _Use:
    """A formula and where it stands; `ratio` is the code of the ratio it belongs to, None for a check."""

    placed: Placed[Any]
    field: str
    text: str
    ratio: str | None

    def finding(self, message: str) -> Finding:
        return self.placed.finding(self.field, message)


def _uses(draft: Draft) -> Iterator[_Use]:
    for placed in draft.indicators.having("aggregation"):
        for field in ("numerator", "denominator"):
            text = getattr(placed.item, field)
            if placed.item.aggregation == "ratio" and placed.has(field) and text is not None:
                yield _Use(placed, field, text, placed.item.code)
    for check in draft.checks:
        for field in ("left", "right"):
            if check.has(field):
                yield _Use(check, field, getattr(check.item, field), None)


def _read_uses(draft: Draft) -> Iterator[tuple[_Use, Formula]]:
    for use in _uses(draft):
        formula = read_formula(use.text)
        if isinstance(formula, Formula):
            yield use, formula


def _indicators(draft: Draft) -> Mapping[str, Placed[Indicator]]:
    return {placed.item.code: placed for placed in draft.indicators.having("code")}


def unreadable_formulas(draft: Draft) -> Iterator[Finding]:
    """A formula can be read."""
    for use in _uses(draft):
        problem = read_formula(use.text)
        if isinstance(problem, FormulaProblem):
            yield use.finding(f"{problem.message} (Ký tự thứ {problem.position + 1} của “{use.text}”.)")


def unknown_codes(draft: Draft) -> Iterator[Finding]:
    """A formula names indicators and cells that exist; what the system counts is offered to ratios only."""
    known = draft.indicators.known("code")
    indicators = _indicators(draft)
    for use, formula in _read_uses(draft):
        for code, _ in formula.terms:
            base, _, part = code.partition(".")
            if code.startswith("system:"):
                message = _system_code(code, use)
            elif base in indicators:
                message = _part(draft, indicators[base], part) if part else None
            else:
                message = None if known is None else f"Không có chỉ tiêu mã “{base}”" + suggestion(base, known)
            if message is not None:
                yield use.finding(message)


def _system_code(code: str, use: _Use) -> str | None:
    if code not in SYSTEM_CODES:
        return f"Hệ thống không đếm “{code}”" + suggestion(code, SYSTEM_CODES)
    return None if use.ratio is not None else f"“{code}” do hệ thống đếm, chỉ dùng cho tỷ lệ, không dùng trong phép kiểm tra."


def _part(draft: Draft, placed: Placed[Indicator], part: str) -> str | None:
    """What is wrong with a reference to one part of an indicator."""
    if not placed.has("breakdown"):
        return None
    indicator = placed.item
    if indicator.breakdown is None:
        return f"Chỉ tiêu {indicator.code} không tách theo danh mục nên không có “{indicator.code}.{part}”."
    choices = draft.lists.get(indicator.breakdown)
    known = choices.known("code") if choices is not None else None
    if known is None or part in known:
        return None
    return f"Danh mục “{indicator.breakdown}” của {indicator.code} không có mục “{part}”" + suggestion(part, known)


def formulas_without_codes(draft: Draft) -> Iterator[Finding]:
    """A formula of constants says nothing: both parts of a ratio name a cell, and at least one side of a check does."""
    empty: dict[tuple[str | int, ...], int] = {}
    for use, formula in _read_uses(draft):
        if formula.terms:
            continue
        if use.ratio is not None:
            yield use.finding("Công thức không có chỉ tiêu nào.")
            continue
        empty[use.placed.path] = empty.get(use.placed.path, 0) + 1
        if empty[use.placed.path] == 2:
            yield use.finding("Cả hai vế đều không có chỉ tiêu nào.")


def _ratio_graph(draft: Draft) -> dict[str, set[str]]:
    """Which ratios each ratio refers to."""
    ratios = {placed.item.code for placed in draft.indicators.having("code", "aggregation") if placed.item.aggregation == "ratio"}
    graph: dict[str, set[str]] = {code: set() for code in ratios}
    for use, formula in _read_uses(draft):
        if use.ratio in ratios and use.ratio is not None:
            graph[use.ratio] |= {code.partition(".")[0] for code in formula.codes} & ratios
    return graph


def circular_formulas(draft: Draft) -> Iterator[Finding]:
    """No ratio rests on itself. One problem for each group of ratios that rest on one another, at the first of them."""
    graph = _ratio_graph(draft)
    groups = groups_in_rings(graph)
    told: set[int] = set()
    for use, formula in _read_uses(draft):
        group = groups.get(use.ratio or "")
        if use.ratio is None or group is None or group in told:
            continue
        ring = shortest_ring(graph, use.ratio)
        if ring[1] in {code.partition(".")[0] for code in formula.codes}:
            told.add(group)
            yield use.finding(f"Công thức vòng tròn: {' → '.join(ring)}; {_ADDITIVE_ONLY}.")


def formulas_on_ratios(draft: Draft) -> Iterator[Finding]:
    """Ratios are never summed or averaged, so no formula refers to one. (A ring is told once, by `circular_formulas`.)"""
    graph = _ratio_graph(draft)
    groups = groups_in_rings(graph)
    for use, formula in _read_uses(draft):
        for code, _ in formula.terms:
            base = code.partition(".")[0]
            in_ring = base in groups and groups[base] == groups.get(use.ratio or "")
            if base in graph and not in_ring:
                yield use.finding(f"“{base}” là tỷ lệ; {_ADDITIVE_ONLY}.")


def mixed_decimals(draft: Draft) -> Iterator[Finding]:
    """The two formulas of a ratio or a check, and all their terms, count in the same smallest unit."""
    indicators = _indicators(draft)
    pairs: dict[tuple[str | int, ...], list[tuple[_Use, Formula]]] = {}
    for use, formula in _read_uses(draft):
        pairs.setdefault(use.placed.path, []).append((use, formula))
    for pair in pairs.values():
        decimals = {
            code: indicators[code.partition(".")[0]].item.decimals
            for _, formula in pair
            for code, _ in formula.terms
            if code.partition(".")[0] in indicators
        }
        use = pair[0][0]
        if len(set(decimals.values())) > 1:
            shown = ", ".join(f"{code}: {count}" for code, count in decimals.items())
            yield use.finding(f"Các chỉ tiêu trong hai công thức phải có cùng số chữ số thập phân ({shown}).")
        elif any(decimals.values()) and any(formula.constant for _, formula in pair):
            yield use.finding("Không cộng số cố định với chỉ tiêu có chữ số thập phân.")


FORMULA_RULES: tuple[Rule, ...] = (
    unreadable_formulas,
    unknown_codes,
    formulas_without_codes,
    circular_formulas,
    formulas_on_ratios,
    mixed_decimals,
)
