"""Saving a draft."""

from typing import Any

import pytest

from kheo.journal.models import JournalEntry
from kheo.reports.actions import Change, Conflict, Refusal, Saved, save_draft
from kheo.reports.models import Report
from tests.world import World, later, submit


def save(world: World, who: str, cells: dict[str, tuple[Any, Any]], sections: dict[str, tuple[str, str]] | None = None) -> Saved | Refusal:
    return save_draft(
        world.obligation("G1").pk,
        cells={key: Change(*pair) for key, pair in cells.items()},
        sections={key: Change(*pair) for key, pair in (sections or {}).items()},
        by=world.person(who),
        at=later(minutes=5),
    )


def test_the_first_save_begins_the_report(world: World) -> None:
    saved = save(world, "an", {"B01.KT": ("", 3), "B02": ("", None), "C201": ("", "na")}, {"I": ("", "Tốt.")})
    assert saved == Saved(1, later(minutes=5), ("B01.KT", "B02", "C201", "I"))
    report = world.report("G1")
    assert (report.state, report.figures, report.narrative) == ("draft", {"B01.KT": 3, "B02": None, "C201": "na"}, {"I": "Tốt."})


def test_each_save_leaves_one_journal_row_that_tells_before_and_after(world: World) -> None:
    save(world, "an", {"B02": ("", 3)})
    save(world, "an", {"B02": (3, 4)})
    entry = JournalEntry.objects.latest("number")
    assert (entry.act, entry.actor_name, entry.post) == ("save_draft", "Nguyễn Thị An", "Cán bộ nhập liệu, Công đoàn cơ sở Một")
    assert entry.detail == {"version": 2, "cells": {"B02": [3, 4]}, "sections": {}}


def test_saving_what_is_already_there_changes_nothing(world: World) -> None:
    save(world, "an", {"B02": ("", 3)})
    rows = JournalEntry.objects.count()
    assert save(world, "an", {"B02": ("", 3)}) == Saved(1, later(minutes=5), ("B02",))
    assert JournalEntry.objects.count() == rows


def test_zero_blank_not_applicable_and_unanswered_are_four_different_things(world: World) -> None:
    for before, after in (("", 0), (0, None), (None, "na"), ("na", "")):
        assert isinstance(save(world, "an", {"B02": (before, after)}), Saved)
        assert world.report("G1").figures.get("B02", "") == after


def test_a_cell_that_somebody_else_changed_is_shown_and_never_overwritten(world: World) -> None:
    save(world, "an", {"B02": ("", 3)})
    saved = save(world, "hoa", {"B02": ("", 8), "C201": ("", 10)})
    assert saved == Saved(2, later(minutes=5), ("C201",), (Conflict("B02", 3, "Nguyễn Thị An"),))
    assert world.report("G1").figures == {"B02": 3, "C201": 10}


@pytest.mark.parametrize(
    ("key", "value"), [("B01", 3), ("X99", 3), ("B02", 1.5), ("B02", True), ("B02", "1.000"), ("B02", 10**13), ("B02", [1])]
)
def test_a_value_that_no_page_can_send_raises_and_stores_nothing(world: World, key: str, value: Any) -> None:
    with pytest.raises(ValueError, match=key):
        save(world, "an", {key: ("", value)})
    assert not Report.objects.exists()


@pytest.mark.parametrize("who", ["binh", "lan", "kien", "chi", "quan", "phuc"])
def test_nobody_outside_the_unit_writes_in_its_report(world: World, who: str) -> None:
    assert save(world, who, {"B02": ("", 3)}) == Refusal("Anh/chị không có quyền lưu báo cáo này.")
    assert not Report.objects.exists()


def test_a_submitted_report_is_closed_for_writing(world: World) -> None:
    submit(world, "G1")
    assert save(world, "an", {"B02": (5, 6)}) == Refusal("Không lưu được: báo cáo đang ở trạng thái “Đã nộp”.")
