"""What made a number drift is told in words, whatever was done to the entry."""

from kheo.core.registers.beside import BesideAct
from kheo.core.registers.rules.naming import TAKEN_ACTS
from kheo.reports.queries.drift import DEED_NAMES


def test_every_deed_that_no_register_declares_has_its_words() -> None:
    assert (TAKEN_ACTS | set(BesideAct)) - {BesideAct.CONFIRM} <= set(DEED_NAMES), "the last deed since is told, whichever it was"
