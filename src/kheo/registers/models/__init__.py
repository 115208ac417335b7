"""What the registers hold. One file for each thing that is stored; everybody imports from here."""

from kheo.registers.models.definitions import FieldIndex, Register, RegisterEdition, Series
from kheo.registers.models.entries import HELD, Deed, Entry, EntryVersion, Held, Place, StateSpan
from kheo.registers.models.exporting import EntryExport, ExportPiece
from kheo.registers.models.importing import EntryImport, ImportRow
from kheo.registers.models.likenesses import Likeness, LikePair
from kheo.registers.models.looks import PageLook
from kheo.registers.models.public import EntryMessage, PublicEntry
from kheo.registers.models.rebasing import AnswerFlag
from kheo.registers.models.satellites import DeadlineRun, EntryAttachment, EntryHold, EntryLine, EntryLink, EntryText, SavedEntries
from kheo.registers.models.sending import EntrySending

__all__ = [
    "HELD",
    "AnswerFlag",
    "DeadlineRun",
    "Deed",
    "Entry",
    "EntryAttachment",
    "EntryExport",
    "EntryHold",
    "EntryImport",
    "EntryLine",
    "EntryLink",
    "EntryMessage",
    "EntrySending",
    "EntryText",
    "EntryVersion",
    "ExportPiece",
    "FieldIndex",
    "Held",
    "ImportRow",
    "LikePair",
    "Likeness",
    "PageLook",
    "Place",
    "PublicEntry",
    "Register",
    "RegisterEdition",
    "SavedEntries",
    "Series",
    "StateSpan",
]
