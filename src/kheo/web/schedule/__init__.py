"""Lịch báo cáo: when figures are cut off, what is due when and why, and how a due date is moved on."""
