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
