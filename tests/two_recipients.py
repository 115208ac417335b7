"""The small world with a second recipient: district federations also report to the Party board of their district. D1 has one, D2 none.

Phượng reviews at the Party board of district 1, and has no other business.
"""

from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.actions import appoint
from kheo.people.models import User
from kheo.reports.actions import propose, send_dispatch
from kheo.reports.models import Dispatch
from tests import world as worlds
from tests.counted import KEPT
from tests.standing import standing
from tests.world import FILES, FIRST_DAY, GOOD, OPENING, PARTY, PASSWORD, World, fill, later, small_world, submit

LINE = f"{PARTY}BD1,Ban Dân vận Quận ủy Quận 1,party_board,BDV\nD1,Liên đoàn Lao động Quận 1,district_federation,BD1\n"
COPIES = """      due: {6T: {day: 10, month: 5}, N: {day: 15, month: 11}}
      copies:
        - id: quan_uy
          name: Ban Dân vận quận, huyện ủy
          line: party
          due: {6T: {day: 13, month: 5}, N: {day: 16, month: 11}}
          outline: [{of: II, id: A, title: Kiến nghị với cấp ủy}, {of: I, id: B}]
          paper: party36
"""


def campaign_text() -> str:
    """The tiny campaign, its district tier with a further recipient; a section about the contents with figures."""
    text = (FILES / "mini.yaml").read_text(encoding="utf-8")
    text = text.replace("title: Kết quả nổi bật,", "title: Kết quả nổi bật, content: chung,")
    changed = text.replace("      due: {6T: {day: 10, month: 5}, N: {day: 15, month: 11}}\n", COPIES)
    stock = "aggregation: last, content: chung, source: CV 1"
    changed = changed.replace(f"{stock}}}", f"{stock}, {KEPT}}}")
    assert changed.count("copies:") == changed.count("records:") == 1
    return changed


def two_recipients() -> World:
    """Built through the rooms' own actions."""
    return _built(worlds.UNITS)


@standing
def _built(_union: str) -> World:
    world = small_world(party=LINE, campaign=campaign_text())
    user = User.objects.create_user("phuong", "Lý Thị Phượng", PASSWORD)
    appoint(user, world.units["BD1"], Role.REVIEWER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    return World(world.cycle, world.definition, world.units, {**world.users, "phuong": user})


def dispatch_of(world: World, code: str = "D1") -> Dispatch:
    """The copy of a unit's report, fresh from the database."""
    return Dispatch.objects.select_related("obligation__cycle").get(obligation=world.obligation(code))


@standing
def partly_sent() -> World:
    """G1 and D1 have been sent; LDLD and G4 are being written."""
    made = two_recipients()
    propose(made.obligation("G1").pk, section="II", text="Xin hướng dẫn.", by=made.person("an"), at=later())
    for code in ("G1", "D1"):
        submit(made, code)
    for code in ("LDLD", "G4"):
        fill(made, code, GOOD, by=made.person("minh" if code == "LDLD" else "chi"))
    send_dispatch(dispatch_of(made).pk, version=made.report("D1").version, by=made.person("dung"), at=later(minutes=9))
    return made
