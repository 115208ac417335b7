"""From events to spans: what each event does, and what it leaves alone."""

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest

from kheo.core.reorganising import (
    WHOLE,
    Absorbed,
    Closed,
    CodeChanged,
    Detached,
    Event,
    Fact,
    KindChanged,
    Merged,
    Renamed,
    Resumed,
    Slot,
    Split,
    Succession,
    Suspended,
    successions_of,
)
from kheo.core.unit_kinds import Line
from tests.core.reorganising.ledger import Ledger, begin, day, move, town


def test_a_unit_keeps_its_identity_through_a_new_name_kind_code_and_place() -> None:
    ledger = town()
    before = ledger.picture(day(9))
    plan = ledger.record(
        Renamed(day=day(10), unit=4, name="Tên mới"),
        KindChanged(day=day(10), unit=4, kind="direct_union"),
        CodeChanged(day=day(10), unit=4, code="MỚI"),
        move(4, 3, day(10)),
    )
    assert plan.problems == ()
    assert ledger.picture(day(9)) == before
    after = before | {
        Slot(Fact.NAME, 4): "Tên mới",
        Slot(Fact.KIND, 4): "direct_union",
        Slot(Fact.CODE, 4, "kheo"): "MỚI",
        Slot(Fact.PLACE, 4, "union"): 3,
    }
    assert ledger.picture(day(10)) == after == ledger.picture(day(10_000))


def test_merging_ends_the_old_units_and_their_posts_and_says_who_follows() -> None:
    ledger = town()
    ledger.appoint(4, "7:officer", day(1))
    ledger.appoint(5, "8:head", day(1), until=day(50))
    ledger.appoint(5, "9:head", day(50))  # appointed already for a time when the unit will be no more
    ledger.appoint(6, "7:officer", day(1))
    merged = Merged(day=day(20), unit=-1, predecessors=(4, 5))
    plan = ledger.record(begin(-1, "G45", 2, on=day(20)), merged)
    assert plan.problems == ()
    assert [tuple(post) for post in plan.posts_ended] == [
        (7, "officer", 4, day(20)),
        (8, "head", 5, day(20)),
        (9, "head", 5, day(50)),
    ]
    assert successions_of(merged) == (Succession(4, -1, WHOLE), Succession(5, -1, WHOLE))
    living = {slot.unit for slot in ledger.picture(day(20)) if slot.fact is Fact.NAME}
    assert living == {1, 2, 3, 6, 7}
    posts = [[slot for slot in ledger.picture(day(number)) if slot.fact is Fact.POST] for number in (19, 20, 60)]
    assert [len(held) for held in posts] == [3, 1, 1]
    assert {slot.unit for slot in posts[1]} == {6}


def test_the_order_of_the_events_of_a_day_does_not_matter() -> None:
    """A code goes from one unit to another, a parent ends while its child moves, mergers form a chain: in any order."""
    events: list[Event] = [
        CodeChanged(day=day(5), unit=4, code="X"),
        begin(-1, "G4", 3, on=day(5)),
        Absorbed(day=day(5), unit=2, into=3),
        move(4, 3, day(5)),
        Absorbed(day=day(5), unit=5, into=6),
        Merged(day=day(5), unit=-1, predecessors=(6,)),
    ]
    pictures = []
    for order in itertools.permutations(events):
        ledger = town()
        plan = ledger.record(*order)
        assert plan.problems == ()
        pictures.append(ledger.picture(day(5)))
    assert all(picture == pictures[0] for picture in pictures)
    assert pictures[0][Slot(Fact.CODE, 7, "kheo")] == "G4"
    assert {slot.unit for slot in pictures[0]} == {1, 3, 4, 7}


def test_a_unit_that_splits_off_a_part_lives_on() -> None:
    ledger = town()
    split = Split(day=day(3), unit=4, successors=((4, Fraction(2, 3)), (-1, Fraction(1, 3))))
    assert ledger.record(begin(-1, "G7", 2, on=day(3)), split).problems == ()
    assert ledger.name(4, day(3)) == "Công đoàn G4"
    assert ledger.name(7, day(3)) == "Công đoàn G7"


