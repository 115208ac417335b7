"""A PDF is taken when it is a plain paper; locked, running and carrying ones are refused with the reason."""

import io
import random
import zlib
from contextlib import closing

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from kheo.documents.pdf_safety import LOCKED, NOT_PDF, TOO_BIG, TOO_MANY, TORN, UNREADABLE, check_pdf, pdf_fault
from kheo.files.child import Reader


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
        (with_objects(b"1 0 " + b"\x00" * (65 << 20)), TOO_BIG),
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


SCRIPT = b"1 0 << /S /JavaScript /JS (app.alert(1)) >>"
OBJECTS = b"5 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >> "


def paper(*parts: bytes) -> bytes:
    return b"%PDF-1.5\n" + b"".join(parts) + b"\nendstream endobj\n%%EOF\n"


def stored(data: bytes) -> bytes:
    """Packed without being pressed: the bytes stand in it as they are."""
    packing = zlib.compressobj(0)
    return packing.compress(data) + packing.flush()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(paper(b"%stream\n", OBJECTS, b"stream\n", zlib.compress(SCRIPT)), id="a remark that looks like a stream before it"),
        pytest.param(paper(OBJECTS, b"stream \n", zlib.compress(SCRIPT)), id="a blank behind the word"),
        pytest.param(paper(OBJECTS, b"stream\r", zlib.compress(SCRIPT)), id="an old end of line"),
        pytest.param(paper(OBJECTS[:-3], b" " * 9000, b">> stream\n", zlib.compress(SCRIPT)), id="a long dictionary"),
        pytest.param(paper(OBJECTS.replace(b"/Type /ObjStm", b""), b"stream\n", zlib.compress(SCRIPT)), id="a stream without its type"),
        pytest.param(
            paper(OBJECTS, b"stream\n", stored(b"1 0 (endstream) " + SCRIPT[4:].replace(b"/Java", b"/J#61va"))), id="an end inside"
        ),
        pytest.param(paper(OBJECTS, b"stream\n", zlib.compress(b"% " + SCRIPT + b"\n" + SCRIPT)), id="a remark before the objects"),
        pytest.param(paper(OBJECTS, b"stream\n", zlib.compress(b"\n\n  " + SCRIPT)), id="blanks before the objects"),
        pytest.param(paper(OBJECTS, b"stream\n", zlib.compress(b" " * 900_000 + SCRIPT)), id="a sea of blanks before the objects"),
        pytest.param(paper(OBJECTS, b"stream\n", zlib.compress(b"1%\n0 " + SCRIPT[4:])), id="a remark behind the number"),
        pytest.param(paper(b"1 0 obj << /S /Rendition /JS (app.alert(1)) >> stream\n"), id="a script of a film"),
        pytest.param(paper(b"%stream\n1 0 obj << /XFA 3 0 R >>"), id="a form behind a remark"),
    ],
)
def test_nothing_hides_behind_a_false_structure(data: bytes) -> None:
    assert pdf_fault(data).endswith(ONLY)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (paper(OBJECTS, b"% stream\n", b"stream\n", zlib.compress(SCRIPT)), UNREADABLE),
        (paper(OBJECTS, b"stream\n", zlib.compress(SCRIPT)[:-4] + b"\xff\xff\xff\xff"), UNREADABLE),
        (paper(OBJECTS, b"stream\n", zlib.compress(b" " * 9000 + SCRIPT)[:-4] + b"\xff\xff\xff\xff"), UNREADABLE),
        (paper(b"4 0 obj << /Type /XRef >> 5 0 obj << /N 1 /First 4 /Filter [/AHx /Fl] >> stream\n", b"78"), UNREADABLE),
        (paper(b"<<>> stream\n\nendstream\n" * 20_001), TOO_MANY),
    ],
)
def test_what_cannot_be_looked_into_is_refused(data: bytes, why: str) -> None:
    assert pdf_fault(data) == why
    assert why


def test_ordinary_content_is_unpacked_no_further_than_its_beginning() -> None:
    page = zlib.compress(b"q 1 0 0 1 0 0 cm BT (/JavaScript) Tj ET Q" + b" " * (80 << 20))
    assert pdf_fault(paper(b"1 0 obj << /Filter /FlateDecode >> stream\n", page)) == ""


def test_dark_pictures_are_pictures() -> None:
    """A page scanned in colour is 26 MB of points, and may begin with as much black; by chance one begins like a number."""
    beginnings = (b"", b"\x00" * (26 << 20), b"7", b"7\xff", b"\x00\x00%"[:2])
    pictures = [zlib.compress(each + b"\xfe\x80" * 9_000_000, 1) for each in beginnings]
    streams = [b"1 0 obj << /Subtype /Image /Filter /FlateDecode >> stream\n" + each + b"\nendstream\n" for each in pictures]
    assert pdf_fault(paper(*streams * 3)) == ""


def test_fifteen_thousand_streams_of_blanks_cost_little() -> None:
    one = b"<<>> stream\n" + zlib.compress(b" " * 4000 + b"q 1 0 0 1 cm " * 300) + b"\nendstream\n"
    with closing(Reader()) as reader:
        assert reader.run(check_pdf, paper(one * 15_000)) == b"", "the child's limit of processor time is the judge"


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
