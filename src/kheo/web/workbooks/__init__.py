"""Nộp bằng Excel: a unit's workbook out, filled workbooks in, many at once."""
