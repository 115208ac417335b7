"""How sure a reading is follows from how it was read: stated in the prescribed form, mended, or with the signs of a slip in it."""

from pathlib import Path

import pytest

from kheo.core.directives.found import DOUBTFUL, STATED
from kheo.core.directives.reading import Directive
from tests.core.directives.papers import INVENTED, directive, pairs, reliability

HEAD = (
    "UBND TỈNH LONG AN\nSỞ NỘI VỤ\nSố: 12/SNV-TĐKT\nLong An, ngày 02 tháng 3 năm 2024\nV/v báo cáo thi đua\n\n"
    "Kính gửi: Các sở, ban, ngành.\n\n"
)
BODY = "Căn cứ Quyết định số 5/QĐ-UBND ngày 01/02/2024, Sở Nội vụ đề nghị:\n\n1. Rà soát.\n2. Báo cáo."
FOOT = "\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nTrần Văn Ba\n"


def sure(field: str, text: str) -> float:
    """How sure the (first) reading of a field is."""
    found = getattr(directive(text), field)
    first = found[0] if isinstance(found, list) else found
    assert first is not None
    return float(first.sure)


FIELDS = (
    "notation",
    "date",
    "place",
    "issuer",
    "superior",
    "subject",
    "signer",
    "signer_title",
    "addressees",
    "copies",
    "citations",
    "outline",
)


@pytest.mark.parametrize("field", FIELDS)
def test_what_is_written_in_the_prescribed_form_is_as_sure_as_can_be_and_no_surer(field: str) -> None:
    assert sure(field, HEAD + BODY + FOOT) == STATED < 1


@pytest.mark.parametrize(
    ("field", "written", "otherwise"),
    [
        ("notation", "Số: 12/", "Số: 1O2/"),  # a letter was read as a figure
        ("date", "ngày 02 tháng 3 năm 2024", "02/3/2024"),
        ("date", "Long An, ngày", "ngày"),
        ("place", "Long An, ngày", "Kênh Ngang, ngày"),
        ("subject", "báo cáo thi đua", "báo cáo"),
        ("subject", "báo cáo thi đua", "báo cáo kết quả thi đua của"),  # the rest is lost
        ("addressees", "Các sở, ban, ngành.", "Các sở, ban, ngành thuộc."),
        ("addressees", "Các sở, ban, ngành.", "Kế toán, tài vụ các nơi."),
        ("copies", "- Như trên;", "- như trên;"),
        ("copies", "- Như trên;", "- Như trên. Sở Y tế;"),
        ("copies", "- Như trên;", "- Như trên (để báo cáo;"),
        ("citations", " ngày 01/02/2024", ""),
        ("signer", "Trần Văn Ba", "Trần Ba"),
        ("signer_title", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "KT. GIÁM ĐỐC"),
        ("signer_title", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"),
        ("signer_title", "Trần Văn Ba", ""),
        ("issuer", "SỞ NỘI VỤ", "NỘI VỤ CỦA"),
        ("issuer", "SỞ NỘI VỤ", "SỞ NỘI VỤ KẾ HOẠCH"),
    ],
)
def test_a_sign_of_a_slip_makes_it_less_sure(field: str, written: str, otherwise: str) -> None:
    text = HEAD + BODY + FOOT
    assert written in text
    assert sure(field, text.replace(written, otherwise, 1)) < sure(field, text)


def test_an_item_that_leaves_out_a_number_is_doubtful_and_one_alone_on_its_line_less_sure() -> None:
    read = directive(HEAD + BODY.replace("2. Báo cáo.", "2.\nBáo cáo.\n4. Họp.") + FOOT)
    assert [item.number for item in read.outline] == ["1", "2", "4"]
    assert read.outline[0].sure > read.outline[1].sure > DOUBTFUL > read.outline[2].sure


def test_the_ten_real_papers_are_read_without_doubts_about_head_and_signer(shared_dir: Path) -> None:
    for name, text, _ in pairs(shared_dir / "data" / "directives"):
        read = directive(text)
        assert isinstance(read, Directive)
        assert {field for field in FIELDS[:8] if (found := getattr(read, field)) and found.sure < DOUBTFUL} == set(), name


@pytest.mark.parametrize("papers", ["real", "invented"])
def test_what_is_told_for_sure_is_right_more_often_than_the_rest(shared_dir: Path, papers: str) -> None:
    """The order is held, no figures: `bench.directive_sureness` prints them."""
    table = reliability(shared_dir / "data" / "directives", range(8)) if papers == "real" else reliability(INVENTED, range(2))
    share = {band: right / told for band, (right, told) in table.items() if told}
    rest = [table[band] for band in table if band < 0.9]
    assert share[0.9] > sum(right for right, _ in rest) / sum(told for _, told in rest)
    assert share[0.9] - share[0.0] > 0.1
    assert table[0.0][1] >= 20
