"""Campaign definitions: data in, checked, frozen, hashed. What a campaign asks is never in Python."""

from kheo.core.definition.calendars import CalendarResult, HolidayCalendar, load_calendar
from kheo.core.definition.checks import CheckProblem, run_checks, typed_cells
from kheo.core.definition.comparing import counted_alike, counted_otherwise
from kheo.core.definition.formula import Formula, FormulaProblem, parse_formula, read_formula
from kheo.core.definition.hashing import definition_from_json, definition_hash, definition_to_json
from kheo.core.definition.loading import LoadResult, load_definition
from kheo.core.definition.models import Cell, Check, Choice, Content, Definition, Document, Indicator, OutlineSection
from kheo.core.definition.regime import Copy, CopySection, CycleDates, DayRule, Period, Regime, Reminders, Tier
from kheo.core.definition.schema import json_schema, schema_text
from kheo.core.definition.thresholds import Evidence, Plausibility

__all__ = [
    "CalendarResult",
    "Cell",
    "Check",
    "CheckProblem",
    "Choice",
    "Content",
    "Copy",
    "CopySection",
    "CycleDates",
    "DayRule",
    "Definition",
    "Document",
    "Evidence",
    "Formula",
    "FormulaProblem",
    "HolidayCalendar",
    "Indicator",
    "LoadResult",
    "OutlineSection",
    "Period",
    "Plausibility",
    "Regime",
    "Reminders",
    "Tier",
    "counted_alike",
    "counted_otherwise",
    "definition_from_json",
    "definition_hash",
    "definition_to_json",
    "json_schema",
    "load_calendar",
    "load_definition",
    "parse_formula",
    "read_formula",
    "run_checks",
    "schema_text",
    "typed_cells",
]
