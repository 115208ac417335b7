"""edXML files that other software or a hand wrote: read whatever their looks, or refused with the place; what would harm is not opened."""

import base64
import io
import zipfile
from datetime import date

import pytest

from kheo.documents.edxml.message import NAMESPACE, Attached, Organ
from kheo.documents.edxml.reading import LARGEST_FILE, MOST_FILES, read_edxml
from kheo.files.edxml import read_message, words_of_edxml_refusal

TEXT = b"C\xc3\xb4ng v\xc4\x83n" * 40
ENCODED = base64.encodebytes(TEXT).decode()  # with a line break after each 76 letters

# Another order of the parts, an own prefix, a comment and CDATA in the texts, days as people write them, what is optional left out.
FOREIGN = f"""
<!-- xuất từ phần mềm khác -->
<vb:edXML xmlns:vb="{NAMESPACE}" xmlns="urn:khac">
  <vb:AttachmentEncoded>
    <vb:Attachment>
      <vb:ContentTransferEncoded>
{ENCODED}</vb:ContentTransferEncoded>
      <vb:ContentId>&lt;CID:1&gt;</vb:ContentId>
    </vb:Attachment>
  </vb:AttachmentEncoded>
  <vb:edXMLEnvelope>
    <vb:edXMLBody><vb:edXMLManifest>
      <vb:Reference xmlns:x="http://www.w3.org/1999/xlink" x:href="cid:1"><vb:AttachmentName>công văn.txt</vb:AttachmentName></vb:Reference>
    </vb:edXMLManifest></vb:edXMLBody>
    <vb:edXMLHeader>
      <vb:MessageHeader>
        <vb:Subject><![CDATA[Phối hợp <5 không> & ]]>năm<!-- nay --> 2023</vb:Subject>
        <vb:PromulgationInfo><vb:PromulgationDate> 15/03/2023 </vb:PromulgationDate></vb:PromulgationInfo>
        <vb:To><vb:OrganName>Quận 1</vb:OrganName></vb:To>
        <vb:Code><vb:CodeNotation>SNV</vb:CodeNotation><vb:CodeNumber>05</vb:CodeNumber></vb:Code>
        <vb:To><vb:OrganName>Quận <i>3</i></vb:OrganName><vb:OrganId>H29.3</vb:OrganId></vb:To>
        <vb:From><vb:OrganName>Sở Nội vụ</vb:OrganName></vb:From>
      </vb:MessageHeader>
    </vb:edXMLHeader>
  </vb:edXMLEnvelope>
</vb:edXML>
"""


@pytest.mark.parametrize(
    "data",
    [
        FOREIGN.encode(),
        FOREIGN.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + FOREIGN.encode(),
        f'\n  <?xml version="1.0" encoding="UTF-8"?>{FOREIGN}'.encode(),
        FOREIGN.encode("utf-16"),
        f'<?xml version="1.0" encoding="UTF-16"?>{FOREIGN}'.encode("utf-16"),
        f'<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>{FOREIGN}</soap:Body></soap:Envelope>'.encode(),
        FOREIGN.replace("vb:", "").encode(),
        FOREIGN.replace(ENCODED, ENCODED.rstrip().rstrip("=")).encode(),
    ],
    ids=["as it is", "windows", "bom", "empty line first", "utf-16", "utf-16 declared", "wrapped", "own namespace", "no padding"],
)
def test_a_file_of_other_software_is_read_whatever_its_looks(data: bytes) -> None:
    found = read_edxml(data)
    message = found.message
    assert message is not None
    assert (message.subject, message.issued_on) == ("Phối hợp <5 không> & năm 2023", date(2023, 3, 15))
    assert (message.code_number, message.code_notation) == ("05", "SNV")
    assert (message.sender, message.recipients) == (Organ("", "Sở Nội vụ"), (Organ("", "Quận 1"), Organ("H29.3", "Quận 3")))
    assert message.attached == (Attached("công văn.txt", "", TEXT),)
    assert found.rest == ()
    assert [each for each in found.problems if "urn:khac" not in each] == []


def test_a_namespace_that_nobody_knows_is_told_and_the_file_is_read() -> None:
    found = read_edxml(FOREIGN.replace("vb:", "").encode())
    assert found.problems == ("Không gian tên “urn:khac” không phải của QCVN 102:2016; Khéo đọc theo tên các phần.",)


def envelope(inside: str, attached: str = "") -> bytes:
    return (
        f'<edXML xmlns="{NAMESPACE}"><edXMLEnvelope><edXMLHeader><MessageHeader><From><OrganName>A</OrganName></From>'
        f"<Code><CodeNotation>A</CodeNotation></Code><PromulgationInfo><PromulgationDate>2023/03/15</PromulgationDate></PromulgationInfo>"
        f"<Subject>B</Subject>{inside}</MessageHeader></edXMLHeader></edXMLEnvelope><AttachmentEncoded>{attached}</AttachmentEncoded></edXML>"
    ).encode()


