"""Letting people in down the tree: an invitation is sent, sent anew, withdrawn, and accepted once."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from kheo.core.days import format_day, local_day
from kheo.core.holding import NOT_BY_ONESELF, Leaving
from kheo.core.problems import Problem
from kheo.core.spoken_codes import hash_of
from kheo.core.text import written
from kheo.core.workflow import ROLE_NAMES, Role
from kheo.journal.actions import Actor, record
from kheo.notices.actions.inviting import mail_invitation, may_mail, tell_one
from kheo.org.access import Person
from kheo.org.access.people import acting_for, invitation_to_accept, invitation_to_change, unit_to_invite_to
from kheo.org.actions import appoint, end_post
from kheo.org.actions.locking import lock_tree
from kheo.org.models import Invitation, Post
from kheo.org.queries import names_around
from kheo.org.queries.holders import overlapping, spans_from
from kheo.org.queries.inviting import code_of, waiting_at
from kheo.org.queries.standing import ends_of
from kheo.people.actions import new_account
from kheo.people.models import User
from kheo.reports.queries.both_sides import other_side_held

LIFETIMES = (3, 7, 14, 30)  # days
USUAL = 14
MOST_WAITING = 30
LONGEST_NAME = 120
FURTHEST = timedelta(days=366)
OBJECT = "invitation"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Who is to be invited as what. `replaces`: the post that ends when the new one begins; `days`: how long the code may be used."""

    role: Role
    full_name: str
    email: str = ""
    starts_on: date | None = None
    replaces: int | None = None
    days: int = USUAL


@dataclass(frozen=True)
class Invited:
    """An invitation on its way; `code` is shown this once."""

    invitation: Invitation
    code: str


@dataclass(frozen=True)
class Sender:
    """In whose name it is sent; without a user it is the operator of the machine."""

    actor: Actor
    user_id: int | None


@transaction.atomic
def invite(unit: int, wish: Wish, *, by: Person, at: datetime) -> Invited | tuple[Problem, ...]:
    """Offer a post at a unit, or everything that is wrong with that."""
    rights = unit_to_invite_to(by, unit)
    if wish.role not in rights.gives:
        return (Problem("Anh/chị không mời được người giữ chức trách này.", key="role"),)
    return offer(unit, wish, sender=Sender(by.actor(acting_for(by, unit, wish.role)), by.user_id), at=at)


@transaction.atomic
def offer(unit: int, wish: Wish, *, sender: Sender, at: datetime) -> Invited | tuple[Problem, ...]:
    """The same without asking whether the sender may: the operator's way in, for the first people of all."""
    lock_tree()
    name = " ".join(written(wish.full_name).split())
    problems = _problems(unit, wish, name, local_day(at))
    if problems:
        return problems
    made = Invitation(unit_id=unit, role=wish.role, full_name=name, email=wish.email.strip(), starts_on=wish.starts_on, made_at=at)
    made.replaces_id = wish.replaces
    code = _send(made, sender, wish.days, at)
    _tell("invite", made, sender.actor, at, starts_on=wish.starts_on.isoformat() if wish.starts_on else None, replaces=wish.replaces)
    return Invited(made, code)


def _problems(unit: int, wish: Wish, name: str, today: date) -> tuple[Problem, ...]:
    found: list[Problem] = []
    if not name or len(name) > LONGEST_NAME:
        found.append(Problem(f"Hãy ghi họ và tên người được mời, tối đa {LONGEST_NAME} ký tự.", key="full_name"))
    if wish.email.strip() and not _is_email(wish.email.strip()):
        found.append(Problem("Địa chỉ thư chưa đúng: cần dạng ten@co-quan.vn, hoặc để trống.", key="email"))
    if wish.days not in LIFETIMES:
        found.append(Problem("Chọn thời hạn trong danh sách.", key="days"))
    if wish.starts_on is not None and not today <= wish.starts_on <= today + FURTHEST:
        found.append(Problem("Ngày bắt đầu phải từ hôm nay và trong vòng một năm.", key="starts_on"))
    end = ends_of([unit], wish.starts_on or today).get(unit)
    if end is not None and end <= (wish.starts_on or today):
        found.append(Problem(f"Đơn vị đã ghi là kết thúc từ ngày {format_day(end)}.", key="starts_on"))
    if wish.replaces is not None and wish.replaces not in {span.post for span in spans_from(unit, today) if span.role is wish.role}:
        found.append(Problem("Người được thay không còn giữ chức trách này. Hãy chọn lại.", key="replaces"))
    if len(waiting_at(unit)) >= MOST_WAITING:
        found.append(Problem(f"Đơn vị đang có {MOST_WAITING} lời mời chưa ai nhận. Hãy thu hồi bớt rồi mời tiếp.", key="full_name"))
    return tuple(found)


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _send(invitation: Invitation, sender: Sender, days: int, at: datetime) -> str:
    """Give it a new code, and mail it where there is an address; the old code is worth nothing from now on."""
    invitation.nonce = secrets.token_hex(16)
    code = code_of(invitation)
    invitation.hash = hash_of(code)
    invitation.sent_at, invitation.expires_at = at, at + timedelta(days=days)
    invitation.sent_by_id, invitation.sender = sender.user_id, f"{sender.actor.name} ({sender.actor.post})"[:120]
    if sender.user_id is not None and sender.user_id not in invitation.senders:
        invitation.senders = [*invitation.senders, sender.user_id]
    invitation.save()
    if invitation.email and sender.user_id is not None:
        mail_invitation(invitation, sender=sender.user_id, at=at)
    return code


