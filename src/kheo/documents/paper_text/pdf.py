"""The text layer of a PDF, page by page, by PDFium. A scan has none: it is said, not guessed."""

import ctypes
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw

from kheo.core.directives.secrecy import mark_at_edges, mark_on_margins
from kheo.documents.paper_text.answer import PaperText, to_json

_MOST_PAGES = 500
_MOST_STAMPS, _LONGEST_STAMP = 500, 1024  # on a page; bytes: a mark is short
_LEAST = 12  # letters of a page that has text: a page number alone is none
# A font without a table to Unicode gives the numbers of its glyphs for letters; no paper's text has such signs in it.
_NO_SIGN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
_MOST_WITHOUT_SIGN = 0.05


def pdf_text(data: bytes) -> bytes:
    """The job of the child: the text of a PDF."""
    return to_json(read_pdf(data))


def read_pdf(data: bytes) -> PaperText:
    """The same as an object."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        return PaperText(refusal="locked" if fault.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD else "broken")
    try:
        if len(document) > _MOST_PAGES:
            return PaperText(refusal="large")
        pages = [_page(document, index) for index in range(len(document))]
        stamped = [said for index in range(len(document)) for said in _stamps(document, index)]
    except pypdfium2.PdfiumError:
        return PaperText(refusal="broken")
    finally:
        document.close()
    if mark_on_margins(stamped) or mark_on_margins(pages) or any(map(mark_at_edges, pages)):
        return PaperText(refusal="secret")  # of a scan too, on which a program stamped the mark
    bare = tuple(number for number, text in enumerate(pages, 1) if sum(char.isalpha() for char in text) < _LEAST)
    if len(bare) == len(pages):
        return PaperText(refusal="scan")
    text = "\n".join(pages)
    if len(_NO_SIGN.findall(text)) > _MOST_WITHOUT_SIGN * len(text):
        return PaperText(refusal="no_letters")
    return PaperText(text=text, encoding="pdf", some_scanned=bare)


def _page(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    layer = page.get_textpage()
    try:
        return str(layer.get_text_bounded()).replace("\r\n", "\n").replace("\ufffe", "")
    finally:
        layer.close()
        page.close()


def _stamps(document: pypdfium2.PdfDocument, index: int) -> Iterator[str]:
    """What stamps, remarks and fields of a page say: they lie over it and are no part of its text."""
    page = document[index]
    try:
        for at in range(min(pypdfium2.raw.FPDFPage_GetAnnotCount(page), _MOST_STAMPS)):
            stamp = pypdfium2.raw.FPDFPage_GetAnnot(page, at)
            if stamp:
                yield from (_said(stamp, key) for key in (b"Contents", b"V"))
                pypdfium2.raw.FPDFPage_CloseAnnot(stamp)
    finally:
        page.close()


def _said(stamp: Any, key: bytes) -> str:
    buffer = ctypes.create_string_buffer(_LONGEST_STAMP)
    as_letters = ctypes.cast(buffer, ctypes.POINTER(pypdfium2.raw.FPDF_WCHAR))
    length = pypdfium2.raw.FPDFAnnot_GetStringValue(stamp, key, as_letters, _LONGEST_STAMP)
    return buffer.raw[: max(0, min(length, _LONGEST_STAMP) - 2)].decode("utf-16-le", "replace")
