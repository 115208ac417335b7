"""The picture of a reorganisation: drawn, told as a table, a page at a time, searched."""

import re
from datetime import date

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
