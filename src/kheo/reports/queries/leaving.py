"""What is open at a post before it is ended, and who goes on with it. What belongs to the unit stays with the unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from kheo.core.days import format_day
from kheo.core.proposals import WAITING
from kheo.core.workflow import Act, Role, State, acts_of
from kheo.notices.models import Notice
from kheo.org.models import Post, in_force
from kheo.people.models import AccessToken
from kheo.reports.models import CellNote, ExtensionRequest, Obligation, Proposal, Report, SavedList, WorkbookBatch, answered_by

MOST_NAMED = 10
DESK = frozenset({Role.HEAD, Role.REVIEWER, Role.OFFICE})  # who answers proposals: reports.actions.proposing


@dataclass(frozen=True)
class Open:
    """`count` things of a kind, and what becomes of them: `goes_to` are the people who can go on, or nobody yet."""

    what: str
    count: int
    becomes: str
    goes_to: tuple[str, ...] = ()
    needs_somebody: bool = False


def open_at(post: Post, on: date, at: datetime) -> list[Open]:
    """Everything that waits for the holder of a post on the day on which it ends; kinds of which there is nothing are left out."""
    role = Role(post.role)
    found = [*_of_the_unit(post, role, on), *_received(post, role, on), *_of_the_person(post, on, at)]
    return [each for each in found if each.count]


def successors(post: Post, act: Act, on: date) -> tuple[str, ...]:
    """Who else may do this at the unit on that day, by name; where nobody does, who will, with the day."""
    return _names(post, frozenset(role for role in Role if act in acts_of(role)), on)


def _names(post: Post, roles: frozenset[Role], on: date) -> tuple[str, ...]:
    others = Post.objects.filter(unit=post.unit_id, role__in=roles).exclude(user=post.user_id).exclude(ends=F("starts"))
    held = others.filter(in_force(on)).order_by("user__full_name").values_list("user__full_name", flat=True).distinct()
    names = tuple(held[: MOST_NAMED + 1])
    if len(names) > MOST_NAMED:
        return (*names[:MOST_NAMED], "và người khác")
    if names:
        return names
    later = others.filter(starts__gt=on).order_by("starts", "pk").values_list("user__full_name", "starts")[:1]
    return tuple(f"{name} (từ ngày {format_day(starts)})" for name, starts in later)


def _of_the_unit(post: Post, role: Role, on: date) -> Iterator[Open]:
    if Act.SAVE not in acts_of(role):
        return
    owed = Obligation.objects.filter(answered_by([post.unit_id]), closed_at__isnull=True)
    writers = successors(post, Act.SAVE, on)
    stays = "ở lại với đơn vị, không mất gì"
    begun = owed.filter(report__state=State.DRAFT)
    yield Open("báo cáo đang soạn", begun.count(), stays, writers, True)
    yield Open("báo cáo chưa bắt đầu", owed.filter(report__isnull=True).count(), "vẫn đến hạn như cũ", writers, True)
    asked = CellNote.objects.filter(
        answered_by([post.unit_id], "revision__report__obligation__"), answer__isnull=True, settled__isnull=True
    )
    asked = asked.filter(revision__report__state=State.RETURNED)
    yield Open("nhận xét cần trả lời", asked.count(), stays, writers, True)
    if Act.SUBMIT in acts_of(role):
        waiting = owed.filter(report__state__in=[State.DRAFT, State.RETURNED])
        yield Open("báo cáo chờ ký nộp", waiting.count(), "chờ người ký", successors(post, Act.SUBMIT, on), True)


def _received(post: Post, role: Role, on: date) -> Iterator[Open]:
    if Act.ACCEPT in acts_of(role):
        deciding = successors(post, Act.ACCEPT, on)
        waiting = Report.objects.filter(state=State.SUBMITTED, obligation__recipient=post.unit_id, obligation__closed_at__isnull=True)
        yield Open("báo cáo chờ duyệt", waiting.count(), "ở lại trên bảng duyệt", deciding, True)
        asked = ExtensionRequest.objects.filter(obligation__recipient=post.unit_id, answer__isnull=True)
        yield Open("đơn xin gia hạn chưa trả lời", asked.count(), "vẫn chờ", deciding, True)
    if role in DESK:
        held = Proposal.objects.filter(holder=post.unit_id, stage__in=WAITING, thread__isnull=True)
        yield Open("kiến nghị đang chờ đơn vị", held.count(), "vẫn chờ đơn vị", _names(post, DESK, on), True)


def _of_the_person(post: Post, on: date, at: datetime) -> Iterator[Open]:
    """What stands in the name of the person: it reaches only what their other posts still let them reach."""
    others = Post.objects.filter(in_force(on), user=post.user_id).exclude(pk=post.pk)
    reach = "chỉ còn dùng được cho các chức trách khác của người này" if others.exists() else "không còn đọc hay ghi được gì"
    yield Open(
        "mã truy cập cho chương trình", AccessToken.objects.filter(user=post.user_id, revoked_at=None, expires_at__gt=at).count(), reach
    )
    reading = WorkbookBatch.objects.filter(sent_by=post.user_id, finished_at__isnull=True).count()
    yield Open("lần gửi tệp Excel đang đọc", reading, "tệp của đơn vị chưa đọc xong thì không ghi nữa; người khác gửi lại")
    lists = SavedList.objects.filter(owner=post.user_id, unit=post.unit_id).count()
    yield Open("danh sách riêng trên bảng duyệt", lists, "không ai khác dùng được")
    unread = Notice.objects.filter(person=post.user_id, read_at__isnull=True, heard_at__contains=[post.unit_id]).count()
    yield Open("thông báo của đơn vị chưa đọc", unread, "không nhắc người này nữa")
