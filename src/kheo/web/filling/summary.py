"""What is about to be signed, content by content: the numbers beside last period's, and the indicators without one in a sentence."""

from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kheo.core.answers import BLANK_WORDS, NA_WORDS, ZERO_WORDS, write_answer
from kheo.core.definition import Indicator
from kheo.reports.queries.filling import ContentSummary, Sheet, plain_answer, summaries

NOTHING = format_html("{}", "")


def draw_summary(sheet: Sheet) -> SafeString:
    """All contents."""
    rows = summaries(sheet.definition, sheet.standing.figures)
    text = '<section class="signed" aria-labelledby="s-{0}"><h3 id="s-{0}">{1}</h3>{2}{3}</section>'
    return format_html_join("\n", text, ((each.content.id, each.content.name, _table(sheet, each), _sentences(each)) for each in rows))


def _table(sheet: Sheet, summary: ContentSummary) -> SafeString:
    if not summary.numbers:
        return NOTHING
    past = format_html('<th scope="col" class="number">{}</th>', sheet.past.name) if sheet.past else NOTHING
    text = (
        '<table class="table"><thead><tr><th scope="col">Chỉ tiêu</th><th scope="col" class="number">Kỳ này</th>{}</tr></thead>'
        "<tbody>{}</tbody></table>"
    )
    return format_html(text, past, format_html_join("", "{}", ((_row(sheet, each),) for each in summary.numbers)))


def _row(sheet: Sheet, indicator: Indicator) -> SafeString:
    figures, past = sheet.standing.figures, NOTHING
    if sheet.past:
        before = plain_answer(sheet.past.figures, indicator.code)
        past = format_html('<td class="number muted">{}</td>', write_answer(before, indicator.decimals))
    return format_html(
        '<tr><th scope="row"><span class="muted">{}</span> {} <span class="muted">({})</span></th><td class="number"><b>{}</b></td>{}</tr>',
        indicator.code,
        indicator.name,
        indicator.unit,
        write_answer(figures[indicator.code], indicator.decimals),
        past,
    )


def _sentences(summary: ContentSummary) -> SafeString:
    kinds = {
        ZERO_WORDS: summary.zero,
        BLANK_WORDS: summary.blank,
        NA_WORDS: summary.not_applicable,
        "chưa nhập": summary.unanswered,
    }
    return format_html_join("", "{}", ((_sentence(words, indicators),) for words, indicators in kinds.items() if indicators))


def _sentence(words: str, indicators: tuple[Indicator, ...]) -> SafeString:
    names = format_html_join("; ", "{} {}", _named(indicators))
    return format_html('<p class="rest"><b>{} ({}):</b> {}.</p>', words[0].upper() + words[1:], len(indicators), names)


def _named(indicators: tuple[Indicator, ...]) -> Iterator[tuple[str, str]]:
    return ((each.code, each.name) for each in indicators)
