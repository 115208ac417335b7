"""Tables of entries on their way into a register: read and worked out, confirmed, written. Everybody imports from here."""

from kheo.registers.actions.importing.taking_in import open_register_table, register_in, take_in_table, worked_out
from kheo.registers.actions.importing.writing import confirm_import, forget_imports, write_next

__all__ = ["confirm_import", "forget_imports", "open_register_table", "register_in", "take_in_table", "worked_out", "write_next"]
