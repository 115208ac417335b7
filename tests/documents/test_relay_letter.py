"""The unit's own paper that passes a directive down."""

from dataclasses import replace

from kheo.documents.official import Heading, OfficialDocument, Paragraph, Table
from kheo.documents.relay_letter import RelayDraft, citation, relay_document, relay_paper
from tests.documents.relayed import CITY_NAME, ORDER, SUBJECT, draft
from tests.documents.sample import LETTER, ND30

_DISTRICT = replace(LETTER, issuer="Liên đoàn Lao động Quận 1", superior=CITY_NAME, recipients=("Như trên", "Lưu: VT"))


def _paper(made: RelayDraft | None = None) -> OfficialDocument:
    return relay_document(made or draft(), _DISTRICT, ND30)


def _said(paper: OfficialDocument) -> list[str]:
    """Headings and paragraphs in order."""
    found = []
    for block in paper.blocks:
        if isinstance(block, Heading):
            found.append(f"{block.number}. {block.title}")
        elif isinstance(block, Paragraph):
            found.append("".join(span.text for span in block.spans))
    return found


def test_cites_the_directive_by_kind_number_day_issuer_and_subject() -> None:
    cited = f"Công văn số 199/LĐLĐ-TG ngày 15 tháng 3 năm 2023 của {CITY_NAME} về {SUBJECT}"
    assert citation(ORDER) == cited
    assert _said(_paper())[0] == f"Thực hiện {cited}, Liên đoàn Lao động Quận 1 đề nghị các đơn vị triển khai các nội dung sau:"


def test_a_citation_leaves_out_what_is_not_known_and_tells_the_words_of_introduction_once() -> None:
    known = replace(ORDER, number="", issued_on=None, issuer="", subject="V/v Phối hợp phòng cháy")
    assert citation(known) == "Công văn về phối hợp phòng cháy"


def test_a_letter_says_its_subject_below_its_number_and_a_plan_rests_on_the_directive() -> None:
    letter, plan = _paper(), _paper(draft(kind="Kế hoạch"))
    assert (letter.kind, letter.subject, letter.bases) == ("", SUBJECT, ())
    assert (plan.kind, plan.letterhead.kind_code, plan.addressees) == ("Kế hoạch", "KH", ())
    assert plan.bases == (f"Căn cứ {citation(ORDER)}.",)
    assert plan.subject == f"P{SUBJECT[1:]}"


def test_names_each_content_with_its_tasks_and_those_of_none_after_them() -> None:
    said = _said(_paper())
    assert said[1:9] == [
        "I. NỘI DUNG",
        "1. Không để người nghèo, người yếu thế tụt hậu, bị bỏ quên",
        *(task.text for task in ORDER.tasks[:2]),
        "2. Không gây phiền hà cho Nhân dân và doanh nghiệp",
        ORDER.tasks[2].text,
        "3. Không xả rác bừa bãi ra đường phố và kênh rạch",
        "II. NHIỆM VỤ CHUNG",
    ]


def test_dates_stand_beside_those_of_the_superior_and_what_was_not_moved_says_so() -> None:
    (table,) = [block for block in _paper().blocks if isinstance(block, Table)]
    assert [row.texts[1:] for row in table.rows] == [
        ("10/05/2023", "28/04/2023"),
        ("15/11/2023", "08/11/2023"),
        ("không ghi ngày", "theo cấp trên"),
    ]


def test_sections_without_anything_to_say_are_not_there() -> None:
    bare = replace(ORDER, contents=(), tasks=(), deadlines=())
    assert [line for line in _said(_paper(draft(order=bare, dates=(), plan_due=None))) if line.startswith("I")] == ["I. TỔ CHỨC THỰC HIỆN"]


def test_a_few_recipients_are_named_and_many_told_by_kind_with_a_list() -> None:
    few, many = _paper(), _paper(draft(30))
    assert (len(few.addressees), few.annexes) == (3, ())
    assert sum(len(annex.blocks[0].rows) for annex in many.annexes if isinstance(annex.blocks[0], Table)) == 30
    assert many.addressees[-1].endswith("đơn vị), theo danh sách tại Phụ lục")


def test_copies_go_to_the_recipients_and_the_office_above_and_the_archive_is_last() -> None:
    assert _paper().recipients == ("Như Kính gửi", f"{CITY_NAME} (để báo cáo)", "Lưu: VT")


def test_number_and_day_are_left_open_and_the_same_draft_gives_the_same_bytes() -> None:
    assert (_paper().letterhead.number, _paper().letterhead.signed_on) == ("", None)
    assert relay_paper(draft(), _DISTRICT, ND30) == relay_paper(draft(), _DISTRICT, ND30)
