"""What is done for everybody: the tree, the people, the editions, the cycles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password

from kheo.campaigns.actions import publish
from kheo.core.days import WorkingCalendar
from kheo.core.definition import Definition
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.demo.actions.inviting import let_people_in
from kheo.demo.plan.books import BOOKS
from kheo.demo.plan.books.grounds import BORDERS, borders_file
from kheo.demo.plan.cast import CAST, CITY, PASSWORD, extras
from kheo.demo.plan.script import Setting
from kheo.demo.plan.sources import FOLDER
from kheo.demo.plan.story import STORY
from kheo.demo.plan.tree import FIRST_DAY, NEWCOMERS_DAY, DemoTree, PlannedUnit, unit_file
from kheo.journal.actions import SYSTEM, Actor
from kheo.org.access import person
from kheo.org.actions import Appointment, appoint, appoint_many, change_units, keep_borders, load_units
from kheo.org.queries import units_by_code
from kheo.people.models import User
from kheo.registers.actions import publish_register
from kheo.reports.actions import open_cycle

BATCH = 1000


class BrokenScriptError(RuntimeError):
    """An action refused what the demo's plan says: a fault of the plan."""


@dataclass(frozen=True)
class Materials:
    """What the demo is built of: the tree, the campaign's files by name (text and definition), the calendar."""

    tree: DemoTree
    texts: Mapping[str, str]
    editions: Mapping[str, Definition]
    calendar: WorkingCalendar
    seed: int


def set_stage(setting: Setting, materials: Materials) -> None:
    """Do one thing for everybody."""
    if setting.what == "plant":
        _plant(materials.tree, setting.at)
    elif setting.what == "staff":
        _sign_up_cast(setting.at)
        _staff(_old(materials.tree), FIRST_DAY, materials.seed, setting.at)
    elif setting.what == "newcomers":
        _welcome(materials, setting.at)
    elif setting.what == "invite":
        if not let_people_in(setting.at):
            raise BrokenScriptError("nobody could be let in")
    elif setting.what == "publish":
        _publish(setting, materials)
    elif setting.what == "books":
        _publish_books(setting.at)
    else:
        _open(setting, materials)


def _old(tree: DemoTree) -> tuple[PlannedUnit, ...]:
    return tree.standing(FIRST_DAY)


def _plant(tree: DemoTree, at: datetime) -> None:
    _load(_old(tree), "cay-cong-doan-mau.csv", FIRST_DAY, at)
    _load(tree.party_line, "tuyen-dang-mau.csv", FIRST_DAY, at, Line.PARTY)
    _lay_out(at)
    _change("thay-doi.csv", at)


def _load(units: Sequence[PlannedUnit], file: str, on: date, at: datetime, line: Line | None = None) -> None:
    result = load_units(unit_file(units), file, on=on, by=SYSTEM, at=at, line=line)
    if result.problems:
        raise BrokenScriptError("; ".join(map(str, result.problems[:5])))


def _lay_out(at: datetime) -> None:
    """Where the districts lie: invented, so that a map has something under its points."""
    kept = keep_borders(borders_file(), BORDERS, on=FIRST_DAY, by=SYSTEM, at=at)
    if kept.problems:
        raise BrokenScriptError("; ".join(map(str, kept.problems[:5])))


def _change(file: str, at: datetime) -> None:
    """What happened to units before the first cycle: invented, so that a unit has a life and a day of changes a picture."""
    result = change_units((FOLDER / file).read_bytes(), file, by=SYSTEM, at=at)
    if result.problems:
        raise BrokenScriptError("; ".join(map(str, result.problems[:5])))


def _sign_up_cast(at: datetime) -> None:
    """The password is checked slowly on purpose, so it is made once for all."""
    password = make_password(PASSWORD)
    units = units_by_code(FIRST_DAY)
    for member in CAST:
        user = User.objects.create(username=member.username, full_name=member.full_name, password=password)
        for code, role in member.posts:
            appoint(user, units[code], role, on=FIRST_DAY, by=SYSTEM, at=at)


def _staff(units: Sequence[PlannedUnit], on: date, seed: int, at: datetime) -> None:
    """The others: they hold posts, but cannot sign in."""
    people = extras(units, seed)
    nobody_signs_in = make_password(None)
    created = User.objects.bulk_create(
        [User(username=each.username, full_name=each.full_name, password=nobody_signs_in) for each in people], batch_size=BATCH
    )
    ids = units_by_code(on)
    posts = [Appointment(user.pk, ids[each.unit.code], each.role) for user, each in zip(created, people, strict=True)]
    for start in range(0, len(posts), BATCH):
        appoint_many(posts[start : start + BATCH], on=on, by=SYSTEM, at=at)


def _welcome(materials: Materials, at: datetime) -> None:
    """The unions founded in the meantime."""
    newcomers = [unit for unit in materials.tree.units if unit.is_new]
    if newcomers:
        _load(newcomers, "cong-doan-moi-mau.csv", NEWCOMERS_DAY, at)
        _staff(newcomers, NEWCOMERS_DAY, materials.seed, at)


def _publish(setting: Setting, materials: Materials) -> None:
    result = publish(materials.texts[setting.name], f"{setting.name}.yaml", by=_office(setting.at), at=setting.at)
    if result.edition is None:
        raise BrokenScriptError("; ".join(map(str, result.problems[:5])))


def _publish_books(at: datetime) -> None:
    """Every register that the demo keeps, by the campaign office."""
    for code in BOOKS:
        file = Path(settings.CAMPAIGNS_DIR) / "registers" / f"{code}.yaml"
        published = publish_register(file.read_text(encoding="utf-8"), file.name, by=_office(at), at=at)
        if published.problems:
            raise BrokenScriptError("; ".join(map(str, published.problems[:5])))


def _open(setting: Setting, materials: Materials) -> None:
    chapter = next(chapter for chapter in STORY if chapter.cycle == setting.name)
    campaign = materials.editions[chapter.edition].campaign
    result = open_cycle(campaign, chapter.cycle, calendar=materials.calendar, by=_office(setting.at), at=setting.at)
    if result.cycle is None or result.unaddressed:
        raise BrokenScriptError("; ".join((*result.problems, *result.unaddressed)))


def _office(at: datetime) -> Actor:
    """The campaign office of the city acts."""
    office = next(member.username for member in CAST if (CITY, Role.OFFICE) in member.posts)
    city = units_by_code(FIRST_DAY)[CITY]
    return person(User.objects.get(username=office), at).actor(city)
