"""An invitation by mail, and news for one person that is about no report."""

from datetime import datetime, timedelta

from kheo.notices.actions.beating import hurry
from kheo.notices.channels import EMAIL
from kheo.notices.models import Delivery, Notice
from kheo.org.models import Invitation

MOST_A_DAY = 3  # letters for one invitation


def may_mail(invitation: Invitation, at: datetime) -> bool:
    """Whether another letter may go to its address: not without end to whoever did not ask for it."""
    lately = Delivery.objects.filter(invitation=invitation, created_at__gt=at - timedelta(days=1)).exclude(state="queued")
    return lately.count() < MOST_A_DAY


def mail_invitation(invitation: Invitation, *, sender: int, at: datetime) -> None:
    """Queue it, in the transaction of the act, to the address that it holds; its sender sees what became of it.

    It takes the place of a letter that has not left yet: written when it leaves, that one would carry the same code.
    """
    Delivery.objects.filter(invitation=invitation, state="queued").delete()
    Delivery.objects.create(
        person_id=sender,
        channel=EMAIL,
        kind="invitation",
        invitation=invitation,
        next_try_at=at,
        created_at=at,
        expires_at=invitation.expires_at,
    )
    hurry()


def tell_one(person_id: int, *, kind: str, key: str, text: str, page: str, args: list[int], at: datetime) -> None:
    """One notice on somebody's page; what was told already under this key is not told again."""
    values = {"kind": kind, "text": text[:400], "page": page, "args": args, "told_at": at}
    Notice.objects.get_or_create(person_id=person_id, key=key, defaults=values)
