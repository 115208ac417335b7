"""What of a list is written as text instead of by templates: escaped, and the same for everybody who asks the same."""

from kheo.web.home.rows import Tag
from kheo.web.registers import list_drawing
from kheo.web.registers.filters import Filter
from kheo.web.registers.list_drawing import filter_drawn, options_drawn, rows_drawn, ticks_drawn
from kheo.web.registers.shown import Cell, Row

BAD = """<b>"x"&'y'</b>"""
SAFE = "&lt;b&gt;&quot;x&quot;&amp;&#x27;y&#x27;&lt;/b&gt;"
ROW = Row(7, 3, "/so/ho-so/7/", BAD, BAD, BAD, Tag("draft", BAD), "late", BAD, (Cell(BAD, BAD, True), Cell("Ngày", "", False)))


def test_what_people_wrote_is_escaped_wherever_it_stands() -> None:
    drawn = rows_drawn([ROW], may_act=True, shows_unit=True) + options_drawn([(BAD, BAD, True)]) + ticks_drawn(BAD, [(BAD, BAD, True)])
    assert BAD not in drawn
    assert drawn.count(SAFE) == 14


def test_a_row_has_a_box_only_where_something_can_be_done_and_a_unit_only_where_there_are_several() -> None:
    assert rows_drawn([ROW], may_act=False, shows_unit=False) == (
        f'<tr><th scope="row"><a href="/so/ho-so/7/">{SAFE}</a><small>{SAFE}</small></th>'
        f'<td class="unit-lines"><span class="tag" data-state="draft">{SAFE}</span><span class="due" data-due="late">{SAFE}</span></td>'
        f'<td class="number" data-label="{SAFE}">{SAFE}</td><td></td></tr>'
    )
    assert f" · {SAFE}</small></div></div></th>" in rows_drawn([ROW], may_act=True, shows_unit=True)


def test_only_a_filter_that_nobody_used_is_kept() -> None:
    list_drawing._kept.cache_clear()
    plain = Filter("loai", "Loại", (("MH", "Mô hình", False),))
    typed = Filter("dien_tich", "Diện tích", starts="12345", from_name="dien_tich.tu", to_name="dien_tich.den", is_used=True)
    wrong = Filter("dien_tich", "Diện tích", from_name="dien_tich.tu", to_name="dien_tich.den", problem="Không phải số")
    for each in (plain, plain, typed, wrong):
        filter_drawn(each)
    assert list_drawing._kept.cache_info()[:2] == (1, 1)
    assert 'value="12345"' in filter_drawn(typed)
    assert "Không phải số" in filter_drawn(wrong)
