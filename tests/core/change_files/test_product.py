"""Khéo's own table of changes: what each line becomes, and what is wrong told with its line."""

from datetime import date
from fractions import Fraction

import pytest

from kheo.core.change_files import FORMATS, plan_changes, read_changes
from kheo.core.change_files.product import COLUMNS
from kheo.core.reorganising import (
    Absorbed,
    Closed,
    CodeChanged,
    Decision,
    Detached,
    Established,
    Event,
    KindChanged,
    Merged,
    Place,
    Plan,
    Renamed,
    Resumed,
    Split,
    Suspended,
    Transferred,
)
from kheo.core.unit_kinds import Line
from tests.core.reorganising.ledger import town

DAY = "2020-03-01"
ON = date(2020, 3, 1)


def line(event: str, code: str, day: str = DAY, **cells: str) -> str:
    return ",".join(({"day": day, "event": event, "code": code} | cells).get(column, "") for column in COLUMNS)


def read(*lines: str) -> Plan:
    """The plan of a file on the town: 1 F, 2 D2, 3 D3, 4 G4 and 5 G5 below 2, 6 G6 below 3."""
    changes, problems = read_changes("\n".join([",".join(COLUMNS), *lines]), "đổi.csv")
    assert changes is not None, problems
    return plan_changes(changes, town().standing(ON))


def events(*lines: str) -> list[Event]:
    plan = read(*lines)
    assert plan.problems == ()
    return list(plan.events)


def test_each_event_has_its_line() -> None:
    found = events(
        line("suspended", "G6", day="2020-02-01", decision="1/QĐ", decision_day="2020-01-15", note="thiếu cán bộ"),
        line("resumed", "G6"),
        line("renamed", "G4", name="Tên mới"),
        line("kind_changed", "G4", kind="direct_union"),
        line("code_changed", "G4", new_code="MỚI"),
        line("transferred", "G4", parent_code="F"),
        line("transferred", "F", line="party"),
        line("detached", "F", day="2020-04-01", line="party"),
        line("absorbed", "G5", day="2020-05-01", successors="MỚI"),
        line("closed", "G6", day="2020-05-01"),
    )
    april, may = date(2020, 4, 1), date(2020, 5, 1)
    decided = Decision("1/QĐ", date(2020, 1, 15))
    assert found == [
        Suspended(day=date(2020, 2, 1), unit=6, decision=decided, note="thiếu cán bộ", row=2),
        Resumed(day=ON, unit=6, row=3),
        Renamed(day=ON, unit=4, name="Tên mới", row=4),
        KindChanged(day=ON, unit=4, kind="direct_union", row=5),
        CodeChanged(day=ON, unit=4, code="MỚI", row=6),
        Transferred(day=ON, unit=4, place=Place(Line.UNION, 1), row=7),
        Transferred(day=ON, unit=1, place=Place(Line.PARTY, None), row=8),
        Detached(day=april, unit=1, line=Line.PARTY, row=9),
        Absorbed(day=may, unit=5, into=4, row=10),
        Closed(day=may, unit=6, row=11),
    ]


def test_lines_of_a_merger_are_one_event() -> None:
    new = line("established", "G45", name="Công đoàn Bốn Năm", kind="grassroots_union", parent_code="D2")
    found = events(line("merged", "G4", successors="G45"), new, line("merged", "G5", successors="G45"))
    assert found == [
        Established(day=ON, unit=-1, name="Công đoàn Bốn Năm", kind="grassroots_union", code="G45", places=(Place(Line.UNION, 2),), row=3),
        Merged(day=ON, unit=-1, predecessors=(4, 5), row=2),
    ]


def test_a_code_goes_from_an_old_unit_to_a_new_one_on_one_day() -> None:
    new = line("established", "G4", name="Công đoàn Bốn mới", kind="grassroots_union", parent_code="D3")
    established, merged = events(line("merged", "G4", successors="G4"), new)
    assert (merged, established.unit) == (Merged(day=ON, unit=-1, predecessors=(4,), row=2), -1)