def test_a_split_that_cannot_be_divided_has_no_shares() -> None:
    ledger = town()
    split = Split(day=day(3), unit=4, successors=((5, None), (6, None)))
    assert ledger.record(split).problems == ()
    assert ledger.name(4, day(3)) is None
    assert [each.share for each in successions_of(split)] == [None, None]


def test_a_unit_may_stand_on_a_second_line_and_leave_it() -> None:
    ledger = town()
    assert ledger.record(begin(-1, "BDV", None, on=day(1), kind="party_board", line=Line.PARTY)).problems == ()
    assert ledger.record(move(1, 7, day(2), Line.PARTY)).problems == ()
    assert (ledger.parent(1, day(2), Line.PARTY), ledger.parent(1, day(2))) == (7, None)
    assert ledger.record(Detached(day=day(4), unit=1, line=Line.PARTY)).problems == ()
    assert (ledger.parent(1, day(4), Line.PARTY), ledger.parent(1, day(4))) == ("nowhere", None)


def test_a_suspended_unit_is_there_but_marked() -> None:
    ledger = town()
    assert ledger.record(Suspended(day=day(1), unit=4)).problems == ()
    assert ledger.record(Resumed(day=day(8), unit=4)).problems == ()
    marked = [Slot(Fact.SUSPENSION, 4) in ledger.picture(day(number)) for number in (0, 1, 7, 8)]
    assert marked == [False, True, True, False]


def wrong(*events: Event, ledger: Ledger | None = None) -> list[str]:
    """What is told about events on the town, of which nothing is kept."""
    ledger = ledger or town()
    before = ledger.pictures([day(0), day(100)])
    plan = ledger.record(*events)
    assert ledger.pictures([day(0), day(100)]) == before
    return [problem.message for problem in plan.problems]


