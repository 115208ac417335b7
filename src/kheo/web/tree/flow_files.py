"""What a reorganisation did, to take away: a table with codes for a spreadsheet, and the whole picture."""

from collections.abc import Iterator, Mapping, Sequence

from django.http import QueryDict

from kheo.core.days import format_day
from kheo.org.queries import Flow, OldUnit, codes_of, days_of_change, decisions_of, identity
from kheo.web.csv_files import csv_bytes
from kheo.web.tree.asked import Asked
from kheo.web.tree.flow_drawing import picture_file
from kheo.web.tree.flow_page import MOST_DRAWN, PICTURE, TABLE, Seen, headline_of, plain, seen

HEAD = ("Đơn vị mới", "Mã mới", "Cấp trên mới", "Đơn vị cũ", "Mã cũ", "Cấp trên cũ", "Phần", "Theo")
ONLY_NEW, WHOLE, PART, SAME = "mới, không có đơn vị cũ", "trọn đơn vị", "một phần", "vẫn là đơn vị này"


def flow_file(sent: QueryDict, chosen: Asked, unit: int, name: str) -> tuple[bytes, str] | None:
    """Content and media type of what the page shows with the same parameters, all pages of it; None for a file that there is not."""
    asked = seen(sent, chosen, unit, days_of_change())
    if name == TABLE:
        return csv_bytes(HEAD, _table(asked)), "text/csv; charset=utf-8"
    if name != PICTURE or len(asked.flows) > MOST_DRAWN:
        return None
    known = identity(unit)
    title = headline_of([flow for flow in asked.flows if flow.id != unit or asked.is_part], known.name_around(asked.last) if known else "")
    days = f"Ngày {format_day(asked.first)} (trái) và ngày {format_day(asked.last)} (phải)"
    said = f"{days}. Nét liền: trọn đơn vị; nét đứt: một phần, số liệu cũ không tự chia."
    return picture_file([plain(flow, unit) for flow in asked.flows], title, said), "image/svg+xml"


def _table(asked: Seen) -> Iterator[Sequence[str]]:
    """A row for every old unit of every new one; a new one without any has a row of its own."""
    new = codes_of([flow.id for flow in asked.flows], asked.last)
    old = codes_of([each.id for flow in asked.flows for each in flow.old], asked.first)
    decisions = decisions_of([flow.event for flow in asked.flows if flow.event])
    for flow in asked.flows:
        head = (flow.name, new.get(flow.id, ""), flow.above_name)
        by = decisions.get(flow.event, "") if flow.event else ""
        for each in flow.old:
            yield (*head, *_old(flow, each, old), by)
        if not flow.old:
            yield (*head, "", "", "", ONLY_NEW, by)


def _old(flow: Flow, old: OldUnit, codes: Mapping[int, str]) -> tuple[str, str, str, str]:
    share = PART if old.is_part else SAME if old.id == flow.id else WHOLE
    return old.name, codes.get(old.id, ""), old.above_name, share