def test_a_split_names_its_shares_or_none() -> None:
    assert events(line("split", "G4", successors="G5 1/3; G6 2/3")) == [
        Split(day=ON, unit=4, successors=((5, Fraction(1, 3)), (6, Fraction(2, 3))), row=2)
    ]
    assert events(line("split", "G4", successors="G5; G6")) == [Split(day=ON, unit=4, successors=((5, None), (6, None)), row=2)]
    assert events(line("split", "G4", successors="G4 1/2; G6 1/2")) == [
        Split(day=ON, unit=4, successors=((4, Fraction(1, 2)), (6, Fraction(1, 2))), row=2)
    ]


def test_a_chain_of_the_same_day_is_followed() -> None:
    assert events(line("absorbed", "G4", successors="G5"), line("absorbed", "G5", successors="G6")) == [
        Absorbed(day=ON, unit=4, into=5, row=2),
        Absorbed(day=ON, unit=5, into=6, row=3),
    ]


WRONG = [
    (line("renamed", "G9", name="X"), ("code", "Không có đơn vị mang mã “G9” vào ngày 01/03/2020.")),
    (line("dissolved", "G4"), ("event", "Không biết sự kiện “dissolved”.")),
    (line("established", "G4", name="X", kind="grassroots_union", parent_code="D2"), ("code", "Mã “G4” đang thuộc một đơn vị khác.")),
    (line("established", "N", name="X", kind="club", parent_code="D2"), ("kind", "Loại đơn vị “club” không có.")),
    (line("established", "N", name="X", kind="grassroots_union", parent_code="D9"), ("parent_code", "Không có đơn vị mang mã “D9” sau")),
    (line("code_changed", "G4", new_code="G5"), ("new_code", "Mã “G5” đang thuộc một đơn vị khác.")),
    (line("transferred", "G4", parent_code="F", line="sideways"), ("line", "Không biết hàng “sideways”.")),
    (line("absorbed", "G4"), ("successors", "Cần đúng một mã đơn vị kế thừa")),
    (line("absorbed", "G4", successors="G5 1/2"), ("successors", "Cần đúng một mã đơn vị kế thừa")),
    (line("merged", "G4", successors="G9"), ("successors", "Không có đơn vị kế thừa mang mã “G9”.")),
    (line("split", "G4", successors="G5 0.5; G6 0.5"), ("successors", "Tỷ lệ “0.5” phải là phân số, ví dụ 1/3.")),
    (line("split", "G4", successors="G5 1/0; G6 1/2"), ("successors", "Tỷ lệ “1/0” phải là phân số")),
]


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_tells_what_is_wrong_at_its_cell(text: str, told: tuple[str, str]) -> None:
    found = [(problem.line, problem.key, problem.message) for problem in read(text).problems if problem.key]
    assert {(row, key) for row, key, _ in found} == {(2, told[0])}
    assert all(message.startswith(told[1]) for *_, message in found)


def test_tells_wrong_shapes_and_days_with_their_lines() -> None:
    text = "\n".join([",".join(COLUMNS), "a,b", line("closed", "G4", day="1/7/2025"), line("closed", "G4", decision_day="hôm qua")])
    changes, problems = read_changes(text, "đổi.csv")
    assert changes is None
    assert [str(problem) for problem in problems] == [
        "đổi.csv:2: Cần 12 cột, dòng này có 2 cột.",
        "đổi.csv:3: day: “1/7/2025” không phải là ngày (viết 2025-07-01).",
        "đổi.csv:4: decision_day: “hôm qua” không phải là ngày (viết 2025-07-01).",
    ]


def test_refuses_an_unknown_header_and_names_the_known_ones() -> None:
    for text in ("", "code,name\n", '"'):
        changes, problems = read_changes(text, "đổi.csv")
        assert changes is None
        assert all(",".join(columns) in problems[0].message for columns in FORMATS)


def test_refuses_an_empty_table_and_broken_quotes() -> None:
    header = ",".join(COLUMNS)
    assert [str(problem) for problem in read_changes(header + "\n", "đổi.csv")[1]] == ["đổi.csv:2: Tệp không có sự kiện nào."]
    assert "nháy kép" in read_changes(header + '\n"a', "đổi.csv")[1][0].message