def _tell(act: str, invitation: Invitation, by: Actor, at: datetime, **more: Any) -> None:
    """Neither the code nor the address nor the name, which would stay though nobody comes: who invited for what, and until when."""
    told = {"role": invitation.role, "until": invitation.expires_at.isoformat(), **more}
    record(act, by=by, at=at, object_type=OBJECT, object_id=invitation.pk, unit_id=invitation.unit_id, **told)


@transaction.atomic
def send_anew(invitation_id: int, *, by: Person, at: datetime) -> Invited | Problem:
    """Another code, another fortnight, in the name of whoever sends it now; the code before does not work any more."""
    found = _locked_to_change(invitation_id, by)
    if found.email and not may_mail(found, at):
        return Problem("Hôm nay đã gửi nhiều thư cho lời mời này. Hãy chờ đến mai, hoặc thu hồi rồi mời lại không qua thư.")
    actor = by.actor(acting_for(by, found.unit_id, Role(found.role)))
    code = _send(found, Sender(actor, by.user_id), USUAL, at)
    _tell("send_invitation_anew", found, actor, at)
    return Invited(found, code)


@transaction.atomic
def withdraw(invitation_id: int, *, by: Person, at: datetime) -> None:
    """Nobody can accept it any more."""
    found = _locked_to_change(invitation_id, by)
    _take_back(found, by.actor(acting_for(by, found.unit_id, Role(found.role))), at)


def _locked_to_change(invitation_id: int, by: Person) -> Invitation:
    """The invitation, while nobody else accepts or changes it, for whoever may change it then."""
    found = Invitation.objects.select_for_update().get(pk=invitation_to_change(by, invitation_id).pk)
    invitation_to_change(by, invitation_id)
    return found


@transaction.atomic
def withdraw_as_operator(invitation_id: int, *, actor: Actor, at: datetime) -> bool:
    """The same from the command line; False where no such invitation waits."""
    waiting = Invitation.objects.select_for_update().filter(pk=invitation_id, accepted_at__isnull=True, withdrawn_at__isnull=True).first()
    if waiting is not None:
        _take_back(waiting, actor, at)
    return waiting is not None


def _take_back(invitation: Invitation, actor: Actor, at: datetime) -> None:
    invitation.withdrawn_at, invitation.email = at, ""
    invitation.save(update_fields=["withdrawn_at", "email"])
    _tell("withdraw_invitation", invitation, actor, at)


@dataclass(frozen=True)
class Accepted:
    """The post, and whose it is."""

    post: Post
    user: User


@dataclass(frozen=True)
class NotAccepted:
    """Nothing was changed, and why: `problems` by field, `password` what Django's validators say about it."""

    problems: tuple[Problem, ...]
    password: Sequence[ValidationError] = ()


@transaction.atomic
def accept_with_new_account(code: str, *, username: str, password: str, contact: str, at: datetime) -> Accepted | NotAccepted | None:
    """Make an account with this password and take up the post; None where the code opens nothing (any more)."""
    found = _locked(code, at)
    if found is None:
        return None
    made = new_account(username, found.full_name, password, contact)
    if not isinstance(made, User):
        return NotAccepted(made.problems, made.password)
    taken = _take_up(found, made, at)
    if isinstance(taken, NotAccepted):
        transaction.set_rollback(True)
    return taken


