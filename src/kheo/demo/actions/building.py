"""Building the demo from nothing to a stage, in batches that are each all or nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from kheo.core.days import WorkingCalendar
from kheo.core.definition import Definition, load_calendar, load_definition
from kheo.core.numbers import format_int
from kheo.demo.actions.acting import Scene, open_scene
from kheo.demo.actions.bookkeeping import Bookkeepers
from kheo.demo.actions.claiming import DemoRefusal, Order, alone, begin, finish, read_order, tell_progress
from kheo.demo.actions.offices import perform_office
from kheo.demo.actions.ordering import Clerks
from kheo.demo.actions.staging import BrokenScriptError, Materials, set_stage
from kheo.demo.plan.books import BookStep
from kheo.demo.plan.cast import Hands
from kheo.demo.plan.offices import OfficeStep
from kheo.demo.plan.orders import OrderStep
from kheo.demo.plan.script import Script, Setting, write_script
from kheo.demo.plan.story import NOW, PUBLISHED_AT, Stage
from kheo.demo.plan.tree import plan_tree
from kheo.demo.queries import Login, logins
from kheo.reports.actions import recount_due_peers

Say = Callable[[str, str], None]
# Long enough that committing costs little, short enough that the journal's head, rewritten with every act, stays cheap to find.
BATCH = 100
DEFAULT_UNITS, DEFAULT_SEED = 1000, 7


@dataclass(frozen=True)
class DemoResult:
    """A demo that stands: at which stage and instant, how many grassroots unions, and who can sign in."""

    stage: Stage
    now: datetime
    units: int
    logins: tuple[Login, ...]


def _silent(_vietnamese: str, _english: str) -> None:
    pass


def build_demo(
    stage: str = Stage.COLLECTING, units: int = DEFAULT_UNITS, seed: int = DEFAULT_SEED, progress: Say = _silent
) -> DemoResult | DemoRefusal:
    """Build the demo in an empty database, or finish the same one where it was interrupted; never touches other data.

    Whoever calls must make the clock read its instant again afterwards (`config.clock.reset`).
    """
    order = read_order(stage, units, seed)
    if isinstance(order, DemoRefusal):
        return order
    with alone() as is_alone:
        if not is_alone:
            return DemoRefusal("Một tiến trình khác đang dựng dữ liệu mẫu.", "Another process is building the demo.")
        begun = begin(order)
        return begun if isinstance(begun, DemoRefusal) else _build(order, begun, progress)


def _build(order: Order, begun: int, progress: Say) -> DemoResult:
    progress("Đang dựng dữ liệu mẫu…", "Building the demo…")
    materials = _materials(order)
    script = write_script(order.stage, materials.editions, materials.tree, materials.calendar, order.seed)
    for done in _perform(script, begun, materials):
        if done * 10 // len(script) > (done - BATCH) * 10 // len(script):
            counts = f"{format_int(done)}/{format_int(len(script))}"
            progress(f"Dữ liệu mẫu: {counts} việc", f"Demo: {counts} acts")
    recount_due_peers(at=NOW[order.stage])
    finish(order)
    return DemoResult(order.stage, NOW[order.stage], order.units, logins())


def _materials(order: Order) -> Materials:
    folder = Path(settings.CAMPAIGNS_DIR)
    texts = {name: (folder / f"{name}.yaml").read_text(encoding="utf-8") for name in PUBLISHED_AT}
    editions = {name: _definition(text, name) for name, text in texts.items()}
    names = {edition.regime.calendar for edition in editions.values()}
    if len(names) != 1:
        raise BrokenScriptError(f"the editions use different calendars: {', '.join(sorted(names))}")
    calendar = _calendar(folder / "calendars" / f"{names.pop()}.yaml")
    return Materials(plan_tree(order.units, order.seed), texts, editions, calendar, order.seed)


def _definition(text: str, name: str) -> Definition:
    loaded = load_definition(text, f"{name}.yaml")
    if loaded.definition is None:
        raise BrokenScriptError("; ".join(map(str, loaded.problems)))
    return loaded.definition


def _calendar(file: Path) -> WorkingCalendar:
    loaded = load_calendar(file.read_text(encoding="utf-8"), file.name)
    if loaded.calendar is None:
        raise BrokenScriptError("; ".join(map(str, loaded.problems)))
    return loaded.calendar.working


def _perform(script: Script, begun: int, materials: Materials) -> Iterator[int]:
    """Yields how many steps have been done, after each batch."""
    scenes: dict[str, Scene] = {}
    bookkeepers, clerks = Bookkeepers(Hands(materials.tree)), Clerks(Hands(materials.tree))
    while begun < len(script):
        with transaction.atomic():
            for step in script[begun : begun + BATCH]:
                if isinstance(step, Setting):
                    set_stage(step, materials)
                    continue
                if isinstance(step, BookStep):
                    bookkeepers.perform(step)
                    continue
                if isinstance(step, OrderStep):
                    clerks.perform(step)
                    continue
                if step.cycle not in scenes:
                    scenes[step.cycle] = open_scene(step.cycle, materials)
                if isinstance(step, OfficeStep):
                    perform_office(scenes[step.cycle], step)
                else:
                    scenes[step.cycle].perform(step)
            begun = min(begun + BATCH, len(script))
            tell_progress(begun)
        yield begun
