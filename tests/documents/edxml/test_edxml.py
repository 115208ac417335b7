"""A paper as an edXML file: what is written is read again, what strangers send is read or told, nothing is lost and nothing runs."""

import base64
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kheo.documents.edxml.answer import EdxmlRead, from_json
from kheo.documents.edxml.message import NAMESPACE, Attached, EdxmlMessage, Organ, Trace, message_problems
from kheo.documents.edxml.reading import LARGEST_FILE, edxml_read, read_edxml
from kheo.documents.edxml.writing import CannotWriteError, write_edxml
from kheo.files.edxml import read_message, words_of_edxml_refusal

CITY = Organ("H29.1.2", "Liên đoàn Lao động Thành phố", "Tổng Liên đoàn Lao động Việt Nam")
DISTRICT = Organ("H29.1.2.7", "Liên đoàn Lao động Quận 1")
LETTER = EdxmlMessage(
    sender=CITY,
    recipients=(DISTRICT, Organ("H29.1.2.8", "Liên đoàn Lao động Quận 3")),
    code_number="199",
    code_notation="LĐLĐ-TG",
    place="Thành phố Hồ Chí Minh",
    issued_on=date(2023, 3, 15),
    type_name="Công văn",
    subject="Phối hợp thực hiện nội dung “5 không” <năm & 2023>",
    content="Hai dòng:\nmột, hai",
    competence="TM. Ban Thường vụ",
    signer_position="Phó Chủ tịch",
    signer_name="Trần Thị Bích",
    due_on=date(2023, 5, 10),
    to_places=("Như trên", "Lưu: VT, TG"),
    priority=1,
    copies=26,
    pages=4,
    traces=(Trace("H29.1.2", datetime(2023, 3, 15, 9, 30)),),  # noqa: DTZ001  # as such files tell it
    attached=(
        Attached("cong-van.pdf", "application/pdf", b"%PDF-1.7 \x00\xff", "Bản chính"),
        Attached("phụ lục.docx", "x/y", b"PK\x03\x04"),
    ),
)


def message_of(data: bytes) -> EdxmlMessage:
    found = read_edxml(data)
    assert (found.refusal, found.problems, found.rest) == ("", (), ())
    assert found.message is not None
    return found.message


def edited(change: Callable[[str], str], message: EdxmlMessage = LETTER) -> EdxmlRead:
    return read_edxml(change(write_edxml(message).decode()).encode())


def test_what_is_written_is_read_again_and_the_same_paper_gives_the_same_bytes() -> None:
    assert message_of(write_edxml(LETTER)) == replace(LETTER, document_id="H29.1.2,2023/03/15,199/LĐLĐ-TG")
    assert write_edxml(LETTER) == write_edxml(LETTER)
    again = message_of(write_edxml(LETTER))
    assert message_of(write_edxml(again)) == again


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=30)


@given(WORDS, WORDS, st.binary(max_size=200), st.dates(), st.lists(WORDS, max_size=3))
@settings(max_examples=60)
def test_any_words_and_bytes_come_back(subject: str, name: str, data: bytes, day: date, places: list[str]) -> None:
    plain = name.replace("/", "-").replace("\\", "-")
    message = replace(
        LETTER, subject=subject, issued_on=day, due_on=None, to_places=tuple(places), attached=(Attached(plain, "x/y", data),)
    )
    assert replace(message_of(write_edxml(message)), document_id="") == message


def test_the_file_has_the_shape_of_the_regulation() -> None:
    root = ElementTree.fromstring(write_edxml(LETTER))
    of = {"e": NAMESPACE}
    head = root.find("e:edXMLEnvelope/e:edXMLHeader/e:MessageHeader", of)
    assert head is not None
    assert [each.tag.rpartition("}")[2] for each in head] == [
        "From", "To", "To", "DocumentId", "Code", "PromulgationInfo", "DocumentType", "Subject", "Content", "SignerInfo", "DueDate",
        "ToPlaces", "OtherInfo",
    ]  # fmt: skip
    assert head.findtext("e:PromulgationInfo/e:PromulgationDate", namespaces=of) == "2023/03/15"
    references = root.findall("e:edXMLEnvelope/e:edXMLBody/e:edXMLManifest/e:Reference", of)
    attached = root.findall("e:AttachmentEncoded/e:Attachment", of)
    assert [each.findtext("e:ContentId", namespaces=of) for each in references] == [
        f"cid:{each.findtext('e:ContentId', namespaces=of)}" for each in attached
    ]
    packed = base64.b64decode(attached[0].findtext("e:ContentTransferEncoded", "", namespaces=of))
    assert zipfile.ZipFile(io.BytesIO(packed)).namelist() == ["cong-van.pdf"]


