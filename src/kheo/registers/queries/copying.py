"""Which entries of a list leave Khéo in a copy of it: asked by the page, the file and the API alike."""

from dataclasses import replace

from kheo.core.registers.copies import Copy, consented, copied_states
from kheo.registers.queries.listing import EntryList


def in_copy(found: EntryList, copy: Copy) -> EntryList:
    """The entries of a list that are in a copy: in its states, and with the consent that the register asks for."""
    if copy is Copy.WHOLE:
        return found
    definition = found.book.definition
    listed = found.in_states(copied_states(definition, copy))
    return replace(listed, wanted=replace(listed.wanted, conditions=(*listed.wanted.conditions, *consented(definition, copy))))
