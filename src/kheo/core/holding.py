"""Holding a post: who may invite whom to which one, why one is left, and what each lets its holder do, in words.

The words are drawn from the tables themselves (`core.workflow.STEPS` and `MAY_INVITE`): there is no second list to keep true.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kheo.core.workflow import ACT_NAMES, ROLE_NAMES, Role, acts_of


class Leaving(StrEnum):
    """Why somebody leaves a post. A closed list: what became of a person is not for this system to know."""

    HANDED_OVER = "handed_over"
    MOVED = "moved"
    RETIRED = "retired"
    RELIEVED = "relieved"
    MISTAKE = "mistake"


LEAVING_NAMES: dict[Leaving, str] = {
    Leaving.HANDED_OVER: "bàn giao cho người khác",
    Leaving.MOVED: "chuyển công tác",
    Leaving.RETIRED: "nghỉ hưu, nghỉ việc",
    Leaving.RELIEVED: "thôi được giao nhiệm vụ này",
    Leaving.MISTAKE: "giao nhầm người",
}


class Place(StrEnum):
    """Where the invited post is, seen from the unit at which the inviter holds one."""

    OWN = "own"
    BELOW = "below"


PLACE_NAMES: dict[Place, str] = {Place.OWN: "ở đơn vị mình", Place.BELOW: "ở đơn vị trực thuộc"}

# Who may give (and end) which posts where. A unit whose own superior has nobody to invite is below the next one above.
MAY_INVITE: dict[tuple[Role, Place], frozenset[Role]] = {
    (Role.HEAD, Place.OWN): frozenset({Role.OFFICER, Role.REVIEWER, Role.OFFICE, Role.AUDITOR}),
    (Role.HEAD, Place.BELOW): frozenset({Role.HEAD}),
    (Role.REVIEWER, Place.BELOW): frozenset({Role.HEAD}),
    (Role.OFFICE, Place.BELOW): frozenset({Role.HEAD}),
    (Role.KEEPER, Place.OWN): frozenset({Role.KEEPER}),
}
# The keeper has no power over figures, but who opens a system must be able to let its first head and office in: at the own unit, and only
# as long as nobody holds the post. Ending these is not for the keeper.
MAY_BEGIN: dict[Role, frozenset[Role]] = {Role.KEEPER: frozenset({Role.HEAD, Role.OFFICE})}
# Nobody but the operator of the machine ends the last of these at a unit: without them nobody could open a cycle or let people in.
NEVER_THE_LAST = frozenset({Role.OFFICE, Role.KEEPER})
# A receiving desk makes no sense at a unit that nothing stands below.
NEEDS_UNITS_BELOW = frozenset({Role.REVIEWER, Role.OFFICE, Role.AUDITOR})
# Nobody takes one of these up by an invitation that they ever sent. (Both sides of one report are refused beside: decision 023.)
NOT_BY_ONESELF = frozenset({Role.HEAD, Role.KEEPER, Role.OFFICE})
# Everybody who holds one of these posts reads the whole subtree of the post's unit; a keeper reads nothing.
READERS = frozenset({Role.OFFICER, Role.HEAD, Role.REVIEWER, Role.OFFICE, Role.AUDITOR})


# Whoever holds one of these at a unit lets in the heads of the units below it.
SUPERIORS = frozenset(giver for (giver, place) in MAY_INVITE if place is Place.BELOW)


def may_give(roles: frozenset[Role], place: Place) -> frozenset[Role]:
    """Every role that somebody with these may give there."""
    return frozenset(role for giver in roles for role in MAY_INVITE.get((giver, place), ()))


def invited_words(role: Role) -> tuple[str, ...]:
    """`cán bộ nhập liệu … ở đơn vị mình`: whom a role may invite, one text for each place."""
    told = []
    for place in Place:
        given = MAY_INVITE.get((role, place), frozenset())
        if given:
            told.append(f"{_named(given)} {PLACE_NAMES[place]}")
    return tuple(told)


ABOVE_NAMES: dict[Place, str] = {Place.OWN: "của đơn vị mình", Place.BELOW: "của đơn vị cấp trên"}


def answering_for(role: Role) -> tuple[str, ...]:
    """`thủ trưởng đơn vị của đơn vị mình`: whom somebody in this role asks who forgot the password, one text for each place."""
    givers = {
        place: frozenset(giver for (giver, where), given in MAY_INVITE.items() if where is place and role in given) for place in Place
    }
    return tuple(f"{_named(found)} {ABOVE_NAMES[place]}" for place, found in givers.items() if found)


@dataclass(frozen=True)
class Empty:
    """Days without a holder, half-open; `ends` None: nobody follows that is known of."""

    starts: date
    ends: date | None


def first_empty(spans: Collection[tuple[date, date | None]], on: date) -> Empty | None:
    """The first days, from a day on, that none of these spans of posts holds; None where there are none."""
    held = on
    for starts, ends in sorted(spans, key=lambda span: span[0]):
        if starts > held:
            return Empty(held, starts)
        if ends is None:
            return None
        held = max(held, ends)
    return Empty(held, None)


def _named(roles: frozenset[Role]) -> str:
    return ", ".join(ROLE_NAMES[each].lower() for each in Role if each in roles)


def duties(role: Role) -> tuple[str, ...]:
    """What a role reads, what it may do to reports and whom it may invite: one sentence each."""
    told = ["Đọc báo cáo từ đơn vị này trở xuống." if role in READERS else "Giữ cho hệ thống chạy; không đọc và không sửa báo cáo nào."]
    acts = ", ".join(ACT_NAMES[act] for act in acts_of(role))
    if acts:
        whose = "báo cáo của đơn vị" if role in (Role.OFFICER, Role.HEAD) else "báo cáo các đơn vị gửi đến"
        told.append(f"Với {whose}: {acts}.")
    elif role in READERS:
        told.append("Không sửa gì.")
    given = invited_words(role)
    if given:
        told.append(f"Mời, cho thôi, cấp mã đặt lại mật khẩu: {'; '.join(given)}.")
    if role in MAY_BEGIN:
        told.append(f"Mời người đầu tiên, khi đơn vị mình chưa có: {_named(MAY_BEGIN[role])}.")
    return tuple(told)
