"""Which units a table of names means, on a day: sure only where one unit is called so there; everything else with what it may be."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kheo.core.matching import Certainty, NamedRow, in_full, is_same, spellings
from kheo.core.text import fold, name_key
from kheo.core.unit_kinds import Line
from kheo.org.models import Relation, UnitCode, UnitName, in_force
from kheo.org.queries.lives import Held, names_through_time
from kheo.org.queries.searching import heirs_of_many, search

MOST_SEARCHED = 300  # names of a table that are looked for one by one, where nothing is called so
SUGGESTED = 5


@dataclass(frozen=True)
class Meant:
    """A unit that a row may mean, as it is on the day."""

    id: int
    code: str
    name: str
    above: str


@dataclass(frozen=True)
class Match:
    """A row, how it was understood, and what it may mean: exactly one unit where it is sure."""

    row: NamedRow
    certainty: Certainty
    units: tuple[Meant, ...]


def match_names(rows: Sequence[NamedRow], on: date, line: Line, *, suggests: bool = True) -> list[Match]:
    """One for each row, in its order. A fixed number of queries and, if it `suggests`, a search for each name that nobody ever had."""
    candidates = _called(rows, line)
    everybody = {unit for units in candidates.values() for unit in units}
    heirs = {unit: [heir.id for heir in found] for unit, found in heirs_of_many(sorted(everybody), on).items()}
    known = _Known.of(everybody | {heir for found in heirs.values() for heir in found}, on, line)
    matches = [_match(row, candidates.get(fold(in_full(row.name)), []), heirs, known) for row in rows]
    return _told_twice(_suggested(matches, on, line) if suggests else matches)


def _called(rows: Sequence[NamedRow], line: Line) -> dict[str, list[int]]:
    """Units of the line by each name, written out and folded, that they ever had and that the table says."""
    said = {each for row in rows for each in spellings(row.name)}
    placed = Relation.objects.filter(line=line).values("child")
    found: dict[str, list[int]] = defaultdict(list)
    names = UnitName.objects.filter(folded__in=said, unit__in=placed).order_by("unit_id").values_list("name", "unit_id", "starts", "ends")
    for name, unit, starts, ends in names:
        key = fold(in_full(name))
        if starts != ends and unit not in found[key]:
            found[key].append(unit)
    return found


@dataclass(frozen=True)
class _Known:
    """What is known of the candidates on the day."""

    names: Mapping[int, Sequence[Held]]
    above: Mapping[int, str]
    codes: Mapping[int, str]
    on: date

    @classmethod
    def of(cls, units: Collection[int], on: date, line: Line) -> "_Known":
        parents = dict(Relation.objects.filter(in_force(on), line=line, child__in=units).values_list("child_id", "parent_id"))
        names = names_through_time({*units, *(parent for parent in parents.values() if parent)})
        codes = dict(UnitCode.objects.filter(in_force(on), scheme="kheo", unit__in=units).values_list("unit_id", "value"))
        known = cls(names, {}, codes, on)
        return replace(known, above={unit: known.name(parent) if parent else "" for unit, parent in parents.items()})

    def name(self, unit: int) -> str:
        """On the day; empty where it is not there."""
        return next((held.value for held in self.names.get(unit, ()) if self.on in held), "")

    def meant(self, unit: int) -> Meant:
        return Meant(unit, self.codes.get(unit, ""), self.name(unit), self.above.get(unit, ""))


def _match(row: NamedRow, units: Sequence[int], heirs: Mapping[int, Sequence[int]], known: _Known) -> Match:
    """The surest reading of a row; the unit above, where it is said, tells units of one name apart and is never passed over."""
    now = [unit for unit in units if fold(in_full(known.name(unit))) == fold(in_full(row.name))]
    exact = [unit for unit in now if name_key(in_full(known.name(unit))) == name_key(in_full(row.name))]
    here = [unit for unit in exact if not row.above or is_same(known.above.get(unit, ""), row.above)]
    later = dict.fromkeys(heir for unit in units if not known.name(unit) for heir in heirs.get(unit, ()))
    renamed = [unit for unit in units if known.name(unit) and unit not in now]
    readings = (
        (Certainty.SURE if len(here) == 1 else Certainty.SEVERAL, here),
        (Certainty.ELSEWHERE, exact),
        (Certainty.TONES, now),
        (Certainty.OLD_NAME, renamed),
        (Certainty.ENDED, list(later) or [unit for unit in units if not known.name(unit)]),
    )
    certainty, found = next(((kind, found) for kind, found in readings if found), (Certainty.UNKNOWN, []))
    return Match(row, certainty, tuple(meant for unit in found[:SUGGESTED] if (meant := known.meant(unit)).name))


def _suggested(matches: Sequence[Match], on: date, line: Line) -> list[Match]:
    """For names that nobody ever had, what a search finds."""
    left = MOST_SEARCHED
    told = []
    for match in matches:
        if match.certainty is Certainty.UNKNOWN and left:
            left -= 1
            found = [each for each in search(in_full(match.row.name), on, [line])[0] if each.is_there][:SUGGESTED]
            match = replace(match, units=tuple(Meant(each.id, each.code, each.name, each.above) for each in found))
        told.append(match)
    return told


def _told_twice(matches: Sequence[Match]) -> list[Match]:
    """Two rows that mean one unit are both doubtful."""
    times = Counter(match.units[0].id for match in matches if match.certainty is Certainty.SURE)
    return [
        replace(match, certainty=Certainty.TWICE) if match.certainty is Certainty.SURE and times[match.units[0].id] > 1 else match
        for match in matches
    ]