@pytest.mark.parametrize(
    ("change", "key", "told"),
    [
        ({"subject": "x" * 501}, "subject", "Trích yếu dài 501 ký tự, edXML nhận tối đa 500."),
        ({"code_number": "1" * 12}, "code_number", "Số văn bản dài 12 ký tự, edXML nhận tối đa 11."),
        ({"code_notation": ""}, "code_notation", "Ký hiệu văn bản: chưa ghi."),
        ({"place": " "}, "place", "Nơi ban hành: chưa ghi."),
        ({"sender": replace(CITY, code="h29 1")}, "sender", "Cơ quan gửi: mã định danh “h29 1” không đúng dạng"),
        ({"sender": replace(CITY, code="1" * 36)}, "sender", "không đúng dạng"),
        ({"recipients": (replace(DISTRICT, code=""),)}, "recipients[0]", "Cơ quan nhận thứ 1 (“Liên đoàn Lao động Quận 1”) chưa có mã"),
        ({"recipients": ()}, "recipients", "Chưa có cơ quan nhận."),
        ({"recipients": (replace(DISTRICT, name="x" * 201),)}, "recipients[0]", "tên dài 201 ký tự"),
        ({"pages": 1000}, "pages", "Số trang: edXML nhận một số từ 1 đến 999."),
        ({"copies": 0}, "copies", "Số bản: edXML nhận một số từ 1 đến 999."),
        ({"priority": 4}, "priority", "Độ khẩn là một số từ 0"),
        ({"due_on": date(2023, 3, 14)}, "due_on", "Hạn trả lời ở trước ngày của văn bản."),
        ({"to_places": ("x" * 600, "y" * 500)}, "to_places", "Nơi nhận dài tổng cộng 1100 ký tự"),
        ({"signer_name": "A\x00"}, "signer_name", "có ký tự không in được."),
        ({"content": "A\x01"}, "content", "có ký tự không in được."),
        ({"attached": (Attached("a", "x/y", b""), Attached("a", "x/y", b""))}, "attached[1]", "Hai tệp cùng tên “a”."),
        ({"attached": (Attached("../a", "x/y", b""),)}, "attached[0]", "không dùng làm tên tệp được."),
    ],
)
def test_what_does_not_fit_is_told_with_its_field_and_never_cut(change: dict[str, object], key: str, told: str) -> None:
    wrong = replace(LETTER, **change)  # type: ignore[arg-type]
    (problem,) = message_problems(wrong)
    assert (problem.key, told in problem.message) == (key, True)
    with pytest.raises(CannotWriteError):
        write_edxml(wrong)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    wrong = replace(LETTER, subject="", pages=0, recipients=())
    assert {each.key for each in message_problems(wrong)} == {"subject", "pages", "recipients"}
    assert message_problems(LETTER) == []


def test_files_of_older_axes_are_read_whatever_their_prefix_and_capitals() -> None:
    old = (
        f'<e:EdXMLEnvelope xmlns:e="http://www.go.vn/eDoc"><e:EdXMLHeader><e:MessageHeader><e:From><e:OrganId>H29</e:OrganId>'
        f"<e:OrganName>Sở Nội vụ</e:OrganName></e:From><e:Code><e:CodeNumber>5</e:CodeNumber><e:CodeNotation>SNV</e:CodeNotation></e:Code>"
        f"<e:PromulgationInfo><e:PromulgationDate>2023-4-1</e:PromulgationDate></e:PromulgationInfo><e:Subject>Báo cáo</e:Subject>"
        f"</e:MessageHeader></e:EdXMLHeader><e:AttachmentEncoded><e:Attachment><e:AttachmentName>C:\\a\\b.txt</e:AttachmentName>"
        f"<e:ContentTransferEncoded>{base64.b64encode(b'abc').decode()}\n</e:ContentTransferEncoded></e:Attachment></e:AttachmentEncoded>"
        f"</e:EdXMLEnvelope>"
    )
    message = message_of(old.encode("utf-16"))
    assert (message.sender.name, message.code_number, message.issued_on) == ("Sở Nội vụ", "5", date(2023, 4, 1))
    assert message.attached == (Attached("b.txt", "", b"abc"),)


def test_texts_that_have_no_place_in_ours_are_kept_with_their_way() -> None:
    found = edited(
        lambda text: text.replace("<edXML:Subject>", "<edXML:SteeringType>1</edXML:SteeringType><edXML:Subject>").replace(
            "<edXML:OtherInfo>", "<edXML:OtherInfo><edXML:SphereOfPromulgation>Nội bộ</edXML:SphereOfPromulgation>"
        )
    )
    way = "edXML/edXMLEnvelope/edXMLHeader/MessageHeader"
    assert found.rest == ((f"{way}/SteeringType", "1"), (f"{way}/OtherInfo/SphereOfPromulgation", "Nội bộ"))
    assert found.problems == ()


def test_a_paper_that_is_taken_back_is_not_read_as_a_new_one() -> None:
    found = edited(lambda text: text.replace("DocType>0<", "DocType>1<").replace("Văn bản điện tử mới", "Thu hồi"))
    assert [(way.rpartition("/")[2], text) for way, text in found.rest] == [("BussinessDocType", "1"), ("BussinessDocReason", "Thu hồi")]


def test_a_signature_is_said_not_to_have_been_checked() -> None:
    end = "</edXML:edXMLHeader>"
    found = edited(lambda text: text.replace(end, f"<edXML:DigitalSignature>a</edXML:DigitalSignature>{end}"))
    assert (found.problems, found.rest) == (("Tệp có chữ ký số; Khéo không kiểm chữ ký này.",), ())


