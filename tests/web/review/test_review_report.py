"""One report under review: its figures beside last period's, what is odd, what changed since it was sent before."""

import re

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.journal.actions import SYSTEM
from kheo.reports.actions import Change, accept_report, open_cycle, remark, return_report, revise_report, save_draft, submit_report
from tests.web.accepting import accept
from tests.web.visits import enter, queries_of, text_of
from tests.world import CALENDAR, GOOD, World, fill, head_of, later, reviewer_of, submit


def address(world: World, code: str = "G1", name: str = "review_report") -> str:
    return reverse(name, args=[world.obligation(code).pk])


def see(world: World, code: str = "G1", who: str = "binh") -> HttpResponse:
    answer: HttpResponse = enter(world, who).get(address(world, code))
    return answer


def row(page: HttpResponse, key: str) -> str:
    """The words of one cell's row and of the rows under it."""
    text = page.content.decode()
    start = text.index(f'id="{key}"')
    return text_of(b"<" + re.split(r'<tr class="[^"]*" id=|</tbody>', text[start:])[0].encode())


def resend(world: World, code: str, **figures: int | None) -> None:
    """The report comes back, is changed, and is sent again."""
    owed, reviewer, head = world.obligation(code), reviewer_of(world, code), head_of(world, code)
    return_report(owed.pk, reason="Xem lại", version=world.report(code).version, by=reviewer, at=later(days=1))
    before = world.report(code)
    save_draft(
        owed.pk,
        cells={key: Change(before.figures[key], value) for key, value in figures.items()},
        sections={"I": Change(before.narrative["I"], "Viết lại cho rõ.")},
        by=head,
        at=later(days=1),
    )
    submit_report(owed.pk, version=world.report(code).version, by=head, at=later(days=1))


def test_every_answer_is_told_in_words(world: World) -> None:
    submit(world, "G1", {**GOOD, "B01.KT": 0, "B02": None, "C501": "na"})
    page = see(world)
    assert row(page, "B01.KT") == "Kinh tế 0 không phát sinh Nhận xét Ghi"
    assert row(page, "B02") == "B02 Mô hình đang duy trì mô hình chưa có số liệu Nhận xét Ghi"
    assert row(page, "C501") == "C501 Cuộc đối thoại cuộc không áp dụng Nhận xét Ghi"
    assert "C202R Tỷ lệ trả lời đúng hạn % 90,00 %" in text_of(page.content)


def test_last_period_stands_beside_with_the_change(world: World) -> None:
    accept(world, "G1", B02=40, C201=10)
    opened = open_cycle("mini", "2024-6T", calendar=CALENDAR, by=SYSTEM, at=later(days=365)).cycle
    assert opened
    next_year = World(opened, world.definition, world.units, world.users)
    submit(next_year, "G1", {**GOOD, "B02": 50, "C201": 10}, at=later(days=366))
    page = see(next_year)
    assert row(page, "B02").startswith("B02 Mô hình đang duy trì mô hình 40 +25 % 50")
    assert row(page, "C201").startswith("C201 Ý kiến tiếp nhận ý kiến 10 10")
    assert "Kỳ trước 6 tháng đầu năm 2023" in text_of(page.content)


def test_what_is_odd_is_listed_first_and_told_at_its_cell(world: World) -> None:
    submit(world, "G1", {**GOOD, "B02": 1})
    page = see(world)
    question = "Số đang duy trì (1) ít hơn số đăng ký mới (3): có đúng không?"
    words = text_of(page.content)
    assert f"1 chỗ cần xem trước {question}" in words
    assert question in row(page, "B02")
    assert "Chung 1 cần xem" in words


def test_a_report_without_anything_odd_says_so(world: World) -> None:
    submit(world, "G1")
    assert "Không thấy số liệu nào lạ" in text_of(see(world).content)


def test_what_differs_from_the_revision_before_is_shown_with_what_stood_there(world: World) -> None:
    submit(world, "G1")
    resend(world, "G1", B02=7, C501=None)
    page = see(world)
    words = text_of(page.content)
    assert "đang xem lần nộp 2" in words
    assert "Lần nộp này khác lần trước ở 3 chỗ" in words
    assert row(page, "B02").startswith("B02 Mô hình đang duy trì mô hình 7 lần trước: 5")
    assert row(page, "C501").startswith("C501 Cuộc đối thoại cuộc chưa có số liệu lần trước: 1")
    assert "Đã viết lại so với lần nộp trước" in words
    assert "<del>Đã triển khai tốt</del><ins>Viết lại cho rõ</ins>." in page.content.decode()
    assert page.content.decode().count("is-changed") == 2 + 1  # and the word that explains the colour


