"""A directive goes down three levels on the pages: draft, send, one click, chain, reminder."""

import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from kheo.core.paper_books.facts import ArrivalFacts, LinkRole, PaperFacts
from kheo.core.reorganising import Absorbed
from kheo.directives.actions import Arrived, Brought, link_papers, register_arrival
from kheo.directives.models import Arrival, ChainRow, DirectiveLink, Issue, Passing
from kheo.documents.checker import check_paper
from kheo.documents.profiles import profile_for
from kheo.journal.actions import SYSTEM
from kheo.org.actions import record_events
from tests.directives.papers import arrive
from tests.directives.test_pass_down import letter, sent, three_levels
from tests.registers.books import shipped
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import World, later

pytestmark = pytest.mark.django_db
NOW = later(days=1)
TEXT = """BAN DÂN VẬN THÀNH ỦY

HƯỚNG DẪN
thực hiện nội dung “5 không” năm 2023

I. NỘI DUNG

1. Nội dung “Không xả rác bừa bãi ra đường phố”

- Vận động đoàn viên giữ gìn vệ sinh nơi ở và nơi làm việc.

2. Nội dung “Không vi phạm luật giao thông”

- Tuyên truyền luật giao thông trong đoàn viên.

II. TỔ CHỨC THỰC HIỆN

Các đơn vị gửi báo cáo kết quả thực hiện về Ban Dân vận Thành ủy trước ngày 15 tháng 11 năm 2023.
"""


def arrived(world: World, name: str = "minh", code: str = "LDLD", text: str = TEXT) -> Arrival:
    paper = PaperFacts(
        "11-HD/BDVTU",
        "Ban Dân vận Thành ủy",
        kind="Hướng dẫn",
        subject="thực hiện nội dung “5 không” năm 2023",
        issued_on=date(2023, 2, 28),
    )
    made = register_arrival(
        world.units[code], paper, ArrivalFacts(date(2023, 3, 20)), Brought(text=text), by=world.person(name, NOW), at=NOW
    )
    assert isinstance(made, Arrived), made
    return made.arrival


