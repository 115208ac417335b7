"""Documents that papers name, put together from the parts that name them: kind, number, day, issuer, sentence.

NĐ 30/2020, phụ lục I, mục II.6 (state bodies: kind, number, notation, day, issuer, subject); Hướng dẫn 36-HD/VPTW (the Party: a hyphen
after the number, a comma before the day); laws by number or by name and year. `tests/files/citations.txt` holds what stands outside of the
table: a sentence, then below it each document as `kind | number or name | day or year` (`-`: not said), or none.
"""

from collections.abc import Callable, Iterator
from itertools import count, pairwise
from pathlib import Path

import pytest

from tests.core.directives.papers import answer
from tests.core.directives.test_limits import FOOT, HEAD

CITATIONS = Path(__file__).parents[2] / "files" / "citations.txt"
# What the text calls it, its number, and what it is.
PAPERS = (
    ("Công văn số", "455/SNV-CCHC", "Công văn"),
    ("công văn số", "2865/GDĐT-KT&KĐCL", "Công văn"),
    ("Công văn số", "14/CV", "Công văn"),
    ("Công văn", "98/CĐN", "Công văn"),
    ("CV số", "45/UBND-TH", "Công văn"),
    ("Công văn số", "455-CV/ĐTN-TNNT", "Công văn"),
    ("Văn bản số", "15/SNV-TH", "Văn bản"),
    ("văn bản số", "2029/LĐTBXH", "Văn bản"),
    ("văn bản số", "92/TTr-STC", "Tờ trình"),
    ("Quyết định số", "45/QĐ-UBND", "Quyết định"),
    ("Quyết định", "45/2024/QĐ-UBND", "Quyết định"),
    ("QĐ số", "45a/QĐ-UBND", "Quyết định"),
    ("Quyết định ban hành Quy chế số", "14-QĐ/ĐU", "Quyết định"),
    ("Quy định số", "144-QĐ/TW", "Quy định"),
    ("Nghị định số", "30/2020/NĐ-CP", "Nghị định"),
    ("NĐ", "145/2020/NĐ-CP", "Nghị định"),
    ("Thông tư số", "05/2023/TT-BNV", "Thông tư"),
    ("Thông tư liên tịch số", "43/2015/TTLT-BNNPTNT-BKHĐT", "Thông tư liên tịch"),
    ("Nghị quyết số", "18-NQ/TW", "Nghị quyết"),
    ("Nghị quyết số", "653/2019/UBTVQH14", "Nghị quyết"),
    ("NQ số", "45-NQ/TU", "Nghị quyết"),
    ("Nghị quyết liên tịch số", "403/2017/NQLT-CP-ĐCTUBTWMTTQVN", "Nghị quyết liên tịch"),
    ("Chỉ thị số", "05-CT/TW", "Chỉ thị"),
    ("CT số", "31/CT-TTg", "Chỉ thị"),
    ("Kết luận số", "01-KL/TW", "Kết luận"),
    ("Thông báo kết luận số", "88/TB-VP", "Thông báo"),
    ("Thông báo số", "45/TB-HĐND&UBND", "Thông báo"),
    ("Hướng dẫn số", "11-HD/BDVTU", "Hướng dẫn"),
    ("HD số", "45/HD-LĐLĐ", "Hướng dẫn"),
    ("Kế hoạch số", "01/KH-BCĐ.35", "Kế hoạch"),
    ("Kế hoạch phối hợp số", "12/KHPH-SNV-LĐLĐ", "Kế hoạch phối hợp"),
    ("KH số", "45/KH-UBND", "Kế hoạch"),
    ("Chương trình hành động số", "15-CTr/TU", "Chương trình hành động"),
    ("Công điện khẩn số", "14/CĐ-TTg", "Công điện"),
    ("Tờ trình số", "12/TTr-SNV", "Tờ trình"),
    ("Báo cáo số", "552/BC-HĐND", "Báo cáo"),
    ("Đề án số", "06-ĐA/TU", "Đề án"),
    ("Quy chế số", "01-QC/ĐU", "Quy chế"),
    ("Luật Công đoàn số", "50/2024/QH15", "Luật"),
    ("Bộ luật Lao động số", "45/2019/QH14", "Bộ luật"),
    ("Pháp lệnh Ưu đãi người có công với cách mạng số", "02/2020/UBTVQH14", "Pháp lệnh"),
)
# How a day is said, with the issuer before or after it; what it comes to.
DAYS = (
    ("{} ngày 05/3/2024 của Sở Nội vụ", "2024-03-05"),
    ("{} ngày 05 tháng 3 năm 2024 của Chính phủ về công tác văn thư", "2024-03-05"),
    ("{}, ngày 05/3/2024 của Ban Thường vụ Tỉnh ủy", "2024-03-05"),
    ("{} ngày 05-3-2024", "2024-03-05"),
    ("{} ngày 05.3.2024", "2024-03-05"),
    ("{} (ngày 05/3/2024) của Ủy ban nhân dân tỉnh", "2024-03-05"),
    ("{} của Tổng Liên đoàn Lao động Việt Nam ngày 05/3/2024 về tổ chức Tết Sum vầy", "2024-03-05"),
    ("{} do UBND tỉnh ban hành ngày 05/3/2024", "2024-03-05"),
    ("{}, ký ngày 05/3/2024 của Ban Chỉ đạo", "2024-03-05"),
    ("{} hồi 10 giờ 00 ngày 05/3/2024", "2024-03-05"),
    ("{} năm 2024 của Sở Nội vụ", 2024),
    ("{} của Sở Nội vụ", None),
    ("{} về tổ chức Ngày hội năm 2023", None),
    ("{} của Sở Nội vụ có hiệu lực từ ngày 01/6/2023", None),
)
SENTENCES = (
    "Thực hiện {}, Sở đề nghị các đơn vị báo cáo.",
    "Căn cứ {};\n\nSở hướng dẫn như sau:",
    "Sở đề nghị các đơn vị thực hiện:\n\n1. Triển khai nghiêm {}.",
    "Theo đề nghị của Văn phòng tại {}, Sở có ý kiến như sau:",
    "Tiếp theo {}; Sở đề nghị các đơn vị báo cáo.",
)
Told = tuple[str | None, str | None, str | int | None]


