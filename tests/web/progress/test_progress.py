"""How the cycle goes: counts and lines against the due dates, and the list of those who have sent nothing."""

import csv
import re
from datetime import datetime
from io import StringIO

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.org.models import SnapshotUnit
from kheo.reports.actions import return_report
from kheo.reports.queries.progress import pace
from kheo.reports.queries.standing import obligation_counts
from tests.web.accepting import accept
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import World, fill, head_of, later, reviewer_of, submit


def address(world: World, code: str = "LDLD", **query: object) -> str:
    base = reverse("progress", args=[world.cycle.pk, world.units[code]])
    return f"{base}?{'&'.join(f'{name}={value}' for name, value in query.items())}"


def see(world: World, code: str = "LDLD", who: str = "lan", **query: object) -> HttpResponse:
    answer: HttpResponse = enter(world, who).get(address(world, code, **query))
    return answer


def unit(world: World, code: str) -> SnapshotUnit:
    return SnapshotUnit.objects.get(snapshot=world.cycle.snapshot_id, unit=world.units[code])


def every_state(world: World) -> None:
    """G1 accepted, G2 returned, G3 sent, G4 being written, all others silent."""
    accept(world, "G1")
    for code in ("G2", "G3"):
        submit(world, code)
    version = world.report("G2").version
    return_report(world.obligation("G2").pk, reason="Xem lại", version=version, by=reviewer_of(world, "G2"), at=later(minutes=1))
    fill(world, "G4", {"B02": 3}, by=head_of(world, "G4"))


def test_states_are_counted(world: World) -> None:
    every_state(world)
    words = text_of(see(world).content)
    assert "Đã chấp nhận 1 12,5 % Đã nộp 1 12,5 % Bị trả lại 1 12,5 % Đang soạn 1 12,5 % Chưa bắt đầu 4 50,0 %" in words


def test_the_headline_says_what_the_chart_shows(world: World) -> None:
    every_state(world)
    assert "3 trong 8 báo cáo đã nộp, còn 46 ngày đến hạn cuối" in text_of(see(world).content)


@pytest.mark.parametrize(
    ("now", "words"), [(later(days=47), "hôm nay là hạn cuối"), (later(days=49), "hạn cuối đã qua 2 ngày"), (later(days=46), "còn 1 ngày")]
)
def test_the_headline_knows_how_long_there_is(world: World, now: datetime, words: str) -> None:
    with day(now):
        assert words in text_of(see(world).content)


def test_due_dates_name_their_tiers(world: World) -> None:
    words = text_of(see(world).content)
    assert "08/05/2023 Công đoàn cơ sở: 5 báo cáo" in words
    assert "10/05/2023 Công đoàn cấp trên trực tiếp cơ sở: 2 báo cáo" in words
    assert "18/05/2023 Liên đoàn Lao động Thành phố: 1 báo cáo" in words


def test_the_chart_has_its_table(world: World) -> None:
    accept(world, "G1")
    submit(world, "G2", at=later(days=1))
    page = see(world).content.decode()
    assert re.search(r'<svg viewBox="0 0 960 \d+" role="img" aria-label="2 trong 8 báo cáo đã nộp', page)
    assert "01/04/2023 1 1 0 02/04/2023 2 1 0" in text_of(page.encode())


def test_days_are_those_of_vietnam(world: World) -> None:
    """2 April 17:30 in London's time zone is the 3rd in Ho Chi Minh City already."""
    at = later(days=1, minutes=15 * 60 + 30)
    assert (at.hour, at.day) == (17, 2)
    submit(world, "G1", at=at)
    days = {each.day.isoformat(): each.received for each in pace(world.cycle, unit(world, "LDLD"), later(days=5)).days}
    assert (days["2023-04-02"], days["2023-04-03"]) == (0, 1)


@pytest.mark.parametrize("code", ["LDLD", "D1", "G1"])
@pytest.mark.parametrize("days", [0, 40, 60])
def test_the_counts_are_those_of_every_other_page(world: World, code: str, days: int) -> None:
    every_state(world)
    submit(world, "G5", at=later(days=39))
    found = unit(world, code)
    assert pace(world.cycle, found, later(days=days)).counts == obligation_counts(world.cycle, [found], later(days=days))[found.unit_id]


def test_units_below_stand_with_the_slowest_first(world: World) -> None:
    accept(world, "G1")
    words = text_of(see(world).content)
    assert "LĐLĐ Quận 2 0/3 LĐLĐ Quận 1 1/4" in words


