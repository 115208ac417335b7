"""A PDF is taken when it is a plain paper; locked, running and carrying ones are refused with the reason."""

import io
import random
import zlib

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from kheo.documents.pdf_safety import LOCKED, NOT_PDF, TOO_BIG, TORN, UNREADABLE, check_pdf, pdf_fault


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def plain() -> PdfWriter:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": "Quyet dinh"})
    return writer


def with_script() -> bytes:
    writer = plain()
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    return written(writer)


def with_file() -> bytes:
    writer = plain()
    writer.add_attachment("a.exe", b"MZ")
    return written(writer)


def locked() -> bytes:
    writer = plain()
    writer.encrypt("mat-khau", algorithm="RC4-128")
    return written(writer)


def with_objects(inner: bytes, filters: bytes = b"/FlateDecode", body: bytes | None = None) -> bytes:
    """A file whose objects stand in a compressed stream, as modern writers make them."""
    packed = zlib.compress(inner) if body is None else body
    head = b"%%PDF-1.5\n5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter %s /Length %d >>\nstream\n" % (filters, len(packed))
    return head + packed + b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def test_a_plain_paper_is_taken() -> None:
    assert pdf_fault(written(plain())) == ""
    assert pdf_fault(with_objects(b"1 0 << /Type /Catalog /Pages 2 0 R >>")) == ""
    assert check_pdf(written(plain())) == b""


BOTH = "có mã lệnh (JavaScript), có phim hoặc nội dung chạy được"
ONLY = "; chỉ nhận PDF thuần văn bản và hình."


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (with_script(), "có mã lệnh (JavaScript)"),
        (with_file(), "có tệp khác kèm bên trong"),
        (with_objects(b"1 0 << /S /JavaScript /JS (app.alert(1)) >>"), "có mã lệnh (JavaScript)" + ONLY),
        (with_objects(b"1 0 << /S /J#61vaScript >>"), "có mã lệnh (JavaScript)" + ONLY),
        (with_objects(b"1 0 << /S /Launch /F (cmd.exe) >>"), "có lệnh mở chương trình khác" + ONLY),
        (with_objects(b"1 0 << /XFA 3 0 R >>"), "là biểu mẫu động (XFA)" + ONLY),
        (
            with_objects(b"1 0 << /Subtype /RichMedia >> << /S /JavaScript >>"),
            BOTH + ONLY,
        ),
        (with_objects(b"x", b"[/ASCIIHexDecode /FlateDecode]"), UNREADABLE),
        (with_objects(b"x", b"/FlateDecode", b"not packed at all"), UNREADABLE),
        (with_objects(b"\x00" * (65 << 20)), TOO_BIG),
        (locked(), LOCKED),
        (b"%PDF-1.4\n1 0 obj << /S /#4Aav#61Script >> endobj\n%%EOF", "có mã lệnh (JavaScript)" + ONLY),
        (written(plain())[:-300], TORN),
        (b"<html>%PDF-1.4 %%EOF", NOT_PDF),
        (b"\xff\xd8\xff%PDF-1.4 %%EOF", NOT_PDF),
        (b"", NOT_PDF),
    ],
)
def test_what_is_no_plain_paper_is_refused_with_the_reason(data: bytes, why: str) -> None:
    assert pdf_fault(data).startswith(why)
    assert why


def test_a_name_within_a_streams_bytes_does_not_hide() -> None:
    """An index may point into a stream: long names are looked for everywhere."""
    data = b"%PDF-1.4\n1 0 obj << /Length 40 >>\nstream\n2 0 obj << /S /JavaScript >> endobj\nendstream endobj\n%%EOF"
    assert pdf_fault(data).startswith("có mã lệnh")


def test_random_bytes_in_pictures_are_not_taken_for_names() -> None:
    chance = random.Random(2)
    body = chance.randbytes(3_000_000).replace(b"endstream", b"")
    data = b"%PDF-1.4\n1 0 obj << /Subtype /Image /Length 1 >>\nstream\n" + body + b"\nendstream endobj\n%%EOF"
    assert pdf_fault(data) == ""


def test_mutated_papers_never_raise() -> None:
    chance, whole = random.Random(9), with_script()
    for _ in range(300):
        torn = bytearray(whole)
        for _ in range(chance.randrange(1, 10)):
            torn[chance.randrange(len(torn))] = chance.randrange(256)
        assert isinstance(pdf_fault(bytes(torn)), str)
