"""What the pages of this job say: plain data for their templates."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from kheo.core.definition import Definition, OutlineSection
from kheo.core.numbers import format_int
from kheo.core.workflow import State
from kheo.org.access import Unreachable
from kheo.reports.access import Reached, readable_units
from kheo.reports.actions import Refusal
from kheo.reports.actions.arranging import may_flow
from kheo.reports.queries.attribution import SHORT, ChildText, Traced, child_texts, trace
from kheo.reports.queries.sources import GOOD, REPLACED, RETURNED, Passage, Source, draft_passages, sent_passages
from kheo.reports.queries.story import submission
from kheo.web.composing.intake import Sent, mark_of, wanted_of
from kheo.web.filling.pages import definition_of
from kheo.web.numbers import number_of
from kheo.web.reach import PageRequest
from kheo.web.trails import from_report
from kheo.web.wording import report_title

ELSEWHERE = "\u0000"  # stands for a text that is not the stored one
LONG = 360  # characters: a longer paragraph is folded
CHANGED = {
    GOOD: "",
    REPLACED: "Nguồn đã thay đổi: đơn vị đã nộp lần khác và không còn viết như vậy.",
    RETURNED: "Nguồn đã thay đổi: báo cáo của đơn vị đang bị trả lại.",
}


def section_of(reached: Reached, section: str) -> OutlineSection:
    """The section of the edition that the report answers."""
    found = next((each for each in definition_of(reached).outline if each.id == section), None)
    if found is None:
        raise Unreachable
    return found


def section_ids(reached: Reached) -> list[str]:
    """All sections."""
    return [each.id for each in definition_of(reached).outline]


def left_by_sources(reached: Reached, section: str) -> dict[tuple[int, ...], str]:
    """The paragraphs that left the section, by the rows of their sources."""
    _, left = draft_passages(reached.report, section, reached.cycle.snapshot_id)
    return {tuple(source.row for source in each.sources): each.text for each in left}


def _frame(reached: Reached, section: OutlineSection, *steps: str) -> dict[str, Any]:
    address = reverse("report", args=[reached.obligation.pk])
    return {
        "obligation": reached.obligation,
        "cycle": reached.cycle,
        "unit": reached.unit,
        "section": section,
        "title": report_title(reached.cycle.name),
        "report_url": f"{address}#section:{section.id}",
        "trail": from_report(reached.cycle.name, reached.obligation.pk, *steps),
    }


def compose_page(
    request: PageRequest,
    reached: Reached,
    section: OutlineSection,
    asked: QueryDict,
    refusal: Refusal | None = None,
    sent: Sent | None = None,
) -> dict[str, Any]:
    """One's own paragraphs on one side, the texts below on the other. After a refusal what was typed stays, beside what is stored."""
    definition = definition_of(reached)
    wanted = wanted_of(asked, section.id, [each.id for each in definition.outline])
    kept = reached.report.narrative.get(section.id, "") if reached.report else ""
    standing, left = draft_passages(reached.report, section.id, reached.cycle.snapshot_id)
    texts = child_texts(reached.obligation, reached.report, section.id, wanted)
    rows = _typed(sent, [*standing, *left]) if sent else [_row(place, each.text, each.sources) for place, each in enumerate(standing)]
    return {
        **_frame(reached, section, f"Mục {section.id}"),
        "refusal": refusal,
        "stored": kept if refusal else "",
        "stood": mark_of(kept),
        "rows": rows,
        "new": "",
        "left": [_row(0, each.text, each.sources) for each in left],
        "length": format_int(len(kept)),
        "most": format_int(section.max_chars),
        "is_long": len(kept) > section.max_chars,
        "wanted": wanted,
        "used_choice": {True: "da", False: "chua", None: ""}[wanted.used],
        "length_choice": {True: "ngan", False: "dai", None: ""}[wanted.is_short],
        "short": SHORT,
        "source_sections": [(each.id, each.title, each.id == wanted.section) for each in _flowing(definition, section)],
        "texts": texts,
        "children": [_child(each) for each in texts.rows],
        "picked": {f"{pick.revision}-{pick.paragraph}" for pick in sent.picks} if sent else set(),
    }


