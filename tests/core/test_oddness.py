"""What looks odd in a report: few reasons, each explained, none from chance and none about small walled counts."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from kheo.core.definition import Definition, run_checks
from kheo.core.figures import BLANK, NOT_APPLICABLE, Figure, to_vector
from kheo.core.odd_words import odd_words
from kheo.core.oddness import Oddness, Reports, as_rows
from kheo.core.scatter import FEWEST_PEERS

Figures = Mapping[str, Figure]
PLAIN: Figures = {"B01.KT": 20, "B01.VH": 10, "B02": 60, "C201": 40, "C202": 30, "C501": 12}


def rated(mini: Definition, reports: Sequence[Figures], before: Sequence[Figures | None] | None = None) -> Oddness:
    """The oddness of reports of alike units."""
    values = np.array([to_vector(mini, report) for report in reports], np.int64)
    previous = [to_vector(mini, each) if each is not None else None for each in before or [None] * len(reports)]
    return Oddness(mini, Reports(values, as_rows(previous, len(mini.cells)), np.zeros(len(reports), np.int64)))


def told(mini: Definition, oddness: Oddness, row: int, figures: Figures) -> list[str]:
    messages = {problem.check_id: problem.message for problem in run_checks(mini, figures)}
    return [odd_words(mini, reason, messages) for reason in oddness.reasons(row)]


def peers(**odd: Figure) -> list[Figures]:
    """One report that differs in these cells, and enough plain ones beside it."""
    return [{**PLAIN, **odd}, *({**PLAIN, "C201": 38 + place, "C202": 28 + place} for place in range(FEWEST_PEERS + 2))]


def test_alike_reports_are_not_odd(mini: Definition) -> None:
    assert rated(mini, peers()).scores.tolist() == [0.0] * (FEWEST_PEERS + 3)


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (4, 48, "C201 Ý kiến tiếp nhận gấp 12 lần kỳ trước (4 → 48)"),
        (20, 70, "C201 Ý kiến tiếp nhận gấp 3,5 lần kỳ trước (20 → 70)"),
        (48, 4, "C201 Ý kiến tiếp nhận giảm 12 lần so với kỳ trước (48 → 4)"),
        (0, 35, "C201 Ý kiến tiếp nhận là 35, kỳ trước không phát sinh"),
        (35, 0, "C201 Ý kiến tiếp nhận không phát sinh, kỳ trước 35"),
    ],
)
def test_a_jump_against_last_period_is_told_with_both_numbers(mini: Definition, before: int, now: int, words: str) -> None:
    figures = {**PLAIN, "C202": 0, "C201": now}
    oddness = rated(mini, [figures], [{**figures, "C201": before}])
    assert told(mini, oddness, 0, figures) == [words]


@pytest.mark.parametrize(("before", "now"), [(1, 4), (2, 7), (100, 250), (60, 45)])
def test_what_chance_or_growth_explains_is_not_odd(mini: Definition, before: int, now: int) -> None:
    figures = {**PLAIN, "C202": 0, "C201": now}
    assert rated(mini, [figures], [{**figures, "C201": before}]).scores.tolist() == [0.0]


def test_a_part_of_a_breakdown_is_called_by_its_name(mini: Definition) -> None:
    figures = {**PLAIN, "B01.VH": 400, "B02": 900}
    oddness = rated(mini, [figures], [{**PLAIN, "B02": 900}])
    assert told(mini, oddness, 0, figures) == ["B01 Mô hình đăng ký – Văn hóa gấp 40 lần kỳ trước (10 → 400)"]


def test_a_distance_from_alike_units_is_told_with_what_is_usual(mini: Definition) -> None:
    reports = peers(C201=412)
    assert told(mini, rated(mini, reports), 0, reports[0]) == ["C201 Ý kiến tiếp nhận là 412, đơn vị cùng loại thường khoảng 43"]


def test_few_units_have_nothing_usual(mini: Definition) -> None:
    reports = peers(C201=412)[: FEWEST_PEERS - 1]
    assert rated(mini, reports).scores[0] == 0


def test_units_of_another_kind_do_not_count_as_alike(mini: Definition) -> None:
    reports = peers(B02=6000)
    values = np.array([to_vector(mini, report) for report in reports], np.int64)
    groups = np.array([1] + [0] * (len(reports) - 1), np.int64)
    oddness = Oddness(mini, Reports(values, as_rows([None] * len(reports), len(mini.cells)), groups))
    assert [reason.kind for reason in oddness.reasons(0)] == ["share"]


def test_a_share_of_more_than_half_is_told(mini: Definition) -> None:
    reports = peers(B02=6000)
    values = np.array([to_vector(mini, report) for report in reports], np.int64)
    oddness = Oddness(mini, Reports(values, as_rows([None] * len(reports), len(mini.cells)), np.arange(len(reports))))
    assert told(mini, oddness, 0, reports[0]) == ["B02 Mô hình đang duy trì chiếm 91 % tổng của các đơn vị"]


def test_a_question_of_the_campaign_that_is_not_answered_is_told_in_its_words(mini: Definition) -> None:
    figures = {**PLAIN, "B02": 25}
    oddness = rated(mini, [figures])
    assert told(mini, oddness, 0, figures) == ["Số đang duy trì (25) ít hơn số đăng ký mới (30): có đúng không?"]


@pytest.mark.parametrize("blank", [None, "na"])
def test_a_blank_asks_no_question_and_not_applicable_counts_as_nothing(mini: Definition, blank: Figure) -> None:
    kinds = [reason.kind for reason in rated(mini, [{**PLAIN, "B02": blank}]).reasons(0)]
    assert kinds == ([] if blank is None else ["question"])


def test_the_more_reasons_the_odder(mini: Definition) -> None:
    before = [PLAIN, PLAIN, PLAIN]
    oddness = rated(mini, [PLAIN, {**PLAIN, "C201": 400}, {**PLAIN, "C201": 400, "B02": 3}], before)
    assert list(np.argsort(-oddness.scores)) == [2, 1, 0]


@pytest.mark.parametrize(("before", "now"), [(2, 60), (60, 2), (0, 4), (4, 90)])
def test_small_walled_counts_take_no_part(mini: Definition, before: int, now: int) -> None:
    """The board is read by more people than the report: neither words nor order may tell of a count of 1 to 4."""
    figures = {**PLAIN, "C501": now}
    assert rated(mini, [figures], [{**PLAIN, "C501": before}]).scores.tolist() == [0.0]


def test_larger_walled_counts_do(mini: Definition) -> None:
    figures = {**PLAIN, "C501": 60}
    assert told(mini, rated(mini, [figures], [{**PLAIN, "C501": 6}]), 0, figures) == ["C501 Cuộc đối thoại gấp 10 lần kỳ trước (6 → 60)"]


def test_blank_and_not_applicable_are_no_numbers_anywhere(mini: Definition) -> None:
    strange = [{**PLAIN, "C201": None, "C202": None, "B02": None}, {**PLAIN, "C201": "na", "C202": "na", "C501": "na"}]
    oddness = rated(mini, [*strange, *peers()[1:]], [PLAIN, PLAIN, *([None] * (FEWEST_PEERS + 2))])
    assert {reason.kind for row in (0, 1) for reason in oddness.reasons(row)} <= {"question"}


def test_questions_are_asked_exactly_at_any_size(mini: Definition) -> None:
    """Sums beyond 2**53, where a float would see no difference of one."""
    large = 9 * 10**12
    exact, short = {**PLAIN, "B01.KT": large, "B01.VH": 0, "B02": large}, {**PLAIN, "B01.KT": large, "B01.VH": 0, "B02": large - 1}
    assert [len(rated(mini, [figures]).reasons(0)) for figures in (exact, short)] == [0, 1]


def test_rows_without_a_vector_are_blank_throughout() -> None:
    assert as_rows([None, [1, NOT_APPLICABLE]], 2).tolist() == [[BLANK, BLANK], [1, NOT_APPLICABLE]]
