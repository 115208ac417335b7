"""Another edition of a register takes nothing away that its entries rest on."""

import pytest

from kheo.journal.actions import SYSTEM
from kheo.registers.actions import publish_register
from kheo.registers.models import Register, RegisterEdition
from kheo.registers.queries.definitions import Book
from tests.registers.conftest import SMALL_REGISTER
from tests.web.registers.test_queue_and_board import WALLED
from tests.world import World, later

SMALL = SMALL_REGISTER.read_text(encoding="utf-8")


def refused(text: str) -> list[str]:
    """Why an edition was not published; nothing was."""
    before = RegisterEdition.objects.count()
    published = publish_register(text, "so.yaml", by=SYSTEM, at=later(1))
    assert published.edition is None
    assert RegisterEdition.objects.count() == before
    return [each.message for each in published.problems]


def test_no_two_registers_give_out_the_same_codes(small_book: Book) -> None:
    other = SMALL.replace("so-nho", "so-hai")
    assert refused(other) == ["Chữ đầu của mã hồ sơ, SN, đã là của sổ “Sổ nhỏ”; hãy đặt chữ khác."]
    assert not Register.objects.filter(code="so-hai").exists()
    assert publish_register(other.replace("prefix: SN", "prefix: SH"), "so.yaml", by=SYSTEM, at=later(1)).edition is not None


def test_one_concept_is_of_one_unit_in_all_registers(small_book: Book) -> None:
    people = "label: Số người, type: integer, column: people_count, at_most: 100000"
    first = SMALL.replace(people, f"{people}, unit: người, concept: nguoi_du")
    assert publish_register(first, "so.yaml", by=SYSTEM, at=later(1)).edition is not None
    other = first.replace("so-nho", "so-hai").replace("prefix: SN", "prefix: SH")
    (told,) = refused(other.replace("unit: người", "unit: lượt"))
    assert told.startswith(
        "Khái niệm “nguoi_du” ở sổ “Sổ nhỏ” là integer, tính bằng người, ở trường “so_nguoi” là integer, tính bằng lượt:"
    )
    assert publish_register(other, "so.yaml", by=SYSTEM, at=later(2)).edition is not None


NAMING = """ready:
  - {{code: chua_noi, name: Chưa nối, states: [nhap], lacks: {{link: {link}, from_register: {code}}}}}
"""