def test_the_silent_are_listed_with_their_due_dates(world: World) -> None:
    every_state(world)
    with day(later(days=40)):
        words = text_of(see(world).content)
    assert "5 đơn vị chưa nộp" in words
    assert "LĐLĐ Quận 1 LĐLĐ Thành phố Chưa bắt đầu Quá hạn 1 ngày" in words
    assert "CĐCS Bốn LĐLĐ Quận 2 Đang soạn Quá hạn 3 ngày sửa lần cuối 09:00 01/04/2023" in words
    assert "LĐLĐ Thành phố Chưa bắt đầu Hạn 18/05/2023" in words


def test_the_list_narrows_to_one_unit_below(world: World) -> None:
    words = text_of(see(world, **{"don-vi": world.units["D2"]}).content)
    assert "3 đơn vị chưa nộp thuộc Liên đoàn Lao động Quận 2" in words
    assert ("CĐCS Bốn" in words, "CĐCS Một" in words) == (True, False)


@pytest.mark.parametrize("asked", ["abc", "-1", "999999999999999999999"])
def test_a_unit_that_is_not_below_narrows_nothing(world: World, asked: str) -> None:
    assert "8 đơn vị chưa nộp" in text_of(see(world, **{"don-vi": asked}).content)


def test_nobody_is_silent_when_all_have_sent(world: World) -> None:
    submit(world, "G1")
    words = text_of(see(world, "G1", "an").content)
    assert "0 đơn vị chưa nộp" in words
    assert "Mọi đơn vị đã nộp" in words


def table(answer: HttpResponse) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_the_list_comes_as_a_file(world: World) -> None:
    submit(world, "G5")
    with day(later(days=40)):
        answer = see(world, tep="csv", **{"don-vi": world.units["D2"]})
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("text/csv; charset=utf-8", "nosniff")
    assert 'filename="chua-nop-2023-6t-ldld-quan-2.csv"' in answer["Content-Disposition"]
    assert "filename*=UTF-8''chua-nop%202023-6T%20L%C4%90L%C4%90%20Qu%E1%BA%ADn%202.csv" in answer["Content-Disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert table(answer) == [
        ["Mã đơn vị", "Đơn vị", "Thuộc", "Trạng thái", "Hạn nộp", "Số ngày quá hạn", "Đơn vị nộp thay", "Lý do không thu nữa"],
        ["D2", "Liên đoàn Lao động Quận 2", "Liên đoàn Lao động Thành phố", "Chưa bắt đầu", "10/05/2023", "1", "", ""],
        ["G4", "Công đoàn cơ sở Bốn", "Liên đoàn Lao động Quận 2", "Chưa bắt đầu", "08/05/2023", "3", "", ""],
    ]


@pytest.mark.parametrize("name", ["=1+1", "+84", "-1", "@SUM(A1)", "\t=1", "＝1", "|cmd", "  =1"])
def test_no_cell_of_the_file_is_a_formula(world: World, name: str) -> None:
    SnapshotUnit.objects.filter(unit=world.units["G4"]).update(name=name)
    # A tab parts cells, too: what stands behind it is marked as well.
    assert table(see(world, "G4", "chi", tep="csv"))[1][1] == "'" + name.replace("\t", "\t'")


def test_the_number_of_queries_does_not_depend_on_the_units(world: World) -> None:
    client = enter(world, "lan")
    two, three = (queries_of(client, address(world, code)) for code in ("D2", "D1"))
    every_state(world)
    assert [two, three, queries_of(client, address(world, "D1"))] == [two] * 3


def test_a_leaf_has_its_progress_too(world: World) -> None:
    words = text_of(see(world, "G1", "an").content)
    assert "0 trong 1 báo cáo đã nộp" in words
    assert "Theo đơn vị" not in words


def test_long_lists_are_paged_and_the_file_is_not(world: World) -> None:
    template = unit(world, "G3")
    from kheo.reports.models import Obligation

    owed = world.obligation("G3")
    top = unit(world, "LDLD")
    for number in range(60):
        position = top.ends_at + number
        template.position, template.ends_at = position, position + 1
        template.unit = type(template.unit).objects.create()
        template.save(force_insert=True)
        owed.pk, owed.unit, owed.position = None, template.unit, position
        Obligation.objects.bulk_create([owed])
    SnapshotUnit.objects.filter(pk=top.pk).update(ends_at=top.ends_at + 60)
    page = see(world, trang=2)
    assert "Dòng 51–68 trong 68" in text_of(page.content)
    assert len(table(see(world, tep="csv"))) == 69
