"""Which unit of the union line receives what somebody sends to a ward, or to a unit."""

from datetime import date

from kheo.core.unit_kinds import Line
from kheo.org.models import Relation, in_force
from kheo.org.queries.browsing import lines_standing, way_to


def receiver_of(chosen: int, on: date) -> int | None:
    """The unit itself where it stands on the union line; of a ward, whoever answers for it or for what it lies in, else the top unit.

    None where nobody can be meant: a unit of another line, one that is not there on the day, several top units.
    """
    if Line.UNION in lines_standing([chosen], on):
        return chosen
    wards = [each.id for each in reversed(way_to(on, Line.ADMIN, chosen))]
    if not wards:
        return None
    rows = Relation.objects.filter(in_force(on), line=Line.AREA_TEAM, child__in=wards, parent__isnull=False)
    answering = dict(rows.values_list("child_id", "parent_id"))
    for ward in wards:
        if ward in answering and Line.UNION in lines_standing([answering[ward]], on):
            return answering[ward]
    tops = Relation.objects.filter(in_force(on), line=Line.UNION, parent=None).values_list("child_id", flat=True)[:2]
    return tops[0] if len(tops) == 1 else None
