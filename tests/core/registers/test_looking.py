"""What is said of a link from one look to the next."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.registers.looking import Seen, Standing, Verdict, judged, next_look, why_words

MONDAY = date(2023, 5, 8)
A, B, C, D = (MONDAY + timedelta(days=7 * number) for number in range(4))


def after(*looks: tuple[Seen, date]) -> list[tuple[Verdict, date]]:
    """What is said after each of some looks."""
    said, standing = [], None
    for seen, on in looks:
        verdict, since = judged(standing, seen, on)
        standing = Standing(seen, on, verdict, since)
        said.append((verdict, since))
    return said


def test_a_page_that_is_not_there_is_a_broken_link_at_once() -> None:
    assert after((Seen.READ, A), (Seen.GONE, B), (Seen.GONE, C)) == [(Verdict.READABLE, A), (Verdict.BROKEN, B), (Verdict.BROKEN, B)]


def test_a_fault_that_may_pass_is_seen_on_two_days_first() -> None:
    assert after((Seen.READ, A), (Seen.FAULT, B), (Seen.FAULT, C)) == [(Verdict.READABLE, A), (Verdict.READABLE, A), (Verdict.BROKEN, C)]
    assert after((Seen.FAULT, A), (Seen.FAULT, B)) == [(Verdict.UNSURE, A), (Verdict.BROKEN, B)]


def test_two_faults_of_one_day_are_one() -> None:
    assert after((Seen.READ, A), (Seen.FAULT, B), (Seen.FAULT, B)) == [(Verdict.READABLE, A)] * 3


def test_what_answered_between_two_faults_begins_them_anew() -> None:
    for between in (Seen.READ, Seen.CLOSED):
        said = after((Seen.READ, A), (Seen.FAULT, B), (between, C), (Seen.FAULT, D))
        assert [verdict for verdict, _ in said] == [Verdict.READABLE] * 4


def test_a_link_that_answers_again_is_broken_no_more() -> None:
    assert after((Seen.GONE, A), (Seen.READ, B)) == [(Verdict.BROKEN, A), (Verdict.READABLE, B)]


@pytest.mark.parametrize("seen", [Seen.CLOSED, Seen.BARRED])
def test_what_tells_nothing_leaves_what_was_said(seen: Seen) -> None:
    assert after((seen, A)) == [(Verdict.UNSURE, A)]
    assert after((Seen.GONE, A), (seen, B)) == [(Verdict.BROKEN, A)] * 2
    assert after((Seen.READ, A), (seen, B)) == [(Verdict.READABLE, A)] * 2


def test_nothing_is_carried_over_to_another_address() -> None:
    anew = Standing(None, B, Verdict.ANEW, B)
    assert judged(anew, Seen.FAULT, C) == (Verdict.UNSURE, C)
    assert judged(Standing(Seen.FAULT, A, Verdict.ANEW, A), Seen.FAULT, B) == (Verdict.UNSURE, B)


def test_looks_come_every_week_and_the_day_after_a_fault_that_may_pass() -> None:
    day, week = A + timedelta(days=1), A + timedelta(days=7)
    for seen, verdict, then in (
        (Seen.READ, Verdict.READABLE, week),
        (Seen.GONE, Verdict.BROKEN, week),
        (Seen.FAULT, Verdict.READABLE, day),
        (Seen.FAULT, Verdict.BROKEN, week),
        (Seen.CLOSED, Verdict.UNSURE, week),
    ):
        assert next_look(Standing(seen, A, verdict, A), 7) == then


@given(st.lists(st.sampled_from(list(Seen)), max_size=12))
def test_no_link_is_broken_by_faults_alone_of_one_look(seen: list[Seen]) -> None:
    said = after(*((each, A + timedelta(days=number)) for number, each in enumerate(seen)))
    for number, (verdict, since) in enumerate(said):
        assert since <= A + timedelta(days=number)
        if verdict is Verdict.BROKEN and (number == 0 or said[number - 1][0] is not Verdict.BROKEN):
            assert seen[number] is Seen.GONE or seen[number - 1 : number + 1] == [Seen.FAULT, Seen.FAULT]


def test_says_what_a_server_answered_or_why_there_was_no_answer() -> None:
    assert why_words("", 404) == "404: không có trang này"
    assert why_words("", 503) == "503: máy chủ báo lỗi"
    assert why_words("", 403) == "403: không cho máy xem"
    assert why_words("front_page", 200) == "200: trang bị chuyển về trang đầu của báo"
    assert why_words("timeout", None) == "chờ quá lâu không có trả lời"