def test_a_parents_own_figures_and_those_below_stand_apart(world: World) -> None:
    accept(world, "G1", B02=30)
    accept(world, "G2", B02=12)
    submit(world, "D1", {**GOOD, "B02": 7})
    page = see(world, "D1", "bich")
    assert "Kỳ này trực tiếp của đơn vị Cấp dưới 2/3 báo cáo" in text_of(page.content)
    assert row(page, "B02").startswith("B02 Mô hình đang duy trì mô hình 7 42")


def test_a_report_that_never_came_says_so(world: World) -> None:
    fill(world, "G1", {"B02": 3}, by=world.person("an"))
    words = text_of(see(world).content)
    assert "Đơn vị chưa nộp báo cáo này" in words
    assert "Hạn 08/05/2023 · còn 36 ngày" in words
    assert "B02" not in words


def test_remarks_stand_at_their_place_and_in_a_list(world: World) -> None:
    submit(world, "G1")
    owed, binh = world.obligation("G1"), world.person("binh")
    for target, text in (("B02", "Cao hơn kế hoạch"), ("section:I", "Nêu rõ số đợt")):
        remark(owed.pk, target=target, text=text, version=world.report("G1").version, by=binh, at=later(minutes=5))
    page = see(world)
    assert "Lê Văn Bình · 09:05 01/04/2023 Cao hơn kế hoạch" in row(page, "B02")
    assert "2 nhận xét B02 Mô hình đang duy trì Mục I. Kết quả nổi bật" in text_of(page.content)


def test_after_acceptance_it_says_what_the_totals_became_that_the_reviewer_may_read(world: World) -> None:
    accept(world, "G2", B01_KT=10, B01_VH=0, B02=20)
    accept(world, "G1", B01_KT=2, B01_VH=1)
    words = text_of(see(world).content)
    assert "Số liệu này đã được cộng vào" in words
    assert "B01 Mô hình đăng ký báo cáo này: 3" in words
    assert "Liên đoàn Lao động Quận 1 2/4 13" in words
    assert "Liên đoàn Lao động Thành phố 2/8" not in words
    submit(world, "D1")
    accept_report(world.obligation("D1").pk, version=world.report("D1").version, by=world.person("bich"), at=later(days=1))
    above = text_of(see(world, "D1", "bich").content)
    assert "Liên đoàn Lao động Quận 1 3/4 16" in above
    assert "Liên đoàn Lao động Thành phố 3/8 16" in above


def test_the_totals_above_tell_nothing_walled(world: World) -> None:
    accept(world, "G1", B01_KT=0, B01_VH=0, B02=0, C201=0, C202=0, C501=3)
    assert "C501 Cuộc đối thoại báo cáo này" not in text_of(see(world).content)


def test_a_supplement_says_that_the_old_figures_still_count(world: World) -> None:
    accept(world, "G1")
    owed, head = world.obligation("G1"), head_of(world, "G1")
    revise_report(owed.pk, reason="Sót một mô hình", version=world.report("G1").version, by=head, at=later(days=1))
    submit(world, "G1", {**GOOD, "B02": 9}, at=later(days=1))
    words = text_of(see(world).content)
    assert "Đây là báo cáo bổ sung , lý do: “Sót một mô hình”" in words


def test_what_the_unit_wrote_is_text_and_nothing_else(world: World) -> None:
    owed, an = world.obligation("G1"), world.person("an")
    fill(world, "G1", GOOD, by=an)
    save_draft(owed.pk, cells={}, sections={"II": Change("", "<img src=x onerror=alert(1)>\nDòng hai")}, by=an, at=later())
    submit_report(owed.pk, version=world.report("G1").version, by=world.person("hoa"), at=later())
    page = see(world).content.decode()
    assert "&lt;img src=x onerror=alert(1)&gt;\nDòng hai" in page


@pytest.mark.parametrize("code", ["G1", "D1"])
def test_the_number_of_queries_does_not_depend_on_the_reports(world: World, code: str) -> None:
    who = {"G1": "binh", "D1": "bich"}[code]
    client = enter(world, who)
    submit(world, code)
    alone = queries_of(client, address(world, code))
    for other in ("G2", "G3", "G4", "D2"):
        submit(world, other, {**GOOD, "B02": 1})
    assert queries_of(client, address(world, code)) == alone


def test_the_next_report_that_waits_is_offered_after_a_decision(world: World) -> None:
    submit(world, "G2", {**GOOD, "B02": 1})
    submit(world, "G3")
    accept(world, "G1")
    assert f'href="{address(world, "G2")}">Báo cáo chờ tiếp theo' in see(world).content.decode()
