"""What a scan breaks over two lines is read as what it was: a number and its heading, a list of copies and the post beside it."""

import pytest

from tests.core.directives.papers import directive

PAPER = "KẾ HOẠCH\nThi đua\n\n{items}\n\nNơi nhận:\n- Sở Nội vụ;\n- Lưu: VT,\n{left}GIÁM ĐỐC\n\nTrần Văn Ba\n"
TITLES = ("MỤC ĐÍCH, YÊU CẦU\n\nNâng cao chất lượng.", "NỘI DUNG\n\nThi đua lập thành tích.", "TỔ CHỨC THỰC HIỆN\n\nCác sở thực hiện.")


@pytest.mark.parametrize("numbers", [("I.", "II.", "III."), ("I/", "II/", "III/"), ("1/", "2/", "3/")])
@pytest.mark.parametrize("broken", [0, 1, 2])
def test_a_heading_that_broke_after_its_number_is_counted(numbers: tuple[str, ...], broken: int) -> None:
    items = "\n\n".join(
        f"{number}{chr(10) if at == broken else ' '}{title}" for at, (number, title) in enumerate(zip(numbers, TITLES, strict=True))
    )
    assert len(directive(PAPER.format(items=items, left="")).top_level) == 3


@pytest.mark.parametrize("left", ["QHLĐ.\n", "TH, KTTC.\n", "BTGDV,\n"])
def test_the_end_of_a_list_of_copies_that_broke_is_no_line_of_the_signer_s_post(left: str) -> None:
    told = directive(PAPER.format(items="1. Thực hiện.", left=left)).signer_title
    assert told is not None
    assert told.value == "GIÁM ĐỐC"


@pytest.mark.parametrize(
    ("lines", "wanted"), [("CHỦ TỊCH\nUBND", "CHỦ TỊCH"), ("PHÓ CHỦ\nTỊCH", "PHÓ CHỦ TỊCH"), ("TM.\nỦY BAN", "TM. ỦY BAN")]
)
def test_one_word_that_follows_a_post_is_its_end_only_where_it_is_a_syllable(lines: str, wanted: str) -> None:
    told = directive(PAPER.format(items="1. Thực hiện.", left="").replace("VT,", "VT.").replace("GIÁM ĐỐC", lines)).signer_title
    assert told is not None
    assert " ".join(told.value.split()) == wanted


FEET = [
    # What a line's end or a second blank does to the post, to the list beside it and to a name.
    "Nơi nhận:\n- Như trên; CHÁNH  VĂN PHÒNG\n- Sở Y tế;\n- Lưu: VT. Nguyễn Quốc Việt",
    "Nơi nhận: CHÁNH VĂN PHÒNG\n- Như trên;\n- Sở Y tế;\n- Lưu: VT. Nguyễn\nQuốc Việt",
    "Nơi nhận:\n- Như trên\n      CHÁNH VĂN\nPHÒNG\n- Sở Y tế;\n- Lưu: VT.\n\nNguyễn Quốc Việt",
    "Nơi nhận:\n- Như trên,\n- Sở Y tế,\n- Lưu P.TH-HC/Nga\n\nCHÁNH VĂN\nPHÒNG\n\nNguyễn Quốc Việt",
]


@pytest.mark.parametrize("foot", FEET)
def test_a_foot_that_broke_still_says_who_signs_as_what(foot: str) -> None:
    read = directive(f"KẾ HOẠCH\nThi đua\n\n1. Thực hiện.\n\n{foot}\n")
    assert read.signer is not None
    assert read.signer.value == "Nguyễn Quốc Việt"
    assert read.signer_title is not None
    assert " ".join(read.signer_title.value.split()) == "CHÁNH VĂN PHÒNG"
    assert [each.value for each in read.copies][:2] == ["Như trên", "Sở Y tế"]


@pytest.mark.parametrize("copy", ["CT, PCT UBND\ntỉnh", "-  MTTQVN\nvà các đoàn thể", "Bộ Giáo\ndục và Đào tạo", "UBND TP. Hồ Chí\nMinh"])
def test_an_entry_of_the_list_that_broke_is_no_post_and_no_name(copy: str) -> None:
    entry = copy if copy.startswith("-") else f"- {copy}"
    read = directive(f"KẾ HOẠCH\nThi đua\n\n1. Thực hiện.\n\nNơi nhận:\n- Như trên;\n{entry};\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Ba\n")
    assert [each.value for each in read.copies] == ["Như trên", " ".join(copy.strip("- ").split()), "Lưu: VT"]
    assert read.signer_title is not None
    assert read.signer_title.value == "GIÁM ĐỐC"
    assert read.signer is not None
    assert read.signer.value == "Trần Văn Ba"


def test_a_title_that_broke_is_the_kind_and_no_part_of_the_office() -> None:
    read = directive("ỦY BAN NHÂN DÂN\nTỈNH HƯNG YÊN\nSố: 5/KH-UBND\n\nKẾ\nHOẠCH\nThi đua yêu nước\n\n1. Thực hiện.\n2. Báo cáo.")
    assert read.kind is not None
    assert read.kind.value == "Kế hoạch"
    assert read.issuer is not None
    assert read.issuer.value == "Ủy ban nhân dân tỉnh Hưng Yên"


def test_an_office_whose_first_word_broke_begins_with_it() -> None:
    read = directive("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM\nLIÊN\nĐOÀN LAO ĐỘNG TỈNH NGHỆ AN\nSố: 5/KH-LĐLĐ\n\nKẾ HOẠCH\nThi đua\n\n1. Làm.")
    assert read.issuer is not None
    assert read.issuer.value == "Liên đoàn Lao động tỉnh Nghệ An"
    assert read.superior is not None
    assert read.superior.value == "Tổng Liên đoàn Lao động Việt Nam"


def test_an_article_whose_number_broke_off_is_counted() -> None:
    assert len(directive(PAPER.format(items="Điều 1. Một.\nĐiều\n2. Hai.\nĐiều 3. Ba.", left="")).top_level) == 3
