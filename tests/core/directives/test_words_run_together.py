"""Words that lost the blank between them are read as with it, told with places of the text as given, and each blank is proposed."""

import pytest

from kheo.core.directives.paper import Paper
from kheo.core.directives.parting import parted
from tests.core.directives.papers import INVENTED, answer, directive, pairs
from tests.core.directives.test_growth import seconds
from tests.core.directives.test_limits import FOOT, HEAD

ASKS = "Đề nghị các xã gửi báo cáo về Sở Nội vụ (qua Phòng Thi đua) trước 16 giờ 30 ngày 15/6/2025 theo quy định để tổng hợp. Các xã biết."


def together(text: str) -> dict[str, str]:
    """What is proposed for what stands between blanks."""
    found = parted(Paper(text))
    return {each.value.original: each.value.proposed for each in found.slips} if found else {}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("quyđịnh", "quy định"),
        ("hồsơ", "hồ sơ"),
        ("vàotrước", "vào trước"),
        ("gửibáocáo", "gửi báo cáo"),
        ("SởNội", "Sở Nội"),
        ("vềSở", "về Sở"),
        ("vềUBND", "về UBND"),
        ("UBNDtỉnh", "UBND tỉnh"),
        ("LĐLĐThành", "LĐLĐ Thành"),
        ("THÔNGBÁO", "THÔNG BÁO"),
        ("ngày15/6", "ngày 15/6"),
        ("quýIV/2025", "quý IV/2025"),
        ("06tháng", "06 tháng"),
        ("hạn05", "hạn 05"),
        ("15/2025/NĐ-CPngày", "15/2025/NĐ-CP ngày"),
        ("15/6/2025.Đề", "15/6/2025. Đề"),
        ("vụ;đồngthời", "vụ; đồng thời"),
    ],
)
def test_a_blank_that_was_lost_is_proposed(written: str, meant: str) -> None:
    assert together(f"Các xã {written} như trên.") == {written: meant}


@pytest.mark.parametrize(
    "written",
    [
        *("Xơđăng", "video", "TP.Hồ", "VH,TT&DL", "VNeID", "TTr-UBND", "CTrHĐ", "baocao@tinh.gov.vn", "sotuphap.gov.vn/ngày15", "YouTube"),
        *("nghiêng", "Cơtu", "15/KH-UBND", "COVID-19", "bịthiệt", "1.250.000", "Krông", "16h30"),
    ],
)
def test_what_is_written_so_stays(written: str) -> None:
    assert together(f"Các xã {written} như trên.") == {}


def test_each_blank_of_a_sentence_may_be_lost_and_it_says_the_same() -> None:
    wanted = answer(HEAD + ASKS + FOOT)["deadlines"][0]
    for at in (index for index, letter in enumerate(ASKS) if letter == " " and ASKS[index - 1].isalnum() and ASKS[index + 1].isalnum()):
        said = ASKS[:at] + ASKS[at + 1 :]
        told = answer(HEAD + said + FOOT)["deadlines"]
        assert [{**each, "text": ""} for each in told] == [{**wanted, "text": ""}], said
        assert told[0]["text"] in said


def test_a_paper_of_which_words_ran_together_is_told_by_places_in_it() -> None:
    text = next(text for _, text, _ in pairs(INVENTED)).replace("báo cáo", "báocáo").replace("ngày ", "ngày")
    found = directive(text)
    assert found.paper.text == Paper(text).text
    assert {each.value.original for each in found.slips} >= {"báocáo"}
    for each in found.slips:
        assert text[each.place.start : each.place.end] == each.value.original


def test_papers_without_such_words_are_read_as_they_are() -> None:
    assert [together(text) for _, text, _ in pairs(INVENTED) if together(text)] == []


@pytest.mark.parametrize("words", ["quyđịnhtrướcngày15 ", "ngày", "ngày15,", "ngàY", "quyđịnhngày{} "])
def test_many_such_words_take_time_as_they_are_many(words: str) -> None:
    text = "".join(words.format(number) for number in range(20_000))
    assert seconds(lambda: parted(Paper(text))) < 4
