"""Everything that happens in the demo, in the order of time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kheo.core.days import WorkingCalendar
from kheo.core.definition import Definition
from kheo.demo.plan.books import BOOKS_AT, BookStep, book_steps
from kheo.demo.plan.cast import AN_DISTRICT, AN_UNIT, BOOKS_UNIT
from kheo.demo.plan.courses import Deed, Draft, Step, courses, due_days, followers
from kheo.demo.plan.hours import Hours
from kheo.demo.plan.offices import OfficeStep, bundle, call_ins
from kheo.demo.plan.orders import OrderStep, order_steps
from kheo.demo.plan.papers import Papers
from kheo.demo.plan.story import INVITED_AT, NEWCOMERS_AT, NOW, PLANTED_AT, PUBLISHED_AT, STAFFED_AT, STORY, Stage
from kheo.demo.plan.tree import DemoTree

MOST_KEEPERS = 4
SENDING = frozenset({Deed.SUBMIT, Deed.REVISE, Deed.ACCEPT, Deed.RETURN})


@dataclass(frozen=True, slots=True)
class Setting:
    """Something done for everybody. `name`: the edition that is published, the cycle that is opened."""

    at: datetime
    what: Literal["plant", "staff", "newcomers", "publish", "open", "invite", "books"]
    name: str = ""


Script = list[Setting | Step | OfficeStep | BookStep | OrderStep]


def write_script(stage: Stage, editions: Mapping[str, Definition], tree: DemoTree, calendar: WorkingCalendar, seed: int) -> Script:
    """All that has happened when the stage begins."""
    settings = [Setting(PLANTED_AT, "plant"), Setting(STAFFED_AT, "staff"), Setting(NEWCOMERS_AT, "newcomers")]
    settings.append(Setting(INVITED_AT, "invite"))
    settings += [Setting(at, "publish", name) for name, at in PUBLISHED_AT.items()]
    settings += [Setting(chapter.opened_at, "open", chapter.cycle) for chapter in STORY]
    script: Script = [*settings]
    for chapter in STORY:
        definition = editions[chapter.edition]
        steps, bundled = bundle(chapter, tree, courses(chapter, definition, tree, calendar, seed))
        due = due_days(chapter, definition, calendar)
        script += [*steps, *bundled, *call_ins(chapter, definition, tree, Hours(calendar), due, steps, seed)]
    kept = keepers(script, tree)
    papers = Papers(STORY[-1], editions[STORY[-1].edition], tree, seed)
    following = followers(STORY[-1], tree, seed)
    planning = planners(tree, [*kept, *following], papers)
    script += [
        Setting(BOOKS_AT, "books"),
        *book_steps(
            {unit: beside(unit, tree) for unit in kept},
            {unit: tree.by_code[unit].parent for unit in (*kept, *following)},
            planning,
            seed,
            {unit: beside(unit, tree) for unit in following},
        ),
    ]
    script += order_steps(tree, seed)
    script.sort(key=lambda each: each.at)
    return [each for each in script if each.at < NOW[stage]]


def keepers(script: Script, tree: DemoTree) -> list[str]:
    """Unions that keep books: of those standing from the first, those that send nothing once they do, so no report follows their books."""
    sent = {step.unit for step in script if isinstance(step, Step) and step.at >= BOOKS_AT and step.deed in SENDING}
    owing = {step.unit for step in script if isinstance(step, Step)}
    unions = [unit.code for unit in tree.units if unit.kind == "grassroots_union" and not unit.is_new and unit.code in owing]
    silent = [code for code in unions if code not in sent]
    return sorted(silent, key=lambda code: code != BOOKS_UNIT)[:MOST_KEEPERS]


def beside(unit: str, tree: DemoTree) -> str:
    """Who helps a union: An's, else the first of those directly under the same unit; the unit above where it is the only one there."""
    unions = [each for each in tree.children[tree.by_code[unit].parent] if each.kind == "grassroots_union" and not each.is_new]
    others = [each.code for each in unions if each.code != unit]
    return AN_UNIT if AN_UNIT in others else next(iter(others), tree.by_code[unit].parent)


def planners(tree: DemoTree, keepers: Collection[str], papers: Papers) -> dict[str, bool]:
    """Who writes down a plan alone, with whether it has criteria of its own: An's district, one of its unions with, one without.

    Each as it will report itself (A01, A03), so that nobody has to explain; the district alone, that not all below it write in the book.
    """
    found = dict[str, bool]()
    for unit in tree.children.get(AN_DISTRICT, ()):
        figures = papers.content(unit.code, Draft.RIGHT).figures
        concrete = figures["A03"] == 1
        if unit.code not in (AN_UNIT, *keepers) and not unit.is_new and figures["A01"] == 1 and concrete not in found.values():
            found[unit.code] = concrete
    return {AN_DISTRICT: papers.content(AN_DISTRICT, Draft.RIGHT).figures["A03"] == 1, **found} if found else {}
