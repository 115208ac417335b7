"""One action per change; each locks its row, asks the workflow table again, saves, and writes its journal row."""

from kheo.reports.actions.answering import answer_remark
from kheo.reports.actions.arranging import Arranged, Pick, arrange_section
from kheo.reports.actions.calling import CalledIns, make_call_in
from kheo.reports.actions.captioning import caption_evidence
from kheo.reports.actions.comparing import recount_due_peers, recount_peers
from kheo.reports.actions.counting import count_opening
from kheo.reports.actions.dispatching import acknowledge_dispatch, send_dispatch, write_about_dispatch
from kheo.reports.actions.drafting import Draft, save_draft, save_drafts, store_draft
from kheo.reports.actions.ending_campaigns import Ended, end_campaign, take_back_ending
from kheo.reports.actions.extending import Doubt, Extended, PassedOver, ask_extension, extend_due, refuse_extension
from kheo.reports.actions.keeping import keep_as_sent
from kheo.reports.actions.listing import drop_list, save_list
from kheo.reports.actions.looking_back import keep_due_milestones, keep_milestones, mend_milestones
from kheo.reports.actions.merging import Change
from kheo.reports.actions.opening import OpenResult, open_cycle
from kheo.reports.actions.outcomes import Conflict, Done, Refusal, Saved
from kheo.reports.actions.phrasing import write_phrase
from kheo.reports.actions.proposing import merge_proposals, move_proposal, propose
from kheo.reports.actions.proving import Proved, add_evidence, remove_evidence
from kheo.reports.actions.rebuilding import rebuild_rollups
from kheo.reports.actions.recalling import recall_report
from kheo.reports.actions.rerouting import reroute_proposals
from kheo.reports.actions.reviewing import accept_report, remark, return_report
from kheo.reports.actions.settling import settle_remark
from kheo.reports.actions.transitioning import close_report, hand_over, reopen_report, reroute
from kheo.reports.actions.writing import revise_report, submit_report
from kheo.reports.queries.receipts import Receipt

__all__ = [
    "Arranged",
    "CalledIns",
    "Change",
    "Conflict",
    "Done",
    "Doubt",
    "Draft",
    "Ended",
    "Extended",
    "OpenResult",
    "PassedOver",
    "Pick",
    "Proved",
    "Receipt",
    "Refusal",
    "Saved",
    "accept_report",
    "acknowledge_dispatch",
    "add_evidence",
    "answer_remark",
    "arrange_section",
    "ask_extension",
    "caption_evidence",
    "close_report",
    "count_opening",
    "drop_list",
    "end_campaign",
    "extend_due",
    "hand_over",
    "keep_as_sent",
    "keep_due_milestones",
    "keep_milestones",
    "make_call_in",
    "mend_milestones",
    "merge_proposals",
    "move_proposal",
    "open_cycle",
    "propose",
    "rebuild_rollups",
    "recall_report",
    "recount_due_peers",
    "recount_peers",
    "refuse_extension",
    "remark",
    "remove_evidence",
    "reopen_report",
    "reroute",
    "reroute_proposals",
    "return_report",
    "revise_report",
    "save_draft",
    "save_drafts",
    "save_list",
    "send_dispatch",
    "settle_remark",
    "store_draft",
    "submit_report",
    "take_back_ending",
    "write_about_dispatch",
    "write_phrase",
]
