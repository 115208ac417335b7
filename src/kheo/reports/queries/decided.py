"""For lists of reports: whose unit has ended, who sends one instead, and why one is not wanted any more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

# Few reports of a cycle have any of it, so names and reasons are looked up only for those. Where figures were accepted, nothing is open.
DECIDED = """
SELECT owed.id, coalesce(filler.name, ''), coalesce(made.reason, '')
  FROM reports_obligation owed
  LEFT JOIN reports_report report ON report.obligation_id = owed.id
  LEFT JOIN LATERAL (  -- of a unit that has ended itself: its last name
       SELECT known.name FROM org_unit_name known
        WHERE known.unit_id = owed.filler_id AND known.starts <= %(on)s AND (known.ends IS NULL OR known.ends > known.starts)
        ORDER BY known.starts DESC LIMIT 1) AS filler ON true
  LEFT JOIN LATERAL (
       SELECT one.reason FROM reports_transition one
        WHERE one.obligation_id = owed.id AND one.act = 'close' AND owed.closed_at IS NOT NULL
        ORDER BY one.id DESC LIMIT 1) AS made ON true
 WHERE owed.id = ANY(%(ids)s) AND (owed.filler_id IS NOT NULL OR owed.closed_at IS NOT NULL
       OR report.accepted_id IS NULL AND NOT EXISTS (
          SELECT 1 FROM org_unit_name known
           WHERE known.unit_id = owed.unit_id AND known.starts <= %(on)s AND (known.ends IS NULL OR known.ends > %(on)s)))
"""


@dataclass(frozen=True)
class Decided:
    """`instead`: the name of the successor that answers; `why`: the reason given when the report was closed. Either may be empty.

    Both are empty for a report still to come of a unit that has ended, about which nobody has decided.
    """

    instead: str = ""
    why: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """As they stand under the name of the unit."""
        instead = (f"{self.instead} nộp thay đơn vị cũ",) if self.instead else ()
        why = (f"Lý do: {self.why}",) if self.why else ()
        return (*instead, *why) or ("Đơn vị đã ngừng hoạt động, chưa quyết định",)


def decided_about(obligations: Collection[int], on: date) -> dict[int, Decided]:
    """By obligation; those of units that are there as they were are absent. One query whatever their number."""
    if not obligations:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(DECIDED, {"ids": list(obligations), "on": on})
        return {obligation: Decided(instead, why) for obligation, instead, why in cursor.fetchall()}
