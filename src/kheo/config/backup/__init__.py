"""Copies of everything that must be kept, in one file that shows by itself whether it is whole."""

from kheo.config.backup.archive import Manifest
from kheo.config.backup.dumping import write_backup
from kheo.config.backup.restoring import restore_backup

__all__ = ["Manifest", "restore_backup", "write_backup"]
