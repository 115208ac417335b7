"""Rules about further recipients of a report (`copies` of a tier): by when, of which units, in which outline."""

from collections.abc import Iterator

from kheo.core.days import format_day
from kheo.core.definition.draft import Draft, Rule
from kheo.core.definition.placing import Finding, Placed
from kheo.core.definition.regime import Copy, Tier
from kheo.core.definition.rules.regime import day_exists, no_such_day, sample_days
from kheo.core.definition.wording import suggestion


def _copies(draft: Draft, *fields: str) -> Iterator[tuple[Placed[Tier], Placed[Copy]]]:
    for tier, copies in draft.copies:
        yield from ((tier, copy) for copy in copies.having(*fields))


def dues_of_copies(draft: Draft) -> Iterator[Finding]:
    """A further recipient has a due date for every period and for no other, on a day that exists, after the data cut-off."""
    periods = {placed.item.id: placed.item for placed in draft.periods.having("id", "cutoff", "frequency")}
    known = draft.periods.known("id")
    for _, copy in _copies(draft, "due"):
        for period_id in sorted((known or frozenset()) - copy.item.due.keys()):
            yield copy.finding("due", f"Nơi nhận “{copy.item.name}” chưa có hạn gửi cho kỳ “{period_id}”.")
        for period_id, rule in copy.item.due.items():
            path = (*copy.path, "due", period_id)
            period = periods.get(period_id)
            if known is not None and period_id not in known:
                yield Finding(path, f"Không có kỳ mã “{period_id}”" + suggestion(period_id, known))
            elif period and not day_exists(rule, period.frequency):
                yield Finding((*path, "day"), no_such_day(rule, period.frequency))
            elif period and day_exists(period.cutoff, period.frequency):
                early = next((days for days in sample_days(period.frequency, rule, period.cutoff) if days[0] <= days[1]), None)
                if early:
                    days = f"{format_day(early[0])} phải sau ngày chốt số liệu {format_day(early[1])}"
                    yield Finding(path, f"Hạn gửi {days} của kỳ “{period_id}”.")


def outlines_of_copies(draft: Draft) -> Iterator[Finding]:
    """Its outline takes sections that there are, each once, under numbers that differ."""
    known = draft.outline.known("id")
    for _, copy in _copies(draft, "outline"):
        if not copy.item.outline:
            yield copy.finding("outline", "Đề cương trống; cần ít nhất một mục.")
        taken: set[str] = set()
        numbered: set[str] = set()
        for index, section in enumerate(copy.item.outline):
            path, number = (*copy.path, "outline", index), section.id or section.of
            if known is not None and section.of not in known:
                yield Finding((*path, "of"), f"Đề cương không có mục “{section.of}”" + suggestion(section.of, known))
            if section.of in taken:
                yield Finding((*path, "of"), f"Mục “{section.of}” đã có ở trên.")
            if number in numbered:
                yield Finding((*path, "id"), f"Số mục “{number}” đã dùng ở trên.")
            taken.add(section.of)
            numbered.add(number)


def recipients_of_copies(draft: Draft) -> Iterator[Finding]:
    """It is told from the others of its tier, receives from kinds of the tier, and on another line than the tier's own recipient."""
    seen: set[tuple[object, str]] = set()
    for tier, copy in _copies(draft, "id", "kinds", "line"):
        if (tier.path, copy.item.id) in seen:
            yield copy.finding("id", f"Mã “{copy.item.id}” đã dùng cho nơi nhận khác của cấp này.")
        seen.add((tier.path, copy.item.id))
        if tier.has("line") and copy.item.line == tier.item.line:
            yield copy.finding("line", "Nơi nhận khác phải ở tuyến khác: trên tuyến này cấp ấy đã báo cáo rồi.")
        if tier.has("kinds"):
            for index, kind in enumerate(copy.item.kinds):
                if kind not in tier.item.kinds:
                    yield Finding((*copy.path, "kinds", index), f"Loại đơn vị “{kind}” không thuộc cấp “{tier.item.name}”.")


COPY_RULES: tuple[Rule, ...] = (dues_of_copies, outlines_of_copies, recipients_of_copies)
