"""The report page as each of the cast sees it in each state."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from kheo.campaigns.actions import publish
from kheo.campaigns.queries import definition_of
from kheo.core.figures import Figure
from kheo.journal.actions import SYSTEM
from kheo.reports.actions import Change, accept_report, open_cycle, remark, return_report, revise_report, save_draft
from kheo.reports.models import Obligation
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import CALENDAR, FILES, GOOD, OPENING, World, fill, head_of, later, reviewer_of, submit


def open_report(world: World, who: str, code: str = "G1") -> str:
    answer = enter(world, who).get(reverse("report", args=[world.obligation(code).pk]))
    assert answer.status_code == 200
    page: str = answer.content.decode()
    return page


def row_of(page: str, key: str) -> str:
    """The table row in which a cell stands, in words and with the classes of its cells."""
    found = re.search(rf'<tr[^>]*>(?:(?!</tr>).)*id="{re.escape(key)}"(?:(?!</tr>).)*</tr>', page)
    assert found, key
    return found[0]


def inputs(page: str) -> list[str]:
    return re.findall(r'<input id="([^"]+)"', page)


def accept(world: World, code: str) -> None:
    accept_report(world.obligation(code).pk, version=world.report(code).version, by=reviewer_of(world, code), at=later(minutes=5))


def give_back(world: World, code: str) -> None:
    owed, version, by = world.obligation(code).pk, world.report(code).version, reviewer_of(world, code)
    remark(owed, target="B01.KT", text="Nhờ xem lại.", version=version, by=by, at=later(minutes=1))
    remark(owed, target="section:I", text="Viết rõ hơn.", version=version, by=by, at=later(minutes=2))
    return_report(owed, reason="Số mô hình chưa khớp.", version=version, by=by, at=later(minutes=3))


def test_an_officer_finds_every_cell_to_fill_in_and_no_other(world: World) -> None:
    page = open_report(world, "an")
    assert inputs(page) == ["B01.KT", "B01.VH", "B02", "C201", "C202", "C501"]
    assert re.findall(r'<textarea id="([^"]+)"', page) == ["section:I", "section:II"]
    assert "is-unanswered" in row_of(page, "B02")
    assert re.findall(r'<output class="[^"]*" id="([^"]+)"', page) == ["B01", "C202R"]
    words = text_of(page.encode())
    assert "Hạn 08/05/2023 · còn 36 ngày" in words
    assert "Gửi Liên đoàn Lao động Quận 1 · số liệu từ 16/11/2022 đến hết 05/05/2023" in words
    assert "Chưa có gì để lưu Đã nhập 0/6 ô" in words
    assert "1 chỗ phải sửa, còn 6 ô chưa nhập Mục I. Kết quả nổi bật: chưa viết. Xem 6 ô chưa nhập B01 Mô hình đăng ký – Kinh tế" in words


def test_answers_stand_in_their_cells_in_words(world: World) -> None:
    fill(world, "G1", {"B01.KT": 12345, "B01.VH": 0, "B02": None, "C201": "na"}, by=world.person("an"))
    page = open_report(world, "hoa")
    assert 'value="12.345"' in row_of(page, "B01.KT")
    assert 'value="0"' in row_of(page, "B01.VH")
    assert 'value="chưa có số liệu"' in row_of(page, "B02")
    assert 'value="không áp dụng"' in row_of(page, "C201")
    assert '<output class="total" id="B01" data-computed>12.345</output>' in row_of(page, "B01")
    assert "Đã lưu lúc 09:00 01/04/2023, Nguyễn Thị An" in text_of(page.encode())


def test_what_is_written_is_shown_as_text_and_never_as_markup(world: World) -> None:
    words = {"I": Change("", "</textarea><script>x()</script>")}
    save_draft(world.obligation("G1").pk, cells={}, sections=words, by=world.person("an"), at=OPENING)
    page = open_report(world, "an")
    assert "<script>x()" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;x()" in page


def test_every_text_of_a_definition_and_of_a_remark_is_shown_as_text(world: World) -> None:
    """The table is put together by hand: each kind of text that goes into it is tried, filled in and read."""
    mini = (FILES / "mini.yaml").read_text(encoding="utf-8").replace("campaign: mini", "campaign: markup")
    marked = re.sub(r"\b(name|title|short|unit|source|message): (?![\"{])([^,}\n]+)", r'\1: "<x7>\2"', mini)
    assert publish(marked, "markup.yaml", by=SYSTEM, at=OPENING).edition
    cycle = open_cycle("markup", "2023-6T", calendar=CALENDAR, by=SYSTEM, at=OPENING).cycle
    assert cycle
    other = World(cycle, definition_of(cycle.edition_id), world.units, world.users)
    fill(other, "G1", {**GOOD, "C202": 11}, by=world.person("an"))
    shown = [open_report(other, "an")]
    submit(other, "G1")
    by, owed, version = reviewer_of(other, "G1"), other.obligation("G1").pk, other.report("G1").version
    remark(owed, target="B02", text="<x7>Xem lại.", version=version, by=by, at=later(minutes=1))
    return_report(owed, reason="<x7>Chưa khớp.", version=version, by=by, at=later(minutes=2))
    pages = ("report", "submit_report", "report_history")
    shown += [enter(other, "hoa").get(reverse(name, args=[owed])).content.decode() for name in pages]
    shown += [open_report(other, "kien")]
    assert ["<x7>" in page for page in shown] == [False] * 5
    assert all(page.count("&lt;x7&gt;") > 10 for page in shown[:3])


def test_a_ratio_is_computed_and_a_check_speaks_at_its_cell(world: World) -> None:
    fill(world, "G1", {**GOOD, "C202": 11}, by=world.person("an"))
    page = open_report(world, "an")
    assert "110,00 %" in row_of(page, "C202R")
    assert "has-problem" in row_of(page, "C201")
    assert "(11) lớn hơn số tiếp nhận (10)" in page.split('id="p-C201"')[1][:200]


def test_last_period_stands_beside_this_one(world: World) -> None:
    submit(world, "G1", {**GOOD, "B01.VH": None})
    accept(world, "G1")
    opened = open_cycle("mini", "2024-6T", calendar=CALENDAR, by=SYSTEM, at=later(days=240))
    assert opened.cycle
    owed = Obligation.objects.get(cycle=opened.cycle, unit=world.units["G1"])
    with day(later(days=241)):
        page = enter(world, "an").get(reverse("report", args=[owed.pk])).content.decode()
    assert "6 tháng đầu năm 2023" in text_of(page.encode())
    assert '<td class="last" data-label="Kỳ trước">2</td>' in row_of(page, "B01.KT")
    assert '<td class="last is-blank" data-label="Kỳ trước"></td>' in row_of(page, "B01.VH")
    assert '<td class="last" data-label="Kỳ trước">2</td>' in row_of(page, "B01")


def test_without_an_earlier_cycle_there_is_no_column_for_it(world: World) -> None:
    assert "Kỳ trước" not in open_report(world, "an")


def test_a_parent_sees_what_stands_below_apart_from_its_own(world: World) -> None:
    for code, figures in (("G1", GOOD), ("G2", {**GOOD, "B02": 7})):
        submit(world, code, figures)
        accept(world, code)
    fill(world, "D1", {"B02": 100}, by=world.person("dung"))
    page = open_report(world, "dung", "D1")
    row = row_of(page, "B02")
    assert 'value="100"' in row
    assert '<td class="below" data-label="Cấp dưới">12</td>' in row
    assert "Cấp dưới 2/3 báo cáo" in text_of(page.encode())
    assert reverse("consolidated", args=[world.cycle.pk, world.units["D1"]]) in page
    assert "Cấp dưới" not in open_report(world, "an")


def test_a_returned_report_shows_why_on_top_and_each_remark_at_its_place(world: World) -> None:
    submit(world, "G1")
    give_back(world, "G1")
    page = open_report(world, "an")
    words = text_of(page.encode())
    assert "trả lại lúc 09:03 01/04/2023. Nhận xét ở từng ô nằm ngay dưới ô đó. Sửa xong thì nộp lại. Số mô hình chưa khớp." in words
    assert "Chưa sửa gì từ lần nộp trước" in words
    assert page.index("Nhờ xem lại.") > page.index('id="B01.KT"')
    assert page.index("Nhờ xem lại.") < page.index('id="B01.VH"')
    assert "Viết rõ hơn." in page.split('id="section:I"')[0].split('class="field')[-1]
    assert 'class="is-done"' not in page
    fill(world, "G1", {"B01.KT": 1}, by=world.person("an"), at=later(minutes=9))
    assert "Nhờ xem lại. Đã sửa 2 → 1 Nguyễn Thị An" in text_of(open_report(world, "an").encode())


def test_remarks_not_yet_sent_are_the_reviewers_own(world: World) -> None:
    submit(world, "G1")
    owed, version = world.obligation("G1").pk, world.report("G1").version
    remark(owed, target="B02", text="Khoan đã.", version=version, by=world.person("binh"), at=later())
    assert "Khoan đã." not in open_report(world, "an")


@pytest.mark.parametrize(
    ("who", "state", "words"),
    [
        ("an", "submitted", "Đã nộp lúc 09:00:00 ngày 01/04/2023, đang chờ Liên đoàn Lao động Quận 1 duyệt."),
        ("binh", "submitted", "Duyệt báo cáo này"),
        ("kien", "submitted", "đang chờ Liên đoàn Lao động Quận 1 duyệt."),
        ("hoa", "accepted", "Lập báo cáo bổ sung"),
        ("an", "accepted", "Cần sửa số liệu thì thủ trưởng đơn vị lập báo cáo bổ sung"),
        ("kien", "accepted", "Liên đoàn Lao động Quận 1 đã chấp nhận lúc 09:05 01/04/2023."),
        ("kien", "returned", "Đơn vị đang sửa theo nhận xét; số liệu dưới đây chưa được ký, nộp."),
        ("kien", "draft", "Đơn vị đang nhập; số liệu dưới đây chưa được ký, nộp."),
        ("kien", "not_started", "Đơn vị chưa bắt đầu nhập báo cáo này."),
    ],
)
def test_who_may_not_write_reads_the_same_page_without_fields(world: World, who: str, state: str, words: str) -> None:
    if state == "draft":
        fill(world, "G1", GOOD, by=world.person("an"))
    elif state != "not_started":
        submit(world, "G1")
    if state == "accepted":
        accept(world, "G1")
    if state == "returned":
        give_back(world, "G1")
    page = open_report(world, who)
    assert words in text_of(page.encode())
    assert (inputs(page), "<textarea" in page, "filling/report.js" in page) == ([], False, False)
    if state != "not_started":
        assert '<td class="entry" id="B02">5</td>' in row_of(page, "B02")


def sign_of(world: World, who: str, code: str, key: str = "C501") -> str:
    """What stands in a cell that is only read: its number, or the class that draws a sign."""
    found = re.search(r'<td class="entry ?([^"]*)" id="[^"]*">([^<]*)</td>', row_of(open_report(world, who, code), key))
    assert found
    return found[2] or found[1]


def test_a_walled_number_that_is_not_yet_counted_stays_with_the_unit_and_its_recipient(world: World) -> None:
    submit(world, "G1", {**GOOD, "C501": 30})
    near, far = ("an", "hoa", "binh", "dung"), ("kien", "bich", "minh")
    assert {who: sign_of(world, who, "G1") for who in near} == dict.fromkeys(near, "30")
    assert {who: sign_of(world, who, "G1") for who in far} == dict.fromkeys(far, "is-covered")
    assert sign_of(world, "kien", "G1", "B02") == "5"


def test_a_report_opens_no_number_that_the_consolidated_table_hides(world: World) -> None:
    """Of three numbers the smallest is small, the next one covers it: the sum would tell."""
    for code, number in (("G1", 3), ("G2", 9), ("G3", 8)):
        submit(world, code, {**GOOD, "C501": number})
        accept(world, code)
    assert {code: sign_of(world, "kien", code) for code in ("G1", "G2", "G3")} == {"G1": "is-covered", "G2": "9", "G3": "is-covered"}
    assert {code: sign_of(world, "binh", code) for code in ("G1", "G2", "G3")} == {"G1": "3", "G2": "9", "G3": "8"}


@pytest.mark.parametrize(("figure", "shown"), [(0, "0"), (5, "5"), (None, "is-blank"), ("na", "is-na")])
def test_behind_the_wall_other_answers_are_shown_once_counted(world: World, figure: Figure, shown: str) -> None:
    for code, number in (("G1", figure), ("G2", 9), ("G3", 8)):
        submit(world, code, {**GOOD, "C501": number})
        accept(world, code)
    assert sign_of(world, "kien", "G1") == shown


def test_a_change_to_a_counted_number_is_hidden_until_it_counts(world: World) -> None:
    for code, number in (("G1", 7), ("G2", 9), ("G3", 8)):
        submit(world, code, {**GOOD, "C501": number})
        accept(world, code)
    owed, version = world.obligation("G1").pk, world.report("G1").version
    revise_report(owed, reason="Sót.", version=version, by=head_of(world, "G1"), at=later(minutes=9))
    assert sign_of(world, "kien", "G1") == "7"
    fill(world, "G1", {"C501": 6}, by=world.person("an"), at=later(minutes=12))
    assert sign_of(world, "kien", "G1") == "is-covered"


def test_remarks_on_walled_cells_and_last_period_stay_behind_the_wall(world: World) -> None:
    submit(world, "G1", {**GOOD, "C501": 3})
    owed, version, by = world.obligation("G1").pk, world.report("G1").version, world.person("binh")
    remark(owed, target="C501", text="Chỉ 3 cuộc?", version=version, by=by, at=later(minutes=1))
    remark(owed, target="B02", text="Nhờ xem lại.", version=version, by=by, at=later(minutes=2))
    accept(world, "G1")
    for who, sees in (("an", True), ("binh", True), ("kien", False)):
        page = open_report(world, who)
        assert ("Chỉ 3 cuộc?" in page, "Nhờ xem lại." in page) == (sees, True)
    opened = open_cycle("mini", "2024-6T", calendar=CALENDAR, by=SYSTEM, at=later(days=240))
    assert opened.cycle
    address = reverse("report", args=[Obligation.objects.get(cycle=opened.cycle, unit=world.units["G1"]).pk])
    with day(later(days=241)):
        pages = {who: enter(world, who).get(address).content.decode() for who in ("an", "kien")}
    assert 'data-label="Kỳ trước">3</td>' in row_of(pages["an"], "C501")
    assert 'data-label="Kỳ trước">5</td>' in row_of(pages["kien"], "B02")
    assert '<td class="last"></td>' in row_of(pages["kien"], "C501")


def test_late_is_said_on_top_while_it_can_still_be_helped(world: World) -> None:
    with day(later(days=40)):
        page = text_of(open_report(world, "an").encode())
    assert "Đã quá hạn 3 ngày. Vẫn nộp được; báo cáo sẽ ghi là nộp trễ." in page
    assert "Quá hạn 3 ngày (hạn 08/05/2023)" in page


def test_queries_do_not_grow_with_what_is_written(world: World) -> None:
    for code in ("G1", "G2", "G3"):
        submit(world, code, GOOD if code != "G3" else {**GOOD, "B02": 9})
    fill(world, "D1", {"B02": 1}, by=head_of(world, "D1"))
    client = enter(world, "dung")
    address = reverse("report", args=[world.obligation("D1").pk])
    few = queries_of(client, address)
    fill(world, "D1", {**GOOD, "B02": 1}, by=head_of(world, "D1"))
    for code in ("G1", "G2", "G3"):
        accept(world, code)
    assert queries_of(client, address) == few <= 15


@pytest.fixture
def real_report(world: World, project_dir: Path) -> int:
    """The report of the real campaign, half filled in, beside a year before and with units below."""
    for name, cycle, at in (("5-khong.2022.yaml", "2022", later(days=-170)), ("5-khong.yaml", "2023-N", later(days=1))):
        published = publish((project_dir / "campaigns" / name).read_text(encoding="utf-8"), name, by=SYSTEM, at=at)
        assert published.edition, published.problems
        opened = open_cycle("5-khong", cycle, calendar=CALENDAR, by=SYSTEM, at=at)
        assert opened.cycle, opened.problems
    owed = Obligation.objects.get(cycle=opened.cycle, unit=world.units["D1"])
    cells = definition_of(opened.cycle.edition_id).input_cells
    changes = {cell.key: Change("", index * 1000) for index, cell in enumerate(cells) if index % 2}
    save_draft(owed.pk, cells=changes, sections={"I": Change("", "Đã làm. " * 300)}, by=world.person("dung"), at=later(days=1))
    return owed.pk


def test_the_real_report_is_light_to_load(world: World, real_report: int) -> None:
    page = enter(world, "dung").get(reverse("report", args=[real_report])).content
    assert len(inputs(page.decode())) == 99
    assert len(page) < 110_000
