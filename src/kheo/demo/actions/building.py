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
from kheo.demo.actions.staging import BrokenScriptError, Materials, set_stage
from kheo.demo.models import DemoBuild, DemoClock
from kheo.demo.plan.script import Script, Setting, write_script
from kheo.demo.plan.story import NOW, PUBLISHED_AT, Stage
from kheo.demo.plan.tree import FEWEST, MOST, plan_tree
from kheo.demo.queries import Login, has_data, logins
from kheo.journal.models import JournalHead

Say = Callable[[str, str], None]
# Long enough that committing costs little, short enough that the journal's head, rewritten with every act, stays cheap to find.
BATCH = 100
DEFAULT_UNITS, DEFAULT_SEED = 1000, 7
LARGEST_SEED = 10**18


@dataclass(frozen=True)
class DemoResult:
    """A demo that stands: at which stage and instant, how many grassroots unions, and who can sign in."""

    stage: Stage
    now: datetime
    units: int
    logins: tuple[Login, ...]


@dataclass(frozen=True)
class DemoRefusal:
    """Why nothing was built; nothing was changed either."""

    vietnamese: str
    english: str


def _silent(_vietnamese: str, _english: str) -> None:
    pass


def build_demo(
    stage: str = Stage.COLLECTING, units: int = DEFAULT_UNITS, seed: int = DEFAULT_SEED, progress: Say = _silent
) -> DemoResult | DemoRefusal:
    """Build the demo in an empty database, or finish the same one where it was interrupted; never touches other data.

    Whoever calls must make the clock read its instant again afterwards (`config.clock.reset`).
    """
    refusal = _refuse_request(stage, units, seed)
    if refusal:
        return refusal
    begun = _begin(Stage(stage), units, seed)
    if isinstance(begun, DemoRefusal):
        return begun
    progress("Đang dựng dữ liệu mẫu…", "Building the demo…")
    materials = _materials(units, seed)
    script = write_script(Stage(stage), materials.editions, materials.tree, materials.calendar, seed)
    for done in _perform(script, begun, materials):
        if done * 10 // len(script) > (done - BATCH) * 10 // len(script):
            counts = f"{format_int(done)}/{format_int(len(script))}"
            progress(f"Dữ liệu mẫu: {counts} việc", f"Demo: {counts} acts")
    _finish(Stage(stage))
    return DemoResult(Stage(stage), NOW[Stage(stage)], units, logins())


def _refuse_request(stage: str, units: int, seed: int) -> DemoRefusal | None:
    if settings.PRODUCTION:
        return DemoRefusal(
            "Không dựng dữ liệu mẫu trong chế độ vận hành thật: ai cũng biết mật khẩu mẫu.",
            "No demo in production mode: everybody knows its password.",
        )
    if stage not in list(Stage):
        stages = ", ".join(Stage)
        return DemoRefusal(f"Không có chặng “{stage}”. Các chặng: {stages}.", f"There is no stage “{stage}”. Stages: {stages}.")
    if not FEWEST <= units <= MOST:
        return DemoRefusal(
            f"Số công đoàn cơ sở phải từ {FEWEST} đến {format_int(MOST)}.", f"The number of grassroots unions must be {FEWEST} to {MOST}."
        )
    if not 0 <= seed <= LARGEST_SEED:
        return DemoRefusal(f"Hạt giống phải từ 0 đến {format_int(LARGEST_SEED)}.", f"The seed must be 0 to {LARGEST_SEED}.")
    return None


@transaction.atomic
def _begin(stage: Stage, units: int, seed: int) -> int | DemoRefusal:
    """How many steps have been done already, after claiming the database for this demo."""
    JournalHead.objects.select_for_update().filter(pk=1).first()  # two that begin at once meet here
    build = DemoBuild.objects.first()
    if build is None and has_data():
        return DemoRefusal(
            "Cơ sở dữ liệu đã có dữ liệu. Dữ liệu mẫu chỉ dựng trong cơ sở dữ liệu trống; không có gì bị thay đổi. "
            "Hãy đặt KHEO_DATA là một thư mục mới.",
            "The database holds data. A demo is only built in an empty one; nothing was changed. Set KHEO_DATA to a new folder.",
        )
    if build is None:
        DemoBuild.objects.create(stage=stage, units=units, seed=seed)
        return 0
    if not build.is_complete and (build.stage, build.units, build.seed) == (stage, units, seed):
        return build.steps_done
    words = "đã có" if build.is_complete else "đang dựng dở"
    return DemoRefusal(
        f"Cơ sở dữ liệu {words} dữ liệu mẫu chặng {build.stage}, {format_int(build.units)} công đoàn cơ sở, hạt giống {build.seed}; "
        "không có gì bị thay đổi. Muốn dựng bản khác, hãy đặt KHEO_DATA là một thư mục mới hoặc chạy make clean-data.",
        f"The database holds {'a' if build.is_complete else 'an unfinished'} demo: stage {build.stage}, {build.units} unions, "
        f"seed {build.seed}; nothing was changed. Set KHEO_DATA to a new folder or run make clean-data to build another.",
    )


def _materials(units: int, seed: int) -> Materials:
    folder = Path(settings.CAMPAIGNS_DIR)
    texts = {name: (folder / f"{name}.yaml").read_text(encoding="utf-8") for name in PUBLISHED_AT}
    editions = {name: _definition(text, name) for name, text in texts.items()}
    names = {edition.regime.calendar for edition in editions.values()}
    if len(names) != 1:
        raise BrokenScriptError(f"the editions use different calendars: {', '.join(sorted(names))}")
    return Materials(plan_tree(units, seed), texts, editions, _calendar(folder / "calendars" / f"{names.pop()}.yaml"), seed)


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
    while begun < len(script):
        with transaction.atomic():
            _claim(begun)
            for step in script[begun : begun + BATCH]:
                if isinstance(step, Setting):
                    set_stage(step, materials)
                    continue
                if step.cycle not in scenes:
                    scenes[step.cycle] = open_scene(step.cycle, materials)
                scenes[step.cycle].perform(step)
            begun = min(begun + BATCH, len(script))
            DemoBuild.objects.filter(pk=1).update(steps_done=begun)
        yield begun


def _claim(begun: int) -> None:
    """Nobody else may be building: the row says exactly what this process has done."""
    build = DemoBuild.objects.select_for_update().get(pk=1)
    if build.steps_done != begun or build.is_complete:
        raise BrokenScriptError("another process is building the demo")


@transaction.atomic
def _finish(stage: Stage) -> None:
    DemoClock.objects.update_or_create(pk=1, defaults={"starts_at": NOW[stage]})
    DemoBuild.objects.filter(pk=1).update(is_complete=True)
