"""What stands beside entries that an act asks about, of one entry and of a hundred alike: the same few queries."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from kheo.core.days import format_day
from kheo.core.registers.acts import Children
from kheo.core.registers.models import ActDef, RegisterDefinition
from kheo.core.registers.pairs import Sight
from kheo.core.registers.values import FieldProblem
from kheo.core.registers.words import OPEN_CLASSES
from kheo.org.queries import Within, keepers
from kheo.registers.models import DeadlineRun, EntryLine, EntryLink
from kheo.registers.queries.proofs import photos_of


@dataclass(frozen=True)
class Beside:
    """By role the photographs that stand; the kinds of lines and of links from it; by clock the day of the first run still to be met.

    `waiting`: the codes of the entries linked to it, of those that must be done, that are open still and whose unit is that of the entry:
    nobody holds up another unit's entry by a link.
    """

    photos: Mapping[str, list[Sight]] = field(default_factory=dict)
    lines: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    rounds: Mapping[str, date] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()


def beside(entries: Collection[int], act: ActDef, definition: RegisterDefinition, today: date) -> dict[int, Beside]:
    """By entry, as much as the act asks about: at most one query each for photographs, lines, links, limits, children.

    A few more for who keeps, today, what units that have ended left, where children are another unit's.
    """
    photos: dict[int, dict[str, list[Sight]]] = photos_of(entries) if act.photos else {}
    lines = _kinds(EntryLine, "line", entries, act.lines)
    links = _kinds(EntryLink, "link", entries, (act.links,) if act.links else ())
    rounds = _rounds(entries, asked_clocks(act, definition))
    waiting = _waiting(entries, act.all_done, today) if act.all_done else {}
    return {
        entry: Beside(
            photos.get(entry, {}),
            lines.get(entry, frozenset()),
            links.get(entry, frozenset()),
            rounds.get(entry, {}),
            tuple(waiting.get(entry, ())),
        )
        for entry in entries
    }


def asked_clocks(act: ActDef, definition: RegisterDefinition) -> list[str]:
    """The clocks on which it depends whether the act may be done yet."""
    return [
        clock.code for clock in definition.clocks if act.after_clock == clock.code or (clock.early is not None and act.code in clock.met_by)
    ]


def round_problems(act: ActDef, definition: RegisterDefinition, rounds: Mapping[str, date], on: date) -> list[FieldProblem]:
    """What comes again and again is not done before its time, and what comes after it not before the last time."""
    found = []
    for clock in definition.clocks:
        is_round = clock.early is not None and act.code in clock.met_by
        if not is_round and act.after_clock != clock.code:
            continue
        due = rounds.get(clock.code)
        if due is not None and act.after_clock == clock.code:
            found.append(FieldProblem("on", f"Còn lần “{clock.name}” chưa làm, hạn {format_day(due)}."))
        elif due is not None and clock.early is not None and on < due - timedelta(days=clock.early):
            found.append(FieldProblem("on", f"Chưa tới lần “{clock.name}”: sớm nhất {format_day(due - timedelta(days=clock.early))}."))
        elif due is None and is_round:
            found.append(FieldProblem("on", f"Các lần “{clock.name}” đã làm đủ."))
    return found


def too_early(entry: int, acts: Iterable[ActDef], definition: RegisterDefinition, on: date) -> dict[str, str]:
    """By act why its time has not come, or is over: those of the acts that would be refused whatever is filled in. At most one query."""
    acts = list(acts)
    rounds = _rounds([entry], sorted({clock for act in acts for clock in asked_clocks(act, definition)})).get(entry, {})
    problems = {act.code: round_problems(act, definition, rounds, on) for act in acts}
    return {code: found[0].message for code, found in problems.items() if found}


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


def _waiting(entries: Collection[int], children: Children, today: date) -> dict[int, list[str]]:
    rows = EntryLink.objects.filter(other__in=entries, link=children.link, known_to__isnull=True, entry__meaning__in=OPEN_CLASSES)
    of_register = rows.filter(entry__register__code=children.register_code).order_by("entry_id")
    linked = list(of_register.values_list("other_id", "other__owner_id", "entry__owner_id", "entry__code"))
    apart = {unit for _, mine, theirs, _ in linked if mine != theirs for unit in (mine, theirs)}
    # One of both may have been taken over from a unit that ended, and the other not yet.
    kept = keepers(apart, Within(today)) if apart else {}
    found: dict[int, list[str]] = {}
    for entry, mine, theirs, code in linked:
        if mine == theirs or kept[mine] & kept[theirs]:
            found.setdefault(entry, []).append(code)
    return found