ON = day(5)
CASES: list[tuple[str, list[Event], list[str]]] = [
    ("unit not there", [Renamed(day=ON, unit=99, name="X")], ["“99” không hoạt động ngày 06/01/2020."]),
    ("before it began", [Renamed(day=day(-3), unit=4, name="X")], ["“Công đoàn G4” không hoạt động ngày 29/12/2019."]),
    ("predecessor not there", [begin(-1, "N", 2, on=ON), Merged(day=ON, unit=-1, predecessors=(4, 99))], ["“99” không hoạt động"]),
    ("established twice", [begin(4, "G4b", 2, on=ON)], ["“Công đoàn G4b” (G4b) đã có trong cây"]),
    ("two ends", [Closed(day=ON, unit=4), Absorbed(day=ON, unit=4, into=5)], ["hai sự kiện cùng kết thúc đơn vị"]),
    ("renamed while ending", [Closed(day=ON, unit=4), Renamed(day=ON, unit=4, name="X")], ["kết thúc trong ngày này, không thể đổi tên"]),
    ("begins and ends", [begin(-1, "N", 2, on=ON), Closed(day=ON, unit=-1)], ["vừa thành lập vừa kết thúc"]),
    ("two names", [Renamed(day=ON, unit=4, name="X"), Renamed(day=ON, unit=4, name="Y")], ["nói khác nhau về “Công đoàn G4” (tên)"]),
    ("two parents", [move(4, 3, ON), move(4, 1, ON)], ["nói khác nhau về “Công đoàn G4” (cấp trên)"]),
    ("placed and taken off", [move(4, 3, ON), Detached(day=ON, unit=4, line=Line.UNION)], ["(cấp trên)"]),
    ("same name", [Renamed(day=ON, unit=4, name="Công đoàn G4")], ["đang mang đúng tên này"]),
    ("same kind", [KindChanged(day=ON, unit=4, kind="grassroots_union")], ["đang là đúng loại này"]),
    ("same code", [CodeChanged(day=ON, unit=4, code="G4")], ["đang mang đúng mã này"]),
    ("same place", [move(4, 2, ON)], ["đang ở đúng chỗ này"]),
    ("not on the line", [Detached(day=ON, unit=4, line=Line.PARTY)], ["không có chỗ trên hàng Đảng"]),
    ("not suspended", [Resumed(day=ON, unit=4)], ["không tạm ngừng"]),
    ("no name", [Renamed(day=ON, unit=4, name=" ")], ["Tên không được để trống"]),
    ("long name", [Renamed(day=ON, unit=4, name="x" * 301)], ["Tên dài 301 ký tự"]),
    ("unprintable", [Renamed(day=ON, unit=4, name="a\nb")], ["không in được"]),
    ("long code", [CodeChanged(day=ON, unit=4, code="x" * 61)], ["Mã dài 61 ký tự"]),
    ("no such kind", [KindChanged(day=ON, unit=4, kind="club")], ["Loại đơn vị “club” không có"]),
    ("own parent", [move(4, 4, ON)], ["không thể là cấp trên của chính mình", "vòng tròn"]),
    ("parent not there", [move(4, 99, ON)], ["Cấp trên “99” không hoạt động", "“Công đoàn G4” (G4) thuộc “99”"]),
    (
        "parent ends",
        [Closed(day=ON, unit=3), Closed(day=ON, unit=6), move(4, 3, ON)],
        ["Cấp trên “Công đoàn D3”", "hoạt động nữa"],
    ),
    (
        "child left behind",
        [Closed(day=ON, unit=3)],
        ["(G6) thuộc “Công đoàn D3”, mà ngày 06/01/2020"],
    ),
    (
        "parent off the line",
        [begin(-1, "P", None, on=ON, kind="party_board", line=Line.PARTY), move(4, -1, ON)],
        ["không có chỗ trên hàng công đoàn"],
    ),
    ("cycle", [move(2, 3, ON), move(3, 2, ON)], ["theo vòng tròn: “Công đoàn D2” (D2) → “Công đoàn D3” (D3)"]),
    (
        "code in use",
        [CodeChanged(day=ON, unit=4, code="G5")],
        ["Mã “G5” ngày 06/01/2020 thuộc về hai đơn vị"],
    ),
    ("wrong line", [KindChanged(day=ON, unit=4, kind="ward")], ["là “Phường”, không đứng trên hàng công đoàn"]),
    ("nowhere", [Detached(day=ON, unit=4, line=Line.UNION)], ["không còn chỗ trên hàng nào"]),
    ("successor not there", [Absorbed(day=ON, unit=4, into=99)], ["Đơn vị kế thừa “99” không hoạt động"]),
    ("successor ends alone", [Absorbed(day=ON, unit=4, into=5), Closed(day=ON, unit=5)], ["kết thúc cùng ngày mà không có ai kế thừa"]),
    ("into itself", [Absorbed(day=ON, unit=4, into=4)], ["không thể sáp nhập vào chính mình", "lòng vòng"]),
    (
        "ring of successors",
        [Absorbed(day=ON, unit=4, into=5), Absorbed(day=ON, unit=5, into=4)],
        ["(G4) kế thừa lòng", "(G5) kế thừa lòng"],
    ),
    ("absorbed by a new one", [begin(-1, "N", 2, on=ON), Absorbed(day=ON, unit=4, into=-1)], ["ghi là hợp nhất"]),
    ("merged into an old one", [Merged(day=ON, unit=5, predecessors=(4,))], ["ghi là sáp nhập"]),
    ("merged twice", [begin(-1, "N", 2, on=ON), Merged(day=ON, unit=-1, predecessors=(4, 4))], ["cần các đơn vị khác nhau"]),
    ("shares short of 1", [Split(day=ON, unit=4, successors=((5, Fraction(1, 3)), (6, Fraction(1, 3))))], ["(đang là 2/3)"]),
    ("a share below 0", [Split(day=ON, unit=4, successors=((5, Fraction(3, 2)), (6, Fraction(-1, 2))))], ["phải lớn hơn 0"]),
    ("some shares", [Split(day=ON, unit=4, successors=((5, Fraction(1)), (6, None)))], ["hoặc mọi phần đều có tỷ lệ"]),
    ("one heir twice", [Split(day=ON, unit=4, successors=((5, None), (5, None)))], ["chia cho một đơn vị hai lần"]),
    ("one whole heir", [Split(day=ON, unit=4, successors=((5, Fraction(1)),))], ["ghi là sáp nhập hoặc hợp nhất"]),
    ("no heir", [Split(day=ON, unit=4, successors=())], ["không có đơn vị kế thừa nào"]),
]


