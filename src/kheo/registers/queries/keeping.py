"""Which units keep which registers: only who writes entries is asked to report by them."""

from collections.abc import Collection

from django.db import connection

# As owner, as handler, or by its ground, as a rule counts for the one or the other. What was cancelled does not make a register kept.
KEEPERS = """
SELECT owner_id, register_id, 'owner' FROM registers_entry
 WHERE register_id = ANY(%(registers)s::bigint[]) AND owner_id = ANY(%(units)s::bigint[]) AND meaning <> 'void'
 UNION
SELECT handler_id, register_id, 'handler' FROM registers_entry
 WHERE register_id = ANY(%(registers)s::bigint[]) AND handler_id = ANY(%(units)s::bigint[]) AND meaning <> 'void'
 UNION
SELECT ward_id, register_id, 'ward' FROM registers_entry
 WHERE register_id = ANY(%(registers)s::bigint[]) AND ward_id = ANY(%(units)s::bigint[]) AND meaning <> 'void'
"""


Kept = tuple[int, str]


def registers_kept(registers: Collection[int], units: Collection[int]) -> dict[int, set[Kept]]:
    """By unit, the registers of these in which it has entries, and as what (`owner`, `handler`, `ward`); others are absent. One query."""
    found: dict[int, set[Kept]] = {}
    with connection.cursor() as cursor:
        cursor.execute(KEEPERS, {"registers": list(registers), "units": list(units)})
        for unit, register, side in cursor.fetchall():
            found.setdefault(unit, set()).add((register, side))
    return found
