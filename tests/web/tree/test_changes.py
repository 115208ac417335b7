"""Changing units from a file on a page: everything is shown before it is done, and exactly that is done."""

import html
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kheo.core.reorganising import Renamed
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.org.actions import appoint, load_units, record_events
from kheo.org.models import EventBatch, Post, UnitEvent
from kheo.org.queries import unit_by_code
from kheo.reports.models import KeptPage, KeptPreview
from tests.web.visits import enter, text_of
from tests.world import FIRST_DAY, GOOD, OPENING, UNITS, World, fill, submit

HEAD = "day,event,code,name,kind,parent_code,line,new_code,successors,decision,decision_day,note\n"
MERGER = (
    HEAD
    + """2023-07-01,established,G12,Công đoàn <Một Hai>,grassroots_union,D1,,,,15/QĐ-LĐLĐ,2023-06-20,
2023-07-01,merged,G1,,,,,,G12,15/QĐ-LĐLĐ,2023-06-20,
2023-07-01,merged,G2,,,,,,G12,15/QĐ-LĐLĐ,2023-06-20,
2023-07-01,renamed,G3,Công đoàn Tam,,,,,,,,
"""
)


def send(world: World, text: str = MERGER, who: str = "lan") -> HttpResponse:
    file = SimpleUploadedFile("thay-doi.csv", text.encode(), "text/csv")
    answer: HttpResponse = enter(world, who).post(reverse("send_changes"), {"tep": file})
    return answer


def preview(world: World, text: str = MERGER, who: str = "lan") -> tuple[str, str]:
    """The address of a preview and the page."""
    address = send(world, text, who).headers["Location"]
    return address, page(world, address, who)


def page(world: World, address: str, who: str = "lan") -> str:
    answer = enter(world, who).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def mark_in(shown: str) -> str:
    found = re.findall(r'name="mark" value="([0-9a-f]{64})"', shown)
    assert len(found) == 1, text_of(shown.encode())
    return str(found[0])


def confirm(world: World, address: str, mark: str, who: str = "lan") -> HttpResponse:
    answer: HttpResponse = enter(world, who).post(address, {"mark": mark})
    return answer


def words(shown: str) -> str:
    return text_of(shown.encode())


def test_everything_a_file_does_is_shown_and_nothing_is_done(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    submit(world, "G2")
    journal = JournalEntry.objects.count()
    _, shown = preview(world)
    told = words(shown)
    assert "Sự kiện 3: thành lập 1, đổi tên 1, hợp nhất 1" in told  # a merger of two is one event
    assert "Hiệu lực ngày 01/07/2023 Đơn vị kết thúc 2 Chức danh hết hiệu lực 3" in told
    assert "Không rõ quyết định 1 sự kiện" in told
    assert "Nguyễn Thị An Cán bộ nhập liệu Công đoàn cơ sở Một 01/07/2023" in told
    assert "2 của đơn vị kết thúc (1 đang soạn hoặc bị trả lại, 1 đã nộp chờ duyệt), hạn 08/05/2023, hạn giữ nguyên" in told
    begun = "Bản đang soạn được giữ; từ ngày đơn vị kết thúc, Liên đoàn Lao động Quận 1 giao đơn vị kế thừa nộp thay, hoặc thôi thu"
    assert f"Công đoàn cơ sở Một 6 tháng đầu năm 2023 Đang soạn 08/05/2023 {begun}" in told
    assert "Đã nộp 08/05/2023 Đã nộp, Liên đoàn Lao động Quận 1 vẫn duyệt được" in told
    assert "Công đoàn <Một Hai> Thành lập, thuộc Liên đoàn Lao động Quận 1 01/07/2023 15/QĐ-LĐLĐ ngày 20/06/2023 2" in told
    assert "Hợp nhất từ Công đoàn cơ sở Một, Công đoàn cơ sở Hai" in told
    assert "Công đoàn cơ sở Ba Đổi tên thành Công đoàn Tam 01/07/2023 Không rõ số quyết định 5" in told
    assert "<Một Hai>" not in shown
    assert (UnitEvent.objects.count(), EventBatch.objects.count(), JournalEntry.objects.count()) == (0, 0, journal)


def test_what_was_shown_is_recorded_in_one_batch_in_the_name_of_the_person(world: World) -> None:
    address, shown = preview(world)
    answer = confirm(world, address, mark_in(shown))
    batch = EventBatch.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse('events')}?dot={batch.pk}")
    assert (batch.file, batch.recorded_by, batch.events.count()) == ("thay-doi.csv", "Đỗ Thị Lan", UnitEvent.objects.count())
    assert unit_by_code("G12", date(2023, 7, 1))
    assert Post.objects.get(user=world.users["an"]).ends == date(2023, 7, 1)
    entry = JournalEntry.objects.get(act="reorganise")
    assert (entry.actor_name, entry.post) == ("Đỗ Thị Lan", "Thường trực phong trào, Liên đoàn Lao động Thành phố")
    told = words(page(world, answer.headers["Location"]))
    assert f"Đợt số {batch.pk} từ tệp thay-doi.csv, ghi lúc" in told
    assert "Sẽ có hiệu lực ngày 01/07/2023" in told


