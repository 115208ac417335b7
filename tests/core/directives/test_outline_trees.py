"""The outline as a tree: what stands below what, annexes with what is in them, and each item's place in the paper."""

from pathlib import Path

import pytest

from tests.core.directives.papers import answer, directive, pairs
from tests.core.directives.test_outlines import FOOT, HEAD


def tree(text: str) -> list[str]:
    """Each item as `kind number heading`, two blanks in for each item above it."""
    rows = answer(text)["outline"]
    depths: list[int] = []
    for row in rows:
        depths.append(0 if row["parent"] is None else depths[row["parent"]] + 1)
    return [f"{'  ' * depth}{row['kind']} {row['number']} {row['heading']}".rstrip() for depth, row in zip(depths, rows, strict=True)]


def paper(body: str, annex: str = "") -> str:
    return f"{HEAD}\n\nSở Nội vụ đề nghị:\n\n{body}\n\n{FOOT}\n{annex}"


@pytest.mark.parametrize(
    ("group", "numbers"), [("roman", ("I.", "II.")), ("capital", ("A.", "B.")), ("chapter", ("Chương I.", "Chương II."))]
)
def test_articles_stand_below_what_groups_them_and_are_numbered_on(group: str, numbers: tuple[str, str]) -> None:
    body = f"{numbers[0]} QUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Một.\n2. Hai.\nĐiều 2. Đối tượng\n{numbers[1]} THI HÀNH\nĐiều 3. Hiệu lực"
    first, second = (number.removeprefix("Chương ").rstrip(".") for number in numbers)
    assert tree(paper(body)) == [
        f"{group} {first} QUY ĐỊNH CHUNG",
        "  article 1 Phạm vi",
        "    number 1 Một.",
        "    number 2 Hai.",
        "  article 2 Đối tượng",
        f"{group} {second} THI HÀNH",
        "  article 3 Hiệu lực",
    ]


def test_roman_numbers_of_a_plan_that_an_article_puts_in_force_stand_below_it() -> None:
    body = "Điều 1. Ban hành Kế hoạch:\nI. MỤC TIÊU\n1. Một.\nII. NỘI DUNG\nĐiều 2. Hiệu lực."
    assert tree(paper(body)) == [
        "article 1 Ban hành Kế hoạch:",
        "  roman I MỤC TIÊU",
        "    number 1 Một.",
        "  roman II NỘI DUNG",
        "article 2 Hiệu lực.",
    ]


ANNEXES = (
    "Phụ lục I\nĐỀ CƯƠNG BÁO CÁO\n(Kèm theo Công văn số 12/SNV-TĐKT)\n\nI. KẾT QUẢ\n1. Một.\n2. Hai.\nII. KIẾN NGHỊ\n\n"
    "PHỤ LỤC II: BIỂU SỐ LIỆU\n\n1. Số xã.\n"
)


def test_annexes_after_the_foot_begin_anew_and_hold_what_is_in_them() -> None:
    told = answer(paper("1. Báo cáo.\n2. Đề xuất.\n3. Họp.", ANNEXES))
    assert tree(paper("1. Báo cáo.\n2. Đề xuất.\n3. Họp.", ANNEXES))[3:] == [
        "annex I ĐỀ CƯƠNG BÁO CÁO",
        "  roman I KẾT QUẢ",
        "    number 1 Một.",
        "    number 2 Hai.",
        "  roman II KIẾN NGHỊ",
        "annex II BIỂU SỐ LIỆU",
        "  number 1 Số xã.",
    ]
    assert told["top_level_items"] == 3  # those of the body


def test_an_annex_before_the_foot_is_no_part_of_the_body_s_highest_level() -> None:
    body = "1. Báo cáo.\n2. Đề xuất.\n\nPhụ lục 1\nMẪU\n\nI. KẾT QUẢ\nII. KIẾN NGHỊ"
    assert tree(paper(body)) == ["number 1 Báo cáo.", "number 2 Đề xuất.", "annex 1 MẪU", "  roman I KẾT QUẢ", "  roman II KIẾN NGHỊ"]
    assert answer(paper(body))["top_level_items"] == 2


@pytest.mark.parametrize("line", ["theo\nPhụ lục II\nkèm theo Công văn này", "theo Phụ lục I đính kèm", "xem\nPHỤ LỤC I\nvà II"])
def test_an_annex_that_a_sentence_names_begins_nothing(line: str) -> None:
    kinds = [row["kind"] for row in answer(paper(f"1. Báo cáo {line}.\n2. Đề xuất."))["outline"]]
    assert kinds == ["number", "number"]


def test_a_regulation_attached_without_a_number_is_an_annex_with_its_title_above_the_remark() -> None:
    annex = "QUY CHẾ\nChi tiêu nội bộ\n(Kèm theo Quyết định số 8/QĐ-SNV)\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nĐiều 2. Nguyên tắc"
    assert tree(paper("Điều 1. Ban hành.\nĐiều 2. Thi hành.", annex))[2:] == [
        "annex  QUY CHẾ Chi tiêu nội bộ",
        "  chapter I QUY ĐỊNH CHUNG",
        "    article 1 Phạm vi",
        "    article 2 Nguyên tắc",
    ]


def test_a_number_repeated_on_top_of_the_next_page_begins_no_annex_again() -> None:
    annex = "Phụ lục I\nDANH SÁCH\n\n1. Một.\n\nPhụ lục I\n\n2. Hai.\n\nMẫu số 01\nTỜ KHAI\n"
    assert tree(paper("1. Báo cáo.\n2. Gửi.", annex))[2:] == [
        "annex I DANH SÁCH",
        "  number 1 Một.",
        "  number 2 Hai.",
        "  form 01 TỜ KHAI",
    ]


def test_a_heading_goes_on_in_the_lines_that_begin_in_small_letters() -> None:
    body = "1. Thủ trưởng các Sở, Chủ tịch Ủy ban nhân dân\ncác huyện, thành phố\n- Rà soát.\n2. Sở Y tế."
    assert tree(paper(body))[0] == "number 1 Thủ trưởng các Sở, Chủ tịch Ủy ban nhân dân các huyện, thành phố"


def test_each_item_s_place_is_the_text_of_its_heading(shared_dir: Path) -> None:
    for name, text, _ in [*pairs(shared_dir / "data" / "directives"), ("annexed", paper("1. Báo cáo.\n2. Gửi.", ANNEXES), {})]:
        told, read = answer(text), directive(text)
        places = told["evidence"].get("outline", [])
        assert len(places) == len(told["outline"])
        for row, place in zip(told["outline"], places, strict=True):
            said = read.paper.told(place["start"], place["end"])
            assert row["heading"] in said
            assert row["number"] in said
            assert place["line"] == row["line"], name
        for item in read.outline:
            assert item.start <= item.text_start <= item.heading_end
            assert item.start < item.end
            above = read.outline[item.parent] if item.parent is not None else None
            assert above is None or (above.start < item.start and item.end <= above.end), (name, item)
