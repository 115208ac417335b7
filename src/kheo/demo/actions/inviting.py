"""Who comes into An's unit: an officer who is waited for, and a head who takes over at the turn of the year."""

from datetime import datetime

from kheo.core.workflow import Role
from kheo.demo.plan.cast import AN_UNIT, PASSWORD
from kheo.demo.plan.story import HANDED_OVER_ON
from kheo.demo.plan.tree import FIRST_DAY
from kheo.org.access import Person, person
from kheo.org.models import Post
from kheo.org.queries import units_by_code
from kheo.people.queries import account_named
from kheo.reports.actions.inviting import Accepted, Invited, Wish, accept_with_new_account, invite

WAITED_FOR, HEIR, HEIRS_NAME = "Ngô Văn Chờ", "Đặng Thị Kế", "dang.thi.ke"


def let_people_in(at: datetime) -> bool:
    """Through the same acts as anybody; False where one of them was refused."""
    unit = units_by_code(FIRST_DAY)[AN_UNIT]
    waiting = invite(unit, Wish(role=Role.OFFICER, full_name=WAITED_FOR, days=30), by=_somebody("hoa", at), at=at)
    old = Post.objects.get(unit=unit, role=Role.HEAD)
    wish = Wish(role=Role.HEAD, full_name=HEIR, starts_on=HANDED_OVER_ON, replaces=old.pk)
    sent = invite(unit, wish, by=_somebody("binh", at), at=at)
    if not (isinstance(waiting, Invited) and isinstance(sent, Invited)):
        return False
    taken = accept_with_new_account(sent.code, username=HEIRS_NAME, password=PASSWORD, contact="Zalo 0900 000 000 (mẫu)", at=at)
    if not isinstance(taken, Accepted):
        return False
    taken.user.set_unusable_password()  # in the demo only the cast signs in
    taken.user.save(update_fields=["password"])
    return True


def _somebody(username: str, at: datetime) -> Person:
    user = account_named(username)
    if user is None:
        raise LookupError(username)
    return person(user, at)
