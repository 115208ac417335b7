"""What the sheets of a unit's workbook share: looks, protection, the signature."""

from kheo.documents.unit_workbook.order import Role, WorkbookOrder
from kheo.documents.workbook_cells import Look, Sheet

ENTRY_FILL = "#FFF9E3"
TITLE = Look(bold=True, border=False, size=14)
LABEL = Look(bold=True, fill="#EEF2FA")
LOCKED_WORDS = Look(wrap=True)
SUMMARY = Look(bold=True, border=False, size=12)
PLAIN = Look(border=False, wrap=True)
SMALL = Look(border=False, italic=True, size=10)
SUMMARY_ROW = 3
_HIDDEN = Look(border=False, size=8)
_ALLOWED = {"format_cells": False, "format_columns": True, "format_rows": True, "select_locked_cells": True, "select_unlocked_cells": True}


def protect(sheet: Sheet) -> None:
    """Against slips, not against intent: without a password, so that nobody takes it for a lock."""
    sheet.raw.protect("", _ALLOWED)


def sign(sheet: Sheet, order: WorkbookOrder, role: Role) -> None:
    """The signature in the hidden first row."""
    sheet.raw.set_row(0, None, None, {"hidden": True})
    sheet.text(0, 0, order.address.signed(role), _HIDDEN)
