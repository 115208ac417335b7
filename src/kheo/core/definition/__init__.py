"""Campaign definitions: data in, checked, frozen, hashed. What a campaign asks is never in Python."""

from kheo.core.definition.checks import CheckProblem, run_checks
from kheo.core.definition.formula import Formula, FormulaProblem, parse_formula, read_formula
from kheo.core.definition.hashing import definition_from_json, definition_hash, definition_to_json
from kheo.core.definition.loading import LoadResult, load_definition
from kheo.core.definition.models import Cell, Check, Choice, Content, Definition, Document, Indicator, OutlineSection
from kheo.core.definition.regime import CycleDates, DayRule, Period, Regime, Tier

__all__ = [
    "Cell",
    "Check",
    "CheckProblem",
    "Choice",
    "Content",
    "CycleDates",
    "DayRule",
    "Definition",
    "Document",
    "Formula",
    "FormulaProblem",
    "Indicator",
    "LoadResult",
    "OutlineSection",
    "Period",
    "Regime",
    "Tier",
    "definition_from_json",
    "definition_hash",
    "definition_to_json",
    "load_definition",
    "parse_formula",
    "read_formula",
    "run_checks",
]
