"""What offices do about the units below them: they call in who is late, and take in workbooks that came by e-mail."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from kheo.core.definition import Definition
from kheo.demo.plan.cast import AN_DISTRICT, AN_UNIT, CITY
from kheo.demo.plan.chance import stream
from kheo.demo.plan.courses import Deed, Draft, Step
from kheo.demo.plan.hours import Hours, clock
from kheo.demo.plan.story import Chapter
from kheo.demo.plan.tree import DemoTree

# How many working days after the due date an office looks who is late, and the time of that day.
LOOKS = ((1, (8, 45)), (5, (9, 5)))
WRITES = 0.7  # so many offices write; the others only telephone
BUNDLE_AT = clock(date(2023, 11, 7), 16, 20)
MOST_BUNDLED = 3


@dataclass(frozen=True, slots=True)
class OfficeStep:
    """One deed of an office. `units`: whose workbooks it takes in, and what they say; `spoilt`: whose workbook holds a mistake."""

    at: datetime
    cycle: str
    office: str
    what: Literal["call_in", "workbooks"]
    units: tuple[tuple[str, Draft], ...] = ()
    spoilt: str = ""


def call_ins(
    chapter: Chapter, definition: Definition, tree: DemoTree, hours: Hours, due: Mapping[str, date], steps: Sequence[Step], seed: int
) -> list[OfficeStep]:
    """The letters of a cycle: at two looks after the due date of a tier, from offices that miss a report then."""
    sent = _first(steps, Deed.SUBMIT)
    helped = {step.unit for step in steps if step.deed == Deed.EXTEND}
    found: list[OfficeStep] = []
    for number, (days, (hour, minute)) in enumerate(LOOKS):
        offices: dict[str, datetime] = {}
        for unit in tree.standing(chapter.opened_at.date()):
            tier = definition.tier_of(unit.kind)
            if tier is None or (number == 0 and unit.code in helped):
                continue
            at = clock(hours.working_day_after(due[tier.id], days), hour, minute)
            office = tree.recipient(unit)
            if (unit.code not in sent or sent[unit.code] > at) and _writes(office, chapter, seed):
                offices[office] = at
        found += [OfficeStep(at, chapter.cycle, office, "call_in") for office, at in offices.items()]
    return found


def _writes(office: str, chapter: Chapter, seed: int) -> bool:
    return office in (AN_DISTRICT, CITY) or stream(seed, "writes", chapter.cycle, office).random() < WRITES


def bundle(chapter: Chapter, tree: DemoTree, steps: Sequence[Step]) -> tuple[list[Step], list[OfficeStep]]:
    """A few unions of An's district fill in the workbook and e-mail it: instead of their own first drafts the district takes it in."""
    sent = _first(steps, Deed.SUBMIT)
    eventful = {step.unit for step in steps if step.deed in (Deed.RETURN, Deed.REVISE, Deed.ASK, Deed.EXTEND)}
    waiting = [
        unit.code
        for unit in tree.children[AN_DISTRICT]
        if not unit.is_inner and unit.code != AN_UNIT and (unit.code not in sent or sent[unit.code] > BUNDLE_AT)
    ]
    chosen = [code for code in waiting if code in sent and code not in eventful][:MOST_BUNDLED]
    rest = [code for code in waiting if code not in chosen]
    if chapter.cycle != f"{BUNDLE_AT.year}-N" or not chosen:
        return list(steps), []
    says = {step.unit: step.after for step in steps if step.deed == Deed.SUBMIT and step.unit in chosen}
    kept = [step for step in steps if step.unit not in chosen or step.deed != Deed.SAVE]
    return kept, [
        OfficeStep(
            BUNDLE_AT, chapter.cycle, AN_DISTRICT, "workbooks", tuple((code, says[code]) for code in chosen), rest[0] if rest else ""
        )
    ]


def _first(steps: Iterable[Step], deed: Deed) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for step in steps:
        if step.deed == deed:
            found.setdefault(step.unit, step.at)
    return found
