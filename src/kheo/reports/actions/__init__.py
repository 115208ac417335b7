"""One action per change; each locks its row, asks the workflow table again, saves, and writes its journal row."""

from kheo.reports.actions.opening import OpenResult, open_cycle
from kheo.reports.actions.outcomes import Conflict, Done, Refusal, Saved
from kheo.reports.actions.rebuilding import rebuild_rollups
from kheo.reports.actions.reviewing import accept_report, remark, return_report
from kheo.reports.actions.writing import Change, revise_report, save_draft, submit_report
from kheo.reports.queries.receipts import Receipt

__all__ = [
    "Change",
    "Conflict",
    "Done",
    "OpenResult",
    "Receipt",
    "Refusal",
    "Saved",
    "accept_report",
    "open_cycle",
    "rebuild_rollups",
    "remark",
    "return_report",
    "revise_report",
    "save_draft",
    "submit_report",
]
