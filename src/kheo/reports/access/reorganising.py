"""Who may change units on a page: the campaign office and the keeper of the unit at the top of the union line."""

from kheo.core.workflow import Role
from kheo.files.models import StoredFile
from kheo.org.access import Person, Unreachable
from kheo.org.queries import tops
from kheo.reports.models import UnitImport

CHANGE_FILE = "text/csv; kheo=unit-changes"
UNIT_TABLE = "application/octet-stream; kheo=unit-table"


def unit_of_reorganiser(person: Person) -> int:
    """The top unit in whose name somebody changes units."""
    found = tops(person.units_as(Role.OFFICE, Role.KEEPER), person.on)
    if not found:
        raise Unreachable
    return found[0]


def may_reorganise(person: Person) -> bool:
    """Whether somebody may change units."""
    return bool(tops(person.units_as(Role.OFFICE, Role.KEEPER), person.on))


def reads_reports_of_all(person: Person, top: int) -> bool:
    """Whether single reports may be named to whoever changes units: not to the keeper, who learns only how many there are."""
    return top in person.reading_units


def change_file(person: Person, file: int, *, to_record: bool = False) -> StoredFile:
    """A file of changes, for whoever sent it and may still change units; `to_record`, it stays until the transaction has ended."""
    unit_of_reorganiser(person)
    files = StoredFile.objects.select_for_update() if to_record else StoredFile.objects.all()
    found = files.filter(pk=file, sent_by=person.user_id, media_type=CHANGE_FILE).first()
    if found is None:
        raise Unreachable
    return found


def unit_import(person: Person, number: int) -> UnitImport:
    """A table of units on its way into the tree, for whoever sent it and may still change units."""
    unit_of_reorganiser(person)
    found = UnitImport.objects.select_related("file").filter(pk=number, file__sent_by=person.user_id).first()
    if found is None:
        raise Unreachable
    return found
