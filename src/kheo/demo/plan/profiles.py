"""How each indicator's figures are invented, as the demo's data says it (`data/figures.toml` explains the words)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from kheo.core.definition import Formula, parse_formula
from kheo.demo.plan.sources import source

How = Literal["count", "flag", "share", "multiple", "formula", "children", "last_year"]
# In which key each way of inventing keeps its formula and its range.
_FORMULA_KEYS = ("of", "times", "formula")
_RANGE_KEYS = ("share", "each")


@dataclass(frozen=True)
class Profile:
    """One indicator's way of being invented."""

    code: str
    how: How
    typical: float = 0.0
    growth: float = 0.0
    spread: float = 0.5
    zero: float = 0.0
    blank: float = 0.008
    inner: float = 1.0
    chance: float = 1.0
    formula: Formula | None = None
    range: tuple[float, float] = (1.0, 1.0)
    round: int = 1
    most: int | None = None
    is_start: bool = False
    trades: frozenset[str] | None = None
    parts: Mapping[str, float] = field(default_factory=dict)

    def asks(self, trade: str) -> bool:
        """Whether the indicator applies to units of this trade."""
        return self.trades is None or trade in self.trades


@lru_cache
def profiles() -> tuple[Profile, ...]:
    """All profiles in the order in which they are worked out."""
    return tuple(_profile(code, entry) for code, entry in source("figures").items())


def _profile(code: str, entry: Mapping[str, Any]) -> Profile:
    plain = {key: value for key, value in entry.items() if key not in (*_FORMULA_KEYS, *_RANGE_KEYS, "trades")}
    formula = next((parse_formula(entry[key]) for key in _FORMULA_KEYS if key in entry), None)
    low, high = next((entry[key] for key in _RANGE_KEYS if key in entry), (1.0, 1.0))
    trades = frozenset(entry["trades"]) if "trades" in entry else None
    return Profile(code, formula=formula, range=(low, high), trades=trades, **plain)
