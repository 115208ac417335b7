"""Files that are no papers: an answer in words, never a crash, nothing fetched."""

import io
import zipfile

import pytest

from kheo.documents.checker import NotAPaper, check_paper
from kheo.documents.checker import package as opening
from tests.documents.checker.changed_by_hand import ND30, report
from tests.files.hostile_papers import word


def packed(**parts: str) -> bytes:
    """A package of these parts; `__` in a name stands for a slash, `_` for a dot."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        for name, text in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), text)
    return kept.getvalue()


BOMB = '<!DOCTYPE d [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><d>&c;</d>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]><d>&a;</d>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Không mở được"),
        (b"%PDF-1.7", "Không mở được"),
        (report()[:4000], "Không mở được"),
        (packed(xl__workbook_xml="<a/>"), "không có nội dung văn bản"),
        (packed(word__document_xml="<a"), "bị hỏng"),
        (packed(word__document_xml=BOMB), "thực thể"),
        (packed(word__document_xml=OUTSIDE), "thực thể"),
        (
            packed(word__document_xml='<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'),
            "không có trang",
        ),
    ],
    ids=["empty", "pdf", "cut off", "a workbook", "broken", "a bomb", "an outside file", "no pages"],
)
def test_a_file_that_is_no_paper_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(NotAPaper, match=words):
        check_paper(content, ND30)


def test_a_part_larger_than_the_limit_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST_PART", 1000)
    with pytest.raises(NotAPaper, match="lớn quá"):
        check_paper(report(), ND30)


def test_a_file_larger_than_the_limit_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST_FILE", 1000)
    with pytest.raises(NotAPaper, match="lớn quá"):
        check_paper(report(), ND30)


def test_a_file_of_very_many_parts_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_PARTS", 3)
    with pytest.raises(NotAPaper, match="quá nhiều phần"):
        check_paper(report(), ND30)


@pytest.mark.parametrize("paragraphs", [("x",), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/SNV-TCBC", "Nơi nhận:", "- Lưu: VT.")])
def test_a_paper_of_a_few_lines_is_measured_and_told_what_it_lacks(paragraphs: tuple[str, ...]) -> None:
    found = check_paper(word(*paragraphs), ND30)
    assert any(each.found == "không có" for each in found)
