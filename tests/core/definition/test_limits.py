"""Thresholds, limits of evidence and recommended lengths of a definition."""

from typing import Any

import pytest

from kheo.core.definition import Evidence, Plausibility, definition_hash
from tests.core.definition.sample import definition_of, problems_of, small


def bent(**keys: Any) -> dict[str, Any]:
    return {**small(), **keys}


def test_a_campaign_that_says_nothing_asks_from_three_times_on_and_demands_no_explanation() -> None:
    definition = definition_of(small())
    change, peers = definition.plausibility.change_of("A01"), definition.plausibility.peers_of("A01")
    assert (change.question, change.explain, peers.question, peers.explain) == (3, None, 1, None)
    assert (definition.evidence.files_per_report, definition.evidence.files_of("N1")) == (20, 5)


def test_an_indicator_may_have_its_own_thresholds_and_keeps_the_others() -> None:
    given = {"change": {"explain": 10}, "indicators": {"A01": {"peers": {"question": None}}, "A02": {"change": {"question": 5}}}}
    plausibility = definition_of(bent(plausibility=given)).plausibility
    assert (plausibility.peers_of("A01").question, plausibility.change_of("A01").explain) == (None, 10)
    assert (plausibility.change_of("A02").question, plausibility.change_of("A02").explain) == (5, None)


def test_the_new_keys_leave_the_hash_of_older_editions_as_it_was() -> None:
    plain = definition_of(small())
    assert definition_hash(definition_of(bent(plausibility={"change": {"question": 3}}, evidence={"files_per_report": 20}))) == (
        definition_hash(plain)
    )
    assert definition_hash(definition_of(bent(plausibility={"change": {"question": 4}}))) != definition_hash(plain)
    assert plain.plausibility == Plausibility()
    assert plain.evidence == Evidence()


@pytest.mark.parametrize(
    ("keys", "problems"),
    [
        (
            {"plausibility": {"change": {"question": 5, "explain": 4}}},
            [("plausibility.change.explain", "Mức phải giải trình (4) nhỏ hơn mức hỏi lại (5).")],
        ),
        (
            {"plausibility": {"indicators": {"A01": {"peers": {"question": None, "explain": 2}}}}},
            [("plausibility.indicators.A01.peers.explain", "Có mức phải giải trình thì phải có mức hỏi lại (question).")],
        ),
        (
            {"plausibility": {"change": {"question": 1}}},
            [("plausibility.change.question", "Số phải từ 2 trở lên, nhưng gặp “1”.")],
        ),
        (
            {"plausibility": {"chang": {}}},
            [("plausibility.chang", "Không có khóa “chang” ở đây; có phải là “change”?")],
        ),
        (
            {"plausibility": {"indicators": {"A10": {}, "A04": {}, "A05": {}}}},
            [
                ("plausibility.indicators.A04", "Tỷ lệ A04 được tính, không nhập, nên không hỏi lại."),
                (
                    "plausibility.indicators.A05",
                    "Chỉ tiêu A05 thuộc nội dung được che (walled); số của nội dung ấy không đem so sánh.",
                ),
                ("plausibility.indicators.A10", "Không có chỉ tiêu mã “A10”; có phải là “A05”?"),
            ],
        ),
        (
            {"evidence": {"files_per_report": 4, "contents": {"N1": 9, "N5": 1, "N7": 1}}},
            [
                ("evidence.contents.N1", "Nhiều hơn số tệp của cả báo cáo (4)."),
                ("evidence.contents.N5", "Nội dung được che (walled) chỉ nhận con số: không bao giờ nhận ảnh hay tệp."),
                ("evidence.contents.N7", "Không có nội dung mã “N7”; hiện có: N1, N5."),
                ("evidence.files_per_content", "Nhiều hơn số tệp của cả báo cáo (4)."),
            ],
        ),
        (
            {"outline": [{"id": "I", "title": "Kết quả", "content": "N1", "max_chars": 500, "recommended_chars": 600}]},
            [("outline[0].recommended_chars", "Độ dài nên viết (600) lớn hơn độ dài tối đa (500).")],
        ),
    ],
)
def test_numbers_that_do_not_fit_are_told_with_their_place(keys: dict[str, Any], problems: list[tuple[str, str]]) -> None:
    assert sorted(problems_of(bent(**keys))) == sorted(problems)
