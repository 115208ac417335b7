"""What a page that asks some fields of an entry may ask, and by what its script decides: the very rule of `shown_fields`, with what the
page does not ask put into it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from kheo.core.definition.conditions import Condition
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.moves import meets
from kheo.core.registers.values import Values


@dataclass(frozen=True)
class Hanging:
    """A condition on a field that the page does not ask, and that is asked of the entry or not by what stands on the page.

    Asked, it holds what the entry holds; not asked, it holds nothing. The condition is met where `when` holds just as `is_met` says.
    """

    when: tuple["Decided", ...]
    is_met: bool


Decided = Condition | Hanging
# What decides whether a field is asked; None: the entry rules it out.
_Ways = tuple[Decided, ...] | None


def asked_here(definition: RegisterDefinition, keys: Iterable[str], values: Values) -> dict[str, tuple[Decided, ...]]:
    """Of fields that a page asks, those that an entry with these values may be asked, each with what the page decides it by.

    Conditions are on earlier fields, so each is looked at once.
    """
    here: Collection[str] = frozenset(keys)

    @cache
    def ways(key: str) -> _Ways:
        field = definition.by_key[key]
        if field.status != "active":
            return ()  # it holds what it holds
        found = [decided(condition) for condition in field.shown_if]
        return None if False in found else tuple(each for each in found if not isinstance(each, bool))

    def decided(condition: Condition) -> Decided | bool:
        """Met or not whatever the page says, or what it decides."""
        there, without = ways(condition.field), meets([condition], {})
        if there is None:
            return without
        if condition.field in here:
            return condition
        held = meets([condition], values)
        return held if held == without or not there else Hanging(there, held)

    found = {key: ways(key) for key in definition.by_key if key in here}
    return {key: each for key, each in found.items() if each is not None}