def field(page: str, name: str) -> str:
    """What stands in a field of the form."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def asked(page: str, **more: object) -> dict[str, object]:
    return {"loai": "district_federation", "han-0": field(page, "han-0"), "ky-hieu": "LĐLĐ-TG", "trich-yeu": "thực hiện “5 không”", **more}


def test_everybody_below_is_chosen_and_the_dates_are_moved(world: World) -> None:
    page = enter(world, "minh").get(reverse("relay", args=[arrived(world).pk])).content.decode()
    assert re.findall(r'<a [^>]*aria-current="page"[^>]*>([^<]+)', page) == ["Văn bản"] * 2
    assert "Liên đoàn Lao động cấp huyện: 2 đơn vị" in text_of(page.encode())
    assert re.findall(r'name="loai" value="(\w+)" checked', page) == ["district_federation"]
    assert 'name="tru" value="' in page
    assert not re.findall(r'name="tru" value="\d+" checked', page)
    assert field(page, "han-0") == "06/11/2023"
    assert "7 ngày làm việc trước hạn 15/11/2023 của cấp trên." in page


def test_the_draft_is_a_paper_that_follows_its_profile(world: World) -> None:
    client, address = enter(world, "minh"), reverse("relay", args=[arrived(world).pk])
    answer = client.post(address, asked(client.get(address).content.decode(), viec="ban-thao"))
    content = answer.content
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert [str(each) for each in check_paper(content, profile_for("provincial_federation", NOW.date()))] == []
    words = "\n".join(each.text for each in Document(io.BytesIO(content)).paragraphs)
    assert "Thực hiện Hướng dẫn số 11-HD/BDVTU ngày 28 tháng 02 năm 2023 của Ban Dân vận Thành ủy" in words
    assert "Không xả rác bừa bãi ra đường phố" in words
    assert not Issue.objects.exists()


@pytest.mark.parametrize(
    ("kind", "typed", "sign"), [("", "LĐLĐ-TG", "LĐLĐ-TG"), ("Kế hoạch", "LĐLĐ", "KH-LĐLĐ"), ("Kế hoạch", "KH-BTV", "KH-BTV")]
)
def test_draft_and_book_have_the_sign_and_the_subject_that_were_typed(world: World, kind: str, typed: str, sign: str) -> None:
    client, address = enter(world, "minh"), reverse("relay", args=[arrived(world).pk])
    about = {"kieu": kind, "ky-hieu": typed, "trich-yeu": "phát động đợt thi đua cuối năm"}
    sent = asked(client.get(address).content.decode()) | about
    paper = Document(io.BytesIO(client.post(address, {**sent, "viec": "ban-thao"}).content))
    words = "\n".join([cell.text for table in paper.tables for cell in table._cells] + [each.text for each in paper.paragraphs])
    assert f"/{sign}\n" in words + "\n"
    assert "phát động đợt thi đua cuối năm" in " ".join(words.lower().split())
    client.post(address, {**sent, "viec": "gui"})
    directive = Issue.objects.get().directive
    assert directive
    assert (directive.full_number, directive.subject) == (f"01/{sign}", "phát động đợt thi đua cuối năm")


def test_sending_takes_a_number_and_leads_to_the_chain(world: World) -> None:
    client, arrival = enter(world, "minh"), arrived(world)
    address = reverse("relay", args=[arrival.pk])
    left_out = str(world.units["D2"])
    data = asked(client.get(address).content.decode(), viec="gui", tru=left_out, **{"han-ke-hoach": "5/5/2023"})
    answer = client.post(address, data)
    issue = Issue.objects.get()
    assert answer.headers["Location"] == reverse("chain", args=[issue.pk, world.units["LDLD"]])
    assert issue.directive
    assert (issue.directive.full_number, issue.recipients) == ("01/LĐLĐ-TG", ["Liên đoàn Lao động Quận 1"])
    (passing,) = Passing.objects.all()
    assert (passing.unit_id, passing.plan_due_on) == (world.units["D1"], date(2023, 5, 5))


def test_a_form_that_is_sent_again_takes_no_second_number_until_that_is_meant(world: World) -> None:
    client, address = enter(world, "minh"), reverse("relay", args=[arrived(world).pk])
    page = client.get(address).content.decode()
    data = asked(page, viec="gui", **{"da-chuyen": field(page, "da-chuyen")})
    assert client.post(address, data).status_code == 302
    again = client.post(address, data)
    assert (again.status_code, Issue.objects.count()) == (409, 1)
    assert "Văn bản này vừa được chuyển xuống bằng Công văn 01/LĐLĐ-TG." in text_of(again.content)
    meant = field(again.content.decode(), "da-chuyen")
    assert client.post(address, {**data, "da-chuyen": meant}).status_code == 302
    assert Issue.objects.count() == 2


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_sent(world: World) -> None:
    client, address = enter(world, "minh"), reverse("relay", args=[arrived(world).pk])
    answer = client.post(
        address, asked('name="han-0" value="24/12/2023"', viec="gui", **{"han-ke-hoach": "01/01/2020", "ky-hieu": "12/LĐLĐ"})
    )
    words = text_of(answer.content)
    assert answer.status_code == 409
    assert "Việc 1: Hạn 24/12/2023 sau hạn 15/11/2023 của cấp trên." in words
    assert "Hạn có kế hoạch ở trước hôm nay." in words
    assert "Ký hiệu “12/LĐLĐ”: chỉ ghi phần đứng sau số; số do sổ cấp." in words
    assert 'value="24/12/2023"' in answer.content.decode()
    assert not Issue.objects.exists()


def test_without_a_recipient_no_number_is_taken(world: World) -> None:
    client, address = enter(world, "minh"), reverse("relay", args=[arrived(world).pk])
    data = asked(client.get(address).content.decode(), viec="gui") | {"loai": ""}
    answer = client.post(address, data)
    assert (answer.status_code, Issue.objects.count()) == (409, 0)
    assert "Chọn ít nhất một đơn vị nhận." in text_of(answer.content)


def test_the_next_level_drafts_from_what_this_level_asked(world: World) -> None:
    """The federation asks for 6 November; a district has five working days less, by the federation's own letter."""
    client, address = enter(world, "minh"), reverse("relay", args=[arrived(world).pk])
    client.post(address, asked(client.get(address).content.decode(), viec="gui"))
    district = enter(world, "dung")
    passing = Passing.objects.get(unit=world.units["D1"])
    waiting = text_of(district.get(reverse("passings", args=[world.units["D1"]])).content)
    assert "Chờ nhận" in waiting
    assert "Đã nhận, đã chuyển" not in waiting, "what still waits for the click is not among what was received"
    district.post(reverse("acknowledge_passing", args=[passing.pk]))
    passing.refresh_from_db()
    address = reverse("relay", args=[passing.arrival_id])
    page = district.get(address).content.decode()
    assert field(page, "han-0") == "30/10/2023"
    words = Document(io.BytesIO(district.post(address, asked(page, viec="ban-thao", loai="grassroots_union", kieu="Kế hoạch")).content))
    assert [each.text for each in words.paragraphs if each.text.startswith("Căn cứ")] == [
        "Căn cứ Hướng dẫn số 11-HD/BDVTU ngày 28 tháng 02 năm 2023 của Ban Dân vận Thành ủy về thực hiện nội dung “5 không” năm 2023;",
        "Căn cứ Công văn số 01/LĐLĐ-TG ngày 02 tháng 4 năm 2023 của Liên đoàn Lao động Thành phố về thực hiện “5 không”.",
    ]
    assert "Hạn của cấp trên 06/11/2023" in page
    assert 'name="han-1"' not in page


