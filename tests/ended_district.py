"""A district of 63 unions that ends in mid-cycle, by a file of changes: 40 go up in two unions of wards, 13 stand under a third, five are
divided, five have no heir. What waits of it is the federation's to decide (Bích, Lan).
"""

from datetime import date

from kheo.journal.actions import SYSTEM
from kheo.org.actions import change_units
from kheo.org.queries import unit_by_code
from tests import world as worlds
from tests.standing import standing
from tests.web.accepting import accept
from tests.world import FILES, PARTY, World, fill, head_of, later, submit

END = date(2023, 4, 10)
AFTER = later(days=20)
SMALL = tuple(f"N{number:02}" for number in range(1, 61))
HEADER = "day,event,code,name,kind,parent_code,line,new_code,successors,decision,decision_day,note\n"


def changes() -> bytes:
    """The file."""
    lines = [f"{END},established,P{number},Công đoàn phường {number},ward_union,LDLD,,,,12/QĐ,," for number in (1, 2, 3)]
    lines += [f"{END},merged,{code},,,,,,P{1 if index < 20 else 2},12/QĐ,," for index, code in enumerate(SMALL[:40])]
    lines += [f"{END},transferred,{code},,,P3,,,,12/QĐ,," for code in (*SMALL[40:50], "G1", "G2", "G3")]
    lines += [f"{END},closed,{code},,,,,,,12/QĐ,," for code in SMALL[50:55]]
    lines += [f"{END},split,{code},,,,,,P1 1/2; P2 1/2,12/QĐ,," for code in SMALL[55:]]
    lines += [f"{END},absorbed,D1,,,,,,LDLD,12/QĐ,,"]
    return (HEADER + "\n".join(lines) + "\n").encode()


@standing
def ended_district() -> World:
    """N01 has been accepted before, N02 and N51 sent, N03 and N52 begun."""
    units = worlds.UNITS + "".join(f"{code},Công đoàn cơ sở {code},grassroots_union,D1\n" for code in SMALL)
    world = worlds._built(units, PARTY, (FILES / "mini.yaml").read_text(encoding="utf-8"), "2023-6T")
    accept(world, "N01")
    for code in ("N02", "N51"):
        submit(world, code)
    for code in ("N03", "N52"):
        fill(world, code, {"B02": 3}, by=head_of(world, code))
    done = change_units(changes(), "thay-doi.csv", by=SYSTEM, at=later(days=1))
    assert not done.problems, done.problems
    wards = {code: unit_by_code(code, END) or 0 for code in ("P1", "P2", "P3")}
    return World(world.cycle, world.definition, {**world.units, **wards}, world.users)
