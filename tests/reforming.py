"""The small world reorganised in one day, as the tests of structures need it."""

from datetime import date

from kheo.core.reorganising import Closed, Decision, Established, Event, Merged, Place, Split, Transferred
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import record_events
from tests.world import OPENING, World

DAY = date(2025, 7, 1)
DECISION = Decision("12/QĐ-LĐLĐ", date(2025, 6, 15))


def reform(world: World) -> None:
    """G1 and G2 become G12 under the federation; G4 is divided between G41 (under D1) and G42; district 2 ends."""
    units, top = world.units, Place(Line.UNION, world.units["LDLD"])

    def begin(unit: int, code: str, place: Place) -> Established:
        return Established(
            day=DAY, unit=unit, name=f"Công đoàn {code}", kind="grassroots_union", code=code, places=(place,), decision=DECISION
        )

    events: list[Event] = [
        begin(-1, "G12", top),
        Merged(day=DAY, unit=-1, predecessors=(units["G1"], units["G2"]), decision=DECISION),
        begin(-2, "G41", Place(Line.UNION, units["D1"])),
        begin(-3, "G42", top),
        Split(day=DAY, unit=units["G4"], successors=((-2, None), (-3, None)), decision=DECISION),
        Transferred(day=DAY, unit=units["G5"], place=top, decision=DECISION),
        Closed(day=DAY, unit=units["D2"], decision=DECISION),
    ]
    done = record_events(events, by=SYSTEM, at=OPENING)
    assert done.problems == ()
