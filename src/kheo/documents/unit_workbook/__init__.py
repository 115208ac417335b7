"""A unit's workbook: made from the edition, read back against the same edition."""

from kheo.documents.unit_workbook.making import make_workbook
from kheo.documents.unit_workbook.order import TEMPLATE_VERSION, Address, PastReport, WorkbookOrder

__all__ = ["TEMPLATE_VERSION", "Address", "PastReport", "WorkbookOrder", "make_workbook"]
