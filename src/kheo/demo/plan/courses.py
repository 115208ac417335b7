"""How each report goes, step by step: written, signed and sent, sent back, accepted, amended; or never sent at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random

from kheo.core.days import WorkingCalendar, local_day
from kheo.core.definition import Definition
from kheo.core.definition.planning import plan_dues
from kheo.demo.plan.cast import AN_UNIT, BOOKS_UNIT, CHI_UNIT
from kheo.demo.plan.chance import stream
from kheo.demo.plan.following import following_units
from kheo.demo.plan.hours import Hours, clock
from kheo.demo.plan.story import Chapter
from kheo.demo.plan.tree import DemoTree, PlannedUnit


class Draft(StrEnum):
    """What a report says at some point of being written."""

    NOTHING = "nothing"
    PART = "part"
    FIRST = "first"  # with a slip that the reviewer will find
    ODD = "odd"  # with a slip that passes
    RIGHT = "right"
    AMENDED = "amended"


class Deed(StrEnum):
    """What is done to a report."""

    SAVE = "save"
    SUBMIT = "submit"
    RETURN = "return"
    ANSWER = "answer"
    ACCEPT = "accept"
    REVISE = "revise"
    ASK = "ask"
    EXTEND = "extend"


@dataclass(frozen=True, slots=True)
class Step:
    """One deed. `before` and `after` tell what the report said and says; they differ only where it is saved."""

    at: datetime
    cycle: str
    unit: str
    deed: Deed
    before: Draft
    after: Draft


# So many unions a cycle are given a day more.
MOST_HELPED = 2


class _Course:
    """Collects the steps of one report."""

    def __init__(self, cycle: str, unit: str, hours: Hours, chance: Random) -> None:
        self.steps: list[Step] = []
        self.hours, self.chance = hours, chance
        self._cycle, self._unit = cycle, unit
        self._says = Draft.NOTHING

    def save(self, at: datetime, says: Draft) -> None:
        self.steps.append(Step(at, self._cycle, self._unit, Deed.SAVE, self._says, says))
        self._says = says

    def do(self, deed: Deed, at: datetime) -> datetime:
        self.steps.append(Step(at, self._cycle, self._unit, deed, self._says, self._says))
        return at

    def beside(self, deed: Deed, at: datetime) -> None:
        """Something done about the report while it goes its way: it says what it said at that moment."""
        says = next((step.after for step in reversed(self.steps) if step.at < at), Draft.NOTHING)
        self.steps.append(Step(at, self._cycle, self._unit, deed, says, says))
        self.steps.sort(key=lambda step: step.at)

    def days(self, *weights: float) -> int:
        """0, 1, 2 … with these weights."""
        return self.chance.choices(range(len(weights)), weights)[0]

    def write(self, submits_at: datetime, says: Draft, in_two_goes: float) -> None:
        """The draft, with some chance in two goes, then the signature."""
        if self.chance.random() < in_two_goes:
            self.save(self.hours.before(submits_at, 1 + self.days(4, 3, 2, 1), self.chance), Draft.PART)
            self.save(self.hours.before(submits_at, 0, self.chance), says)
        else:
            self.save(self.hours.before(submits_at, self.days(6, 3, 1), self.chance), says)
        self.do(Deed.SUBMIT, submits_at)

    def correct(self, submitted_at: datetime, due_day: date) -> datetime:
        """Sent back, put right and sent again, at leisure only while the due date is far; gives when."""
        returned_at = self.do(Deed.RETURN, self.hours.after(submitted_at, self.days(4, 6), self.chance))
        hurried = returned_at > clock(due_day - timedelta(days=4), 0)
        corrected_at = self.hours.after(returned_at, self.days(2, 3) if hurried else self.days(1, 2, 3, 2, 1), self.chance)
        self.save(corrected_at, Draft.RIGHT)
        self.do(Deed.ANSWER, corrected_at + timedelta(minutes=1))
        return self.do(Deed.SUBMIT, self._soon(corrected_at))

    def accept(self, submitted_at: datetime, *weights: float) -> datetime:
        return self.do(Deed.ACCEPT, self.hours.after(submitted_at, self.days(*weights), self.chance))

    def amend(self, revised_at: datetime) -> None:
        """Reopened with a reason, filled up, sent and accepted again."""
        self.do(Deed.REVISE, revised_at)
        saved_at = self._soon(revised_at)
        self.save(saved_at, Draft.AMENDED)
        self.do(Deed.ACCEPT, self.do(Deed.SUBMIT, self._soon(saved_at)) + timedelta(minutes=self.chance.randrange(30, 90)))

    def _soon(self, instant: datetime) -> datetime:
        return instant + timedelta(seconds=self.chance.randrange(300, 2400))


def courses(chapter: Chapter, definition: Definition, tree: DemoTree, calendar: WorkingCalendar, seed: int) -> list[Step]:
    """Every step of every report of a cycle, in the order of time."""
    hours = Hours(calendar)
    due = due_days(chapter, definition, calendar)
    last = max(due.values())
    units = tree.standing(chapter.opened_at.date())
    silent, amending = _chosen(chapter, units, seed)
    following = followers(chapter, tree, seed)
    steps: list[Step] = []
    helped = 0
    for unit in units:
        tier = definition.tier_of(unit.kind)
        if tier is None:
            continue
        course = _Course(chapter.cycle, unit.code, hours, stream(seed, "course", chapter.cycle, unit.code))
        if unit is tree.federation:
            _of_federation(course, due[tier.id], calendar)
        elif unit.is_inner:
            _of_office(course, due[tier.id], chapter)
        elif unit.code == BOOKS_UNIT and unit.code in silent:
            pass
        elif unit.code in silent:
            _of_silent(course, due[tier.id])
            _asks_or_is_given_time(course, due[tier.id], silent.index(unit.code) if chapter.figures == "year" else -1)
        elif unit.code == AN_UNIT and chapter.figures == "year":
            _of_an(course)
        elif unit.code in following:
            _of_following(course, following.index(unit.code))
        else:
            is_plain = unit.code in (AN_UNIT, CHI_UNIT, *amending)
            accepted_at = _of_union(course, due[tier.id], chapter, is_plain=is_plain)
            if unit.code in amending:
                course.amend(_amends_at(course, accepted_at, last if unit.code == amending[0] else None))
            if chapter.figures != "published" and helped < MOST_HELPED:
                helped += _is_given_a_day(course, due[tier.id])
        steps += course.steps
    return sorted(steps, key=lambda step: (step.at, step.unit))


def due_days(chapter: Chapter, definition: Definition, calendar: WorkingCalendar) -> Mapping[str, date]:
    """The due date of each tier in a cycle."""
    dates = definition.cycle(chapter.cycle)
    if dates is None:
        raise LookupError(f"{chapter.edition} has no cycle {chapter.cycle}")
    return {each.tier: each.day for each in plan_dues(definition.regime, dates, calendar)}


def _chosen(chapter: Chapter, units: Iterable[PlannedUnit], seed: int) -> tuple[list[str], list[str]]:
    """Which unions never report, and which amend their report afterwards."""
    unions = [unit.code for unit in units if unit.kind == "grassroots_union" and unit.code not in (AN_UNIT, CHI_UNIT)]
    counts = [round(few + more * len(unions) / 1000) for few, more in (chapter.missing, chapter.amended)]
    chosen = stream(seed, "chosen", chapter.cycle).sample(unions, sum(counts))
    silent, amending = chosen[: counts[0]], [unit for unit in chosen[counts[0] :] if unit != BOOKS_UNIT or chapter.figures != "year"]
    if chapter.figures == "year" and BOOKS_UNIT in unions and BOOKS_UNIT not in silent:
        silent[2] = BOOKS_UNIT  # the first two of them have a story of their own
    return silent, amending


def followers(chapter: Chapter, tree: DemoTree, seed: int) -> list[str]:
    """Unions whose report of the year follows the books that they keep; in cycles before there were books none."""
    if chapter.figures != "year":
        return []
    silent, amending = _chosen(chapter, tree.standing(chapter.opened_at.date()), seed)
    return following_units(tree, {AN_UNIT, CHI_UNIT, BOOKS_UNIT, *silent, *amending})


def _amends_at(course: _Course, accepted_at: datetime, day: date | None) -> datetime:
    """A day or two after acceptance; the first of all only when the city's report has been accepted too."""
    return clock(day, 10, 5) if day else course.hours.after(accepted_at, 1 + course.days(2, 1), course.chance)