def test_an_archive_that_was_sent_as_one_stays_one() -> None:
    """Also one that holds a single file: only a zip of the very file that is named is a wrapping."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("a.txt", "abc")
    data = write_edxml(replace(LETTER, attached=(Attached("ho-so.zip", "application/zip", box.getvalue()),)))
    wrapped = base64.b64decode(re.findall(rb"TransferEncoded>([^<]+)<", data)[0])
    assert message_of(data).attached[0].data == box.getvalue()
    (bare,) = message_of(data.replace(base64.b64encode(wrapped), base64.b64encode(box.getvalue()))).attached
    assert (bare.name, bare.data) == ("ho-so.zip", box.getvalue())


def test_a_packed_file_that_is_torn_is_told_and_the_rest_is_read() -> None:
    written = write_edxml(replace(LETTER, attached=(Attached("a.txt", "text/plain", bytes(range(256)) * 20),)))
    packed = re.search(b"TransferEncoded>([^<]+)<", written)
    assert packed
    torn = bytearray(base64.b64decode(packed[1]))
    torn[60:90] = b"\xff" * 30
    found = read_message(written.replace(packed[1], base64.b64encode(bytes(torn))))
    assert found.problems[0] == "Tệp kèm “a.txt” là tệp nén hỏng hoặc có mật khẩu."
    assert found.message is not None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("2023/03/15</edXML:Pro", "15 tháng 3</edXML:Pro"), "PromulgationDate “15 tháng 3” không phải ngày"),
        (lambda text: text.replace("2023/05/10", "2023/02/30"), "DueDate “2023/02/30” không phải ngày"),
        (lambda text: text.replace("09:30:00", "29:30:00"), "Timestamp “2023/03/15 29:30:00” của H29.1.2 không phải ngày giờ."),
        (lambda text: text.replace(">26<", ">hai mươi<"), "PromulgationAmount “hai mươi” không phải số."),
        (lambda text: text.replace("TransferEncoded>UEs", "TransferEncoded>!UEs"), "Tệp kèm “cong-van.pdf” không đúng mã base64 ("),
        (lambda text: re.sub("<(/?)Attachment>", r"<\1X>", text), "Danh mục nêu tệp “cong-van.pdf” mà"),
        (lambda text: text.replace("LĐLĐ-TG</edXML:CodeN", "</edXML:CodeN"), "Thiếu phần Code, hoặc phần ấy để trống."),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_told_and_the_rest_is_read(change: Callable[[str], str], told: str) -> None:
    found = edited(change)
    assert any(each.startswith(told) for each in found.problems), found.problems
    assert found.message is not None
    assert found.message.subject == LETTER.subject


def bomb(depth: int = 0) -> bytes:
    letters = "".join(f'<!ENTITY {chr(97 + each)} "{"&" + chr(96 + each) + ";" if each else "x"}">' for each in range(9))
    return f'<?xml version="1.0"?><!DOCTYPE edXML [{letters}]><edXML>&i;</edXML>'.encode()


OUTSIDE = b'<!DOCTYPE edXML [<!ENTITY x SYSTEM "file:///etc/passwd">]><edXML><MessageHeader><Subject>&x;</Subject></MessageHeader></edXML>'


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", "not_xml"),
        (b"PK\x03\x04", "not_xml"),
        (b"<edXML>", "not_xml"),
        (b"<?xml version='1.0' encoding='x-unknown'?><edXML/>", "not_xml"),
        (b"<html/>", "not_edxml"),
        (b"<edXML xmlns='urn:other'/>", "no_header"),
        (b"<edXML/>", "no_header"),
        (bomb(), "unsafe"),
        (OUTSIDE, "unsafe"),
        (b"<!DOCTYPE edXML><edXML/>", "unsafe"),
        (b"<edXML>" + b"<a>" * 20_000 + b"</a>" * 20_000 + b"</edXML>", "unsafe"),
        (b"x" * (49 << 20), "large"),
    ],
)
def test_what_is_no_such_file_or_would_do_harm_is_refused_with_words(data: bytes, refusal: str) -> None:
    assert read_message(data).refusal == refusal
    assert words_of_edxml_refusal(refusal)


def test_a_file_inside_that_unpacks_without_end_is_told_and_not_unpacked() -> None:
    big = Attached("a.bin", "x/y", bytes(LARGEST_FILE + 1))
    written = write_edxml(replace(LETTER, attached=(big,)))
    assert len(written) < 200_000
    found = read_message(written)
    assert found.problems[0] == "Tệp kèm “a.bin” lớn quá: nhận tối đa 20 MB một tệp, 32 MB tất cả."
    assert found.message is not None
    assert found.message.attached == ()


def test_what_the_child_answers_is_what_was_read() -> None:
    data = write_edxml(LETTER)
    assert from_json(edxml_read(data)) == read_edxml(data) == read_message(data)
    assert from_json(edxml_read(b"<edXML/>")) == EdxmlRead(refusal="no_header")
