"""Invitations that wait to be accepted: to units that end or come back, and those whose senders may invite no longer, or again."""

from collections.abc import Sequence
from datetime import date

from kheo.core.workflow import ROLE_NAMES, Role
from kheo.org.access.upholding import Shift, upheld
from kheo.org.models import Invitation
from kheo.org.queries import names_around
from kheo.reports.queries.touched.change import Change
from kheo.reports.queries.touched.touch import Provider, Touch

ENDED = "Từ ngày đơn vị kết thúc không nhận được nữa; nhận trước ngày ấy thì chức danh cũng hết hiệu lực vào ngày ấy"
AGAIN = "Lại nhận được, nếu còn hạn"


def _touched(change: Change) -> list[tuple[Invitation, str]]:
    """With what becomes of each; what is over is not touched any more. As many questions as the tree has levels."""
    waiting = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).select_related("sent_by")
    if change.at is not None:
        waiting = waiting.filter(expires_at__gt=change.at)
    found = list(waiting.order_by("made_at", "pk"))
    lost, again = _upheld_otherwise([each for each in found if each.unit_id not in change.ended], change)
    told = []
    for each in found:
        if each.unit_id in change.ended:
            told.append((each, ENDED))
        elif each.pk in lost:
            told.append((each, f"Từ ngày thay đổi, {each.sender} không còn quyền mời nên không nhận được nữa; ai có quyền mời thì gửi lại"))
        elif each.pk in again:
            told.append((each, AGAIN if each.unit_id in change.back else f"{each.sender} lại có quyền mời: lại nhận được, nếu còn hạn"))
        elif each.unit_id in change.back:
            told.append((each, AGAIN))
    return told


def _upheld_otherwise(waiting: Sequence[Invitation], change: Change) -> tuple[frozenset[int], frozenset[int]]:
    """Those that stand now and not after the change, and those the other way round."""
    shift = Shift(change.lost, change.regained, dict(change.places), change.ended)
    if not waiting or not (change.lost or change.regained or change.places):
        return frozenset(), frozenset()
    at = change.at or max(each.sent_at for each in waiting)
    now, then = upheld(waiting, at), upheld(waiting, at, shift)
    return now - then, then - now


def _count(change: Change) -> int:
    return len(_touched(change))


def _rows(change: Change, on: date, start: int, most: int) -> list[Touch]:
    rows = _touched(change)[start : start + most]
    names = names_around({each.unit_id for each, _ in rows}, on)
    return [
        Touch(
            names.get(each.unit_id, ""),
            f"Mời {each.full_name} làm {ROLE_NAMES[Role(each.role)].lower()}",
            then,
            due_at=each.expires_at,
        )
        for each, then in rows
    ]


INVITATIONS = Provider("loi-moi", "Lời mời đang chờ", _count, _rows)