@pytest.mark.parametrize(("events", "told"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_refuses(events: list[Event], told: list[str]) -> None:
    found = wrong(*events)
    assert len(found) == len(told), found
    for words in told:
        assert any(words in message for message in found), found


def test_tells_all_problems_at_once_with_their_lines() -> None:
    ledger = town()
    plan = ledger.record(
        Renamed(day=ON, unit=4, name="", row=2),
        CodeChanged(day=ON, unit=4, code="G5", row=3),
        move(6, 99, ON),
        Closed(day=day(6), unit=3, row=9),
    )
    found = [(problem.file, problem.line) for problem in plan.problems]
    assert found == [("thử.csv", 0), ("thử.csv", 0), ("thử.csv", 2), ("thử.csv", 3)]


def test_refuses_to_change_the_past_behind_a_later_event() -> None:
    ledger = town()
    assert ledger.record(Renamed(day=day(30), unit=4, name="Tên sau")).problems == ()
    assert wrong(Renamed(day=ON, unit=4, name="Tên giữa"), ledger=ledger) == [
        "“Công đoàn G4” (G4) đã có sự kiện muộn hơn (ngày 31/01/2020) đã ghi; hãy huỷ sự kiện đó trước."
    ]
    assert ledger.record(CodeChanged(day=ON, unit=4, code="khác")).problems == ()  # nothing later is known about its code


def test_refuses_anything_more_about_a_unit_whose_end_is_recorded() -> None:
    ledger = town()
    assert ledger.record(Closed(day=day(30), unit=4)).problems == ()
    later = "“Công đoàn G4” (G4) đã có sự kiện muộn hơn (ngày 31/01/2020) đã ghi; hãy huỷ sự kiện đó trước."
    assert later in wrong(Suspended(day=ON, unit=4), ledger=ledger)
    assert later in wrong(move(4, None, ON, Line.AREA_TEAM), ledger=ledger)


def test_refuses_to_end_a_unit_that_something_is_recorded_for_later() -> None:
    ledger = town()
    assert ledger.record(begin(-1, "G7", 3, on=day(30))).problems == ()
    told = wrong(Absorbed(day=ON, unit=6, into=5), Closed(day=ON, unit=3), ledger=ledger)
    assert told == ["“Công đoàn G7” (G7) thuộc “Công đoàn D3”, mà ngày 31/01/2020 đơn vị này không hoạt động nữa."]


def test_refuses_a_code_that_another_unit_will_take_later() -> None:
    ledger = town()
    assert ledger.record(begin(-1, "MỚI", 3, on=day(30))).problems == ()
    told = wrong(CodeChanged(day=ON, unit=4, code="MỚI"), ledger=ledger)
    assert told == ["Mã “MỚI” ngày 31/01/2020 thuộc về hai đơn vị: “Công đoàn G4”, “Công đoàn MỚI”."]


def test_doubts_a_unit_that_takes_the_name_of_one_that_ends_beside_it() -> None:
    ledger = town()
    plan = ledger.record(Closed(day=ON, unit=5, row=2), Renamed(day=ON, unit=4, name="công  đoàn G5", row=3))
    assert plan.problems == ()
    assert [(doubt.line, "có thể là sáp nhập" in doubt.message) for doubt in plan.doubts] == [(3, True)]
    apart = town().record(Closed(day=ON, unit=6), Renamed(day=ON, unit=4, name="Công đoàn G6"))
    assert apart.doubts == ()  # in another district a name says nothing


def test_doubts_two_new_units_of_one_name_below_one_parent() -> None:
    one, two = begin(-1, "A", 2, on=ON), begin(-2, "B", 2, on=ON, row=7)
    plan = town().record(replace(one, name="Hòa An"), replace(two, name="hoà  an"))
    assert [doubt.line for doubt in plan.doubts] == [7]
