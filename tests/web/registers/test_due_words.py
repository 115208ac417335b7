"""What a row says of the limit that ends first: overdue is what is open, behind what is done, and nothing of what is void."""

from datetime import date

import pytest

from kheo.core.registers.words import StateClass
from kheo.registers.models import Entry
from kheo.web.registers.shown import due_of

DUE = date(2023, 11, 15)
OVERDUE, BEHIND = ("overdue", "Quá hạn 3 ngày (hạn 15/11/2023)"), ("soon", "Chậm xem lại 3 ngày (hạn 15/11/2023)")


@pytest.mark.parametrize(
    ("meaning", "passed", "coming"),
    [
        (StateClass.DRAFT, OVERDUE, "Hạn 15/11/2023 · còn 6 ngày"),
        (StateClass.WAITING_ON_US, OVERDUE, "Hạn 15/11/2023 · còn 6 ngày"),
        (StateClass.WAITING_ON_THEM, OVERDUE, "Hạn 15/11/2023 · còn 6 ngày"),
        (StateClass.DONE_GOOD, BEHIND, "Xem lại chậm nhất 15/11/2023 · còn 6 ngày"),
        (StateClass.DONE_BAD, BEHIND, "Xem lại chậm nhất 15/11/2023 · còn 6 ngày"),
        (StateClass.VOID, ("", ""), ""),
    ],
)
def test_by_class_of_state(meaning: StateClass, passed: tuple[str, str], coming: str) -> None:
    entry = Entry(meaning=meaning, due_on=DUE)
    assert due_of(entry, date(2023, 11, 18)) == passed
    assert due_of(entry, date(2023, 11, 9))[1] == coming
    assert due_of(Entry(meaning=meaning, due_on=None), DUE) == ("", "")
