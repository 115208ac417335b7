"""Whose the pages of a table of units are, for the access matrix: of whoever sent it, Lan for the top unit, Quân besides."""

from kheo.core.reorganising import UNKNOWN_DECISION, Renamed
from kheo.core.unit_kinds import Line
from kheo.files.models import StoredFile
from kheo.journal.actions import SYSTEM
from kheo.org.actions import load_units, record_events
from kheo.org.models import UnitEvent
from kheo.org.queries import unit_by_code
from kheo.reports.actions.importing import take_in_table
from kheo.reports.actions.reorganising import take_in_changes
from kheo.reports.models import UnitImport
from tests.world import FIRST_DAY, World, later

# A file of changes of units: for whoever sent it.
CHANGES = {"LDLD": {"lan"}, "G1": {"quan"}}
SENDERS = {"LDLD": {"lan"}, "G1": {"quan"}}


def sent_table(world: World, unit: str) -> int:
    """A table of units, of Lan's or of Quân's: made once for each world."""
    (who,) = SENDERS.get(unit, SENDERS["LDLD"])
    found = UnitImport.objects.filter(file__sent_by=world.users[who]).first()
    if found is None:
        data, by, on = "Tên đơn vị\nCông đoàn Mới".encode(), world.person(who), later().date()
        made = take_in_table(data, "ds.csv", line=Line.UNION, on=on, decision=UNKNOWN_DECISION, by=by, at=later())
        assert isinstance(made, UnitImport)
        found = made
    return found.pk


def gap(world: World, unit: str) -> int:
    """A ward for which nobody answers: made once for each world."""
    found = unit_by_code("W9", later().date())
    if found is None:
        wards = "code,name,kind,parent_code\n79,Thành phố,municipality,\nW9,Phường Chín,ward,79\n"
        assert not load_units(wards.encode(), "w.csv", on=FIRST_DAY, by=SYSTEM, at=later()).problems
        found = unit_by_code("W9", later().date())
    assert found
    return found


TABLES = {"answer_gap": gap, "import_units": sent_table, "import_result": sent_table}
OF_TABLES = {
    ("answer_gap", "get"): {"LDLD": {"lan"}},
    ("answer_gap", "post"): {"LDLD": {"lan"}},
    ("import_units", "get"): SENDERS,
    ("import_units", "post"): SENDERS,
    ("import_result", "get"): SENDERS,
}


def event_of(world: World) -> UnitEvent:
    """Something that will happen to a unit: made once for each world."""
    if not UnitEvent.objects.exists():
        renamed = Renamed(day=later(days=900).date(), unit=world.units["G5"], name="Ngũ")
        assert record_events([renamed], by=SYSTEM, at=later()).problems == ()
    return UnitEvent.objects.get()


def sent_changes(world: World, unit: str) -> int:
    """A file of changes, of Lan's or of Quân's: made once for each world."""
    (who,) = CHANGES[unit]
    file = StoredFile.objects.filter(sent_by=world.users[who]).first()
    return (file or take_in_changes(b"x", "thay-doi.csv", by=world.person(who), at=later())).pk
