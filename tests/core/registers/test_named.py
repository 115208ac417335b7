"""What a register names in another is there: its kind of link, and that it leads here."""

from pathlib import Path

import pytest

from kheo.core.registers.loading import load_register
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.named import named_problems, naming_problems, namings

BOOKS = {file.stem: file.read_text(encoding="utf-8") for file in (Path(__file__).parents[3] / "campaigns" / "registers").glob("*.yaml")}
# By register, how it names another.
NAMED = {
    "kiem-tra": "all_done: {register_code: viec-khac-phuc, link: thuoc_luot}",
    "mo-hinh": "lacks: {link: gioi_thieu, from_register: tin-bai}",
}
FOLLOWED = "followed: {days: 30, link: gioi_thieu, from_register: tin-bai, found:"


def book(code: str, old: str = "", new: str = "") -> RegisterDefinition:
    """A book that comes with Khéo, with other words in one place."""
    assert old in BOOKS[code]
    found = load_register(BOOKS[code].replace(old, new, 1) if old else BOOKS[code], f"{code}.yaml")
    assert found.definition is not None, found.problems
    return found.definition


def test_what_the_books_that_come_with_kheo_name_in_one_another_is_there() -> None:
    books = {code: book(code) for code in BOOKS}
    named = {each.register_code for one in books.values() for each in namings(one)}
    assert named == {"tin-bai", "viec-khac-phuc"}
    assert named <= books.keys(), "an unknown one may be a register that is not kept here; of these every one is"
    assert [said for each in books.values() for said in naming_problems(each, books)] == []
    assert [said for each in books.values() for said in named_problems(each, books.values())] == []


@pytest.mark.parametrize(
    ("code", "old", "new", "said"),
    [
        ("kiem-tra", NAMED["kiem-tra"], NAMED["kiem-tra"].replace("thuoc_luot", "thuoc_luott"),
         "Ở thao tác dong (all_done): sổ “Việc phải khắc phục” không có loại liên kết “thuoc_luott”; có phải là “thuoc_luot”?"),
        ("kiem-tra", NAMED["kiem-tra"], NAMED["kiem-tra"].replace("viec-khac-phuc", "viec-khac-phucc"),
         "Ở thao tác dong (all_done): chưa có sổ “viec-khac-phucc”; có phải là “viec-khac-phuc”? Viết đúng thì công bố sổ ấy trước."),
        ("kiem-tra", NAMED["kiem-tra"], "all_done: {register_code: tin-bai, link: gioi_thieu}",
         "Ở thao tác dong (all_done): liên kết “gioi_thieu” của sổ “Tin bài” tới sổ “mo-hinh”, không tới “kiem-tra”."),
        ("mo-hinh", NAMED["mo-hinh"], NAMED["mo-hinh"].replace("gioi_thieu", "gioi_thieuu"),
         "Ở danh sách chua_gioi_thieu (lacks): sổ “Tin bài” không có loại liên kết “gioi_thieuu”;"
         " có phải là “gioi_thieu”?"),
        ("mo-hinh", FOLLOWED, FOLLOWED.replace("gioi_thieu", "gioi_thieuu"),
         "Ở số liệu gioi_thieu (followed): sổ “Tin bài” không có loại liên kết “gioi_thieuu”;"
         " có phải là “gioi_thieu”?"),
    ],
)  # fmt: skip
def test_a_slip_in_the_name_of_another_register_or_its_link_is_told(code: str, old: str, new: str, said: str) -> None:
    others = {each: book(each) for each in ("tin-bai", "viec-khac-phuc", "hien-ke")}
    assert list(naming_problems(book(code, old, new), others)) == [said]


def test_a_register_that_is_not_kept_is_no_fault() -> None:
    others = {code: book(code) for code in BOOKS if code not in ("tin-bai", "viec-khac-phuc")}
    assert [said for each in others.values() for said in naming_problems(each, others)] == []


def test_a_register_keeps_what_others_name_in_it() -> None:
    things = book("viec-khac-phuc", "{code: thuoc_luot, name: Sau lượt kiểm tra, back: Việc phải khắc phục, to: kiem-tra",
                  "{code: thuoc_luot, name: Sau lượt kiểm tra, back: Việc phải khắc phục, to: giam-sat")  # fmt: skip
    assert list(named_problems(things, [book("kiem-tra"), book("mo-hinh")])) == [
        "Sổ “Kiểm tra” nêu sổ này. Ở thao tác dong (all_done): liên kết “thuoc_luot” của sổ “Việc phải khắc phục”"
        " tới sổ “giam-sat”, không tới “kiem-tra”."
    ]
