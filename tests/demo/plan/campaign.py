"""The material that the plans are made of, as the product ships it."""

from functools import lru_cache

from kheo.core.days import WorkingCalendar
from kheo.core.definition import Definition, load_calendar, load_definition
from kheo.demo.plan.courses import Draft
from kheo.demo.plan.papers import Content, Papers
from kheo.demo.plan.script import Script, write_script
from kheo.demo.plan.story import PUBLISHED_AT, STORY, Chapter, Stage
from kheo.demo.plan.tree import DemoTree, plan_tree
from tests.conftest import PROJECT

CAMPAIGNS = PROJECT / "campaigns"
UNITS, SEED = 60, 7


@lru_cache
def edition(name: str) -> Definition:
    """A shipped definition."""
    loaded = load_definition((CAMPAIGNS / f"{name}.yaml").read_text(encoding="utf-8"), f"{name}.yaml")
    assert loaded.definition, loaded.problems
    return loaded.definition


@lru_cache
def calendar() -> WorkingCalendar:
    """The shipped calendar."""
    loaded = load_calendar((CAMPAIGNS / "calendars" / "vn.yaml").read_text(encoding="utf-8"), "vn.yaml")
    assert loaded.calendar, loaded.problems
    return loaded.calendar.working


@lru_cache
def tree(units: int = UNITS, seed: int = SEED) -> DemoTree:
    """A small tree."""
    return plan_tree(units, seed)


def chapter_of(cycle: str) -> Chapter:
    """The story of a cycle."""
    return next(chapter for chapter in STORY if chapter.cycle == cycle)


def papers(cycle: str, units: int = UNITS, seed: int = SEED) -> Papers:
    """What the reports of a cycle say."""
    chapter = chapter_of(cycle)
    return Papers(chapter, edition(chapter.edition), tree(units, seed), seed)


def contents(cycle: str, draft: Draft, units: int = UNITS, seed: int = SEED) -> dict[str, Content]:
    """What every unit says that exists when the cycle opens, by its code."""
    written = papers(cycle, units, seed)
    return {unit.code: written.content(unit.code, draft) for unit in tree(units, seed).standing(chapter_of(cycle).opened_at.date())}


@lru_cache
def script(stage: Stage, units: int = UNITS, seed: int = SEED) -> Script:
    """Everything that happens up to a stage."""
    return write_script(stage, {name: edition(name) for name in PUBLISHED_AT}, tree(units, seed), calendar(), seed)
