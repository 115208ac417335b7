"""Campaign definitions: data in, checked, frozen, hashed. What a campaign asks is never in Python."""

from kheo.core.definition.models import (
    Cell,
    Check,
    Choice,
    Content,
    Definition,
    Document,
    Indicator,
    OutlineSection,
)
from kheo.core.definition.regime import CycleDates, DayRule, Period, Regime, Tier

__all__ = [
    "Cell",
    "Check",
    "Choice",
    "Content",
    "CycleDates",
    "DayRule",
    "Definition",
    "Document",
    "Indicator",
    "OutlineSection",
    "Period",
    "Regime",
    "Tier",
]
