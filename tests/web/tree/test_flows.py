"""The picture of a reorganisation: drawn, told as a table, a page at a time, searched."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.core.reorganising import Absorbed, Closed, Decision, Established, Event, Merged, Place, Renamed, Split
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import load_units, record_events
from kheo.org.queries import units_by_code
from tests.web.visits import enter, queries_of, text_of
from tests.world import OPENING, UNITS, World

DAY = date(2025, 7, 1)
DECISION = Decision("12/QĐ-LĐLĐ", date(2025, 6, 15))


def get(world: World, unit: str = "LDLD", **query: object) -> HttpResponse:
    answer: HttpResponse = enter(world, "lan").get(reverse("flows", args=[world.units[unit]]), query)
    assert answer.status_code == 200
    return answer


def happen(*events: Event) -> None:
    assert record_events(events, by=SYSTEM, at=OPENING).problems == ()


@pytest.fixture
def changed(world: World) -> World:
    place = (Place(Line.UNION, world.units["D1"]),)
    happen(
        Established(day=DAY, unit=-1, name="Công đoàn <Mới>", kind="grassroots_union", code="N", places=place, decision=DECISION),
        Merged(day=DAY, unit=-1, predecessors=(world.units["G1"], world.units["G2"]), decision=DECISION),
        Split(day=DAY, unit=world.units["G4"], successors=((world.units["G4"], None), (world.units["G5"], None))),
        Closed(day=DAY, unit=world.units["G3"]),
    )
    return world


def test_old_units_new_units_and_what_went_where_are_drawn_and_told(changed: World) -> None:
    page = get(changed, ngay="2025-07-01").content.decode()
    words = text_of(page.encode())
    assert "Từ đơn vị nào của ngày 30/06/2025 mà thành đơn vị nào của ngày 01/07/2025." in words
    assert "Liên đoàn Lao động Thành phố: 4 đơn vị cũ thành 3 đơn vị" in words
    assert "2 gộp từ nhiều đơn vị, 1 chỉ đổi tên hoặc cấp trên" in words
    row = "Công đoàn <Mới> Công đoàn cơ sở Hai (LĐLĐ Quận 1) ; Công đoàn cơ sở Một (LĐLĐ Quận 1) 12/QĐ-LĐLĐ"
    assert row in words
    assert "Công đoàn cơ sở Bốn (LĐLĐ Quận 2) một phần" in words
    assert "1 đơn vị kết thúc, không có đơn vị kế thừa Công đoàn cơ sở Ba" in words
    assert f'href="{reverse("unit", args=[changed.units["G1"]])}?tuyen=cong-doan&amp;ngay=2025-06-30"' in page
    assert "Công đoàn cơ sở Hai ; Công đoàn cơ sở Một" in text_of(get(changed, "D1", ngay="2025-07-01").content)
    for kind in ("flows-wide", "flows-narrow"):
        svg = re.findall(rf'<svg class="{kind}".*?</svg>', page, re.DOTALL)[0]
        assert (svg.count('class="ribbon"'), svg.count('class="ribbon is-part"'), svg.count('class="end"')) == (3, 2, 4)
        assert "&lt;Mới&gt;" in svg
    assert "<Mới>" not in page


def test_it_begins_with_the_last_day_on_which_units_changed_up_to_the_day_looked_at(changed: World) -> None:
    happen(Absorbed(day=date(2024, 3, 1), unit=changed.units["G5"], into=changed.units["G4"]))
    for query, last in (
        ({}, "01/03/2024"),
        ({"ngay": "2026-01-01"}, "01/07/2025"),
        ({"tu": "2025-01-01", "den": "2025-08-01"}, "01/08/2025"),
    ):
        assert f"mà thành đơn vị nào của ngày {last}." in text_of(get(changed, **query).content)
    assert "mà thành đơn vị nào của ngày 01/03/2024." in text_of(get(changed, tu="2025-08-01", den="2025-01-01").content)


def test_names_old_and_new_are_searched_and_old_units_chosen_by_the_one_above(changed: World) -> None:
    kept = {"tu": "2025-06-30", "den": "2025-07-01"}

    def rows(**query: object) -> list[str]:
        page = get(changed, **kept, **query).content.decode()
        return re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', page)

    assert rows(tim="moi") == rows(tim="cơ sở một") == rows(cu=changed.units["D1"]) == ["Công đoàn &lt;Mới&gt;"]
    assert rows(tim="quan 2") == ["Công đoàn cơ sở Bốn", "Công đoàn cơ sở Năm"]
    assert "Không có đơn vị nào khớp" in text_of(get(changed, **kept, tim="zzz").content)
    assert "Giữa hai ngày này không có đơn vị nào dưới" in text_of(get(changed, tu="2020-02-01", den="2020-02-02").content)


def test_a_page_holds_twelve_and_the_number_of_queries_does_not_move(world: World) -> None:
    rows = "".join(f"N{number},Nhà máy {number:02},grassroots_union,D2\n" for number in range(30))
    assert not load_units((UNITS + rows).encode(), "u.csv", on=date(2021, 1, 1), by=SYSTEM, at=OPENING).problems
    units = units_by_code(DAY)
    happen(Absorbed(day=DAY, unit=units["N0"], into=units["N1"]))
    here = reverse("flows", args=[world.units["D2"]]) + "?tu=2025-06-30&den=2025-07-01"
    one = queries_of(enter(world, "lan"), here)
    happen(*(Renamed(day=DAY, unit=units[f"N{number}"], name=f"Xưởng {number}") for number in range(2, 30)))
    assert queries_of(enter(world, "lan"), here) == one
    page = get(world, "D2", tu="2025-06-30", den="2025-07-01")
    assert page.content.decode().count('<th scope="row">') == 12
    assert "Dòng 1–12 trong 29" in text_of(page.content)


KEPT = {"tu": "2025-06-30", "den": "2025-07-01"}


def taken(world: World, name: str, unit: str = "LDLD", **query: object) -> HttpResponse:
    answer: HttpResponse = enter(world, "lan").get(reverse("flows_file", args=[world.units[unit], name]), KEPT | query)
    return answer


def test_what_a_name_became_or_was_made_of_is_said_in_a_sentence(changed: World) -> None:
    assert "Công đoàn <Mới> gồm Công đoàn cơ sở Hai (LĐLĐ Quận 1) và Công đoàn cơ sở Một (LĐLĐ Quận 1)." in text_of(
        get(changed, **KEPT, tim="mới").content
    )
    old = text_of(get(changed, **KEPT, tim="cơ sở một").content)
    assert "Công đoàn cơ sở Một (LĐLĐ Quận 1) thành Công đoàn <Mới>." in old
    assert "Khớp với “cơ sở một”: 2 đơn vị cũ thành 1 đơn vị" in old
    part = text_of(get(changed, **KEPT, tim="cơ sở bốn").content)
    assert "Công đoàn cơ sở Bốn (LĐLĐ Quận 2) thành Công đoàn cơ sở Năm (một phần)." in part
    assert "Công đoàn cơ sở Năm gồm" not in part
    assert "gồm" not in text_of(get(changed, **KEPT).content)


def test_the_table_is_taken_away_whole_with_codes_and_what_each_unit_gave(changed: World) -> None:
    answer = taken(changed, "sap-xep-don-vi.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="sap-xep-don-vi.csv"'
    lines = answer.content.decode("utf-8-sig").split("\r\n")
    one, two = "Liên đoàn Lao động Quận 1", "Liên đoàn Lao động Quận 2"
    assert lines == [
        "Đơn vị mới,Mã mới,Cấp trên mới,Đơn vị cũ,Mã cũ,Cấp trên cũ,Phần,Theo",
        f"Công đoàn <Mới>,N,{one},Công đoàn cơ sở Hai,G2,{one},trọn đơn vị,12/QĐ-LĐLĐ",
        f"Công đoàn <Mới>,N,{one},Công đoàn cơ sở Một,G1,{one},trọn đơn vị,12/QĐ-LĐLĐ",
        f"Công đoàn cơ sở Bốn,G4,{two},Công đoàn cơ sở Bốn,G4,{two},một phần,",
        f"Công đoàn cơ sở Năm,G5,{two},Công đoàn cơ sở Năm,G5,{two},vẫn là đơn vị này,",
        f"Công đoàn cơ sở Năm,G5,{two},Công đoàn cơ sở Bốn,G4,{two},một phần,",
        "",
    ]
    assert taken(changed, "sap-xep-don-vi.csv", tim="mới").content.decode("utf-8-sig").count("\r\n") == 3


def test_the_picture_is_taken_away_whole_and_stands_alone(changed: World) -> None:
    answer = taken(changed, "sap-xep-don-vi.svg")
    drawn = ElementTree.fromstring(answer.content)
    assert answer["Content-Type"] == "image/svg+xml"
    space = "{http://www.w3.org/2000/svg}"
    said = [text.text for text in drawn.iter(f"{space}text")]
    assert said[:2] == [
        "Liên đoàn Lao động Thành phố: 4 đơn vị cũ thành 3 đơn vị",
        "Ngày 30/06/2025 (trái) và ngày 01/07/2025 (phải). Nét liền: trọn đơn vị; nét đứt: một phần, số liệu cũ không tự chia.",
    ]
    assert "Công đoàn <Mới>" in said
    paths = list(drawn.iter(f"{space}path"))
    assert [("stroke-dasharray" in path.attrib, "class" in path.attrib) for path in paths].count((True, False)) == 2
    assert len(paths) == 5


def test_a_file_that_there_is_not_is_no_page(changed: World) -> None:
    assert taken(changed, "sap-xep-don-vi.png").status_code == 404
    assert taken(changed, "sap-xep-don-vi.csv").status_code == 200
