"""Sending and accepting reports in one go, for pages that show what was accepted."""

from collections.abc import Mapping
from datetime import datetime

from kheo.core.figures import Figure
from kheo.reports.actions import Done, accept_report
from tests.world import GOOD, OPENING, World, reviewer_of, submit


def accept(world: World, code: str, *, at: datetime = OPENING, **figures: Figure) -> None:
    """The unit sends the good report with these figures changed (B01.KT is written B01_KT), and its recipient accepts it."""
    changed: Mapping[str, Figure] = {key.replace("_", "."): value for key, value in figures.items()}
    submit(world, code, {**GOOD, **changed}, at=at)
    done = accept_report(world.obligation(code).pk, version=world.report(code).version, by=reviewer_of(world, code), at=at)
    assert isinstance(done, Done), done
