"""To which report a workbook belongs: by what is written in it, never by its file name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kheo.campaigns.models import Cycle
from kheo.documents.unit_workbook import Address
from kheo.org.access import Person
from kheo.org.queries import frozen_with_code
from kheo.reports.access import writes_or_receives
from kheo.reports.models import Obligation
from kheo.reports.queries.filling import name_of


def not_yours(address: Address) -> str:
    """Said alike of what is not there and of what is not this person's: it repeats only what stands in the file."""
    return (
        f"Tệp này ghi đơn vị mã “{address.unit}”, kỳ “{address.cycle}”, phong trào “{address.campaign}”: anh/chị không có báo cáo nào "
        "như vậy để nộp. Hãy xem lại tệp, hoặc tải tệp mẫu mới từ trang báo cáo."
    )


def not_wanted(place: "Place", wanted: Obligation) -> str:
    """Said of a file of another report than that from whose page it was sent."""
    day = wanted.cycle.opened_on
    told = f"{name_of(place.obligation.unit_id, day)}, {place.cycle.name}"
    asked = f"{name_of(wanted.unit_id, day)}, {wanted.cycle.name}"
    return (
        f"Tệp này là của báo cáo khác: {told}. Anh/chị đang nộp cho {asked}, nên Khéo chưa lấy số nào trong tệp. "
        "Nếu đúng là muốn nộp tệp này, hãy gửi lại ở trang “Nộp bằng Excel” chung hoặc từ trang của báo cáo ấy."
    )


@dataclass(frozen=True)
class Place:
    """A report that may be handed in: what is owed, with its cycle and edition."""

    obligation: Obligation
    cycle: Cycle


def places(addresses: Collection[Address], person: Person) -> Mapping[Address, Place]:
    """The reports of these addresses that this person may hand in; the others are absent. Three queries, however many.

    A unit that owes one cycle's report to several recipients is met at the one where the person may act.
    """
    found = Cycle.objects.filter(code__in={each.cycle for each in addresses}, campaign__code__in={each.campaign for each in addresses})
    cycles = {(cycle.campaign.code, cycle.code): cycle for cycle in found.select_related("campaign", "edition")}
    trees = {cycle.snapshot_id for cycle in cycles.values()}
    rows = frozen_with_code(trees, {each.unit for each in addresses}).order_by("-position")
    units = {(tree, code): unit for tree, code, unit in rows.values_list("snapshot_id", "code", "unit_id")}
    owed: dict[tuple[int, int], Obligation] = {}
    mine = Obligation.objects.filter(cycle__in=[cycle.pk for cycle in cycles.values()], unit__in=set(units.values()))
    for obligation in mine.order_by("-pk"):
        if writes_or_receives(person, obligation):
            owed[obligation.cycle_id, obligation.unit_id] = obligation
    found_places: dict[Address, Place] = {}
    for address in addresses:
        cycle = cycles.get((address.campaign, address.cycle))
        unit = units.get((cycle.snapshot_id, address.unit)) if cycle else None
        if cycle and unit and (cycle.pk, unit) in owed:
            found_places[address] = Place(owed[cycle.pk, unit], cycle)
    return found_places
