"""What a letter rests on, and days of every month or quarter moved earlier."""

from dataclasses import replace
from datetime import date

import pytest

from kheo.core.directives.due import Deadline
from kheo.core.directives.reading import Directive, read
from kheo.core.relaying.bases import Basis, bases_of_way, cited_bases
from kheo.core.relaying.dates import MovedDate, date_faults, duty_of, move_date
from kheo.core.relaying.order import order_of
from kheo.core.relaying.rule import RelayRule
from tests.core.calendars import vn
from tests.core.drafting.test_proposing import LETTER

RULE = RelayRule(5)


def monthly(day: int = 20, text: str = "Gửi báo cáo trước ngày 20 hằng tháng", period: str = "month") -> Deadline:
    return Deadline(text, None, period, None, "report", day=day)


def moved(deadline: Deadline, today: date, rule: RelayRule = RULE) -> MovedDate:
    return move_date(deadline, rule, "district_federation", today, vn())


def test_a_paper_names_its_bases_with_issuer_and_subject_and_not_who_writes() -> None:
    text = LETTER.replace("“3 không”;", "“3 không” năm 2024, Ban Thường vụ Liên đoàn Lao động Thành phố đề nghị các đơn vị thực hiện:")
    found = read(text)
    assert isinstance(found, Directive)
    assert list(cited_bases(found)) == [
        Basis("Hướng dẫn", "7-HD/BDVTU", date(2024, 2, 2), "Ban Dân vận Thành ủy", "nội dung “3 không” năm 2024")
    ]


def test_the_bases_of_a_way_are_each_named_once_as_fully_as_they_are_said_and_none_is_dropped() -> None:
    bare, full = Basis("Hướng dẫn", "7 -HD/BDVTU"), Basis("Hướng dẫn", "7-HD/BDVTU", date(2024, 2, 2), "Ban Dân vận", "ba không")
    letter = Basis("Công văn", "12/LĐLĐ-TG", date(2024, 3, 10), "LĐLĐ", "ba không")
    assert bases_of_way([bare], [full, letter]) == (full, letter)
    laws = tuple(Basis("Luật", f"{each}/2020/QH14") for each in range(20))
    assert bases_of_way(laws, [letter]) == (*laws, letter)


def test_a_day_of_every_month_is_moved_so_that_it_holds_in_whichever_month_but_for_holidays() -> None:
    """Five working days before a Monday, the 20th, are the Monday before: seven days. From 1 to 4 September 2023 nobody worked."""
    found = moved(monthly(), date(2023, 1, 2))
    assert found.rhythm
    assert (found.rhythm.day, found.rhythm.words(13), found.day) == (13, "ngày 13 hằng tháng", None)
    assert found.rhythm.earlier == ()
    late = moved(monthly(5, "Gửi báo cáo trước ngày 05 hằng tháng"), date(2023, 1, 2), RelayRule(1))
    assert late.rhythm
    assert (late.rhythm.day, late.rhythm.earlier) == (2, (date(2023, 8, 31),))
    assert "riêng 31/08/2023 vì nghỉ lễ" in late.why


def test_a_day_that_would_fall_into_the_month_before_is_left_to_a_person() -> None:
    found = moved(monthly(5), date(2023, 1, 2))
    assert found.rhythm
    assert (found.rhythm.day, found.is_doubtful) == (None, True)
    assert found.why.endswith("rơi sang tháng trước: anh/chị tự ghi ngày của đơn vị.")


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("Báo cáo ngày 25 của tháng cuối quý", 25, "ngày 18 tháng cuối quý"),
        ("Báo cáo trước ngày 12 của tháng đầu quý sau", 12, "ngày 05 tháng đầu quý sau"),
    ],
)
def test_a_day_of_every_quarter_is_moved_in_its_month(text: str, day: int, words: str) -> None:
    found = moved(monthly(day, text, "quarter"), date(2023, 1, 2)).rhythm
    assert found
    assert found.day
    assert found.words(found.day) == words


def test_of_a_year_that_nobody_entered_no_day_is_moved() -> None:
    found = moved(monthly(), date(2040, 1, 2))
    assert found.rhythm
    assert found.rhythm.day is None
    assert "2040" in found.why or "2039" in found.why


def test_a_duty_is_told_without_the_superiors_day_of_the_month_and_a_typed_one_is_not_later() -> None:
    assert duty_of(monthly()) == "Gửi báo cáo (kỳ tháng)"
    asked = moved(monthly(), date(2023, 1, 2))
    assert date_faults(21, asked, date(2023, 1, 2)) == ["Ngày 21 sau ngày 20 của cấp trên."]
    assert date_faults(20, asked, date(2023, 1, 2)) == []
    typed = asked.kept(10).rhythm
    assert typed == replace(asked.rhythm, day=10, earlier=())  # type: ignore[type-var]


def test_a_task_is_told_without_the_sentence_that_names_a_day_of_every_month() -> None:
    found = read(LETTER.replace("cho đoàn viên.", "cho đoàn viên. Gửi báo cáo về Liên đoàn Lao động Thành phố trước ngày 20 hằng tháng."))
    assert isinstance(found, Directive)
    assert "Tổ chức hoạt động văn hóa tinh thần cho đoàn viên." in [each.text for each in order_of(found).tasks]
