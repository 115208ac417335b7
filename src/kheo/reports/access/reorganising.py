"""Who may change units on a page: the campaign office and the keeper of the unit at the top of the union line."""

from kheo.core.workflow import Role
from kheo.files.models import StoredFile
from kheo.org.queries import tops
from kheo.reports.access import Person, Unreachable

CHANGE_FILE = "text/csv; kheo=unit-changes"


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


def change_file(person: Person, file: int) -> StoredFile:
    """A file of changes, for whoever sent it and may still change units."""
    unit_of_reorganiser(person)
    found = StoredFile.objects.filter(pk=file, sent_by=person.user_id, media_type=CHANGE_FILE).first()
    if found is None:
        raise Unreachable
    return found