def test_what_changed_meanwhile_is_shown_again_and_not_recorded(world: World) -> None:
    address, shown = preview(world)
    appoint(world.users["kien"], world.units["G1"], Role.OFFICER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    answer = confirm(world, address, mark_in(shown))
    again = answer.content.decode()
    assert answer.status_code == 409
    assert "Trong lúc anh/chị xem, cây tổ chức đã thay đổi." in words(again)
    assert "Đinh Trung Kiên Cán bộ nhập liệu Công đoàn cơ sở Một" in words(again)
    assert not UnitEvent.objects.exists()
    assert mark_in(again) != mark_in(shown)
    assert confirm(world, address, mark_in(again)).status_code == 302
    assert EventBatch.objects.count() == 1


def test_without_having_seen_it_nobody_records(world: World) -> None:
    address, _ = preview(world)
    for mark in ("", "0" * 64):
        assert confirm(world, address, mark).status_code == 409
    assert not UnitEvent.objects.exists()


def test_the_same_file_twice_is_said_and_harmless(world: World) -> None:
    address, shown = preview(world)
    mark = mark_in(shown)
    assert confirm(world, address, mark).status_code == 302
    again = confirm(world, address, mark)
    assert again.status_code == 409
    assert f"Tệp này đã được ghi rồi (đợt số {EventBatch.objects.get().pk})" in text_of(again.content)
    assert "Tệp này đã được ghi rồi" in words(preview(world)[1])
    assert 'name="mark"' not in preview(world)[1]


def test_every_wrong_line_is_told_and_nothing_can_be_recorded(world: World) -> None:
    wrong = HEAD + "2023-07-01,closed,KHONG,,,,,,,,,\n2023-07-01,renamed,G3,,,,,,,,,\n2023-07-01,renamed,G4,Tứ,,,,,,,,\n"
    address, shown = preview(world, wrong)
    told = words(shown)
    assert "2 chỗ cần sửa trong tệp; không có gì được ghi" in told
    assert ("Dòng 2: " in told, "Dòng 3: " in told, "Dòng 4: " in told) == (True, True, False)
    assert "Nếu ghi tệp này" not in shown
    assert 'name="mark"' not in shown
    assert confirm(world, address, "0" * 64).status_code == 409
    assert not UnitEvent.objects.exists()


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\x00\x00", HEAD, HEAD + '2023-07-01,"'])
def test_a_file_that_is_none_is_said_to_be_none(world: World, text: str) -> None:
    answer = send(world, text)
    shown = page(world, answer.headers["Location"]) if answer.status_code == 302 else answer.content.decode()
    assert 'class="error-summary"' in shown
    assert 'name="mark"' not in shown


def test_no_file_and_one_that_is_too_large_are_refused(world: World) -> None:
    assert "Chưa chọn tệp nào." in text_of(enter(world, "lan").post(reverse("send_changes")).content)
    answer = send(world, "x" * (5 * 1024 * 1024 + 1))
    assert (answer.status_code, "Tệp lớn hơn 5 MB." in text_of(answer.content)) == (409, True)


def test_doubts_are_told_and_stop_nothing(world: World) -> None:
    doubtful = HEAD + "2023-07-01,closed,G1,,,,,,,,,\n2023-07-01,renamed,G2,Công đoàn cơ sở Một,,,,,,,,\n"
    address, shown = preview(world, doubtful)
    assert "1 chỗ nên xem lại" in words(shown)
    assert "có thể là sáp nhập" in words(shown)
    assert confirm(world, address, mark_in(shown)).status_code == 302


def test_only_the_campaign_office_and_the_keeper_of_the_top_unit_change_units(world: World) -> None:
    appoint(world.users["binh"], world.units["D1"], Role.OFFICE, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    for who in world.users:
        answer = enter(world, who).get(reverse("send_changes"))
        assert answer.status_code == (200 if who in ("lan", "quan") else 404), who
        assert (send(world, who=who).status_code == 302) == (who in ("lan", "quan")), who
    assert "Ghi từ tệp" in words(page(world, reverse("events")))
    assert "Ghi từ tệp" not in words(page(world, reverse("events"), "bich"))


def test_the_keeper_learns_how_many_reports_are_touched_and_no_more(world: World) -> None:
    submit(world, "G1")
    address, shown = preview(world, who="quan")
    assert "2 của đơn vị kết thúc (0 đang soạn hoặc bị trả lại, 1 đã nộp chờ duyệt)" in words(shown)
    assert 'id="bao-cao"' not in shown
    assert text_of(enter(world, "quan").get(f"{address}?xem=bao-cao").content) == words(shown)
    assert "/bao-cao/" not in shown
    assert "/bao-cao/" in preview(world)[1]
    client = enter(world, "quan")
    answer = client.post(address, {"mark": mark_in(shown)})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse('events')}?dot={EventBatch.objects.get().pk}")
    assert "Đã ghi 3 sự kiện, đợt số" in text_of(client.get(answer.headers["Location"]).content)
    for link in re.findall(r'href="(/[^"#]*)"', shown):
        if not link.startswith("/static/"):
            assert enter(world, "quan").get(link).status_code in (200, 302), link


def test_units_under_another_top_are_not_changed_from_here(world: World) -> None:
    other = UNITS + "X,Liên đoàn Lao động Tỉnh Khác,provincial_federation,\nX1,Công đoàn Xa,grassroots_union,X\n"
    assert not load_units(other.encode(), "u.csv", on=date(2021, 1, 1), by=SYSTEM, at=OPENING).problems
    text = HEAD + "2023-07-01,renamed,G3,Tam,,,,,,,,\n2023-07-01,renamed,X1,Gần,,,,,,,,\n2023-07-01,transferred,G4,,,X,,,,,,\n"
    address, shown = preview(world, text)
    told = words(shown)
    assert "2 chỗ cần sửa trong tệp" in told
    assert ("Dòng 2: " in told, "Dòng 3: " in told, "Dòng 4: " in told) == (False, True, True)
    assert confirm(world, address, "0" * 64).status_code == 409
    assert not UnitEvent.objects.exists()
    mine = HEAD + "2023-07-01,renamed,G3,Tam,,,,,,,,\n"
    address, shown = preview(world, mine)
    assert confirm(world, address, mark_in(shown)).status_code == 302


def test_the_number_of_queries_does_not_move_with_what_a_file_holds(world: World) -> None:
    def queries(text: str) -> int:
        address, _ = preview(world, text)
        client = enter(world, "lan")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    submit(world, "G1")
    one = queries(HEAD + "2023-07-01,absorbed,G1,,,,,,G2,,,\n")
    submit(world, "G4")
    rest = "".join(f"2023-07-01,absorbed,{code},,,,,,G2,,,\n" for code in ("G1", "G3"))
    assert queries(HEAD + rest + "2023-07-02,absorbed,G4,,,,,,G5,,,\n") == one


def test_a_long_file_is_shown_a_page_at_a_time(world: World) -> None:
    lines = "".join(f"2023-07-01,established,N{number},Nhà máy {number},grassroots_union,D2,,,,,,\n" for number in range(60))
    address, shown = preview(world, HEAD + lines)
    assert "Ghi 60 sự kiện" in words(shown)
    assert ("Nhà máy 9 " in words(shown), "Nhà máy 10 " in words(shown)) == (True, False)
    (more,) = re.findall(r'href="(\?[^"]*xem=su-kien)"', shown)
    alone = page(world, address + html.unescape(more))
    assert "Dòng 1–50 trong 60" in words(alone)
    assert ("Nhà máy 49 " in words(alone), "Nhà máy 50 " in words(alone)) == (True, False)
    (last,) = re.findall(r'rel="next" href="(\?[^"]*)"', alone)
    assert "Nhà máy 59 " in words(page(world, address + html.unescape(last)))


LONG_FILE = HEAD + "".join(f"2023-07-01,established,N{number},Nhà máy {number},grassroots_union,D2,,,,,,\n" for number in range(120))


def test_what_was_planned_is_kept_for_the_next_page_and_planned_again_when_a_tree_or_a_post_changed(world: World) -> None:
    address, shown = preview(world, LONG_FILE)
    kept = KeptPreview.objects.get()
    following = f"{address}?ban={mark_in(shown)[:12]}&xem=su-kien&trang=3"
    with CaptureQueriesContext(connection) as captured:
        assert "Nhà máy 119 " in words(page(world, following))
    assert not [each["sql"] for each in captured if "org_unit_kind" in each["sql"]]  # a plan reads the kinds of all units
    renamed = Renamed(day=date(2023, 6, 1), unit=world.units["D2"], name="Liên đoàn Lao động Quận Hai")
    assert record_events([renamed], by=SYSTEM, at=OPENING).problems == ()
    again = words(page(world, following))
    assert "Từ khi anh/chị mở bản xem trước, cây tổ chức đã thay đổi." not in again  # what it does is what it was
    assert "thuộc Liên đoàn Lao động Quận Hai" in again
    newer = KeptPreview.objects.get()
    assert newer.pk != kept.pk
    appoint(world.users["kien"], world.units["G1"], Role.OFFICER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    page(world, following)
    assert KeptPreview.objects.get().pk != newer.pk


def test_a_page_of_a_preview_that_would_do_something_else_by_now_says_so(world: World) -> None:
    ending = LONG_FILE + "2023-07-01,absorbed,G1,,,,,,G2,,,\n"
    address, shown = preview(world, ending)
    following = f"{address}?ban={mark_in(shown)[:12]}&xem=chuc-danh"
    told = "Từ khi anh/chị mở bản xem trước, cây tổ chức đã thay đổi. Dưới đây là kết quả tính lại."
    assert told not in words(page(world, following))
    appoint(world.users["kien"], world.units["G1"], Role.OFFICER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    again = words(page(world, following))
    assert (told in again, "Đinh Trung Kiên" in again) == (True, True)
    mark = mark_in(page(world, address))
    assert mark != mark_in(shown)
    assert confirm(world, address, mark).status_code == 302


def test_only_the_newest_previews_of_a_person_are_kept(world: World) -> None:
    for number in range(7):
        preview(world, LONG_FILE + f"2023-07-01,renamed,G3,Tam {number},,,,,,,,\n")
    preview(world, LONG_FILE, "quan")
    assert [KeptPreview.objects.filter(person=world.users[who]).count() for who in ("lan", "quan")] == [5, 1]
    assert KeptPage.objects.filter(section="su-kien").count() == 6 * 3


def test_a_change_recorded_elsewhere_moves_the_mark(world: World) -> None:
    address, shown = preview(world)
    assert mark_in(page(world, address)) == mark_in(shown)
    renamed = Renamed(day=date(2023, 8, 1), unit=world.units["G5"], name="Ngũ")
    assert record_events([renamed], by=SYSTEM, at=OPENING).problems == ()
    assert mark_in(page(world, address)) == mark_in(shown)  # another unit: this file still does the same
