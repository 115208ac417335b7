"""Whole papers in old fonts: what is read of them is what is read of the same paper in Unicode."""

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from kheo.core.directives.capitals import with_capitals
from kheo.core.directives.encodings import TCVN3, from_text, vni
from kheo.core.directives.reading import Secret, read
from tests.core.directives.papers import answer, pairs

_OF_TCVN3 = {letter: chr(code) for code, letter in TCVN3.items()}
_MARKS = "ùøûõïâáàåãäêéèúüë"
_OF_VNI = {
    letter: written
    for written in [
        *(base + mark for base in "aeouyôö" for mark in _MARKS),
        *(base + mark for base in "AEOUYÔÖ" for mark in _MARKS.upper()),
        *"ñôöíìæóòîÑÔÖÍÌÆÓÒÎ",
    ]
    if len(letter := vni(written)) == 1
}


def in_tcvn3(text: str) -> str:
    """As an ABC font has it: capitals with a tone are the small letters, which its fonts for headings show as capitals."""
    return "".join(_OF_TCVN3.get(letter) or _OF_TCVN3.get(letter.lower()) or letter for letter in text)


def in_vni(text: str) -> str:
    return "".join(_OF_VNI.get(letter, letter) for letter in text)


FIELDS = (
    "full_number", "date", "place", "issuer", "issuer_superior", "doc_type", "subject", "signer_name", "signer_title", "urgency",
    "recipients", "distribution", "cited_documents", "deadlines", "top_level_items", "contents",
)  # fmt: skip


def words_said(text: str) -> list[str]:
    told = answer(text)
    return re.findall(r"\w+|\W", json.dumps({field: told[field] for field in FIELDS}, ensure_ascii=False))


# A capital with a tone that begins a small word has no code in TCVN3, and nothing beside it tells: `Đảng Ủy ban`, `Tết Ất Tỵ`.
LOST = {"tcvn3": {("dev-02", "Ủy", "ủy"), ("dev-08", "Ất", "ất")}, "vni": set()}


@pytest.mark.parametrize(("write", "name"), [(in_tcvn3, "tcvn3"), (in_vni, "vni")])
def test_the_ten_real_papers_say_the_same_in_an_old_font(shared_dir: Path, write: Callable[[str], str], name: str) -> None:
    papers, different = list(pairs(shared_dir / "data" / "directives")), list[tuple[str, str, str]]()
    for paper, text, _ in papers:
        whole = unicodedata.normalize("NFC", text)
        decoded = from_text(write(whole))
        assert (paper, decoded.encoding) == (paper, name)
        both = zip(words_said(whole), words_said(decoded.text), strict=True)
        different += [(paper, one, other) for one, other in both if one != other]
    assert len(papers) == 10
    assert set(different) == LOST[name]


def test_lines_in_capitals_are_written_in_capitals_and_names_are_not() -> None:
    assert with_capitals("ĐảNG Bộ TỉNH Hà TĩNH   Xã Hà, Hồ Chí Minh ở UBND xã") == "ĐẢNG BỘ TỈNH HÀ TĨNH   Xã Hà, Hồ Chí Minh ở UBND xã"


def test_a_mark_of_secrecy_in_an_old_font_is_seen(shared_dir: Path) -> None:
    _, text, _ = next(pairs(shared_dir / "data" / "directives"))
    for mark in ("MẬT", "TUYỆT MẬT"):
        for write in (in_tcvn3, in_vni):
            assert isinstance(read(from_text(write(f"{text}\n\n{mark}\n")).text), Secret)
    assert isinstance(read(from_text(in_tcvn3(f"{text}\n\ntối mật\n")).text), Secret)
