"""Reading what the demo keeps."""

from dataclasses import dataclass
from datetime import datetime

from kheo.core.spoken_codes import hash_of
from kheo.core.workflow import ROLE_NAMES
from kheo.demo.models import DemoBuild, DemoClock
from kheo.demo.plan.books.coming import FOLLOWED, code_shown
from kheo.demo.plan.cast import BOOKS_UNIT, CAST, PASSWORD
from kheo.journal.models import JournalHead
from kheo.org.models import Unit, UnitCode, UnitName
from kheo.people.models import User
from kheo.registers.models import PublicEntry


@dataclass(frozen=True)
class Login:
    """Somebody of the cast: how to sign in, who that is, and what is worth trying."""

    username: str
    password: str
    full_name: str
    role: str
    unit: str
    what_to_try: str


def code_to_follow() -> str:
    """A code of the public form that everybody may try in the demo; empty where nothing invented was sent under it."""
    code = code_shown(BOOKS_UNIT, FOLLOWED)
    return code if PublicEntry.objects.filter(hash=hash_of(code)).exists() else ""


def demo_starts_at() -> datetime | None:
    """The instant at which the demo's clock starts, or None outside a demo."""
    return DemoClock.objects.values_list("starts_at", flat=True).first()


def standing_build() -> DemoBuild | None:
    """The demo of this database, complete or not."""
    return DemoBuild.objects.first()


def has_data() -> bool:
    """Whether anything at all has been done in this database."""
    return User.objects.exists() or Unit.objects.exists() or JournalHead.objects.filter(number__gt=0).exists()


def logins() -> tuple[Login, ...]:
    """The logins of the demo in this database; none where there is no complete demo.

    A demo built by an earlier version lacks the people and units that came later: they are left out.
    """
    if not DemoBuild.objects.filter(is_complete=True).exists():
        return ()
    codes = {code for member in CAST for code, _ in member.posts}
    units = dict(UnitCode.objects.filter(value__in=codes, scheme="kheo", ends__isnull=True).values_list("value", "unit_id"))
    names = dict(UnitName.objects.filter(unit__in=units.values(), ends__isnull=True).values_list("unit_id", "name"))
    people = set(User.objects.filter(username__in=[member.username for member in CAST]).values_list("username", flat=True))
    return tuple(
        Login(
            username=member.username,
            password=PASSWORD,
            full_name=member.full_name,
            role=" và ".join(ROLE_NAMES[role] for _, role in member.posts).capitalize(),
            unit=names[units[member.posts[0][0]]],
            what_to_try=member.what_to_try,
        )
        for member in CAST
        if member.username in people and member.posts[0][0] in units
    )
