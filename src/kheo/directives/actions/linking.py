"""What one paper is to another: based on it, in answer to it, in its place from a day on, or a change of it."""

from datetime import date, datetime

from django.db import transaction

from kheo.core.days import format_day
from kheo.core.paper_books.facts import LinkRole, one_line
from kheo.directives.access import directive_to_link, directive_to_read
from kheo.directives.actions.outcomes import Refused, refused
from kheo.directives.models import CampaignEnding, Directive, DirectiveLink
from kheo.journal.actions import record
from kheo.org.access import Person, Unreachable


@transaction.atomic
def link_papers(
    directive: int, other: int, role: LinkRole, *, from_day: date | None = None, by: Person, at: datetime
) -> DirectiveLink | Refused:
    """Say it of a paper that the person's own unit wrote; twice is harmless. `from_day`: of a replacement always, of a change perhaps."""
    kept = directive_to_link(by, directive)
    directive_to_read(by, other)
    if directive == other:
        return refused("Một văn bản không dẫn chính nó.", "other")
    # Both are locked, in one order: of two clicks, and of two papers that would replace each other, the second sees the first.
    papers = {each.pk: each for each in Directive.objects.select_for_update().filter(pk__in=(directive, other)).order_by("pk")}
    wrong = _wrong_day(role, from_day, papers[other])
    if wrong:
        return refused(wrong, "from_day")
    there = DirectiveLink.objects.filter(directive=directive, other=other, role=role, withdrawn_at=None).first()
    if there is not None:
        return there if there.from_day == from_day else refused("Đã ghi quan hệ này từ ngày khác; hãy rút lại rồi ghi lại.", "from_day")
    taken = _already_replaced(kept, other) if role == LinkRole.REPLACES else ""
    if taken:
        return refused(taken, "other")
    row = DirectiveLink.objects.create(directive_id=directive, other_id=other, role=role, from_day=from_day, made_at=at)
    day = from_day.isoformat() if from_day else None
    told = {"link": row.pk, "directive": directive, "other": other, "role": role.value, "from_day": day}
    record("link_papers", by=by.actor(kept.keeper_id), at=at, object_type="paper_link", object_id=row.pk, unit_id=kept.keeper_id, **told)
    return row


def _wrong_day(role: LinkRole, from_day: date | None, other: Directive) -> str:
    """What is wrong with the day, or nothing."""
    if role == LinkRole.REPLACES and from_day is None:
        return "Thay thế thì ghi từ ngày nào."
    if role not in (LinkRole.REPLACES, LinkRole.AMENDS) and from_day is not None:
        return "Chỉ thay thế, sửa đổi mới ghi ngày; quan hệ khác thì để trống."
    if from_day is not None and other.issued_on is not None and from_day < other.issued_on:
        return f"Ngày này ở trước ngày {format_day(other.issued_on)} của văn bản kia."
    return ""


def _already_replaced(kept: Directive, other: int) -> str:
    """Why the unit cannot say now that this paper takes the place of the other: one paper has one that follows it."""
    if DirectiveLink.objects.filter(directive=other, other=kept, role=LinkRole.REPLACES, withdrawn_at=None).exists():
        return "Đã ghi văn bản kia thay thế văn bản này; hai văn bản không thay thế lẫn nhau."
    standing = DirectiveLink.objects.filter(other=other, role=LinkRole.REPLACES, withdrawn_at=None, directive__keeper=kept.keeper_id)
    before = standing.select_related("directive").first()
    if before is None or before.from_day is None:
        return ""
    return f"Đã ghi văn bản kia được thay thế bằng {before.directive} từ ngày {format_day(before.from_day)}; rút lại rồi ghi lại."


@transaction.atomic
def unlink_papers(number: int, *, reason: str, by: Person, at: datetime) -> DirectiveLink | Refused:
    """Take it back, with a reason; twice is harmless. Not while a campaign ends by it."""
    row = DirectiveLink.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise Unreachable
    kept = directive_to_link(by, row.directive_id)
    said = one_line(reason)
    if not said or len(said) > 500:
        return refused("Ghi lý do, tối đa 500 ký tự.", "reason")
    ended = CampaignEnding.objects.select_related("campaign").filter(link=row, withdrawn_at=None).first()
    if ended is not None:
        return refused(f"Phong trào “{ended.campaign.name}” kết thúc theo quan hệ này; lấy lại việc kết thúc trước.", "reason")
    if row.withdrawn_at is None:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        record(
            "unlink_papers",
            by=by.actor(kept.keeper_id),
            at=at,
            object_type="paper_link",
            object_id=row.pk,
            unit_id=kept.keeper_id,
            reason=said,
        )
    return row
