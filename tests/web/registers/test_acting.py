"""An entry's page and the acts on it: what is offered, what is asked, what is told."""

from typing import Any

import pytest
from django.urls import reverse

from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.actions import appoint
from kheo.registers.actions import Made, link_entries, publish_register
from kheo.registers.models import Entry, EntryLine, EntryLink
from kheo.registers.queries.definitions import Book, book
from tests.registers.books import WISH, did, recorded, shipped
from tests.registers.entries import done, made, put
from tests.registers.test_places import cleared
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import FILES, FIRST_DAY, OPENING, World, later


def see(world: World, who: str, entry: Entry) -> str:
    answer = enter(world, who).get(reverse("entry", args=[entry.pk]))
    assert answer.status_code == 200
    return text_of(answer.content)


def act(world: World, who: str, entry: Entry, code: str, **sent: object) -> Any:
    entry.refresh_from_db()
    return enter(world, who).post(reverse("act_on_entry", args=[entry.pk, code]), {"version": entry.version, **sent})


def test_the_page_offers_what_this_person_may_do_now(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    assert "Anh/chị làm gì bây giờ? Gửi" in see(world, "an", entry)
    assert "Hủy…" in see(world, "hoa", entry)
    assert "Hủy…" not in see(world, "an", entry)
    assert "Đang chờ Đơn vị ghi : Gửi" in see(world, "binh", entry).replace("ghi:", "ghi :")


def test_what_is_missing_for_the_next_step_is_said_before_it_is_pressed(world: World, small_book: Book) -> None:
    entry = made(small_book, world, loai="MH")
    page = enter(world, "an").get(reverse("entry", args=[entry.pk])).content.decode()
    assert "Để “Gửi” còn thiếu: Cách làm." in text_of(page.encode())
    assert 'action="/so/ho-so' not in page  # nothing to press that would be refused


def test_a_plain_act_is_one_press(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    answer = act(world, "an", entry, "gui")
    assert answer.status_code == 302
    entry.refresh_from_db()
    assert entry.state == "da_gui"
    page = see(world, "an", entry)
    assert "Gửi → Đã gửi Nguyễn Thị An" in page
    assert "Thời hạn Trả lời: Còn 5 ngày làm việc, hạn" in page


def test_an_act_says_which_of_its_questions_the_next_state_cannot_do_without(world: World) -> None:
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
    text = text.replace("name: Gửi, states: [nhap], to: da_gui,", "name: Gửi, states: [nhap], to: da_gui, asks: [linh_vuc, so_nguoi],")
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book("so-nho")
    assert found is not None
    page = enter(world, "an").get(reverse("act_on_entry", args=[made(found, world).pk, "gui"])).content.decode()
    assert text_of(page.encode()).count("(bắt buộc)") == 1
    assert 'Lĩnh vực <span class="need">(bắt buộc)</span>' in page


def test_a_reason_is_asked_and_what_was_typed_stays_when_it_is_refused(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later())
    answer = act(world, "binh", entry, "hoi_lai", reason="  ", on="01/01/2023")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Cần ghi lý do." in page
    assert 'href="#o-reason"' in page
    assert 'href="#o-on"' in page
    assert 'value="01/01/2023"' in page
    assert act(world, "binh", entry, "hoi_lai", reason="Thiếu ảnh").status_code == 302
    page = see(world, "an", entry)
    assert "Hỏi lại → Chờ bổ sung Lê Văn Bình Thiếu ảnh" in page
    assert "Tạm dừng từ 02/04/2023, khi đếm lại còn 5 ngày làm việc" in page


def test_what_cannot_be_read_is_told_with_what_else_is_wrong(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later())
    answer = act(world, "binh", entry, "duyet", ket_qua="mười", on="30/02/2023", reason="Tốt")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert {part.split('"')[0] for part in page.split('<a href="#o-')[1:]} == {"ket_qua", "on"}
    assert "Thao tác này không ghi lý do." in page  # told, though the page of this act has no such box to lead to
    assert "Chưa điền “Kết quả”" not in page
    assert 'value="mười"' in page
    entry.refresh_from_db()
    assert entry.state == "da_gui"


def test_a_unit_that_cannot_take_it_is_told_with_what_else_is_wrong(world: World, small_book: Book) -> None:
    """Of an effect: it is asked only when nothing is wrong at its own place."""
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
    text = text.replace("assigns: true}", "assigns: true, effect: transfer, reason: required}")
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=later(days=1)).problems == ()
    found = book("so-nho")
    assert found is not None
    entry = done(made(found, world), "gui", world.person("an"), later(days=1))
    page = act(world, "binh", entry, "giao", handler=world.units["G1"]).content.decode()
    assert "Cần ghi lý do." in page
    assert "Đơn vị này đang giữ hồ sơ; hãy chọn đơn vị khác." in page


def test_fields_that_an_act_asks_are_asked_with_it(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later())
    form = enter(world, "binh").get(reverse("act_on_entry", args=[entry.pk, "duyet"])).content.decode()
    assert 'name="ket_qua"' in form
    assert 'name="reason"' not in form
    refused = act(world, "binh", entry, "duyet", ket_qua="nhiều")
    assert refused.status_code == 409
    assert 'value="nhiều"' in refused.content.decode()
    assert act(world, "binh", entry, "duyet", ket_qua="12").status_code == 302
    assert "Kết quả: 12" in see(world, "an", entry)


def test_an_act_of_others_is_not_there_and_one_that_is_over_is_told(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    assert act(world, "an", entry, "huy", reason="x").status_code == 404
    assert act(world, "an", entry, "khong_co").status_code == 404
    done(entry, "gui", world.person("an"), later())
    client = enter(world, "an")
    answer = client.post(reverse("act_on_entry", args=[entry.pk, "gui"]), {"version": 1}, follow=True)
    assert "Bây giờ không “Gửi” được nữa" in text_of(answer.content)
    entry.refresh_from_db()
    assert entry.state == "da_gui"


def test_an_entry_that_changed_meanwhile_is_not_acted_on_blindly(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    answer = enter(world, "an").post(reverse("act_on_entry", args=[entry.pk, "gui"]), {"version": 7})
    assert answer.status_code == 409
    assert "Hồ sơ đã thay đổi từ khi anh/chị mở trang này" in text_of(answer.content)
    entry.refresh_from_db()
    assert entry.state == "nhap"


def test_a_unit_is_chosen_where_an_act_gives_the_entry_away(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later())
    assert act(world, "binh", entry, "giao").status_code == 409
    assert act(world, "binh", entry, "giao", handler=world.units["G2"]).status_code == 302
    page = see(world, "binh", entry)
    assert "giao Công đoàn cơ sở Hai" in page
    assert "Giao cho Công đoàn cơ sở Hai" in page


def test_lines_are_added_and_taken_back(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    address = reverse("add_line", args=[entry.pk, "chi"])
    refused = enter(world, "an").post(address, {"amount_vnd": "hai triệu", "on": "01/13/2023"})
    assert refused.status_code == 409
    assert 'value="hai triệu"' in refused.content.decode()
    assert enter(world, "binh").get(address).status_code == 404
    assert enter(world, "an").post(address, {"amount_vnd": "2.000.000", "source": "NS"}).status_code == 302
    assert "Khoản chi Ngày Nguồn Số tiền (đồng) Bỏ 02/04/2023 Ngân sách 2.000.000" in see(world, "an", entry)
    assert "Số tiền: 2.000.000 đồng" in see(world, "binh", entry)
    line = EntryLine.objects.get()
    back = reverse("take_line_back", args=[entry.pk, line.number])
    assert enter(world, "binh").post(back, {"seen": line.known_from.isoformat()}).status_code == 404
    enter(world, "an").post(back, {"seen": line.known_from.isoformat()})
    assert not EntryLine.objects.filter(known_to__isnull=True).exists()


def test_a_link_is_made_by_code_and_verified_by_another(world: World, small_book: Book) -> None:
    ours, theirs = made(small_book, world, ten="Học được"), made(small_book, world, "chi", "G4", ten="Làm trước")
    address = reverse("add_link", args=[ours.pk, "hoc_theo"])
    refused = enter(world, "an").post(address, {"code": "SN-2099-0001"})
    assert refused.status_code == 409
    assert 'value="SN-2099-0001"' in refused.content.decode()
    assert enter(world, "an").post(address, {"code": theirs.code.lower()}).status_code == 302
    page = see(world, "an", ours)
    assert f"Học theo Hồ sơ {theirs.code}" in page
    assert "Làm trước" not in page
    assert "Được học theo Hồ sơ SN-2023-0001" in see(world, "chi", theirs)
    link = EntryLink.objects.get()
    assert enter(world, "an").post(reverse("verify_link", args=[theirs.pk, link.pk])).status_code == 404
    for name in ("verify_link", "drop_link"):  # who reads it and has no part in it
        assert enter(world, "dung").post(reverse(name, args=[ours.pk, link.pk])).status_code == 404
    enter(world, "binh").post(reverse("verify_link", args=[ours.pk, link.pk]))
    assert "đã xác minh 02/04/2023" in see(world, "binh", ours)
    assert "Làm trước" in see(world, "lan", ours)
    gone = reverse("drop_link", args=[ours.pk, EntryLink.objects.get(known_to__isnull=True).pk])
    assert f"Lý do bỏ liên kết với {theirs.code}" in enter(world, "an").get(reverse("entry", args=[ours.pk])).content.decode()
    assert "cần ghi lý do bỏ" in text_of(enter(world, "an").post(gone, follow=True).content)
    enter(world, "an").post(gone, {"reason": "Nhầm nơi"})
    assert "Nhầm nơi" in see(world, "an", ours)
    assert not EntryLink.objects.filter(known_to__isnull=True).exists()


def test_the_page_costs_the_same_queries_however_much_stands_beside_it(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later())
    client, address = enter(world, "binh"), reverse("entry", args=[entry.pk])
    others = [made(small_book, world, "chi", "G4", ten=f"Việc {number}") for number in range(3)]
    link_entries(entry.pk, "hoc_theo", others[0].code, on=later().date(), by=world.person("an"), at=later())
    few = queries_of(client, address)
    for other in others[1:]:
        linked = link_entries(entry.pk, "hoc_theo", other.code, on=later().date(), by=world.person("an"), at=later())
        assert isinstance(linked, Made)
    assert queries_of(client, address) == few
    assert few <= 34


@pytest.mark.parametrize("who", ["chi", "quan", "phuc"])
def test_not_yours_is_not_there(world: World, small_book: Book, who: str) -> None:
    entry = made(small_book, world)
    absent = enter(world, who).get(reverse("entry", args=[987_654_321]))
    answer = enter(world, who).get(reverse("entry", args=[entry.pk]))
    assert (answer.status_code, answer.content) == (404, absent.content)


def test_who_acted_from_another_unit_is_told_what_came_of_it_though_the_entry_is_theirs_no_more(world: World, small_book: Book) -> None:
    appoint(world.users["chi"], world.units["G2"], Role.HEAD, on=FIRST_DAY, by=SYSTEM, at=OPENING)  # under the same district
    entry, chi = done(made(small_book, world), "gui", world.person("an"), later()), enter(world, "chi")
    entry.refresh_from_db()
    answer = chi.post(reverse("act_on_entry", args=[entry.pk, "duyet"]), {"version": entry.version, "ket_qua": "12"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("registers"))
    assert f"Duyệt: {entry.code} đang ở “Đã xong”." in text_of(chi.get(answer["Location"]).content)
    assert chi.get(reverse("entry", args=[entry.pk])).status_code == 404


def test_what_its_time_has_not_come_for_is_said_with_the_day_and_not_offered(world: World) -> None:
    """A point is stable once every recheck is done, and a recheck is not done before its time."""
    entry = cleared(shipped("diem-o-nhiem"), world)
    entry = did(entry, "kiem_lai", world.person("binh"), later(days=39))
    conclude, again = (reverse("act_on_entry", args=[entry.pk, code]) for code in ("on_dinh", "kiem_lai"))
    with day(later(days=40)):
        visitor = enter(world, "binh")
        page = visitor.get(reverse("entry", args=[entry.pk])).content.decode()
        assert "“Kết luận ổn định”: Còn lần “Kiểm lại” chưa làm, hạn 10/07/2023." in text_of(page.encode())
        assert "“Kiểm lại: vẫn sạch”: Chưa tới lần “Kiểm lại”: sớm nhất 03/07/2023." in text_of(page.encode())
        assert (conclude in page, again in page) == (False, False)
        assert visitor.post(conclude, {"version": entry.version}).status_code == 409
    for days in (100, 191):
        entry = did(entry, "kiem_lai", world.person("binh"), later(days=days))
    with day(later(days=200)):
        page = enter(world, "binh").get(reverse("entry", args=[entry.pk])).content.decode()
    assert (conclude in page, again in page, "đã làm đủ" in page) == (True, False, True)


def held_by_g1(petitions: Book, world: World, state: str) -> Entry:
    """A petition that G1 was given, as if it stood in a state."""
    entry = did(recorded(petitions, world, WISH), "giao", world.person("an"), later(1), handler=world.units["G1"])
    put(entry, petitions.definition, state)
    return entry


def test_the_page_of_an_escalation_names_the_unit_above_and_lets_nobody_choose(world: World) -> None:
    """Whatever unit is sent with it is not read."""
    petitions = shipped("phan-anh")
    entry = held_by_g1(petitions, world, "da_tra_loi_lai")
    address = reverse("act_on_entry", args=[entry.pk, "len_cap_tren"])
    page = enter(world, "an").get(address).content.decode()
    assert "Hồ sơ lên Liên đoàn Lao động Quận 1" in text_of(page.encode())
    assert 'name="handler"' not in page
    assert act(world, "an", entry, "len_cap_tren", reason="Vẫn tắt", handler=world.units["G1"]).status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.handler_id) == ("len_cap_tren", world.units["D1"])


def test_a_unions_head_transfers_from_the_page_and_a_strangers_unit_is_refused_at_its_field(world: World) -> None:
    petitions = shipped("phan-anh")
    entry = held_by_g1(petitions, world, "dang_giai_quyet")
    page = enter(world, "hoa").get(reverse("act_on_entry", args=[entry.pk, "chuyen"])).content.decode()
    offered = [code for code, unit in world.units.items() if f'<option value="{unit}"' in page]
    assert sorted(offered) == ["D1", "G2", "G3"]
    refused = act(world, "hoa", entry, "chuyen", reason="Việc của họ", handler=world.units["G4"])
    assert refused.status_code == 409
    assert 'href="#o-handler"' in refused.content.decode()
    assert "Công đoàn cơ sở Bốn không phải." in text_of(refused.content)
    assert act(world, "hoa", entry, "chuyen", reason="Việc của họ", handler=world.units["G2"]).status_code == 302


def test_many_units_are_looked_through_by_name_and_chosen_without_a_script(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kheo.web.registers.handing.FEW", 2)
    petitions = shipped("phan-anh")
    entry = held_by_g1(petitions, world, "dang_giai_quyet")
    page = enter(world, "hoa").get(reverse("act_on_entry", args=[entry.pk, "chuyen"])).content.decode()
    assert 'type="search"' in page
    assert page.count('<input id="giao-') == page.count('type="radio" name="handler"') == 3
    assert act(world, "hoa", entry, "chuyen", reason="Việc của họ", handler=world.units["G2"]).status_code == 302
