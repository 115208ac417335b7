"""Which waiting report a reviewer should look at first, and why."""

from hypothesis import given
from hypothesis import strategies as st

from kheo.core.importance import Signals, importance, why_it_matters

NUMBERS = st.integers(0, 400)


def test_nothing_known_weighs_nothing_and_says_nothing() -> None:
    assert (importance(Signals()), why_it_matters(Signals())) == (0.0, [])


def test_every_signal_makes_it_matter_more_and_is_told() -> None:
    cases = {
        Signals(answers=3): "đơn vị đã trả lời 3 nhận xét, chờ xem",
        Signals(odd=2.5, questions=1): "1 phép kiểm tra cần hỏi lại",
        Signals(share=34, share_of="B05"): "chiếm 34 % tổng B05",
        Signals(days_late=2): "nộp trễ 2 ngày",
        Signals(days_waiting=5): "đã chờ 5 ngày",
    }
    for signals, words in cases.items():
        assert importance(signals) > 0
        assert why_it_matters(signals) == [words]


def test_the_heaviest_reason_stands_first() -> None:
    signals = Signals(odd=5.0, questions=2, answers=1, days_late=1, days_waiting=2, share=20, share_of="B01")
    assert [words.split()[0] for words in why_it_matters(signals)] == ["2", "đơn", "chiếm", "nộp", "đã"]


def test_answers_come_before_mere_lateness_and_a_very_odd_one_before_answers() -> None:
    assert importance(Signals(odd=6.0)) > importance(Signals(answers=1)) > importance(Signals(days_late=300))


@given(NUMBERS, NUMBERS)
def test_waiting_longer_never_matters_less_and_never_more_than_everything_else(days: int, more: int) -> None:
    assert importance(Signals(days_waiting=days)) <= importance(Signals(days_waiting=days + more)) <= 1.0
    assert importance(Signals(days_late=days)) <= importance(Signals(days_late=days + more)) <= 2.0
