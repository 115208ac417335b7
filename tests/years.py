"""A second cycle of the small world: what was accepted in the first stands beside it, and odd figures want explaining."""

from dataclasses import replace
from datetime import UTC, datetime

from kheo.campaigns.actions import publish
from kheo.campaigns.queries import definition_of
from kheo.journal.actions import SYSTEM
from kheo.reports.actions import Done, accept_report, open_cycle
from tests.world import CALENDAR, FILES, GOOD, World, reviewer_of, submit

NEXT_YEAR = datetime(2024, 4, 1, 2, tzinfo=UTC)
EXPLAINING = "\nplausibility: {change: {question: 3, explain: 10}}\n"


def accepted_once(world: World, *codes: str, figures: dict[str, object] | None = None) -> None:
    """These units' reports of the first cycle, sent and accepted."""
    for code in codes:
        submit(world, code, {**GOOD, **(figures or {})})  # type: ignore[dict-item]
        done = accept_report(world.obligation(code).pk, version=world.report(code).version, by=reviewer_of(world, code), at=NEXT_YEAR)
        assert isinstance(done, Done), done


def year_after(world: World, more: str = EXPLAINING) -> World:
    """The same world a year later, its cycle 2024-6T open on an edition with these keys besides."""
    publish((FILES / "mini.yaml").read_text(encoding="utf-8") + more, "mini.yaml", by=SYSTEM, at=NEXT_YEAR)
    opened = open_cycle("mini", "2024-6T", calendar=CALENDAR, by=SYSTEM, at=NEXT_YEAR)
    assert opened.cycle, opened.problems
    return replace(world, cycle=opened.cycle, definition=definition_of(opened.cycle.edition_id))
