"""What stands beside entries that an act asks about, of one entry and of a hundred alike: the same few queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from kheo.core.registers.models import ActDef, RegisterDefinition
from kheo.core.registers.pairs import Sight
from kheo.registers.models import DeadlineRun, EntryLine, EntryLink
from kheo.registers.queries.proofs import photos_of


@dataclass(frozen=True)
class Beside:
    """By role the photographs that stand; the kinds of lines and of links from it; by clock the day of the first run still to be met."""

    photos: Mapping[str, list[Sight]] = field(default_factory=dict)
    lines: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    rounds: Mapping[str, date] = field(default_factory=dict)


def beside(entries: Collection[int], act: ActDef, definition: RegisterDefinition) -> dict[int, Beside]:
    """By entry, as much as the act asks about: at most one query each for photographs, lines, links and limits."""
    photos: dict[int, dict[str, list[Sight]]] = photos_of(entries) if act.photos else {}
    lines = _kinds(EntryLine, "line", entries, act.lines)
    links = _kinds(EntryLink, "link", entries, (act.links,) if act.links else ())
    rounds = _rounds(entries, asked_clocks(act, definition))
    return {
        entry: Beside(photos.get(entry, {}), lines.get(entry, frozenset()), links.get(entry, frozenset()), rounds.get(entry, {}))
        for entry in entries
    }


def asked_clocks(act: ActDef, definition: RegisterDefinition) -> list[str]:
    """The clocks on which it depends whether the act may be done yet."""
    return [
        clock.code for clock in definition.clocks if act.after_clock == clock.code or (clock.early is not None and act.code in clock.met_by)
    ]


def _kinds(
    model: type[EntryLine] | type[EntryLink], name: str, entries: Collection[int], wanted: Collection[str]
) -> dict[int, frozenset[str]]:
    if not wanted:
        return {}
    found: dict[int, set[str]] = {}
    rows = model._default_manager.filter(entry__in=entries, known_to__isnull=True, **{f"{name}__in": list(wanted)})
    for entry, kind in rows.values_list("entry_id", name).distinct():
        found.setdefault(entry, set()).add(kind)
    return {entry: frozenset(kinds) for entry, kinds in found.items()}


def _rounds(entries: Collection[int], wanted: Collection[str]) -> dict[int, dict[str, date]]:
    if not wanted:
        return {}
    found: dict[int, dict[str, date]] = {}
    runs = DeadlineRun.objects.filter(entry__in=entries, clock__in=wanted, known_to__isnull=True, met_on__isnull=True)
    for entry, clock, due in runs.order_by("round", "turn").values_list("entry_id", "clock", "due_on"):
        found.setdefault(entry, {}).setdefault(clock, due)
    return found