def test_one_click_tells_the_arrival_number(world: World) -> None:
    sent(world, "minh", letter(world, "minh", "LDLD", NOW), "D1", NOW)
    client, passing = enter(world, "dung"), Passing.objects.get()
    page = client.post(reverse("acknowledge_passing", args=[passing.pk]), follow=True)
    assert "Đã nhận. Số đến 1 năm 2023." in text_of(page.content)
    assert "Chuyển xuống dưới" in text_of(page.content)
    assert "Đã nhận. Số đến 1 năm 2023." in text_of(client.post(reverse("acknowledge_passing", args=[passing.pk]), follow=True).content)


def test_the_chain_opens_level_by_level(world: World) -> None:
    root = three_levels(world)
    with day(NOW + timedelta(days=9)):
        page = text_of(enter(world, "lan").get(reverse("chain", args=[root.pk, world.units["LDLD"]])).content)
        lower = text_of(enter(world, "binh").get(reverse("chain", args=[root.pk, world.units["D1"]])).content)
    assert "Đã bấm “Đã nhận” 2/4" in page
    assert "Đã chuyển xuống 1/2" in page
    assert "Đơn vị trực thuộc 1 4 (4 ngày lịch) 4 (4 ngày lịch) 4 (4 ngày lịch) 1 (lâu nhất đã" in page
    assert "Chính đơn vị này 1 4 (4 ngày lịch)" in lower
    assert "đơn vị được gửi tới, mọi cấp bên dưới Xem 2 đơn vị chưa" in page
    assert "Đã chuyển xuống 0/0" not in lower
    assert "Liên đoàn Lao động Quận 1 Đã chuyển xuống 03/04/2023 05/04/2023 07/04/2023, sau 4 ngày 1/2 đã nhận" in page
    assert "Công đoàn cơ sở Một Đã nhận 07/04/2023 08/04/2023" in lower
    assert "Công đoàn cơ sở Ba Chưa gửi tới" in lower


@pytest.mark.parametrize(
    ("asked_for", "names"),
    [("chua-nhan", ["Công đoàn cơ sở Hai", "Liên đoàn Lao động Quận 2"]), ("chua-chuyen", ["Liên đoàn Lao động Quận 2"])],
)
def test_the_list_of_those_who_wait_is_of_the_whole_branch(world: World, asked_for: str, names: list[str]) -> None:
    root = three_levels(world)
    with day(NOW + timedelta(days=9)):
        page = enter(world, "lan").get(reverse("chain", args=[root.pk, world.units["LDLD"]]), {"loc": asked_for}).content.decode()
    rows = re.findall(r'<tr><th scope="row">(?:<a[^>]*>)?([^<]+)', page.split('id="don-vi"')[1])
    assert sorted(rows) == names


