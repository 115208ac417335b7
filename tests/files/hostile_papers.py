"""Files that people send for papers by mistake or in malice, each small, with what is to be said of it."""

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from docx import Document

from kheo.core.directives.encodings import TCVN3
from kheo.documents.pdf import set_pdf

WORDS = "Sở Nội vụ đề nghị các đơn vị thực hiện và gửi báo cáo về Sở Nội vụ trước ngày 20/3/2026."
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MAIN = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
Change = Callable[[bytes], bytes]


def word(*paragraphs: str) -> bytes:
    """A Word file with these paragraphs."""
    document, stream = Document(), io.BytesIO()
    for each in paragraphs:
        document.add_paragraph(each)
    document.save(stream)
    return stream.getvalue()


def partly_scanned() -> bytes:
    """A PDF of three pages of which the second is only a picture."""
    return set_pdf(f"{WORDS} #pagebreak() #rect() #pagebreak() {WORDS}", created=datetime(2026, 3, 2, tzinfo=UTC))


def changed(data: bytes, changes: Mapping[str, Change | bytes]) -> bytes:
    """A zip with some of its parts replaced or added."""
    stream, rest = io.BytesIO(), dict(changes)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = rest.pop(name, None)
            new.writestr(name, old.read(name) if change is None else change if isinstance(change, bytes) else change(old.read(name)))
        for name, content in rest.items():
            new.writestr(name, content if isinstance(content, bytes) else content(b""))
    return stream.getvalue()


def with_body(body: str, declared: str = "") -> bytes:
    """A Word file of which the body is written by hand."""
    whole = f'<?xml version="1.0"?>{declared}<w:document xmlns:w="{_W}" xmlns:mc="{_MC}"><w:body>{body}</w:body></w:document>'
    return changed(word("x"), {"word/document.xml": whole.encode()})


def said(words: str) -> str:
    """A paragraph of a body."""
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def typed_as(kind: bytes) -> bytes:
    """A Word file that calls itself something else in the list of its parts."""
    return changed(word(WORDS), {"[Content_Types].xml": lambda told: told.replace(_MAIN, kind)})


def zipped(*names: str) -> bytes:
    """A zip of files with these names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return stream.getvalue()


def locked(data: bytes) -> bytes:
    """The zip with its first part said to be encrypted."""
    made = bytearray(data)
    made[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def old_office(*streams: str) -> bytes:
    """The beginning of an old file of Office and the names of its streams."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)


def pdf(content: bytes, *, font: bytes = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", packed: bool = False) -> bytes:
    """A PDF of one page."""
    body = zlib.compress(content) if packed else content
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        font,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents 5 0 R>>",
        b"<<%s/Length %d>>stream\n%s\nendstream" % (b"/Filter/FlateDecode" if packed else b"", len(body), body),
    ]
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (rows, len(made))


def lines(words: bytes, count: int = 3) -> bytes:
    """The drawing of some lines."""
    return b"BT /F1 12 Tf 14 TL 50 800 Td " + (b"%s Tj T* " % words) * count + b"ET"


PLAIN = lines(b"(Cac don vi gui bao cao ve So Noi vu truoc ngay 20/3/2026)")
_GLYPHS = b"<" + b"".join(b"%04x" % (3 + ord(char) * 7 % 90) for char in "Bao cao ve So Noi vu") + b">"
_NO_TABLE = (
    b"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+X"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/AAAAAA+X/Flags 4>>>>]>>"
)


def in_old_font(text: str) -> str:
    """As an ABC font has it: letters that Latin-1 shows."""
    letters = {letter: chr(code) for code, letter in TCVN3.items()}
    return "".join(letters.get(char, char) for char in unicodedata.normalize("NFC", text))


