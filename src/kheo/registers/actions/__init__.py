"""Everything that changes a register: one action for each change. Everybody imports from here."""

from kheo.registers.actions.acting import NO_MORE_TIME, Move, act_on_entry
from kheo.registers.actions.answering_letters import Acknowledged, acknowledge_letter
from kheo.registers.actions.asking import SAY, act_as_asker, say_as_asker
from kheo.registers.actions.attaching import Attached, attach_files, attaches, detach_file, files_frozen, files_kept, may_attach
from kheo.registers.actions.filing import FROM_PHONE, PHOTO, Filed, Filing, file_entry
from kheo.registers.actions.handing import NOT_CHOSEN
from kheo.registers.actions.lining import Line, lines_amended, lines_frozen, write_line, writes_lines
from kheo.registers.actions.linking import drop_link, last_link, link_entries, verify_link
from kheo.registers.actions.messaging import Kind, kinds_of_words, write_words
from kheo.registers.actions.once import content_of
from kheo.registers.actions.outcomes import LONGEST_REASON, Made, Refused
from kheo.registers.actions.publishing import RegisterPublished, publish_register
from kheo.registers.actions.rebasing import confirm_answers, rebase_entries
from kheo.registers.actions.receiving import AskedBack, Received, Sending, receive_entry, sent_before
from kheo.registers.actions.recording import create_entry, edit_entry
from kheo.registers.actions.saving import Naming, drop_entries_list, rename_entries_list, replace_entries_list, save_entries_list
from kheo.registers.actions.sending import SentBefore, create_once
from kheo.registers.actions.taking_over import LeftEntry, Side, left_behind, offered, take_over, take_over_many, takers
from kheo.registers.actions.trying import FOR_MANY, AlreadyDone, Try, act_on_many, acts_of_many, try_on_many

__all__ = [
    "FOR_MANY",
    "FROM_PHONE",
    "LONGEST_REASON",
    "NOT_CHOSEN",
    "NO_MORE_TIME",
    "PHOTO",
    "SAY",
    "Acknowledged",
    "AlreadyDone",
    "AskedBack",
    "Attached",
    "Filed",
    "Filing",
    "Kind",
    "LeftEntry",
    "Line",
    "Made",
    "Move",
    "Naming",
    "Received",
    "Refused",
    "RegisterPublished",
    "Sending",
    "SentBefore",
    "Side",
    "Try",
    "acknowledge_letter",
    "act_as_asker",
    "act_on_entry",
    "act_on_many",
    "acts_of_many",
    "attach_files",
    "attaches",
    "confirm_answers",
    "content_of",
    "create_entry",
    "create_once",
    "detach_file",
    "drop_entries_list",
    "drop_link",
    "edit_entry",
    "file_entry",
    "files_frozen",
    "files_kept",
    "kinds_of_words",
    "last_link",
    "left_behind",
    "lines_amended",
    "lines_frozen",
    "link_entries",
    "may_attach",
    "offered",
    "publish_register",
    "rebase_entries",
    "receive_entry",
    "rename_entries_list",
    "replace_entries_list",
    "save_entries_list",
    "say_as_asker",
    "sent_before",
    "take_over",
    "take_over_many",
    "takers",
    "try_on_many",
    "verify_link",
    "write_line",
    "write_words",
    "writes_lines",
]