def _of_silent(course: _Course, due_day: date) -> None:
    """Never sent; half of them have begun."""
    if course.chance.random() < 0.5:
        course.save(course.hours.submission(due_day, course.chance), Draft.PART)


def _asks_or_is_given_time(course: _Course, due_day: date, place: int) -> None:
    """Of those who never send, the first asks for more time in vain, and the second was given it for nothing."""
    day = due_day - timedelta(days=5)
    if place == 0:
        course.beside(Deed.ASK, clock(day, 9, 20))
    elif place == 1:
        course.beside(Deed.EXTEND, clock(day, 10, 40))


def _is_given_a_day(course: _Course, due_day: date) -> bool:
    """A union that comes one working day late had asked by telephone, and was given that day on the morning of the due date."""
    sent = next((step.at for step in course.steps if step.deed == Deed.SUBMIT), None)
    if sent is None or local_day(sent) != course.hours.working_day_after(due_day, 1):
        return False
    course.beside(Deed.EXTEND, clock(due_day, 9, 10))
    return True


def _of_union(course: _Course, due_day: date, chapter: Chapter, *, is_plain: bool) -> datetime:
    """A union that reports; gives when its report was accepted."""
    chance, hours = course.chance, course.hours
    luck = 1.0 if is_plain else chance.random()
    is_late = not is_plain and chance.random() < chapter.late
    is_returned = luck < chapter.returned and not is_late
    is_odd = not is_returned and luck < chapter.returned + chapter.odd
    first = Draft.FIRST if is_returned else Draft.ODD if is_odd else Draft.RIGHT
    submitted_at = hours.late(due_day, chance) if is_late else hours.submission(due_day, chance)
    course.write(submitted_at, first, chapter.in_two_goes)
    if is_returned:
        submitted_at = course.correct(submitted_at, due_day)
        return course.accept(submitted_at, 1, 1)
    return course.accept(submitted_at, 7, 9, 4)