_LAUGHS = "".join(f'<!ENTITY {chr(98 + step)} "{f"&{chr(97 + step)};" * 10}">' for step in range(20))
# Name: the file, and why it is not read.
REFUSED: dict[str, tuple[bytes, str]] = {
    "rong.pdf": (b"", "empty"),
    "khoa.docx": (old_office("Root Entry", "EncryptionInfo", "EncryptedPackage"), "locked"),
    "khoa-ben-trong.docx": (locked(word(WORDS)), "locked"),
    "cu.doc": (old_office("Root Entry", "WordDocument"), "old_word"),
    "bang-cu.xls": (old_office("Root Entry", "Workbook"), "other_office"),
    "macro.docm": (typed_as(b"vnd.ms-word.document.macroEnabled.main+xml"), "macro"),
    "mau.dotx": (typed_as(b"vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"), "macro"),
    "bang.docx": (typed_as(b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), "other_office"),
    "chat.docx": (
        changed(word(WORDS), {"_rels/.rels": lambda told: told.replace(b"schemas.openxmlformats.org", b"purl.oclc.org/ooxml")}),
        "strict",
    ),
    "mo.docx": (zipped("mimetype", "content.xml"), "other_office"),
    "nen.docx": (zipped("van-ban/a.txt"), "archive"),
    "giau.doc": (rb"{\rtf1\ansi S\u7903? N\u7897?i v\u7909?\par}", "markup"),
    "web.doc": (f"<html><body><p>{WORDS}</p></body></html>".encode("utf-8-sig"), "markup"),
    "thu.doc": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>", "markup"),
    "bom-thuc-the.docx": (with_body(said("&z;"), f'<!DOCTYPE w:document [<!ENTITY a "ha">{_LAUGHS}]>'), "broken"),
    "thuc-the-ngoai.docx": (with_body(said("Trước &x; sau"), '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "broken"),
    "long-sau.docx": (with_body("<w:p>" + "<w:ins>" * 3000 + "</w:ins>" * 3000 + "</w:p>"), "broken"),
    "cut.docx": (word(WORDS)[:-900], "broken"),
    "cut.pdf": (pdf(PLAIN)[:300], "broken"),
    "khong-trang.pdf": (pdf(PLAIN).replace(b"/Kids[4 0 R]/Count 1", b"/Kids[]/Count 0     "), "broken"),
    "khong-bang-chu.pdf": (pdf(lines(_GLYPHS, 8), font=_NO_TABLE), "no_letters"),
    "hinh.pdf": (pdf(b"0 0 100 100 re f"), "scan"),
    "nhi-phan.txt": (bytes((number * 37 + number // 7) % 255 + 1 for number in range(6000)), "not_text"),
    "khong.txt": (b"\0" + WORDS.encode(), "not_text"),
    "anh.docx": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(200), "not_text"),
}
# Name: the file, how its letters were written.
READ: dict[str, tuple[bytes, str]] = {
    "utf16.txt": (WORDS.encode("utf-16"), "utf-16"),
    "utf16-khong-dau.txt": (WORDS.encode("utf-16-le"), "utf-16"),
    "utf16-nguoc.txt": (WORDS.encode("utf-16-be"), "utf-16"),
    "utf32.txt": (WORDS.encode("utf-32"), "utf-32"),
    "dau.txt": (WORDS.encode("utf-8-sig"), "utf-8"),
    "bang.csv.docx": (WORDS.encode(), "utf-8"),
    "abc.txt": (in_old_font(WORDS).encode("latin-1"), "tcvn3"),
    "abc.docx": (word(in_old_font(WORDS)), "tcvn3"),
    "trong-khung.docx": (
        with_body(
            f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc>{said('Sở Nội vụ đề nghị các đơn vị thực hiện và gửi báo cáo')}"
            f"</w:tc></w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>"
            f"<w:customXml>{said('về Sở Nội vụ trước ngày 20/3/2026.')}</w:customXml>"
        ),
        "docx",
    ),
    "khung-hai-lan.docx": (
        with_body(
            f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{said(WORDS)}</w:txbxContent></mc:Choice>"
            f"<mc:Fallback><w:txbxContent>{said(WORDS)}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
        "docx",
    ),
}
