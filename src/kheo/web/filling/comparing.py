"""The page that holds two submissions against each other."""

from typing import Any

from kheo.core.days import format_instant
from kheo.core.definition import Content
from kheo.core.rounds import rounds_words
from kheo.reports.access import Reached
from kheo.reports.queries.comparing import Comparison, comparison
from kheo.reports.queries.rounds import rounds_of_report
from kheo.web.differences import as_html
from kheo.web.filling import pages
from kheo.web.numbers import number_in
from kheo.web.proof_changes import changes_list
from kheo.web.reach import PageRequest


def compare_page(request: PageRequest, reached: Reached) -> dict[str, Any]:
    """For `filling/compare.html`: `?tu=1&den=2`, by default the last two."""
    hidden = pages.untold(request.person, reached)
    found = comparison(reached.report, pages.definition_of(reached), number_in(request.GET, "tu"), number_in(request.GET, "den"), hidden)
    rounds = rounds_of_report(reached.cycle, reached.obligation.pk, request.now)
    return {
        **pages.frame(request, reached, "So hai lần nộp"),
        "found": found,
        "proofs": _proofs(reached, found) if found else [],
        "rounds": rounds_words(rounds),
        **(_words(found) if found else {}),
    }


def _proofs(reached: Reached, found: Comparison) -> list[dict[str, Any]]:
    """By content, in the order of the campaign."""
    contents = [(each, [change for change in found.proofs if change.proof.content == each.id]) for each in _contents(reached)]
    return [{"name": each.short, "html": changes_list(reached.obligation.pk, changes)} for each, changes in contents if changes]


def _contents(reached: Reached) -> tuple[Content, ...]:
    return pages.definition_of(reached).contents


def _words(found: Comparison) -> dict[str, Any]:
    choices = [{"number": each.number, "words": f"{each.number} ({format_instant(each.submitted_at)})"} for each in found.revisions]
    texts = [{"label": each.label, "html": as_html(each.pieces)} for each in found.texts]
    return {"choices": choices, "texts": texts, "is_same": not (found.cells or found.texts or found.enclosed or found.proofs)}
