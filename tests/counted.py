"""The small world with a campaign that counts two indicators from the small register."""

import re
from datetime import datetime

from kheo.journal.actions import SYSTEM
from kheo.registers.actions import Made, create_entry, publish_register
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book, book
from kheo.reports.models import Obligation, Revision
from kheo.reports.queries.drift import Drift, compared
from tests.registers.entries import FILLED, done, made
from tests.world import FILES, GOOD, OPENING, World, head_of, later, small_world

NEW = "records: {register_code: so-nho, fact: entered, states: [da_gui, cho], once: true, by: linh_vuc}"
KEPT = "records: {register_code: so-nho, fact: in_state, states: [xong]}"
SUBJECTS = "records: {register_code: so-nho, fact: in_state, states: [da_gui], measure: subjects}"
SUM = "records: {register_code: so-nho, fact: in_state, states: [da_gui], measure: sum, of: so_nguoi}"
BELOW = "records: {register_code: so-nho, fact: in_state, states: [da_gui], measure: units_below}"
# What G1's register counts after `three_sent`: two sent of one part, one of the other, none done.
COUNTED = {"B01.KT": 2, "B01.VH": 1, "B02": 0}
FOLLOWED = {**GOOD, **COUNTED}


WALLED = "records: {register_code: so-che, fact: entered, states: [nhan], once: true}"


def counting_campaign() -> str:
    """The tiny campaign with B01 and B02 counted."""
    text = (FILES / "mini.yaml").read_text(encoding="utf-8")
    text = text.replace("breakdown: fields, source: CV 1}", f"breakdown: fields, source: CV 1, {NEW}}}")
    return text.replace("aggregation: last, content: chung, source: CV 1}", f"aggregation: last, content: chung, source: CV 1, {KEPT}}}")


def below_world() -> tuple[World, Book]:
    """The world with B02 the number of units directly below that have sent an entry, and C201 that of all of them."""
    text = counting_campaign().replace(KEPT, BELOW)
    every = "aggregation: last, content: chung, source: CV 2, " + BELOW[:-1] + ", units: all}}"
    return counting_world(re.sub(r"(code: C201, .*)aggregation: sum.*}", rf"\1{every}", text))


def counting_world(campaign: str = "", *, counted: tuple[str, ...] = (), names_people: bool = False) -> tuple[World, Book]:
    """The world and its register; nobody has an entry yet. `counted`: fields that are counted and may be changed all along.

    `names_people`: a title may name a person.
    """
    world = small_world(campaign=campaign or counting_campaign())
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
    if names_people:
        text = text.replace("column: title, ", "column: title, personal: true, ")
        text = re.sub("^quick:.*$", "", text, flags=re.MULTILINE)  # what is personal is not asked in the field
    for key in counted:
        text = re.sub(rf"(key: {key}, .*)}}", r'\1, counted_open: "Sổ thử"}', text)
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book("so-nho")
    assert found is not None
    return world, found


def walled_world() -> tuple[World, Book]:
    """The world with C501, of a walled content, and C201, of an open one, both counted from a register behind the wall."""
    text = (FILES / "mini.yaml").read_text(encoding="utf-8")
    for code in ("C201", "C501"):
        text = re.sub(rf"(code: {code}, .*)}}", rf"\1, {WALLED}}}", text)
    world = small_world(campaign=text)
    text = (FILES / "so-che.yaml").read_text(encoding="utf-8")
    assert publish_register(text, "so-che.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book("so-che")
    assert found is not None
    return world, found


def walled_entry(world: World, found: Book, *, unit: str = "G1", at: datetime = OPENING) -> Entry:
    """An entry behind the wall, by the head of its unit."""
    done_ = create_entry(found, world.units[unit], {"ngay": "2023-04-01", "so_nguoi": 3}, by=head_of(world, unit), at=at)
    assert isinstance(done_, Made), done_
    return done_.entry


def counted_cell(world: World, unit: str | None) -> str:
    """A cell that the register counts, once it is published and the unit has an entry in it: made once for each world."""
    if unit is not None:
        _keep(world, unit)
    return "B02"


def _keep(world: World, unit: str) -> None:
    found = book("so-nho")
    if found is None:
        text = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
        assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
        found = book("so-nho")
    assert found is not None
    if not Entry.objects.filter(owner=world.units[unit]).exists():
        assert isinstance(create_entry(found, world.units[unit], FILLED, by=head_of(world, unit), at=OPENING), Made)


def sent_entry(world: World, found: Book, area: str = "KT", *, who: str = "an", unit: str = "G1", at: datetime = OPENING) -> Entry:
    """An entry that its unit has sent."""
    return done(made(found, world, who, unit, at=at, linh_vuc=area), "gui", world.person(who, at), at)


def sent_by(world: World, found: Book, *codes: str, day: int = 1) -> list[Entry]:
    """An entry of each of these units, written and sent by its head on a day."""
    entries = []
    for code in codes:
        done_ = create_entry(found, world.units[code], FILLED, by=head_of(world, code), at=later(days=day))
        assert isinstance(done_, Made), done_
        entries.append(done(done_.entry, "gui", head_of(world, code), later(days=day)))
    return entries


def three_sent(world: World, found: Book) -> list[Entry]:
    """Three entries of G1, sent on the first day."""
    return [sent_entry(world, found, area, at=later(1)) for area in ("KT", "KT", "VH")]


def drifts_of(obligation: Obligation, revision: Revision | None) -> dict[str, Drift]:
    """By cell, what counts otherwise than when it was sent."""
    return {key: drift for key, drift in compared(obligation, revision).items() if drift.is_there}
