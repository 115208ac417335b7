"""Whatever is sent as a paper is read rightly, or refused with a reason that fits, in bounded time and memory."""

import pytest

from kheo.documents.paper_text.word import read_word
from kheo.files import papers
from kheo.files.papers import media_type_of, read_paper, words_of_refusal
from tests.files.hostile_papers import PLAIN, READ, REFUSED, WORDS, changed, lines, pdf, said, with_body, word


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_paper_is_refused_for_what_it_is(name: str) -> None:
    data, refusal = REFUSED[name]
    assert read_paper(data).refusal == refusal
    assert words_of_refusal(refusal).endswith(".")


@pytest.mark.parametrize("name", READ)
def test_what_looks_odd_is_read_whole_and_once(name: str) -> None:
    data, encoding = READ[name]
    paper = read_paper(data)
    assert (paper.refusal, paper.encoding, " ".join(paper.text.split())) == ("", encoding, WORDS)


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf\r\n", b"Content-Type: application/pdf\r\n\r\n"])
def test_a_pdf_begins_within_its_first_thousand_bytes(before: bytes) -> None:
    data = before + pdf(PLAIN)
    assert "truoc ngay 20/3/2026" in read_paper(data).text
    assert media_type_of(data) == "application/pdf"


def test_a_word_file_that_swells_beyond_all_measure_is_not_unpacked() -> None:
    assert read_paper(changed(word("x"), {"word/media/a.bin": b"0" * (65 << 20)})).refusal == "large"


def test_a_pdf_that_needs_more_memory_than_there_is_ends_the_child_and_the_next_paper_is_read() -> None:
    bomb = pdf(lines(b"(Bao cao dai)", 7_000_000), packed=True)
    assert read_paper(bomb).refusal in ("died", "memory", "broken", "time")
    assert read_paper(word(WORDS)).text == WORDS


def test_numbers_of_a_list_that_begins_at_a_million_in_roman_letters_cost_nothing() -> None:
    numbered = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>việc</w:t></w:r></w:p>'
    found = read_word(changed(with_body(numbered), {"word/numbering.xml": _numbering(9_000_000)}))
    assert found.text == "9000000. việc"


def _numbering(start: int) -> bytes:
    xml = (
        '<?xml version="1.0"?><w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="upperRoman"/>'
        '<w:lvlText w:val="%1."/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    return xml.encode()


def test_many_words_deep_in_tracked_changes_are_read_within_the_limit() -> None:
    deep = "<w:p>" + "<w:ins>" * 200 + "<w:r><w:t>a</w:t></w:r>" * 150_000 + "</w:ins>" * 200 + "</w:p>"
    assert read_paper(with_body(deep)).text == "a" * 150_000  # by looking above each of them: more than ten seconds, and refused


def test_a_text_longer_than_any_paper_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "LONGEST_PAPER", 100)
    assert read_paper(("a" * 101).encode()).refusal == "long"
    assert read_paper(word("a" * 101)).refusal == "long"
    assert "5 triệu ký tự" in words_of_refusal("long")


def test_the_type_that_is_kept_is_that_of_the_content() -> None:
    assert media_type_of(word("x")).endswith("wordprocessingml.document")
    assert media_type_of(said("x").encode()) == "text/plain"
