"""What an entry's page tells of itself: in the words and measures of whoever reads it, and nothing twice."""

import re

from django.urls import reverse

from kheo.org.models import UnitBorder
from kheo.registers.actions import Line, Made, link_entries, write_line
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from tests.registers.books import POINT, WISH, recorded, shipped
from tests.registers.entries import done, made
from tests.web.visits import enter, text_of
from tests.world import OPENING, World, later


def page_of(world: World, who: str, entry: Entry) -> str:
    answer = enter(world, who).get(reverse("entry", args=[entry.pk]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_money_is_told_in_dong(world: World) -> None:
    entry = recorded(shipped("diem-o-nhiem"), world, {**POINT, "kinh_phi": 1_850_000})
    assert "Kinh phí (đồng) 1.850.000" in text_of(page_of(world, "an", entry).encode())


def test_the_button_that_stands_out_is_never_one_that_ends_something(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later())
    offered = page_of(world, "binh", entry).partition("next-step")[2].partition("</section>")[0]
    buttons = re.findall(r'class="button([a-z ]*)"[^>]*>([^<]+)<', offered)
    assert [(kind.strip(), words.rstrip("…")) for kind, words in buttons] == [
        ("", "Duyệt"),
        ("secondary", "Hỏi lại"),
        ("secondary", "Gia hạn"),
        ("secondary", "Giao"),
        ("danger", "Không duyệt"),
    ]


def test_what_a_step_asks_is_no_gap_of_the_entry(world: World, small_book: Book) -> None:
    told = text_of(page_of(world, "an", made(small_book, world)).encode())
    gaps = told.partition("Chưa điền: ")[2].partition(".")[0].split(", ")
    assert ("Vị trí" in gaps, "Kết quả" in gaps) == (True, False)


def test_the_name_of_an_entry_is_told_once(world: World, small_book: Book) -> None:
    page = page_of(world, "an", made(small_book, world, ten="Vườn rau mái nhà"))
    assert page.partition("<main")[2].count("Vườn rau mái nhà") == 1


def test_the_story_names_the_line_and_the_link(world: World, small_book: Book) -> None:
    ours, theirs = made(small_book, world), made(small_book, world, "chi", "G4")
    enter(world, "an").post(reverse("add_line", args=[ours.pk, "chi"]), {"amount_vnd": "2.000.000", "source": "NS"})
    link_entries(ours.pk, "hoc_theo", theirs.code, on=later().date(), by=world.person("an", later()), at=later())
    told = text_of(page_of(world, "an", ours).encode())
    assert "Ghi dòng: Khoản chi Nguyễn Thị An" in told
    assert f"Ghi liên kết: Học theo: {theirs.code} Nguyễn Thị An" in told


def test_links_that_are_not_there_yet_stand_in_one_place(world: World) -> None:
    told = text_of(page_of(world, "an", recorded(shipped("diem-o-nhiem"), world, POINT)).encode())
    assert "Nối với hồ sơ khác Tái phát sau đợt… Trùng với…" in told
    assert "Chưa có." not in told


def test_where_nothing_can_be_done_any_more_nobody_is_waited_for(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "huy", world.person("hoa"), later(), reason="Ghi nhầm")
    told = text_of(page_of(world, "an", entry).encode())
    assert "Không còn bước nào nữa" in told
    assert "Đang chờ" not in told


def test_what_spreads_is_reached_from_its_list_and_its_board(world: World, small_book: Book) -> None:
    made(small_book, world)
    for name in ("entries", "entries_board"):
        page = enter(world, "an").get(reverse(name, args=["so-nho"])).content.decode()
        assert f'href="{reverse("entries_spread", args=["so-nho"])}"' in page, name


def test_a_place_is_told_by_the_border_it_is_in_and_leads_to_the_map_around_it(world: World, small_book: Book) -> None:
    entry = made(small_book, world, vi_tri=(10_776_889, 106_700_806))
    around = f"{reverse('entries_map', args=['so-nho'])}?gan={entry.pk}"
    page = page_of(world, "an", entry)
    assert f'href="{around}"' in page
    assert "10.776889, 106.700806" in page
    assert 'class="where"' not in page  # no border is known there: there would be nothing to see
    bordered(world, "G1", 106_690_000, 10_770_000, 106_710_000, 10_780_000)
    page = page_of(world, "an", entry)
    assert "Trong ranh giới Công đoàn cơ sở Một." in text_of(page.encode())
    assert 'aria-label="Bản đồ nhỏ: vị trí trong ranh giới Công đoàn cơ sở Một"' in page
    shown = enter(world, "an").get(around).content.decode()
    south, west, north, east = (int(each) for each in re.findall(r'data-box="([^"]+)"', shown)[0].split(","))
    assert (south < 10_776_889 < north, west < 106_700_806 < east, north - south < 20_000) == (True, True, True)
    assert enter(world, "chi").get(around).status_code == 404


def bordered(world: World, unit: str, west: int, south: int, east: int, north: int) -> None:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    sides = {"west": west, "south": south, "east": east, "north": north}
    UnitBorder.objects.create(unit_id=world.units[unit], polygons=[[ring]], recorded_at=OPENING, **sides)


def test_an_extension_says_what_it_gives_and_is_not_offered_where_there_is_none(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later())
    address = reverse("act_on_entry", args=[entry.pk, "gia_han"])
    told = text_of(enter(world, "binh").get(address).content)
    assert "Trả lời: hạn 07/04/2023 → thứ Sáu 14/04/2023. Mỗi thời hạn chỉ gia hạn một lần." in told
    assert address in page_of(world, "binh", entry)
    done(entry, "gia_han", world.person("binh"), later(1), reason="Chờ văn bản.")
    assert address not in page_of(world, "binh", entry)
    assert "Thời hạn này không gia hạn được nữa" in text_of(enter(world, "binh").get(address).content)


def test_a_wrong_line_says_so_at_its_field_and_a_right_one_may_be_followed_by_another(world: World, small_book: Book) -> None:
    address = reverse("add_line", args=[made(small_book, world).pk, "chi"])
    refused = enter(world, "an").post(address, {"amount_vnd": "hai triệu"}).content.decode()
    assert 'name="amount_vnd" aria-invalid="true" aria-describedby="p-amount_vnd"' in refused
    assert 'id="p-amount_vnd"' in refused
    assert enter(world, "an").post(address, {"amount_vnd": "2", "source": "NS", "tiep": "1"}).headers["Location"] == address


def test_the_form_of_a_link_says_where_its_code_is_found(world: World, small_book: Book) -> None:
    page = enter(world, "an").get(reverse("add_link", args=[made(small_book, world).pk, "hoc_theo"])).content.decode()
    assert "ví dụ SN-2023-0001" in page
    assert f'href="{reverse("entries", args=["so-nho"])}">Sổ nhỏ</a>' in page


def test_a_form_that_came_too_late_says_where_it_differs(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    address = reverse("edit_entry", args=[entry.pk])
    enter(world, "hoa").post(address, {"version": 1, "ten": "Tên của Hoa", "so_nguoi": "40", "loai": "CT", "linh_vuc": "KT"})
    answer = enter(world, "an").post(address, {"version": 1, "ten": "Tên của An", "so_nguoi": "40", "loai": "CT", "linh_vuc": "KT"})
    assert answer.status_code == 409
    assert "Khác với bản đang lưu ở: Tên ; cạnh mỗi ô ấy ghi bản đang lưu." in text_of(answer.content)
    assert 'href="#o-ten"' in answer.content.decode()


def test_where_single_entries_are_veiled_no_page_says_that_there_are_none(world: World) -> None:
    book = shipped("don-thu")
    recorded(book, world, {"loai": next(iter(book.options.names["kinds"])), "ngay_nhan": "2023-04-01"})
    books = text_of(enter(world, "kien").get(reverse("registers")).content)
    listed = text_of(enter(world, "kien").get(reverse("entries", args=["don-thu"])).content)
    assert ("Chưa có đơn nào" in books, "Từng đơn chỉ đơn vị ghi xem được." in books) == (False, True)
    assert ("Sổ chưa có đơn nào" in listed, "Sổ này được che" in listed) == (False, True)


def test_of_very_many_lines_the_latest_stand_open_and_none_is_lost(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    for number in range(45):
        line = Line("chi", OPENING.date(), source="NS", amount_vnd=1_000 + number)
        assert isinstance(write_line(entry.pk, line, by=world.person("an"), at=OPENING), Made)
    page = page_of(world, "an", entry)
    folded, _, shown = page.partition("25 dòng trước đó")[2].partition("</details>")
    assert (folded.count("Bỏ dòng ngày"), shown.count("Bỏ dòng ngày")) == (25, 20)
    assert "1.044" in shown
    assert "Số tiền: 45.990 đồng" in text_of(page.encode())


def test_cards_name_no_unit_to_whoever_reads_one_alone(world: World, small_book: Book) -> None:
    made(small_book, world)
    address = reverse("entries_board", args=["so-nho"])
    cards = {who: enter(world, who).get(address).content.decode().partition("entry-board")[2] for who in ("an", "binh")}
    assert ("Công đoàn cơ sở Một" in cards["an"], "Công đoàn cơ sở Một" in cards["binh"]) == (False, True)


def test_who_may_not_judge_their_own_work_is_told_that_another_does(world: World) -> None:
    entry = recorded(shipped("phan-anh"), world, WISH)
    entry = done(entry, "giao", world.person("hoa"), later(), handler=world.units["G1"])
    enter(world, "hoa").post(
        reverse("act_on_entry", args=[entry.pk, "tra_loi"]), {"version": entry.version, "chuc_vu_ky": "Chủ tịch", "reply": "Đã thay bóng."}
    )
    told = text_of(page_of(world, "hoa", entry).encode())
    assert "“Ghi người gửi hài lòng”, “Ghi người gửi chưa hài lòng”: cần một người khác" in told
    assert "Đơn vị ghi (khi tới hạn): Ghi người gửi hài lòng, Ghi người gửi chưa hài lòng, Đóng, không có ý kiến" in told
    assert "cần một người khác" not in text_of(page_of(world, "an", entry).encode())
