"""What is answered, and what goes with it. One file for each thing that is stored; everybody imports from here."""

from kheo.reports.models.calling import CalledIn, CallIn
from kheo.reports.models.dispatching import Dispatch, DispatchNote, DispatchSending
from kheo.reports.models.evidence import Attachment
from kheo.reports.models.extending import Extension, ExtensionAnswer, ExtensionRequest
from kheo.reports.models.importing import UnitImport
from kheo.reports.models.keeping import KeptAsSent
from kheo.reports.models.lists import SavedList
from kheo.reports.models.milestones import Milestone
from kheo.reports.models.openings import IndicatorOpening
from kheo.reports.models.peers import PeerNorm
from kheo.reports.models.previews import KeptPage, KeptPreview
from kheo.reports.models.proposals import Proposal, ProposalMessage
from kheo.reports.models.remarks import NoteAnswer, NoteSettled, Phrase
from kheo.reports.models.reporting import CellNote, Decision, Obligation, Report, Revision, Rollup, answered_by
from kheo.reports.models.sources import PassageSource
from kheo.reports.models.transitions import Transition
from kheo.reports.models.workbooks import WorkbookBatch, WorkbookFile

__all__ = [
    "Attachment",
    "CallIn",
    "CalledIn",
    "CellNote",
    "Decision",
    "Dispatch",
    "DispatchNote",
    "DispatchSending",
    "Extension",
    "ExtensionAnswer",
    "ExtensionRequest",
    "IndicatorOpening",
    "KeptAsSent",
    "KeptPage",
    "KeptPreview",
    "Milestone",
    "NoteAnswer",
    "NoteSettled",
    "Obligation",
    "PassageSource",
    "PeerNorm",
    "Phrase",
    "Proposal",
    "ProposalMessage",
    "Report",
    "Revision",
    "Rollup",
    "SavedList",
    "Transition",
    "UnitImport",
    "WorkbookBatch",
    "WorkbookFile",
    "answered_by",
]