def test_what_one_register_names_in_another_is_there_whichever_is_published_first(small_book: Book) -> None:
    other = SMALL.replace("so-nho", "so-hai").replace("prefix: SN", "prefix: SH").replace("to: so-hai", "to: so-nho")
    assert refused(SMALL + NAMING.format(link="hoc_theo", code="so-nhoo")) == [
        "Ở danh sách chua_noi (lacks): chưa có sổ “so-nhoo”; có phải là “so-nho”? Viết đúng thì công bố sổ ấy trước."
    ]
    assert publish_register(SMALL + NAMING.format(link="noi_toi", code="so-hai"), "so.yaml", by=SYSTEM, at=later(1)).problems == ()
    (told,) = refused(other)
    assert told.startswith("Sổ “Sổ nhỏ” nêu sổ này. Ở danh sách chua_noi (lacks): sổ “Sổ nhỏ” không có loại liên kết “noi_toi”")
    other = other.replace("{code: hoc_theo, name: Học theo", "{code: noi_toi, name: Nối tới")
    assert publish_register(other, "so.yaml", by=SYSTEM, at=later(2)).problems == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  - {key: co_anh, label: Có ảnh, type: yes_no}\n", "", "Trường “co_anh” đã dùng thì không bỏ được; hãy đặt status: retired."),
        ("label: Có ảnh, type: yes_no", "label: Có ảnh, type: text", "Trường “co_anh” đã dùng thì không đổi kiểu, cột hay danh mục"),
        ("decimals: 2", "decimals: 1", "Trường “dien_tich” đã dùng thì không đổi kiểu, cột hay danh mục"),
        ("type: choices, options: sources", "type: choices, options: kinds", "Trường “dip” đã dùng thì không đổi kiểu, cột hay danh mục"),
        ("khong_dat, name: Không đạt, meaning: done_bad", "khong_dat, name: Không đạt, meaning: void",
         "Trạng thái “khong_dat” đã dùng thì không đổi ý nghĩa (meaning)."),
        ("khong_dat", "bi_loai", "Trạng thái “khong_dat” đã dùng thì không bỏ được."),
        ("    - {code: XHH, name: Xã hội hóa}\n", "", "Danh mục “sources” không bỏ được mục đã dùng: XHH."),
        ("{code: chi, name: Khoản chi", "{code: chi_tieu, name: Khoản chi", "Loại dòng “chi” đã dùng thì không bỏ được."),
        ("Khoản chi, sources: sources,", "Khoản chi,",
         "Loại dòng “chi” đã dùng thì không bỏ, không đổi danh mục (sources): sources; hãy thêm loại dòng mới."),
        ("Khoản chi, sources: sources,", "Khoản chi, sources: kinds,",
         "Loại dòng “chi” đã dùng thì không bỏ, không đổi danh mục (sources): sources; hãy thêm loại dòng mới."),
        ("sources: sources, amount: Số tiền", "sources: sources, text: Nội dung",
         "Loại dòng “chi” đã dùng thì không bỏ cột “Số tiền” (amount); hãy thêm loại dòng mới."),
        ("{code: hoc_theo, name: Học theo", "{code: theo, name: Học theo", "Loại liên kết “hoc_theo” đã dùng thì không bỏ được."),
        ("  - {role: giay, name: Giấy tờ, takes: pdf, at_most: 1}\n", "", "Loại ảnh, tệp “giay” đã dùng thì không bỏ được."),
        ("prefix: SN", "prefix: SX", "Chữ đầu của mã hồ sơ không đổi được: SN."),
    ],
)  # fmt: skip
def test_what_entries_rest_on_is_not_taken_from_them(small_book: Book, old: str, new: str, said: str) -> None:
    assert old in SMALL
    (told,) = refused(SMALL.replace(old, new))
    assert told.startswith(said)


def test_kinds_of_lines_that_are_told_by_are_not_taken_from_lines_and_may_be_asked_anew(small_book: Book) -> None:
    """Help by kind and source: a line of a kind that no list knows any more would be counted, and told by its code alone."""
    kinds = SMALL.replace("Khoản chi, sources: sources, amount: Số tiền", "Khoản chi, kinds: kinds, sources: sources, amount: Kinh phí")
    assert publish_register(kinds, "so-nho.yaml", by=SYSTEM, at=later(1)).problems == ()
    taken = kinds.replace("kinds: kinds, ", "").replace(", amount: Kinh phí", "")
    assert refused(taken) == [
        "Loại dòng “chi” đã dùng thì không bỏ, không đổi danh mục (kinds): kinds; hãy thêm loại dòng mới.",
        "Loại dòng “chi” đã dùng thì không bỏ cột “Kinh phí” (amount); hãy thêm loại dòng mới.",
    ]


def test_a_kind_of_links_that_is_used_leads_to_the_same_register_for_ever(small_book: Book) -> None:
    """Elsewhere every link that stands would be a wrong one, and could be neither checked nor opened."""
    other = SMALL.replace("so-nho", "so-hai").replace("prefix: SN", "prefix: SH")
    assert publish_register(other, "so-hai.yaml", by=SYSTEM, at=later(1)).problems == ()
    to = "to: so-nho, other_unit"
    assert SMALL.count(to) == 1
    assert refused(SMALL.replace(to, "to: so-hai, other_unit")) == [
        "Loại liên kết “hoc_theo” đã dùng thì không đổi sổ nối tới (to): so-nho; hãy thêm loại liên kết mới."
    ]


def test_a_register_once_behind_the_wall_stays_there(world: World) -> None:
    assert publish_register(WALLED, "so-che.yaml", by=SYSTEM, at=later()).problems == ()
    assert refused(WALLED.replace("walled: true\n", "")) == ["Sổ đã được che thì không bỏ che."]


def test_an_edition_of_before_does_not_come_back(small_book: Book) -> None:
    assert publish_register(SMALL.replace("label: Có ảnh", "label: Đã có ảnh"), "so.yaml", by=SYSTEM, at=later()).is_new
    assert refused(SMALL) == ["Bản này đã có trước đây; sổ không quay lại bản cũ."]
