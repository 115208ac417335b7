"""To whom an entry can be handed by an act: the same rule for what a page offers and for what an action takes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kheo.core.registers.models import ActDef, Doer
from kheo.core.registers.words import Scope
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.org.access import Person
from kheo.org.queries import Within, keepers, names_around, parents_on, units_below, way_to, ways_to
from kheo.registers.access.entries import ReachedEntry, kept_by
from kheo.registers.models import Entry

MOST_OFFERED = 2000


@dataclass(frozen=True)
class Receivers:
    """The units that an act can hand an entry to.

    `hands`: those in whose name it is done; `held_by`: who has it, where that is no choice; `own`: whose it is, where that is none.
    """

    act: ActDef
    hands: frozenset[int]
    held_by: frozenset[int]
    on: date
    own: frozenset[int] = frozenset()

    def reaches(self, unit: int) -> bool:
        """Whether this one stands near enough: one query."""
        ways = ways_to(self.on, Line.UNION, {unit, *self.hands})
        way = ways.get(unit)
        if way is None:
            return False
        if way & self.hands:
            return True
        over = [ways[each] - {each} for each in self.hands if each in ways]
        return self.act.handing == "around" and any(above and (way == above or way - {unit} == above) for above in over)

    def offered(self) -> dict[int, str]:
        """Their names by number: those in whose name it is done, above, below, beside. Of those below, the ones directly below."""
        found = dict.fromkeys(sorted(self.hands))
        over = parents_on(self.on, Line.UNION, self.hands) if self.act.handing == "around" else {}
        found |= dict.fromkeys(over.values())
        for each in (*sorted(self.hands), *dict.fromkeys(over.values())):
            found |= dict.fromkeys(units_below(self.on, Line.UNION, each, MOST_OFFERED))
        names = names_around(found.keys(), self.on)
        return {unit: names[unit] for unit in found if unit in names and unit not in self.held_by | self.own}


def receivers_for(person: Person, reached: ReachedEntry, act: ActDef) -> Receivers:
    """To whom this person can hand an entry by an act."""
    entry = reached.entry
    owners, handlers = kept_by(entry, person.on)
    ways = ways_to(person.on, Line.UNION, owners)
    above = frozenset(each for way in ways.values() for each in way) - owners
    sides = {Scope.OWN: owners, Scope.HANDLER: handlers, Scope.ABOVE: above, Scope.SUPERIOR: above, Scope.OFFICE: above | owners}
    holds = (handlers or owners) | ({entry.handler_id or entry.owner_id})
    held_by = holds if act.effect == "transfer" else frozenset()
    own = owners | {entry.owner_id} if act.assigns_other else frozenset()
    return Receivers(act, _in_whose_name(person, reached.doers(act), sides), held_by, person.on, own)


def receivers_for_many(person: Person, act: ActDef) -> Receivers:
    """To whom they can hand entries at all, for a form that is filled in once for many; each entry is asked again when it is done."""
    everywhere = frozenset(post.unit for post in person.posts)
    return Receivers(act, _in_whose_name(person, act.by, dict.fromkeys(Scope, everywhere)), frozenset(), person.on)


def _in_whose_name(person: Person, doers: Iterable[Doer], sides: Mapping[Scope, Collection[int]]) -> frozenset[int]:
    may = [(frozenset(doer.roles), sides.get(doer.scope, ())) for doer in doers]
    return frozenset(post.unit for post in person.posts if any(Role(post.role) in roles and post.unit in units for roles, units in may))


def superior_over(entry: Entry, on: date) -> int | None:
    """The lowest unit on a day above both the entry's own and the one that has it, and neither of them; None where there is none."""
    units = [entry.owner_id, *([entry.handler_id] if entry.handler_id else [])]
    kept = keepers(set(units), Within(on))
    now = [min(kept[each], default=each) for each in dict.fromkeys(units)]
    first, *others = ([each.id for each in way_to(on, Line.UNION, unit)] for unit in dict.fromkeys(now))
    return next((each for each in reversed(first) if each not in now and all(each in way for way in others)), None)