def cited(body: str) -> list[Told]:
    told = answer(HEAD + body + FOOT)["cited_documents"]
    return [(each["type"], each["number"] or each.get("name"), each["date"] or each.get("year")) for each in told]


def rows() -> Iterator[tuple[str, list[Told]]]:
    """Each document with each way of saying its day; sentences in turn."""
    turn = count()
    for called, number, kind in PAPERS:
        for said, day in DAYS:
            yield SENTENCES[next(turn) % len(SENTENCES)].format(said.format(f"{called} {number}")), [(kind, number, day)]


def pairs() -> Iterator[tuple[str, list[Told]]]:
    """Each two neighbours of the table, as papers name two: each with its own day, one day for both, the second amends."""
    for (called, number, kind), (other, second, its_kind) in pairwise(PAPERS):
        one, two = f"{called} {number}", f"{other} {second}"
        first, last = (kind, number, "2024-03-05"), (its_kind, second, "2024-04-06")
        yield SENTENCES[0].format(f"{one} ngày 05/3/2024 và {two} ngày 06/4/2024 của Sở"), [first, last]
        yield SENTENCES[1].format(f"{one} ngày 05/3/2024; {two} ngày 06/4/2024"), [first, last]
        yield SENTENCES[0].format(f"{one} ngày 05/3/2024 của Sở (được sửa đổi, bổ sung bởi {two} ngày 06/4/2024)"), [first, last]
        yield SENTENCES[2].format(f"{one} ngày 05/3/2024, thay thế {two} ngày 06/4/2024"), [first, last]
        yield SENTENCES[0].format(f"{one} và {two} cùng ngày 06/4/2024"), [(kind, number, "2024-04-06"), last]
        again = f"{one} ngày 05/3/2024, Sở yêu cầu:\n\n1. Thực hiện {one} và {two} ngày 06/4/2024."
        yield f"Thực hiện {again}", [first, last]


@pytest.mark.parametrize("table", [rows, pairs])
def test_every_cell_of_the_table_of_documents_is_read_as_it_was_put_together(table: Callable[[], Iterator[tuple[str, list[Told]]]]) -> None:
    misread = [(sentence, wanted, said) for sentence, wanted in table() if (said := cited(sentence)) != wanted]
    assert misread == []


def cases() -> Iterator[tuple[str, list[str]]]:
    """Sentences of the file with the documents they name."""
    sentence, named = "", list[str]()
    for line in [*CITATIONS.read_text(encoding="utf-8").splitlines(), "#"]:
        if line.startswith("    "):
            named.append(line.strip())
            continue
        if sentence:
            yield sentence, named
        sentence, named = line.replace(r"\n", "\n") if line and not line.startswith("#") else "", []


@pytest.mark.parametrize(("sentence", "named"), list(cases()))
def test_a_sentence_names_the_documents_that_its_class_says(sentence: str, named: list[str]) -> None:
    assert [" | ".join(str(part or "-") for part in each) for each in cited(sentence)] == named


def test_no_sentence_stands_twice_in_the_file() -> None:
    sentences = [sentence for sentence, _ in cases()]
    assert len(sentences) == len(set(sentences))


def test_the_day_that_only_the_subject_says_of_a_document_is_told_with_it() -> None:
    head = "TỈNH ỦY HÀ NAM\nSố: 15-BC/TU\n\nBÁO CÁO\nsơ kết 05 năm thực hiện Nghị quyết số 18-NQ/TW, ngày 25/10/2017\ncủa Trung ương\n\n"
    told = answer(
        head + "Ban Thường vụ báo cáo kết quả thực hiện Nghị quyết số 18-NQ/TW và Kết luận số 50-KL/TW.\n\n1. Kết quả.\n2. Hạn chế.\n"
    )
    said = [(each["number"], each["date"]) for each in told["cited_documents"]]
    assert said == [("18-NQ/TW", "2017-10-25"), ("50-KL/TW", None)]