def test_the_page_of_a_chain_costs_the_same_for_one_unit_and_for_many(world: World) -> None:
    root = letter(world, "minh", "LDLD", NOW)
    sent(world, "minh", root, "D1", NOW)
    client, address = enter(world, "lan"), reverse("chain", args=[root.pk, world.units["LDLD"]])
    few = queries_of(client, address)
    sent(world, "minh", root, "D2", NOW)
    assert queries_of(client, address) == few


def test_reminding_is_for_those_who_write_the_senders_books(world: World) -> None:
    root = letter(world, "minh", "LDLD", NOW)
    sent(world, "minh", root, "D1 D2", NOW)
    address = reverse("remind_chain", args=[root.pk, world.units["LDLD"]])
    said = text_of(enter(world, "minh").post(address, follow=True).content)
    assert "Đã nhắc 2 đơn vị: 2 chưa bấm “Đã nhận”. Mỗi đơn vị một tin, nhiều nhất một lần một ngày." in said
    assert enter(world, "lan").post(address).status_code == 404
    assert enter(world, "chi").post(address).status_code == 404


def test_a_registered_letter_is_sent_from_its_own_page(world: World) -> None:
    issue = letter(world, "minh", "LDLD", NOW)
    client, address = enter(world, "minh"), reverse("pass_issue", args=[issue.pk])
    assert client.get(address).status_code == 200
    answer = client.post(address, {"loai": "district_federation"})
    assert answer.headers["Location"] == reverse("chain", args=[issue.pk, world.units["LDLD"]])
    assert ChainRow.objects.count() == 3


def test_pages_without_their_person_are_not_there(world: World) -> None:
    root = three_levels(world)
    passing = Passing.objects.get(unit=world.units["D1"])
    assert passing.arrival_id
    for name, address in (
        ("chi", reverse("passing", args=[passing.pk])),
        ("binh", reverse("relay", args=[passing.arrival_id])),
        ("dung", reverse("pass_issue", args=[root.pk])),
        ("an", reverse("chain", args=[root.pk, world.units["D1"]])),
        ("minh", reverse("passing_file", args=[passing.pk])),
    ):
        assert enter(world, name).get(address).status_code == 404, address
    assert Client().get(reverse("passings", args=[world.units["D1"]])).status_code == 302


def test_what_waits_for_the_click_stands_in_the_work_of_its_unit(world: World) -> None:
    sent(world, "minh", letter(world, "minh", "LDLD", NOW), "D1", NOW)
    assert "Văn bản chỉ đạo chờ nhận" in text_of(enter(world, "dung").get(reverse("home")).content)
    assert "Văn bản chỉ đạo chờ nhận" not in text_of(enter(world, "binh").get(reverse("home")).content)
    enter(world, "dung").post(reverse("acknowledge_passing", args=[Passing.objects.get().pk]))
    assert "Văn bản chỉ đạo chờ nhận" not in text_of(enter(world, "dung").get(reverse("home")).content)


def test_the_chain_tells_who_has_a_plan_where_plans_are_kept(world: World) -> None:
    root = three_levels(world)
    address = reverse("chain", args=[root.pk, world.units["LDLD"]])
    assert "Kế hoạch" not in text_of(enter(world, "lan").get(address).content)
    shipped("ke-hoach")
    page = text_of(enter(world, "lan").get(address).content)
    assert "Đã có kế hoạch 0/4" in page
    assert "4 đơn vị trong cả nhánh" in text_of(enter(world, "lan").get(address, {"loc": "chua-ke-hoach"}).content)


def test_the_page_leads_to_who_was_not_sent_it_and_the_sender_alone(world: World) -> None:
    root = letter(world, "minh", "LDLD", NOW)
    sent(world, "minh", root, "D1", NOW)
    address, way = reverse("chain", args=[root.pk, world.units["LDLD"]]), reverse("pass_issue", args=[root.pk])
    page = enter(world, "minh").get(address).content
    assert "Gửi tới 1 đơn vị chưa được gửi" in text_of(page)
    assert f'href="{way}"' in page.decode()
    assert "chưa được gửi" not in text_of(enter(world, "lan").get(address).content)
    sent(world, "minh", root, "D2", NOW)
    assert "chưa được gửi" not in text_of(enter(world, "minh").get(address).content)


