"""Papers as edXML files on the pages: one of ours leaves, one of theirs is read into the form and kept whole."""

import re
from dataclasses import replace
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from kheo.directives.models import Arrival, Directive, Issue
from kheo.documents.edxml.message import Attached, EdxmlMessage, Organ
from kheo.documents.edxml.reading import read_edxml
from kheo.documents.edxml.writing import write_edxml
from kheo.files.models import StoredFile
from kheo.files.queries import content_of
from tests.directives.papers import issue
from tests.web.office_books.test_books import PAPER, TYPED, at
from tests.web.visits import enter, text_of
from tests.world import World

CITY = Organ("H29.1.2", "Liên đoàn Lao động Thành phố", "Tổng Liên đoàn Lao động Việt Nam")
LETTER = EdxmlMessage(
    CITY, (Organ("H29.7", "CĐCS Một"),), "199", "LĐLĐ-TG", "TPHCM", date(2023, 3, 15), "Công văn", "thực hiện 5 không",
    signer_name="Trần Thị Diệu Thúy", due_on=date(2023, 5, 10), priority=2, pages=3,
    attached=(Attached("cong-van.txt", "text/plain", PAPER.encode()),),
)  # fmt: skip


def sent(world: World, name: str, data: bytes, **fields: str) -> HttpResponse:
    file = SimpleUploadedFile("cong-van.edxml", data, "application/octet-stream")
    answer: HttpResponse = enter(world, "an").post(at(world, name), {**fields, "tep": file})
    return answer


def test_a_file_of_other_software_fills_the_form_and_stores_nothing(world: World) -> None:
    data = write_edxml(LETTER).replace(b"<edXML:Subject>", b"<edXML:SteeringType>1</edXML:SteeringType><edXML:Subject>")
    answer = sent(world, "read_arrival", data)
    page = answer.content.decode()
    for value in ("199/LĐLĐ-TG", "Liên đoàn Lao động Thành phố", "15/03/2023", "10/05/2023", "Trần Thị Diệu Thúy"):
        assert f'value="{value}"' in page
    assert "Tệp còn ghi SteeringType: 1" in text_of(answer.content)
    assert "Trong tệp có: cong-van.txt." in text_of(answer.content)
    assert "Gửi tới: CĐCS Một." in text_of(answer.content)
    assert "Thực hiện Hướng dẫn số 11-HD/BDVTU" in page, "the paper inside is read as well"
    assert (Directive.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_written_into_the_book_the_whole_file_is_kept(world: World) -> None:
    data = write_edxml(LETTER)
    assert sent(world, "enter_arrival", data, **TYPED).status_code == 302
    paper = Arrival.objects.get().directive
    assert paper is not None
    assert paper.file is not None
    assert content_of(paper.file) == data
    assert "11-HD/BDVTU" in paper.text


def test_what_is_no_such_file_or_marked_secret_is_refused_with_words(world: World) -> None:
    torn = sent(world, "read_arrival", write_edxml(LETTER)[:-40])
    assert (torn.status_code, "bị cắt cụt" in text_of(torn.content)) == (409, True)
    assert re.search(r"Hỏng từ dòng 2, cột \d+, trong phần Attachment", text_of(torn.content))
    marked = replace(LETTER, attached=(Attached("a.txt", "text/plain", f"TUYỆT MẬT\n{PAPER}".encode()),))
    for name in ("read_arrival", "enter_arrival"):
        answer = sent(world, name, write_edxml(marked), **TYPED)
        assert (answer.status_code, "không nhận văn bản mật" in text_of(answer.content)) == (409, True)
    assert (Directive.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_file_of_many_parts_is_told_as_far_as_a_page_can_show(world: World) -> None:
    more = b"".join(b"<edXML:Email>%d@a.vn</edXML:Email>" % number for number in range(500))
    answer = sent(world, "read_arrival", b"\n" + write_edxml(LETTER).replace(b"</edXML:From>", more + b"</edXML:From>"))
    told = text_of(answer.content)
    assert ("29@a.vn" in told, "30@a.vn" in told, "còn 470 chỗ nữa, xem trong tệp" in told) == (True, False, True)


def test_a_subject_that_was_wrapped_over_lines_fills_its_field_as_one(world: World) -> None:
    data = write_edxml(LETTER).replace("thực hiện 5 không".encode(), "\n   thực hiện\n   5 không\n".encode())
    assert ">thực hiện 5 không</textarea>" in sent(world, "read_arrival", data).content.decode()


def test_a_paper_of_ours_leaves_as_a_file_that_is_read_again(world: World) -> None:
    row = issue(world)
    Issue.objects.filter(pk=row.pk).update(recipients=["CĐCS Một", "CĐCS Hai"])
    client, address = enter(world, "dung"), reverse("issue_edxml", args=[row.pk])
    form = client.get(address).content.decode()
    assert " | CĐCS Một\n | CĐCS Hai" in form
    assert address in client.get(reverse("issue", args=[row.pk])).content.decode()
    typed = {"sender": "H29.1", "place": "Quận 1", "recipients": "H29.1.5 | CĐCS Một\n\nH29.1.6|CĐCS Hai"}
    answer = client.post(address, typed)
    assert answer["Content-Disposition"].startswith("attachment;")
    message = read_edxml(answer.content).message
    assert message is not None
    assert message.recipients == (Organ("H29.1.5", "CĐCS Một"), Organ("H29.1.6", "CĐCS Hai"))
    assert (message.code_number, message.code_notation, message.sender.name) == ("01", "KH-LĐLĐ", "Liên đoàn Lao động Quận 1")


def test_everything_that_is_missing_is_told_beside_its_field_and_what_was_typed_stays(world: World) -> None:
    row = issue(world)
    client, address = enter(world, "dung"), reverse("issue_edxml", args=[row.pk])
    answer = client.post(address, {"sender": "h 29", "place": "", "recipients": " | CĐCS Một"})
    page = text_of(answer.content)
    assert answer.status_code == 409
    for words in ("mã định danh “h 29” không đúng dạng", "Nơi ban hành: chưa ghi.", "(“CĐCS Một”) chưa có mã định danh"):
        assert words in page
    assert 'value="h 29"' in answer.content.decode()
    bare = client.post(address, {"sender": "H29", "place": "Q1", "recipients": "CĐCS Một"})
    assert "Dòng 1 (“CĐCS Một”) cần mã định danh, dấu |, rồi tên cơ quan." in text_of(bare.content)
    assert "Sửa chỗ ghi sai" not in text_of(bare.content)


def test_what_the_form_has_no_field_for_is_mended_at_the_paper(world: World) -> None:
    row = issue(world, subject="kiểm tra " * 60)
    address = reverse("issue_edxml", args=[row.pk])
    answer = enter(world, "dung").post(address, {"sender": "H29", "place": "Q1", "recipients": "H29.1|CĐCS Một"})
    assert "edXML nhận tối đa 500" in text_of(answer.content)
    assert f'href="{reverse("correct_issue", args=[row.pk])}"' in answer.content.decode()
