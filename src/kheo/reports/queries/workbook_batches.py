"""Batches of workbooks: how they stand, and what waits for whom."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Count

from kheo.org.models import SnapshotUnit
from kheo.reports.models import Obligation, WorkbookBatch, WorkbookFile, answered_by

RECENT = 10


def batch_counts(batch: WorkbookBatch) -> dict[str, int]:
    """How many files of a batch have come to what."""
    rows = WorkbookFile.objects.filter(batch=batch).values_list("outcome").annotate(count=Count("pk")).order_by("outcome")
    return dict(rows)


def unfinished(batch_id: int) -> WorkbookBatch | None:
    """A batch of which files wait to be read, with its sender; None when it is done, or was undone."""
    return WorkbookBatch.objects.select_related("sent_by").filter(pk=batch_id, finished_at=None).first()


def batch_rows(batch: WorkbookBatch, outcome: str = "") -> list[dict[str, Any]]:
    """Name, outcome, report and every problem of each file, as plain data for another program."""
    rows = WorkbookFile.objects.filter(batch=batch).order_by("number")
    rows = rows.filter(outcome=outcome) if outcome else rows
    return [dict(row) for row in rows.values("number", "name", "outcome", "need", "obligation_id", "message", "cells", "problems")]


def recent_batches(user_id: int) -> Sequence[WorkbookBatch]:
    """What somebody sent last, with how many files, how many of them wait to be read."""
    rows = WorkbookBatch.objects.filter(sent_by=user_id).annotate(count=Count("files")).order_by("-sent_at", "-pk")
    return list(rows[:RECENT])


def undecided(units: Collection[int], recipients: Collection[int]) -> Sequence[WorkbookFile]:
    """Files that wait for a decision about reports which these units owe, or these recipients get."""
    mine = WorkbookFile.objects.filter(outcome=WorkbookFile.DECIDE)
    owed = mine.filter(answered_by(units, "obligation__")) | mine.filter(obligation__recipient__in=recipients)
    rows = owed.select_related("batch", "obligation__cycle", "obligation__report").defer("figures", "narrative", "problems")
    return list(rows.order_by("-pk").distinct()[:100])


def undecided_about(obligation: Obligation) -> WorkbookFile | None:
    """The file that waits for a decision about one report."""
    rows = WorkbookFile.objects.filter(outcome=WorkbookFile.DECIDE, obligation=obligation).select_related("batch")
    return rows.order_by("-pk").first()


def unit_names(files: Collection[WorkbookFile]) -> dict[int, str]:
    """What the units of these files are called in their cycles, by obligation."""
    owed = [file.obligation for file in files if file.obligation]
    rows = SnapshotUnit.objects.filter(snapshot__in={each.cycle.snapshot_id for each in owed}, unit__in={each.unit_id for each in owed})
    names = {(tree, unit): name for tree, unit, name in rows.values_list("snapshot_id", "unit_id", "name")}
    return {each.pk: names.get((each.cycle.snapshot_id, each.unit_id), "") for each in owed}