def _flowing(definition: Definition, section: OutlineSection) -> list[OutlineSection]:
    return [each for each in definition.outline if may_flow(definition, each, section)]


def _typed(sent: Sent, known: Sequence[Passage]) -> list[dict[str, Any]]:
    sources = {source.row: source for passage in known for source in passage.sources}
    return [
        _row(place, each.text, tuple(sources[row] for row in each.sources if row in sources)) for place, each in enumerate(sent.paragraphs)
    ]


def _row(place: int, text: str, sources: tuple[Source, ...]) -> dict[str, Any]:
    return {
        "place": place,
        "number": place + 1,
        "text": text,
        "lines": min(max(len(text) // 90 + 1, 2), 8),
        "sources": [{"source": each, "changed": CHANGED[each.status], "url": _source_url(each)} for each in sources],
        "ids": ",".join(str(each.row) for each in sources),
    }


def _source_url(source: Source) -> str:
    return f"{reverse('report', args=[source.obligation])}#section:{source.section}"


def _child(text: ChildText) -> dict[str, Any]:
    paragraphs = [
        {
            "key": f"{text.revision}-{place}",
            "text": words,
            "is_used": place in text.used,
            "start": words if len(words) <= LONG else words[:LONG].rsplit(" ", 1)[0] + "…",
            "is_long": len(words) > LONG,
        }
        for place, words in enumerate(text.paragraphs)
    ]
    unused = [str(place) for place in range(len(paragraphs)) if place not in text.used]
    return {
        "text": text,
        "paragraphs": paragraphs,
        "count": len(paragraphs),
        "unused": ",".join(unused),
        "unused_count": len(unused),
        "url": reverse("report", args=[text.obligation]),
    }


def told(sent: Sent) -> str:
    """What the button did, in a sentence."""
    if sent.picks:
        words = "thành một đoạn" if sent.as_one and len(sent.picks) > 1 else "vào bài"
        return f"Đã đưa {len(sent.picks)} đoạn của cấp dưới {words}. Nguồn của từng đoạn được giữ lại."
    return "Đã lưu mục này."


def place_after(sent: Sent) -> str:
    """Where the page is looked at after a button: picking and turning pages go on among the texts below."""
    return "#cap-duoi" if sent.button.split(":")[0] in ("loc", "trang") else ""


def sources_page(request: PageRequest, reached: Reached, section: OutlineSection, number: str) -> dict[str, Any] | None:
    """The paragraphs of the draft, or of a revision when one is asked for; None for one that was never sent."""
    revision = None
    if number:
        found = submission(reached.report, reached.obligation, number_of(number))
        if found is None:
            return None
        revision = found[1]
    passages = sent_passages(revision, section.id) if revision else draft_passages(reached.report, section.id, reached.cycle.snapshot_id)[0]
    opened = trace(passages, lambda units: readable_units(request.person, reached.cycle, units))
    changed = {(each.revision, each.excerpt): CHANGED[each.status] for passage in passages for each in passage.sources}
    return {
        **_frame(reached, section, f"Nguồn của mục {section.id}"),
        "number": revision.number if revision else 0,
        "is_sent": reached.state in (State.SUBMITTED, State.ACCEPTED),
        "passages": [{"text": each.text, "opened": [_opened(one, changed) for one in opened[each.position]]} for each in passages],
        "attributed": sum(bool(each.sources) for each in passages),
    }


def _opened(traced: Traced, changed: dict[tuple[int, str], str]) -> dict[str, Any]:
    source = traced.source
    return {
        "name": source.name,
        "section": source.section,
        "number": source.number,
        "words": source.excerpt if traced.is_readable else "",
        "is_rewritten": source.is_rewritten,
        "changed": changed.get((source.revision, source.excerpt), ""),
        "url": _source_url(source) if traced.is_readable else "",
        "below": [_opened(each, {}) for each in traced.below],
    }
