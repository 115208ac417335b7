"""Who may see, invite and end whom at a unit (decision 023): the only door to invitations and to posts as something that is changed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Protocol

from kheo.core.days import local_day
from kheo.core.holding import MAY_BEGIN, NEEDS_UNITS_BELOW, SUPERIORS, Place, may_give
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.org.access import Person, Unreachable, person, persons_by_id
from kheo.org.models import Invitation, Post
from kheo.org.queries import is_above, living
from kheo.org.queries.holders import has_units_below, post_of, posts_with_days, roles_held, superior_of
from kheo.org.queries.inviting import invitation_of, waiting_from


@dataclass(frozen=True)
class Rights:
    """What somebody may do about the people of a unit: roles they may invite for, roles they may end, whether they see everybody."""

    unit: int
    gives: frozenset[Role]
    ends: frozenset[Role]
    sees_all: bool

    def sees(self, role: Role) -> bool:
        """Whether they may know who holds this."""
        return self.sees_all or role in self.gives | self.ends


def rights_at(person: Person, unit: int) -> Rights:
    """What somebody may do there; everything empty where it is none of their business."""
    around = _Around(unit, person.on)
    given, left = giving(person, around), _left(person, around)
    sees_all = bool(person.roles_at(unit)) or is_above(person.reading_units, unit, person.on, Line.UNION)
    return Rights(unit, given.everything, given.own | given.below | left.own | left.below, sees_all)


@dataclass(frozen=True)
class _Around:
    """What the rights of all people at a unit hang on: each asked when it is needed, and once."""

    unit: int
    on: date

    @cached_property
    def superior(self) -> int | None:
        return superior_of(self.unit, self.on)

    @cached_property
    def has_units_below(self) -> bool:
        return has_units_below(self.unit, self.on)

    @cached_property
    def has_head(self) -> bool:
        return bool(roles_held(self.unit, {Role.HEAD}, self.on, to_come=False))

    @cached_property
    def held(self) -> frozenset[Role]:
        return roles_held(self.unit, frozenset(Role), self.on)


@dataclass(frozen=True)
class _Giving:
    """Roles that somebody may give at a unit: by a post there, as the one who begins there, by a post at the unit above."""

    own: frozenset[Role]
    begun: frozenset[Role]
    below: frozenset[Role]

    @property
    def everything(self) -> frozenset[Role]:
        return self.own | self.begun | self.below


class Around(Protocol):
    """What the rights of people at a unit hang on."""

    @property
    def unit(self) -> int:
        """Whose people they are."""

    @property
    def superior(self) -> int | None:
        """Where the people are who let its head in."""

    @property
    def has_units_below(self) -> bool:
        """Whether it receives reports."""

    @property
    def held(self) -> frozenset[Role]:
        """What somebody holds there or will hold."""


def giving(person: Person, around: Around) -> _Giving:
    """The roles that a person may give at a unit."""
    held = person.roles_at(around.unit)
    own = may_give(held, Place.OWN)
    if own & NEEDS_UNITS_BELOW and not around.has_units_below:
        own -= NEEDS_UNITS_BELOW
    begun = frozenset(role for each in held for role in MAY_BEGIN.get(each, ()))
    if begun:
        begun -= around.held
    above = person.units_as(*SUPERIORS) - {around.unit}
    below = frozenset[Role]()
    if above and around.superior in above:
        below = may_give(person.roles_at(around.superior), Place.BELOW)
    return _Giving(own, begun, below)


@dataclass(frozen=True)
class _Left:
    """Roles that may be ended at a unit though nobody may give them there (any more), by a post there and by one at the unit above."""

    own: frozenset[Role]
    below: frozenset[Role]


def _left(person: Person, around: _Around) -> _Left:
    """So that nobody keeps a post that no one else can end: a receiving desk at a unit below which nothing stands any more, and at a
    unit without a head whatever its head would end."""
    of_head = may_give(frozenset({Role.HEAD}), Place.OWN)
    above = person.units_as(*SUPERIORS) - {around.unit}
    lets_in = bool(above) and around.superior in above and Role.HEAD in may_give(person.roles_at(around.superior), Place.BELOW)
    return _Left(may_give(person.roles_at(around.unit), Place.OWN), of_head if lets_in and not around.has_head else frozenset())


def acting_for(person: Person, unit: int, role: Role) -> int:
    """The unit whose post lets somebody give this role at a unit, or end it: their own, or that above. Unreachable where none does."""
    around = _Around(unit, person.on)
    given, left = giving(person, around), _left(person, around)
    if role in given.own | given.begun | left.own:
        return unit
    if role in given.below | left.below and around.superior is not None:
        return around.superior
    raise Unreachable


def people_of_unit(person: Person, unit: int) -> Rights:
    """The people of a unit that is there today: for its own, for readers of a unit above, and for whoever lets its head in."""
    rights = rights_at(person, unit)
    if not (rights.sees_all or rights.gives) or unit not in living([unit], person.on):
        raise Unreachable
    return rights


def unit_to_invite_to(person: Person, unit: int) -> Rights:
    """The same, for whoever may invite somebody there."""
    rights = people_of_unit(person, unit)
    if not rights.gives:
        raise Unreachable
    return rights


def post_to_end(person: Person, post_id: int) -> Post:
    """A post that is held or still to come, for whoever may end it: its holder, and whoever may give it."""
    post = post_of(post_id)
    if post is None or (post.ends is not None and (post.ends <= person.on or post.ends == post.starts)):
        raise Unreachable
    if post.user_id != person.user_id and Role(post.role) not in rights_at(person, post.unit_id).ends:
        raise Unreachable
    return post


def post_to_reset(person: Person, post_id: int) -> Post:
    """A post of somebody else who may be handed a code for a new password, for whoever may end the post."""
    post = post_to_end(person, post_id)
    if post.user_id == person.user_id or not post.user.is_active:
        raise Unreachable
    return post


def out_of_hand(person: Person, user_id: int) -> list[tuple[str, str]]:
    """Role and unit of each post of somebody, held or to come, that this person could not end. Whoever may end a head's post answers for
    everything that the head holds at that unit."""
    held = posts_with_days(user_id, person.on)
    ends = {unit: rights_at(person, unit).ends for unit in {post.unit_id for post, _ in held}}
    headed = {post.unit_id for post, _ in held if post.role == Role.HEAD and Role.HEAD in ends[post.unit_id]}
    return [(post.role, name) for post, name in held if post.unit_id not in headed and Role(post.role) not in ends[post.unit_id]]


def invitation_to_change(person: Person, invitation_id: int) -> Invitation:
    """An invitation that nobody has answered, for whoever may invite for that post."""
    found = Invitation.objects.filter(pk=invitation_id, accepted_at__isnull=True, withdrawn_at__isnull=True).first()
    if found is None or Role(found.role) not in rights_at(person, found.unit_id).gives:
        raise Unreachable
    return found


def lapsing(post: Post, on: date, at: datetime) -> list[Invitation]:
    """Invitations that their sender could not uphold without this post: by the rule that accepting one asks."""
    held = person(post.user, at)
    kept = tuple(each for each in held.posts if (each.unit, each.role) != (post.unit_id, post.role))
    without = Person(held.user_id, held.name, kept, max(on, held.on))
    return [each for each in waiting_from(post.user_id, at) if Role(each.role) not in rights_at(without, each.unit_id).gives]


def invitation_to_accept(code: str, at: datetime) -> Invitation | None:
    """The invitation of a code: in its time, not used, not withdrawn, and its sender may invite for that post to this moment."""
    found = invitation_of(code, at)
    return found if found is not None and stands(found, at) else None


def stands(invitation: Invitation, at: datetime) -> bool:
    """Whether whoever sent it may still invite for that post, and the unit is still there to be served."""
    return invitation.pk in standing_at(invitation.unit_id, [invitation], at)


def standing_at(unit: int, invitations: Collection[Invitation], at: datetime) -> frozenset[int]:
    """Those of a unit's invitations that stand, by number; the same few queries however many there are and whoever sent them."""
    senders = persons_by_id([each.sent_by for each in invitations if each.sent_by is not None and each.sent_by.is_active], at)
    around = _Around(unit, local_day(at))
    gives = {each: giving(sender, around).everything for each, sender in senders.items()}
    return frozenset(each.pk for each in invitations if each.sent_by_id is None or each.role in gives.get(each.sent_by_id, ()))
