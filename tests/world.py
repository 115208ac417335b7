"""The small world that the tests share: a federation, two districts, five grassroots unions, a Party board, and the cast.

An and Hoa belong to the grassroots union G1 of district D1; Bình reviews at D1, Bích at the federation; Lan is the
campaign office of the federation; Phúc reviews at the Party board; Kiên audits the federation; Chi belongs to G4 of district
D2 and has no business in D1; Quân keeps the system.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kheo.campaigns.actions import publish
from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.days import WorkingCalendar
from kheo.core.definition import Definition
from kheo.core.figures import Figure
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.access import Person, person
from kheo.org.actions import appoint, load_units
from kheo.org.queries import units_by_code
from kheo.people.models import User
from kheo.reports.actions import Change, Receipt, open_cycle, save_draft, submit_report
from kheo.reports.models import Obligation, Report
from tests.standing import standing

FILES = Path(__file__).parent / "files"
FIRST_DAY = date(2020, 1, 1)
OPENING = datetime(2023, 4, 1, 2, tzinfo=UTC)
CALENDAR = WorkingCalendar(frozenset(range(2020, 2030)), frozenset(), frozenset())

UNITS = """code,name,kind,parent_code
LDLD,Liên đoàn Lao động Thành phố,provincial_federation,
D1,Liên đoàn Lao động Quận 1,district_federation,LDLD
D2,Liên đoàn Lao động Quận 2,district_federation,LDLD
G1,Công đoàn cơ sở Một,grassroots_union,D1
G2,Công đoàn cơ sở Hai,grassroots_union,D1
G3,Công đoàn cơ sở Ba,grassroots_union,D1
G4,Công đoàn cơ sở Bốn,grassroots_union,D2
G5,Công đoàn cơ sở Năm,grassroots_union,D2
"""
PARTY = """code,name,kind,parent_code
BDV,Ban Dân vận Thành ủy,party_board,
LDLD,Liên đoàn Lao động Thành phố,provincial_federation,BDV
"""
POSTS: dict[str, tuple[str, list[tuple[str, Role]]]] = {
    "an": ("Nguyễn Thị An", [("G1", Role.OFFICER)]),
    "hoa": ("Trần Thị Hoa", [("G1", Role.HEAD)]),
    "binh": ("Lê Văn Bình", [("D1", Role.REVIEWER)]),
    "dung": ("Phạm Văn Dũng", [("D1", Role.HEAD), ("D1", Role.OFFICER)]),
    "bich": ("Võ Ngọc Bích", [("LDLD", Role.REVIEWER)]),
    "lan": ("Đỗ Thị Lan", [("LDLD", Role.OFFICE)]),
    "minh": ("Hồ Văn Minh", [("LDLD", Role.HEAD)]),
    "phuc": ("Bùi Hữu Phúc", [("BDV", Role.REVIEWER)]),
    "kien": ("Đinh Trung Kiên", [("LDLD", Role.AUDITOR)]),
    "chi": ("Mai Linh Chi", [("G4", Role.HEAD), ("G4", Role.OFFICER)]),
    "quan": ("Tạ Minh Quân", [("LDLD", Role.KEEPER)]),
}
PASSWORD = "mot-mat-khau-thu"


@dataclass(frozen=True)
class World:
    """A cycle of the tiny campaign, open on the small tree."""

    cycle: Cycle
    definition: Definition
    units: Mapping[str, int]
    users: Mapping[str, User]

    def person(self, name: str, at: datetime = OPENING) -> Person:
        """One of the cast, with the posts of the day."""
        return person(self.users[name], at)

    def obligation(self, code: str) -> Obligation:
        """What a unit owes in the cycle."""
        return Obligation.objects.select_related("cycle").get(cycle=self.cycle, unit=self.units[code])

    def report(self, code: str) -> Report:
        """The report of a unit, fresh from the database."""
        return Report.objects.select_related("latest", "accepted").get(obligation=self.obligation(code))


def small_world(cycle: str = "2023-6T", *, party: str = PARTY, campaign: str = "") -> World:
    """Build it through the rooms' own actions; `party` and `campaign`: another line of the Party, another text of the campaign."""
    return _built(UNITS, party, campaign or (FILES / "mini.yaml").read_text(encoding="utf-8"), cycle)


@standing
def _built(union: str, party: str, campaign: str, cycle: str) -> World:
    assert not load_units(union.encode(), "units.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING).problems
    assert not load_units(party.encode(), "party.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING, line=Line.PARTY).problems
    units = units_by_code(FIRST_DAY)
    users = {name: _somebody(name, units) for name in POSTS}
    publish(campaign, "mini.yaml", by=SYSTEM, at=OPENING)
    opened = open_cycle("mini", cycle, calendar=CALENDAR, by=SYSTEM, at=OPENING)
    assert opened.cycle, opened.problems
    return World(opened.cycle, definition_of(opened.cycle.edition_id), units, users)


def _somebody(name: str, units: Mapping[str, int]) -> User:
    full_name, posts = POSTS[name]
    user = User.objects.create_user(name, full_name, PASSWORD)
    for code, role in posts:
        appoint(user, units[code], role, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    return user


GOOD: dict[str, Figure] = {"B01.KT": 2, "B01.VH": 1, "B02": 5, "C201": 10, "C202": 9, "C501": 1}


def fill(world: World, code: str, figures: Mapping[str, Figure], *, by: Person, at: datetime = OPENING) -> Report:
    """Write these figures and a sentence into a unit's draft."""
    obligation = world.obligation(code)
    kept = Report.objects.filter(obligation=obligation).first()
    before = kept.figures if kept else {}
    words = kept.narrative if kept else {}
    save_draft(
        obligation.pk,
        cells={key: Change(before.get(key, ""), value) for key, value in figures.items()},
        sections={"I": Change(words.get("I", ""), "Đã triển khai tốt.")},
        by=by,
        at=at,
    )
    return world.report(code)


def head_of(world: World, code: str) -> Person:
    """Somebody who may write and sign for a unit: one more post per unit, made on demand."""
    user, is_new = User.objects.get_or_create(username=f"head-{code}", defaults={"full_name": f"Thủ trưởng {code}"})
    if is_new:
        appoint(user, world.units[code], Role.HEAD, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    return person(user, OPENING)


def reviewer_of(world: World, code: str) -> Person:
    """Somebody who may review what a unit sends."""
    recipient = world.obligation(code).recipient_id
    user, is_new = User.objects.get_or_create(username=f"reviewer-{recipient}", defaults={"full_name": f"Người duyệt {recipient}"})
    if is_new:
        appoint(user, recipient, Role.REVIEWER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    return person(user, OPENING)


def submit(world: World, code: str, figures: Mapping[str, Figure] = GOOD, *, at: datetime = OPENING) -> Receipt:
    """Fill in and send a unit's report."""
    head = head_of(world, code)
    report = fill(world, code, figures, by=head, at=at)
    receipt = submit_report(world.obligation(code).pk, version=report.version, by=head, at=at)
    assert isinstance(receipt, Receipt), receipt
    return receipt


def later(minutes: int = 0, days: int = 0) -> datetime:
    """An instant after the opening."""
    return OPENING + timedelta(minutes=minutes, days=days)