def test_a_replaced_directive_is_said_on_the_page_and_nobody_is_reminded_of_it(world: World) -> None:
    root = letter(world, "minh", "LDLD", NOW)
    sent(world, "minh", root, "D1 D2", NOW)
    new = arrive(world, "LDLD", who="minh", full_number="99/MOI", issued_on=date(2023, 4, 3)).directive_id
    assert new is not None
    assert root.directive_id is not None
    on, minh = date(2023, 4, 10), world.person("minh", NOW)
    made = link_papers(new, root.directive_id, LinkRole.REPLACES, from_day=on, by=minh, at=NOW)
    assert isinstance(made, DirectiveLink), made
    old = str(made.other)
    address = reverse("chain", args=[root.pk, world.units["LDLD"]])
    remind = reverse("remind_chain", args=[root.pk, world.units["LDLD"]])
    with day(datetime(2023, 4, 9, 3, tzinfo=UTC)):
        before = text_of(enter(world, "minh").get(address).content)
    assert f"Công văn 99/MOI ngày 03/04/2023 thay thế {old} từ ngày 10/04/2023." in before
    assert "Nhắc đơn vị trực thuộc" in before
    with day(datetime(2023, 4, 10, 3, tzinfo=UTC)):
        client = enter(world, "minh")
        assert "Nhắc đơn vị trực thuộc" not in text_of(client.get(address).content)
        told = text_of(client.post(remind, follow=True).content)
        assert f"{old} đã được thay thế từ ngày 10/04/2023: không nhắc nữa." in told
        lower = text_of(enter(world, "dung").get(reverse("chain", args=[root.pk, world.units["D1"]])).content)
        assert f"thay thế {old} từ ngày 10/04/2023." in lower


def test_a_unit_that_has_ended_owes_nothing_and_is_told_apart_by_its_last_name(world: World) -> None:
    root = three_levels(world)
    done = record_events([Absorbed(unit=world.units["G2"], day=date(2023, 4, 10), into=world.units["G1"])], by=SYSTEM, at=NOW)
    assert not done.problems
    address = reverse("chain", args=[root.pk, world.units["D1"]])
    with day(datetime(2023, 4, 9, 3, tzinfo=UTC)):
        assert "Đã bấm “Đã nhận” 1/2" in text_of(enter(world, "dung").get(address).content)
    with day(datetime(2023, 4, 10, 3, tzinfo=UTC)):
        dung = enter(world, "dung")
        page = text_of(dung.get(address).content)
        assert "Đã bấm “Đã nhận” 1/1" in page
        assert "Công đoàn cơ sở Hai Đơn vị đã kết thúc" in page
        assert "0 đơn vị trong cả nhánh" in text_of(dung.get(address, {"loc": "chua-nhan"}).content)
        ended = text_of(dung.get(address, {"loc": "da-ket-thuc"}).content)
        assert "1 đơn vị trong cả nhánh" in ended
        assert "Công đoàn cơ sở Hai Đơn vị đã kết thúc" in ended


def test_the_form_offers_only_those_who_were_not_sent_the_letter_and_goes_on_in_the_same_chain(world: World) -> None:
    root = three_levels(world)
    lower = Passing.objects.get(unit=world.units["G1"]).issue
    dung, address = enter(world, "dung"), reverse("pass_issue", args=[lower.pk])
    page = dung.get(address).content
    asked, (kind,) = text_of(page), re.findall(r'name="loai" value="([^"]+)"', page.decode())
    assert "2 đơn vị đã được gửi từ trước, không gửi lại." in asked
    assert "Không gửi Công đoàn cơ sở Ba" in asked
    assert "Không gửi Công đoàn cơ sở Một" not in asked
    done = dung.post(address, {"loai": kind})
    assert done.headers["Location"] == reverse("chain", args=[root.pk, world.units["D1"]])
    asked = dung.get(address).content
    assert "Mọi đơn vị trực thuộc đã được gửi công văn này." in text_of(asked)
    assert 'value="gui"' not in asked.decode()
