"""Whose the pages about people are, for the access matrix, and the things that they are about."""

from kheo.core.workflow import Role
from kheo.org.models import Invitation, Post
from kheo.reports.actions.inviting import Invited, Wish, invite
from tests.world import World, later

ABOVE = {"bich", "lan", "minh", "kien"}
# The people of a unit: its own, readers of a unit above, and whoever lets its head in; by the last two, invitations and ends of posts.
PEOPLE = {"G1": {"an", "hoa", "binh", "dung"} | ABOVE, "G4": {"chi"} | ABOVE, "LDLD": ABOVE | {"phuc", "quan"}}
INVITE = {"G1": {"hoa", "binh", "dung"}, "G4": {"chi", "bich", "lan", "minh"}, "LDLD": {"minh", "phuc", "quan"}}
END = {"G1": {"hoa", "binh", "dung"}, "G4": {"chi", "bich", "lan", "minh"}, "LDLD": {"minh", "phuc"}}
# A code for a new password: for whoever may end the post of somebody else.
RESET = {"G1": {"binh", "dung"}, "G4": {"bich", "lan", "minh"}, "LDLD": {"phuc"}}
INVITED = {"G1": {"binh", "dung"}, "G4": {"bich", "lan", "minh"}, "LDLD": {"phuc"}}


def invitation_to(world: World, unit: str) -> int:
    """Somebody is invited as head of a unit: again when an invitation was withdrawn."""
    waiting = Invitation.objects.filter(unit=world.units[unit], withdrawn_at__isnull=True).first()
    if waiting is None:
        (who, *_) = sorted(INVITED.get(unit, {"bich"}))  # D1 is asked about besides
        done = invite(world.units[unit], Wish(role=Role.HEAD, full_name="Ai Đó"), by=world.person(who), at=later())
        assert isinstance(done, Invited)
        waiting = done.invitation
    return waiting.pk


def head_post(world: World, unit: str) -> int:
    """The post of a unit's head."""
    return Post.objects.filter(unit=world.units[unit], role="head").order_by("pk")[0].pk


NUMBERS = {
    "leave_post": head_post,
    "hand_over_code": head_post,
    "send_invitation_again": invitation_to,
    "withdraw_invitation": invitation_to,
}
OF_PEOPLE = {
    ("people", "get"): PEOPLE,
    ("invite", "get"): INVITE,
    ("invite", "post"): INVITE,
    ("leave_post", "get"): END,
    ("leave_post", "post"): END,
    ("hand_over_code", "get"): RESET,
    ("hand_over_code", "post"): RESET,
    ("send_invitation_again", "post"): INVITED,
    ("withdraw_invitation", "post"): INVITED,
}
