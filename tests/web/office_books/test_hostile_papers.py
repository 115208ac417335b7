"""Files that are no papers, on the pages of the book and of drafts: said by name, nothing kept, never a page that breaks."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kheo.directives.models import Directive, Drafting
from kheo.documents.edxml.message import Attached
from kheo.documents.edxml.writing import write_edxml
from kheo.files.models import StoredFile
from kheo.files.papers import KEPT_WITHOUT_TEXT, words_of_refusal
from kheo.journal.models import JournalEntry
from tests.files.hostile_papers import READ, REFUSED, WORDS, in_old_font, partly_scanned, word
from tests.web.office_books.test_books import PAPER, TYPED, at
from tests.web.office_books.test_edxml import LETTER
from tests.web.visits import enter, text_of
from tests.world import World

pytestmark = pytest.mark.django_db
DRAFTS = "/van-ban/doc/"


def kept() -> tuple[int, ...]:
    return tuple(each.objects.count() for each in (Directive, StoredFile, Drafting, JournalEntry))


def test_each_kind_of_file_that_is_no_paper_is_refused_in_words_on_each_page_and_nothing_of_it_is_kept(world: World) -> None:
    client, lan, before = enter(world, "an"), enter(world, "lan"), kept()
    one_of_each = {refusal: (name, data) for name, (data, refusal) in REFUSED.items() if data}
    for refusal, (name, data) in one_of_each.items():
        wanted = " ".join(words_of_refusal(refusal).split())
        pages = [(client, at(world, "read_arrival"), "tep", {}), (lan, DRAFTS, "files", {})]
        if refusal not in KEPT_WITHOUT_TEXT:
            pages.append((client, at(world, "enter_arrival"), "tep", TYPED))
        for visitor, address, field, more in pages:
            answer = visitor.post(address, {**more, field: SimpleUploadedFile(name, data)})
            assert (name, answer.status_code) == (name, 409)
            assert wanted in text_of(answer.content), name
    assert kept() == before


def test_what_looks_odd_is_read_into_the_form_and_into_a_draft(world: World) -> None:
    client, lan = enter(world, "an"), enter(world, "lan")
    for name, (data, _) in READ.items():
        answer = client.post(at(world, "read_arrival"), {"tep": SimpleUploadedFile(name, data)})
        assert (name, answer.status_code, "trước ngày 20/3/2026" in text_of(answer.content)) == (name, 200, True)
        assert ("Chữ TCVN3 (ABC) đã đổi sang Unicode" in text_of(answer.content)) is name.startswith("abc.")
    answer = lan.post(DRAFTS, {"files": [SimpleUploadedFile("abc.docx", READ["abc.docx"][0])]})
    assert answer.status_code == 302
    assert Drafting.objects.get().papers[0]["text"].strip() == WORDS
    for _ in range(2):  # not only once: what is guessed may be wrong as long as the draft is there
        assert "abc.docx: chữ TCVN3 (ABC) đã đổi sang Unicode; chữ hoa có dấu" in text_of(lan.get(answer["Location"]).content)


def paste(world: World, pasted: str) -> tuple[str, str]:
    """What is kept in the book and in a draft."""
    client, lan = enter(world, "an"), enter(world, "lan")
    assert client.post(at(world, "read_arrival"), {"text": pasted}).status_code == 200
    assert client.post(at(world, "enter_arrival"), {**TYPED, "text": pasted}).status_code == 302
    assert lan.post(DRAFTS, {"text": pasted}).status_code == 302
    return Directive.objects.get().text, Drafting.objects.get().papers[0]["text"]


def test_letters_of_an_old_font_that_are_pasted_become_unicode(world: World) -> None:
    for text in paste(world, in_old_font(PAPER.split("Độc lập")[1])):
        assert "Thực hiện Hướng dẫn số 11-HD/BDVTU ngày 28/02/2023" in text


def test_signs_that_no_database_keeps_are_left_out_of_what_is_pasted(world: World) -> None:
    for text in paste(world, "Hội nghị\x00 ngày 20/3/2026\x08"):
        assert "Hội nghị ngày 20/3/2026" in text


def test_what_a_browser_claims_of_a_file_is_not_kept(world: World) -> None:
    sent = SimpleUploadedFile("a" * 300 + ".docx", word(WORDS), content_type="text/html;" + "x" * 500)
    answer = enter(world, "an").post(at(world, "enter_arrival"), {**TYPED, "tep": sent})
    assert answer.status_code == 302
    assert StoredFile.objects.get().media_type.endswith("wordprocessingml.document")


def test_a_secret_file_beside_innocent_words_is_refused_and_not_kept(world: World) -> None:
    sent = SimpleUploadedFile("a.txt", PAPER.replace("V/v", "MẬT\nV/v").encode())
    answer = enter(world, "an").post(at(world, "enter_arrival"), {**TYPED, "text": PAPER, "tep": sent})
    assert answer.status_code == 409
    assert "Khéo không nhận văn bản mật: chưa lưu gì" in text_of(answer.content)
    assert (Directive.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_text_too_long_to_be_kept_is_not_read_into_the_form_either(world: World) -> None:
    sent = SimpleUploadedFile("a.txt", b"chu " * 500_001)
    client = enter(world, "an")
    for name, more in (("read_arrival", {}), ("enter_arrival", {**TYPED, "text": "Sở Nội vụ"})):
        sent.seek(0)
        answer = client.post(at(world, name), {**more, "tep": sent})
        assert answer.status_code == 409
        assert "tối đa 2.000.000 ký tự" in text_of(answer.content)
    assert StoredFile.objects.count() == 0


def test_every_file_inside_a_message_is_looked_at_for_a_mark_of_secrecy(world: World) -> None:
    others = tuple(Attached(f"{number}.txt", "text/plain", PAPER.encode()) for number in range(5))
    secret = Attached("cuoi.txt", "text/plain", PAPER.replace("V/v", "MẬT\nV/v").encode())
    data = write_edxml(replace(LETTER, attached=(*LETTER.attached, *others, secret)))
    for name in ("read_arrival", "enter_arrival"):
        answer = enter(world, "an").post(at(world, name), {**TYPED, "tep": SimpleUploadedFile("a.edxml", data)})
        assert answer.status_code == 409
        assert "Khéo không nhận văn bản mật" in text_of(answer.content)
    assert StoredFile.objects.count() == 0


def test_pages_without_text_are_told_on_the_form_and_on_the_draft(world: World) -> None:
    sent = SimpleUploadedFile("a.pdf", partly_scanned())
    answer = enter(world, "an").post(at(world, "read_arrival"), {"tep": sent})
    assert "Trang 2 chỉ có hình" in text_of(answer.content)
    sent.seek(0)
    lan = enter(world, "lan")
    answer = lan.post(DRAFTS, {"files": [sent]})
    assert "a.pdf: Trang 2 chỉ có hình" in text_of(lan.get(answer["Location"]).content)
