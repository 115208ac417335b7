"""Further recipients of a report in a campaign's file: what is refused, and where it is said."""

from datetime import date
from typing import Any

import pytest

from kheo.core.definition import definition_from_json, definition_hash, definition_to_json
from tests.core.definition.sample import definition_of, problems_of, small

PLACE = "regime.tiers[0].copies[0]"


def with_copy(**changed: Any) -> dict[str, Any]:
    """The small campaign with one further recipient."""
    data = small()
    copy = {
        "id": "ban_dan_van",
        "name": "Ban Dân vận",
        "line": "party",
        "due": {"N": {"day": 16, "month": 11}},
        "outline": [{"of": "I", "id": "A", "title": "Kết quả công tác dân vận"}],
        "paper": "party36",
    }
    data["regime"]["tiers"][0]["copies"] = [copy | changed]
    return data


def test_a_cycle_knows_by_when_it_is_sent_there() -> None:
    definition = definition_of(with_copy())
    cycle = definition.cycle("2023-N")
    assert cycle is not None
    assert cycle.copies == {("grassroots", "ban_dan_van"): date(2023, 11, 16)}
    copy = definition.regime.tiers[0].further("ban_dan_van")
    assert copy is not None
    assert (copy.concerns("grassroots_union"), definition.regime.tiers[0].further("khac")) == (True, None)
    assert definition_from_json(definition_to_json(definition)) == definition


def test_a_campaign_without_one_keeps_its_hash() -> None:
    """The key is left out of the hash where it says nothing, so that published editions stay what they were."""
    plain, empty = small(), small()
    empty["regime"]["tiers"][0]["copies"] = []
    assert definition_hash(definition_of(plain)) == definition_hash(definition_of(empty))
    assert definition_hash(definition_of(plain)) != definition_hash(definition_of(with_copy()))


@pytest.mark.parametrize(
    ("changed", "key", "message"),
    [
        ({"due": {}}, "due", "Nơi nhận “Ban Dân vận” chưa có hạn gửi cho kỳ “N”."),
        (
            {"due": {"N": {"day": 31, "month": 11}}},
            "due.N.day",
            "Tháng 11 không có ngày 31; ngày lớn nhất dùng được là 30. Muốn lấy ngày cuối tháng thì ghi last.",
        ),
        ({"due": {"N": {"day": 10, "month": 11}}}, "due.N", "Hạn gửi 10/11/2023 phải sau ngày chốt số liệu 10/11/2023 của kỳ “N”."),
        ({"outline": []}, "outline", "Đề cương trống; cần ít nhất một mục."),
        ({"outline": [{"of": "I"}, {"of": "I", "id": "B"}]}, "outline[1].of", "Mục “I” đã có ở trên."),
        ({"line": "union"}, "line", "Nơi nhận khác phải ở tuyến khác: trên tuyến này cấp ấy đã báo cáo rồi."),
        ({"kinds": ["ward"]}, "kinds[0]", "Loại đơn vị “ward” không thuộc cấp “Cơ sở”."),
    ],
    ids=["no due date", "no such day", "before the cut-off", "empty outline", "section twice", "same line", "kind of another tier"],
)
def test_each_fault_is_told_at_its_place(changed: dict[str, Any], key: str, message: str) -> None:
    assert problems_of(with_copy(**changed)) == [(f"{PLACE}.{key}", message)]


def test_a_correct_one_has_no_problems() -> None:
    assert problems_of(with_copy()) == []


def test_unknown_sections_and_periods_are_named() -> None:
    found = problems_of(with_copy(outline=[{"of": "X"}], due={"N": {"day": 16, "month": 11}, "Q": {"day": 1, "month": 1}}))
    assert [key for key, _ in found] == [f"{PLACE}.due.Q", f"{PLACE}.outline[0].of"]


def test_what_no_campaign_may_ask_is_refused_in_its_titles_too() -> None:
    found = problems_of(with_copy(outline=[{"of": "I", "title": "Số người theo tôn giáo"}]))
    assert [key for key, _ in found] == [f"{PLACE}.outline[0].title"]


def test_two_of_one_name_are_refused() -> None:
    data = with_copy()
    data["regime"]["tiers"][0]["copies"] *= 2
    assert problems_of(data) == [("regime.tiers[0].copies[1].id", "Mã “ban_dan_van” đã dùng cho nơi nhận khác của cấp này.")]
