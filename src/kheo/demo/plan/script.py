"""Everything that happens in the demo, in the order of time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kheo.core.days import WorkingCalendar
from kheo.core.definition import Definition
from kheo.demo.plan.courses import Step, courses, due_days
from kheo.demo.plan.hours import Hours
from kheo.demo.plan.offices import OfficeStep, bundle, call_ins
from kheo.demo.plan.story import NEWCOMERS_AT, NOW, PLANTED_AT, PUBLISHED_AT, STAFFED_AT, STORY, Stage
from kheo.demo.plan.tree import DemoTree


@dataclass(frozen=True, slots=True)
class Setting:
    """Something done for everybody. `name`: the edition that is published, the cycle that is opened."""

    at: datetime
    what: Literal["plant", "staff", "newcomers", "publish", "open"]
    name: str = ""


Script = list[Setting | Step | OfficeStep]


def write_script(stage: Stage, editions: Mapping[str, Definition], tree: DemoTree, calendar: WorkingCalendar, seed: int) -> Script:
    """All that has happened when the stage begins."""
    settings = [Setting(PLANTED_AT, "plant"), Setting(STAFFED_AT, "staff"), Setting(NEWCOMERS_AT, "newcomers")]
    settings += [Setting(at, "publish", name) for name, at in PUBLISHED_AT.items()]
    settings += [Setting(chapter.opened_at, "open", chapter.cycle) for chapter in STORY]
    script: Script = [*settings]
    for chapter in STORY:
        definition = editions[chapter.edition]
        steps, bundled = bundle(chapter, tree, courses(chapter, definition, tree, calendar, seed))
        due = due_days(chapter, definition, calendar)
        script += [*steps, *bundled, *call_ins(chapter, definition, tree, Hours(calendar), due, steps, seed)]
    script.sort(key=lambda each: each.at)
    return [each for each in script if each.at < NOW[stage]]
