"""What no type can express about a definition: one rule, one function, data in, problems out."""

from kheo.core.definition.draft import Rule
from kheo.core.definition.rules.copies import COPY_RULES
from kheo.core.definition.rules.formulas import FORMULA_RULES
from kheo.core.definition.rules.limits import LIMIT_RULES
from kheo.core.definition.rules.naming import NAMING_RULES
from kheo.core.definition.rules.records import RECORD_RULES
from kheo.core.definition.rules.regime import REGIME_RULES
from kheo.core.definition.rules.wall import WALL_RULES

RULES: tuple[Rule, ...] = (*NAMING_RULES, *FORMULA_RULES, *REGIME_RULES, *COPY_RULES, *WALL_RULES, *LIMIT_RULES, *RECORD_RULES)

__all__ = ["RULES"]
