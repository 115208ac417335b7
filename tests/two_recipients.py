"""The small world with a second recipient: district federations also report to the Party board of their district. D1 has one, D2 none.

Phượng reviews at the Party board of district 1, and has no other business.
"""

from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.actions import appoint
from kheo.people.models import User
from kheo.reports.models import Dispatch
from tests.world import FILES, FIRST_DAY, OPENING, PARTY, PASSWORD, World, small_world

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
    assert changed.count("copies:") == 1
    return changed


def two_recipients() -> World:
    """Built through the rooms' own actions."""
    world = small_world(party=LINE, campaign=campaign_text())
    user = User.objects.create_user("phuong", "Lý Thị Phượng", PASSWORD)
    appoint(user, world.units["BD1"], Role.REVIEWER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    return World(world.cycle, world.definition, world.units, {**world.users, "phuong": user})


def dispatch_of(world: World, code: str = "D1") -> Dispatch:
    """The copy of a unit's report, fresh from the database."""
    return Dispatch.objects.select_related("obligation__cycle").get(obligation=world.obligation(code))