def attachment(encoded: str, name: str = "a.txt") -> str:
    return f"<Attachment><AttachmentName>{name}</AttachmentName><ContentTransferEncoded>{encoded}</ContentTransferEncoded></Attachment>"


def test_nothing_that_a_hand_put_between_the_parts_is_dropped() -> None:
    found = read_edxml(envelope("gấp <Subject>hai</Subject> lắm"))
    way = "edXML/edXMLEnvelope/edXMLHeader/MessageHeader"
    assert found.rest == ((way, "gấp"), (f"{way}/Subject", "hai"), (way, "lắm"))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (envelope("<OtherInfo><Priority>7</Priority></OtherInfo>"), "Priority “7” không phải độ khẩn từ 0 (thường) đến 3 (hỏa tốc)."),
        (envelope("", attachment("")), "Tệp kèm “a.txt” rỗng (ContentTransferEncoded)."),
        (envelope("", attachment("YWJ*")), "Tệp kèm “a.txt” không đúng mã base64 (ContentTransferEncoded)."),
        (envelope("", attachment("YWJjZ")), "Tệp kèm “a.txt” không đúng mã base64 (ContentTransferEncoded)."),
        (envelope("", attachment("YWJjđ")), "Tệp kèm “a.txt” không đúng mã base64 (ContentTransferEncoded)."),
        (envelope("<DueDate>32/01/2023</DueDate>"), "DueDate “32/01/2023” không phải ngày dạng năm/tháng/ngày."),
        (envelope("", attachment("YQ==") * (MOST_FILES + 1)), f"Nhiều tệp kèm quá: chỉ đọc {MOST_FILES} tệp đầu."),
    ],
)
def test_what_is_wrong_is_told_with_its_part_and_the_rest_is_read(data: bytes, told: str) -> None:
    found = read_edxml(data)
    assert found.problems == (told,)
    assert found.message is not None
    assert found.message.subject == "B"


@pytest.mark.parametrize(
    ("data", "refusal", "where"),
    [
        (envelope("").replace(b"</Subject>", b""), "not_xml", "Hỏng từ dòng 1, cột 275, trong phần Subject."),
        (envelope("")[:200], "not_xml", "Hỏng từ dòng 1, cột 197, trong phần PromulgationInfo."),
        (b"<edXML>&nbsp;</edXML>", "not_xml", "Hỏng từ dòng 1, cột 8, trong phần edXML."),
        (b"khong phai xml", "not_xml", "Hỏng từ dòng 1, cột 1, ở ngoài mọi phần."),
        (b"<?xml version='1.0' encoding='x-la'?><edXML/>", "not_xml", "Bảng mã ghi ở đầu tệp (encoding) không dùng được."),
        (b"<html><edxmls/></html>", "not_edxml", "Phần ngoài cùng là “html”."),
        (b"<!DOCTYPE edXML><edXML/>", "unsafe", "Có khai báo <!DOCTYPE hoặc <!ENTITY ở đầu tệp."),
        (b"<edXML>" + b"<a>" * 50, "unsafe", "Lồng quá 40 tầng trong phần a."),
    ],
)
def test_what_is_refused_is_told_with_the_place_in_the_file(data: bytes, refusal: str, where: str) -> None:
    found = read_message(data)
    assert (found.refusal, found.where, found.message) == (refusal, where, None)
    assert words_of_edxml_refusal(found.refusal, found.where).endswith(where)


def test_nesting_is_refused_before_the_elements_below_take_any_room() -> None:
    """A million levels are 8 MB of elements that are never made: the file is not even read to its broken end."""
    assert read_message(b"<edXML>" + b"<a>" * 1_000_000 + b"</b>").where == "Lồng quá 40 tầng trong phần a."


def zipped(data: bytes, name: str) -> str:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return base64.b64encode(box.getvalue()).decode()


def test_files_that_are_too_large_together_are_told_and_those_that_fit_are_kept() -> None:
    half = bytes(LARGEST_FILE - 1)
    found = read_message(envelope("", attachment(zipped(half, "a"), "a") + attachment(zipped(half, "b"), "b") + attachment("YWJj", "c")))
    assert found.message is not None
    assert [(each.name, len(each.data)) for each in found.message.attached] == [("a", LARGEST_FILE - 1), ("c", 3)]
    assert found.problems == ("Tệp kèm “b” lớn quá: nhận tối đa 20 MB một tệp, 32 MB tất cả.",)


def test_base64_that_is_larger_than_any_file_may_be_is_told_and_not_kept() -> None:
    found = read_message(envelope("", attachment("QUFB\n" * (LARGEST_FILE // 3 + 1))))
    assert found.message is not None
    assert (found.message.attached, len(found.problems)) == ((), 1)


def test_millions_of_small_parts_take_no_more_room_than_the_child_has() -> None:
    found = read_message(b"<edXML>" + b"<a/>" * 8_000_000 + b"</edXML>")
    assert found.refusal in ("memory", "time", "no_header")
    assert read_message(envelope("")).message is not None, "the next file is read as ever"
