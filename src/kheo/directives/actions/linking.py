"""What one paper is to another: based on it, in answer to it, in its place from a day on."""

from datetime import date, datetime

from django.db import transaction

from kheo.core.paper_books.facts import LinkRole, one_line
from kheo.directives.access import directive_to_read, directive_to_write
from kheo.directives.actions.outcomes import Refused, refused
from kheo.directives.models import DirectiveLink
from kheo.journal.actions import record
from kheo.org.access import Person, Unreachable


@transaction.atomic
def link_papers(
    directive: int, other: int, role: LinkRole, *, from_day: date | None = None, by: Person, at: datetime
) -> DirectiveLink | Refused:
    """Say it of a paper that the person's own unit wrote; twice is harmless. `from_day`: of a replacement, and only of one."""
    kept = directive_to_write(by, directive)
    directive_to_read(by, other)
    if directive == other:
        return refused("Một văn bản không dẫn chính nó.", "other")
    if (role == LinkRole.REPLACES) != (from_day is not None):
        return refused("Thay thế thì ghi từ ngày nào; quan hệ khác thì không ghi ngày.", "from_day")
    there = DirectiveLink.objects.filter(directive=directive, other=other, role=role, withdrawn_at=None).first()
    if there is not None:
        return there if there.from_day == from_day else refused("Đã ghi thay thế từ ngày khác; hãy rút lại rồi ghi lại.", "from_day")
    row = DirectiveLink.objects.create(directive_id=directive, other_id=other, role=role, from_day=from_day, made_at=at)
    day = from_day.isoformat() if from_day else None
    told = {"link": row.pk, "other": other, "role": role.value, "from_day": day}
    record("link_papers", by=by.actor(kept.keeper_id), at=at, object_type="paper_link", object_id=row.pk, unit_id=kept.keeper_id, **told)
    return row


@transaction.atomic
def unlink_papers(number: int, *, reason: str, by: Person, at: datetime) -> DirectiveLink | Refused:
    """Take it back, with a reason; twice is harmless."""
    row = DirectiveLink.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise Unreachable
    kept = directive_to_write(by, row.directive_id)
    said = one_line(reason)
    if not said or len(said) > 500:
        return refused("Ghi lý do, tối đa 500 ký tự.", "reason")
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
