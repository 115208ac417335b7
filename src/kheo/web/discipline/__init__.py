"""Chấp hành báo cáo: reports on the reporting itself."""