def _of_following(course: _Course, place: int) -> None:
    """A union whose books have the numbers already: days before it is due, so that its books go on after it has reported."""
    day = date(2023, 11, 6 + place % 2)
    course.save(clock(day, 9, 5 + place), Draft.RIGHT)
    course.do(Deed.SUBMIT, clock(day, 10, 5 + place))
    course.do(Deed.ACCEPT, clock(day, 14, 5 + 2 * place))


def _of_office(course: _Course, due_day: date, chapter: Chapter) -> None:
    """A district or sector: waits for its unions, sends in the last two days; one in twenty is a day late."""
    chance, hours = course.chance, course.hours
    if chance.random() < 0.05:
        submitted_at = hours.on(hours.working_day_after(due_day, 1), chance)
    else:
        submitted_at = hours.before(clock(due_day + timedelta(days=1), 0), 1 + course.days(9, 8, 5), chance)
    is_returned = chance.random() < chapter.returned
    course.write(submitted_at, Draft.FIRST if is_returned else Draft.RIGHT, chapter.in_two_goes)
    if is_returned:
        submitted_at = course.correct(submitted_at, due_day)
    course.accept(submitted_at, 5, 5)


def _of_federation(course: _Course, due_day: date, calendar: WorkingCalendar) -> None:
    """Sent the working day before, accepted by the Party's board on the due day."""
    eve = calendar.settle(due_day - timedelta(days=1), "previous")
    course.save(clock(eve, 9, 15), Draft.PART)
    course.save(clock(eve, 14, 10), Draft.RIGHT)
    course.do(Deed.SUBMIT, clock(eve, 15, 40))
    course.do(Deed.ACCEPT, clock(due_day, 9, 30))


def _of_an(course: _Course) -> None:
    """The report of An's union in the last cycle: half filled in while collecting, sent back while reviewing."""
    course.save(clock(date(2023, 11, 8), 15, 42), Draft.PART)
    course.save(clock(date(2023, 11, 10), 9, 26), Draft.FIRST)
    course.do(Deed.SUBMIT, clock(date(2023, 11, 10), 16, 5))
    course.do(Deed.RETURN, clock(date(2023, 11, 14), 9, 12))
    course.save(clock(date(2023, 11, 14), 15, 30), Draft.RIGHT)
    course.do(Deed.ANSWER, clock(date(2023, 11, 14), 15, 36))
    course.do(Deed.SUBMIT, clock(date(2023, 11, 14), 16, 20))
    course.do(Deed.ACCEPT, clock(date(2023, 11, 15), 8, 50))
