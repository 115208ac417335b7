"""What stands below a section of the narrative: where its paragraphs come from, where they went, and the way to work on it."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kheo.core.definition import OutlineSection
from kheo.org.access import Person
from kheo.reports.access import Reached, readable_units
from kheo.reports.queries.attribution import UsedAbove, used_above
from kheo.reports.queries.filling import Sheet, name_of
from kheo.reports.queries.sources import ENCLOSED, SectionSources, sections_with_sources
from kheo.web.proposing.sections import open_sections, own_section

NOTHING = format_html("{}", "")


def beside_sections(person: Person, reached: Reached, whole: Sheet, *, is_open: bool) -> dict[str, SafeString]:
    """By section id; at most one query for what is being written, two more where a text of the unit went up."""
    outline = whole.definition.outline
    found = {section.id: _composing(reached, section) for section in outline} if is_open and whole.below else {}
    asking = _asking(reached) if is_open else {}
    counted = sections_with_sources(reached.report) if found else {}
    own = {section.id: _sources(reached, section, counted, found, is_open) for section in outline}
    went = _went_up(person, reached)
    return {
        section.id: format_html("{}{}{}", own[section.id], asking.get(section.id, NOTHING), went.get(section.id, NOTHING))
        for section in outline
    }


def _asking(reached: Reached) -> dict[str, SafeString]:
    """At the section for proposals: the way to mark those that need an answer."""
    address = reverse("proposals_of_report", args=[reached.obligation.pk])
    return {
        own_section(open_sections(reached)): format_html('<p class="hint"><a href="{}">Kiến nghị cần cấp trên trả lời</a></p>', address)
    }


def _composing(reached: Reached, section: OutlineSection) -> SafeString:
    address = reverse("compose", args=[reached.obligation.pk, section.id])
    text = '<a href="{}">Lấy từ báo cáo cấp dưới<span class="visually-hidden"> vào mục {}</span></a>'
    return format_html(text, address, section.id)


def _sources(
    reached: Reached, section: OutlineSection, counted: Mapping[str, SectionSources], found: Mapping[str, SafeString], is_open: bool
) -> SafeString:
    if section.id in found:
        words = counted[section.id].words if section.id in counted else ""
        return format_html('<p class="hint">{}{}</p>', found[section.id], f" · {words}" if words else "")
    if is_open:
        return NOTHING
    latest = reached.report.latest if reached.report else None
    entries = ((latest.enclosures or {}).get(ENCLOSED) or {}).get(section.id) if latest else None
    if not entries:
        return NOTHING
    address = reverse("passage_sources", args=[reached.obligation.pk, section.id])
    text = '<p class="hint"><a href="{}">Nguồn của từng đoạn<span class="visually-hidden">, mục {}</span></a> · {} đoạn lấy từ cấp dưới</p>'
    return format_html(text, address, section.id, len(entries))


def _went_up(person: Person, reached: Reached) -> dict[str, SafeString]:
    """Of a report that was sent: which of its paragraphs stand in the report of the unit above."""
    if reached.report is None or reached.report.latest is None:
        return {}
    used = used_above(reached.obligation)
    if not used:
        return {}
    recipient = reached.obligation.recipient_id
    may_read = readable_units(person, reached.cycle, [recipient]).get(recipient, False)
    name = name_of(recipient, reached.cycle.opened_on)
    by_section: dict[str, list[UsedAbove]] = {}
    for each in used:
        by_section.setdefault(each.section, []).append(each)
    return {section: _went(each, name, may_read=may_read) for section, each in by_section.items()}


def _went(used: Sequence[UsedAbove], name: str, *, may_read: bool) -> SafeString:
    lines = format_html_join("", "<li>“{}”{}</li>", ((each.excerpt, _where(each) if may_read else NOTHING) for each in used))
    count = "Đoạn này" if len(used) == 1 else f"{len(used)} đoạn"
    return format_html('<div class="hint went-up"><p>{} đã được đưa vào báo cáo của {}:</p><ul>{}</ul></div>', count, name, lines)


def _where(used: UsedAbove) -> SafeString:
    address = f"{reverse('report', args=[used.above])}#section:{used.above_section}"
    return format_html(' <a href="{}">xem ở mục {}</a>', address, used.above_section)
