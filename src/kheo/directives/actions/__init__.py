"""Writing the books: each act in one transaction with its journal row. Everybody imports from here."""

from kheo.directives.actions.arriving import AlreadyThere, Arrived, register_arrival
from kheo.directives.actions.following import Handing, note_progress, pass_on, sign_for
from kheo.directives.actions.issuing import Issued, note_sending, register_issue
from kheo.directives.actions.linking import link_papers, unlink_papers
from kheo.directives.actions.mending import cancel_arrival, cancel_issue, correct_arrival, correct_issue
from kheo.directives.actions.nudging import Reminded, remind_below
from kheo.directives.actions.numbering import reserve_arrival, reserve_issue
from kheo.directives.actions.outcomes import Refused
from kheo.directives.actions.papers import Brought, write_paper
from kheo.directives.actions.passing import PassedDown, acknowledge, pass_down
from kheo.directives.actions.relaying import relay_by_letter
from kheo.directives.actions.starting import start_book
from kheo.directives.actions.tying import tie_paper, untie_paper
from kheo.directives.actions.writing import change

__all__ = [
    "AlreadyThere",
    "Arrived",
    "Brought",
    "Handing",
    "Issued",
    "PassedDown",
    "Refused",
    "Reminded",
    "acknowledge",
    "cancel_arrival",
    "cancel_issue",
    "change",
    "correct_arrival",
    "correct_issue",
    "link_papers",
    "note_progress",
    "note_sending",
    "pass_down",
    "pass_on",
    "register_arrival",
    "register_issue",
    "relay_by_letter",
    "remind_below",
    "reserve_arrival",
    "reserve_issue",
    "sign_for",
    "start_book",
    "tie_paper",
    "unlink_papers",
    "untie_paper",
    "write_paper",
]
