"""The checker is red about one change by hand in each kind of paper that a cycle has, by each profile; not of one sample alone."""

from collections.abc import Iterator

import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt

from kheo.documents.checker import check_paper
from kheo.documents.official import OfficialDocument
from kheo.documents.official_forms import document_number
from kheo.documents.official_layout import render_official
from kheo.documents.profiles import PaperProfile, profile_named
from tests.documents.checker.changed_by_hand import Change, changed, drop, every_paragraph, face, move, say, section, swap_columns
from tests.documents.papers import every_paper

KINDS = (
    "unit report, units below",
    "call-in of 9 by the city",
    "list of 25 by the city",
    "receipt by the city",
    "consolidated by the city, with sources",
)
# union1013 has the geometry of union933.
PROFILES = ("nd30", "union933", "party36")
COUNTRY = {"nd30": "CỘNG HÒA", "union933": "CỘNG HÒA", "party36": "ĐẢNG CỘNG SẢN"}


def issuer_in_small_letters(document: Document, issuer: str) -> None:
    line = next(each for each in every_paragraph(document) if each.text and each.text in issuer.upper() and each.runs[0].bold)
    line.runs[0].text = line.text.title()


def out_of_count(document: Document) -> None:
    """The second roman heading counted as the fifth."""
    line = next(
        each for each in every_paragraph(document) if each.text.startswith("II. ") and each.style and each.style.name == "Heading 1"
    )
    line.runs[0].text = line.text.replace("II.", "V.", 1)


def by_hand(paper: OfficialDocument, profile: PaperProfile) -> Iterator[tuple[str, str, Change]]:
    """Changes with the rule and the part that have to tell of them."""
    number = document_number(paper.letterhead, profile)
    last = f"- {paper.recipients[-1]}"
    yield "paper", "Khổ giấy", section(0, page_height=Mm(279))
    yield "orientation", "Khổ giấy", section(0, orientation=WD_ORIENT.LANDSCAPE, page_width=Mm(297), page_height=Mm(210))
    for side, words in (("top", "trên"), ("bottom", "dưới"), ("left", "trái"), ("right", "phải")):
        yield "margin", f"Lề {words}", section(0, **{f"{side}_margin": Mm(27)})
        if paper.annexes:
            yield "margin", f"Lề {words}", section(len(paper.annexes), **{f"{side}_margin": Mm(27)})
    yield "page_number", "Số trang", section(0, header_distance=Mm(18))
    yield "font", "Văn bản", face("Nơi nhận", name="Arial")
    yield "size", "Nơi nhận", face("Nơi nhận", size=Pt(20))
    yield "size", "Số, ký hiệu", face(number, size=Pt(9))
    yield "number", "Số, ký hiệu", say(number, number.replace("……", "7"))
    yield "list", "Nơi nhận", move(last, "Nơi nhận")
    yield "order", "Người ký", swap_columns("Nơi nhận")
    yield "order", "Cơ quan ban hành", swap_columns(COUNTRY[profile.name])
    yield "capitals", "Cơ quan ban hành", lambda document: issuer_in_small_letters(document, paper.letterhead.issuer)
    yield "missing", "Quốc hiệu, tiêu đề", drop(COUNTRY[profile.name])
    if paper.kind:
        yield "size", "Tên loại", face(paper.kind.upper(), size=Pt(11))
    if paper.kind == "Báo cáo":
        yield "numbering", "Đề mục", out_of_count


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", KINDS)
def test_every_change_of_every_kind_of_paper_is_told(name: str, profile: str) -> None:
    chosen = profile_named(profile)
    paper = every_paper(chosen)[name]
    content = render_official(paper, chosen)
    assert check_paper(content, chosen) == ()
    untold = [
        (rule, part)
        for rule, part, change in by_hand(paper, chosen)
        if (rule, part) not in {(each.rule, each.part) for each in check_paper(changed(content, change), chosen)}
    ]
    assert untold == []
