"""What no type can express about a register's definition: one rule, one function, data in, problems out."""

from kheo.core.registers.draft import RegisterRule
from kheo.core.registers.rules.beginning import BEGINNING_RULES
from kheo.core.registers.rules.beside import BESIDE_RULES
from kheo.core.registers.rules.carrying import CARRYING_RULES
from kheo.core.registers.rules.checking import CHECKING_RULES
from kheo.core.registers.rules.counting import COUNTING_RULES
from kheo.core.registers.rules.effects import EFFECT_RULES
from kheo.core.registers.rules.fields import FIELD_RULES
from kheo.core.registers.rules.freezing import FREEZING_RULES
from kheo.core.registers.rules.keeping import KEEPING_RULES
from kheo.core.registers.rules.moving import MOVING_RULES
from kheo.core.registers.rules.naming import NAMING_RULES
from kheo.core.registers.rules.public import PUBLIC_RULES
from kheo.core.registers.rules.quick import QUICK_RULES
from kheo.core.registers.rules.reading import READING_RULES
from kheo.core.registers.rules.sealing import SEALING_RULES
from kheo.core.registers.rules.wall import WALL_RULES

REGISTER_RULES: tuple[RegisterRule, ...] = (
    *NAMING_RULES,
    *FIELD_RULES,
    *MOVING_RULES,
    *EFFECT_RULES,
    *BEGINNING_RULES,
    *BESIDE_RULES,
    *CARRYING_RULES,
    *CHECKING_RULES,
    *COUNTING_RULES,
    *FREEZING_RULES,
    *QUICK_RULES,
    *KEEPING_RULES,
    *PUBLIC_RULES,
    *READING_RULES,
    *SEALING_RULES,
    *WALL_RULES,
)

__all__ = ["REGISTER_RULES"]
