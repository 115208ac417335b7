"""The same act on many entries: what would become of each, without doing it; and done, each by itself."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from kheo.core.registers.beginning import day_of_act
from kheo.core.registers.models import ActDef
from kheo.core.registers.moves import refusal
from kheo.core.registers.values import Kept
from kheo.org.access import Person, Unreachable
from kheo.org.queries import living
from kheo.registers.access import ReachedEntry
from kheo.registers.actions.acting import Move, Trial, act_on_entry, asked_for, entry_problems
from kheo.registers.actions.outcomes import Made, Refused
from kheo.registers.actions.recording import STALE, named_units
from kheo.registers.models import Deed, Entry
from kheo.registers.queries.beside import Beside, beside
from kheo.registers.queries.holding import texts_of_many, values_of

# What names another entry or moves a limit is weighed for each entry by itself.
FOR_MANY = frozenset({"none", "transfer", "convert_place"})


@dataclass(frozen=True)
class Try:
    """An entry that was chosen, as it stands; `refused`: why the act would not be done; `lacks`: fields that it needs and has not."""

    reached: ReachedEntry
    refused: str = ""
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class AlreadyDone:
    """The same person has done this very act to the entry as it was shown: a form that is sent twice does nothing twice."""

    entry: Entry


def acts_of_many(reached: Iterable[ReachedEntry]) -> list[tuple[ActDef, int]]:
    """Every act that one of these entries allows this person now, with how many allow it, in the order of the register."""
    reached = list(reached)
    counts = Counter(act.code for each in reached for act in each.acts)
    acts = {act.code: act for each in reached for act in each.acts}
    order = {act.code: place for each in reached[:1] for place, act in enumerate(each.book.definition.acts)}
    return [(acts[code], counts[code]) for code in sorted(acts, key=lambda code: order.get(code, len(order)))]


def try_on_many(reached: Sequence[ReachedEntry], seen: Mapping[int, int], wanted: Move, *, today: date) -> list[Try]:
    """What an act would come to: the same queries for one entry and for a thousand.

    A field that the act asks for and that is not typed yet stands in nothing's way: it is told as lacking.
    """
    texts = texts_of_many(each.entry.pk for each in reached)
    found, trials = dict[int, Try](), list[Trial]()
    for each in reached:
        act, entry = each.book.definition.by_act.get(wanted.act), each.entry
        said = _not_now(each, act)
        if seen.get(entry.pk) != entry.version:
            said = STALE
        if said is not None or act is None:
            found[entry.pk] = Try(each, said or "")
            continue
        before = values_of(each.book.definition, entry, texts.get(entry.pk, {}))
        trials.append(Trial(act, each, before, asked_for(each.book.definition, act, before, wanted), Beside()))
    found |= {trial.entry.pk: _tried(trial, wanted, today) for trial in _with_facts(trials, today)}
    return [found[each.entry.pk] for each in reached]


def _not_now(reached: ReachedEntry, act: ActDef | None) -> str | None:
    state = reached.entry.state
    if act is None:
        return "Bản của sổ mà hồ sơ theo không có thao tác này."
    if state not in act.states:
        return f"Đang ở “{reached.book.definition.by_state[state].name}”: không “{act.name}” được."
    return refusal(act, state, reached.stance, reached.history, reached.doers(act), reached.values)


def _with_facts(trials: Sequence[Trial], today: date) -> list[Trial]:
    """What stands beside the entries, and which of the units that they name are there."""
    by_edition: dict[int, list[Trial]] = {}
    for trial in trials:
        by_edition.setdefault(trial.book.edition_id, []).append(trial)
    stands = dict[int, Beside]()
    for same in by_edition.values():
        stands |= beside([each.entry.pk for each in same], same[0].act, same[0].book.definition, today)
    named = {unit for each in trials for unit in named_units(each.book.definition, each.after).values() if isinstance(unit, int)}
    there = living(named, today) if named else frozenset[int]()
    return [replace(each, beside=stands[each.entry.pk], there=there) for each in trials]


def _tried(trial: Trial, wanted: Move, today: date) -> Try:
    asked = set(trial.book.definition.asked_by(trial.act))
    problems = entry_problems(trial, wanted, day_of_act(trial.act, trial.after) or wanted.on or today, today)
    stops = [each.message for each in dict.fromkeys(problems) if each.key not in asked or each.key in trial.after]
    lacks = tuple(dict.fromkeys(each.key for each in problems if each.key in asked and each.key not in trial.after))
    return Try(trial.reached, " ".join(stops), lacks)


def act_on_many(
    entries: Collection[tuple[int, int]], wanted: Move, *, by: Person, at: datetime
) -> list[tuple[int, Made | Refused | AlreadyDone]]:
    """Each in a transaction of its own; what this person does not read is left out, and nothing is said of it.

    Fields that were left empty keep what each entry holds: nothing is emptied in many entries at once.
    """
    values: dict[str, Kept | None] = {key: value for key, value in wanted.values.items() if value is not None}
    meant = replace(wanted, values=values, quietly=True)
    done = list[tuple[int, Made | Refused | AlreadyDone]]()
    for entry, version in entries:
        try:
            outcome: Made | Refused | AlreadyDone = act_on_entry(entry, replace(meant, version=version), by=by, at=at)
        except Unreachable:
            continue
        if isinstance(outcome, Refused) and outcome.message == STALE:
            outcome = _done_before(entry, version, wanted, by) or outcome
        done.append((entry, outcome))
    return done


def _done_before(entry_id: int, version: int, wanted: Move, by: Person) -> AlreadyDone | None:
    """Whether what changed the entry since it was shown was this very act by this very person, and nothing else."""
    entry = Entry.objects.get(pk=entry_id)
    last = Deed.objects.filter(entry=entry).order_by("-pk").first()
    same = last is not None and (last.act, last.person_id) == (wanted.act, by.user_id)
    return AlreadyDone(entry) if same and entry.version == version + 1 else None