@transaction.atomic
def accept_as(user: User, code: str, *, at: datetime) -> Accepted | NotAccepted | None:
    """Take up a further post with the account that is signed in; None where the code opens nothing (any more)."""
    found = _locked(code, at)
    return None if found is None else _take_up(found, user, at)


def _locked(code: str, at: datetime) -> Invitation | None:
    """The invitation, while nobody else accepts or changes it, and nobody's right to invite is changed; a wrong code locks nothing."""
    found = invitation_to_accept(code, at)
    if found is None:
        return None
    lock_tree()
    Invitation.objects.select_for_update().get(pk=found.pk)
    return invitation_to_accept(code, at)


def _take_up(invitation: Invitation, user: User, at: datetime) -> Accepted | NotAccepted:
    unit, role, today = invitation.unit_id, Role(invitation.role), local_day(at)
    on = _first_day(invitation, user, max(today, invitation.starts_on or today))
    problem = _not_theirs(invitation, user, on)
    if problem:
        return NotAccepted((problem,))
    actor = Actor(user.pk, user.full_name, "")
    post = appoint(user, unit, role, on=on, by=actor, at=at)
    old = _handing_over(invitation, user, on)
    if old is not None:
        end_post(old, on=on, reason=Leaving.HANDED_OVER, note="", by=actor, at=at)
    invitation.post, invitation.accepted_at, invitation.email = post, at, ""
    invitation.save(update_fields=["post", "accepted_at", "email"])
    _tell("accept_invitation", invitation, actor, at, user=user.pk, post=post.pk, on=on.isoformat())
    _tell_those_concerned(invitation, old, user, on, at)
    return Accepted(post, user)


def _first_day(invitation: Invitation, user: User, on: date) -> date:
    """That day; for somebody who is recorded to leave the same post later, the day on which they leave: so they stay."""
    held = overlapping(user.pk, invitation.unit_id, Role(invitation.role), on, None)
    leaves = [post.ends_by_hand for post in held if post.ends_by_hand is not None and post.ends == post.ends_by_hand]
    return max(leaves) if held and len(leaves) == len(held) else on


def _handing_over(invitation: Invitation, user: User, on: date) -> Post | None:
    """The post that ends with this one: not what was left before that day, though its holder may have been given another since."""
    old = invitation.replaces
    if old is None or old.user_id == user.pk or (old.ends_by_hand is not None and old.ends_by_hand <= on):
        return None
    return old


def _not_theirs(invitation: Invitation, user: User, on: date) -> Problem | None:
    role = Role(invitation.role)
    if user.pk in invitation.senders and role in NOT_BY_ONESELF:
        return Problem("Anh/chị không tự nhận lời mời do chính mình gửi. Hãy chuyển cho người được mời.")
    other = other_side_held(user.pk, invitation.unit_id, role, on)
    if other is not None:
        where = names_around([other], on).get(other, "")
        return Problem(f"Một người không giữ cả hai phía của một báo cáo, ký nộp và duyệt: anh/chị đã giữ phía kia ở {where}.")
    held = overlapping(user.pk, invitation.unit_id, role, on, None)
    if held:
        return Problem(f"Anh/chị đã giữ chức trách này ở đơn vị từ ngày {format_day(held[0].starts)}.")
    end = ends_of([invitation.unit_id], on).get(invitation.unit_id)
    if end is not None and end <= on:
        return Problem(f"Đơn vị đã ghi là kết thúc từ ngày {format_day(end)}, không nhận thêm người.")
    return None


def _tell_those_concerned(invitation: Invitation, old: Post | None, user: User, on: date, at: datetime) -> None:
    """Whoever invited, and whoever hands over."""
    unit = names_around([invitation.unit_id], on).get(invitation.unit_id, "")
    role = ROLE_NAMES[Role(invitation.role)].lower()
    if invitation.sent_by_id is not None and invitation.sent_by_id != user.pk:
        words = f"{user.full_name} đã nhận lời mời làm {role} của {unit}, từ ngày {format_day(on)}."
        key = f"accepted_post:{invitation.pk}"
        tell_one(invitation.sent_by_id, kind="accepted_post", key=key, text=words, page="people", args=[invitation.unit_id], at=at)
    if old is not None:
        words = f"{user.full_name} nhận bàn giao chức trách {role} của {unit}; từ ngày {format_day(on)} anh/chị thôi chức trách này."
        tell_one(old.user_id, kind="left_post", key=f"handed_over_post:{invitation.pk}", text=words, page="own_posts", args=[], at=at)
