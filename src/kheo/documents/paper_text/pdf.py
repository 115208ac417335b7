"""The text layer of a PDF, page by page, by PDFium. A scan has none: it is said, not guessed."""

import pypdfium2
import pypdfium2.raw

from kheo.documents.paper_text.answer import PaperText, to_json

_MOST_PAGES = 500
_LEAST = 12  # letters of a page that has text: a page number alone is none


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
    except pypdfium2.PdfiumError:
        return PaperText(refusal="broken")
    finally:
        document.close()
    bare = tuple(number for number, text in enumerate(pages, 1) if sum(char.isalpha() for char in text) < _LEAST)
    if len(bare) == len(pages):
        return PaperText(refusal="scan")
    return PaperText(text="\n".join(pages), encoding="pdf", some_scanned=bare)


def _page(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    layer = page.get_textpage()
    try:
        return str(layer.get_text_bounded()).replace("\r\n", "\n").replace("\ufffe", "")
    finally:
        layer.close()
        page.close()
