"""A paper that somebody sent, as plain text: what it is, its first bytes say and not its name."""

from kheo.core.directives.encodings import NotText, decode
from kheo.documents.paper_text.answer import PaperText, from_json
from kheo.documents.paper_text.pdf import pdf_text
from kheo.documents.paper_text.word import word_text
from kheo.files.child import Failure, Reader, shared_reader

LARGEST_PAPER = 32 << 20
_WORDS = {
    "scan": "Tệp PDF này là bản quét (chỉ có hình), không có chữ để đọc. Hãy gửi bản Word, bản PDF xuất từ phần mềm, hoặc dán chữ vào ô.",
    "old_word": "Tệp Word cũ (.doc) không đọc được ở đây. Hãy mở bằng Word hoặc LibreOffice và lưu lại dạng .docx.",
    "locked": "Tệp có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.",
    "broken": "Tệp hỏng hoặc bị cắt cụt, không mở được. Hãy mở trên máy, lưu lại rồi gửi.",
    "empty": "Tệp không có chữ nào.",
    "large": f"Tệp lớn quá: tối đa {LARGEST_PAPER >> 20} MB và 500 trang.",
    "memory": "Tệp cần quá nhiều bộ nhớ để mở. Hãy lưu lại bản gọn hơn rồi gửi.",
    "time": "Mở tệp quá lâu nên đã dừng. Hãy lưu lại bản gọn hơn rồi gửi.",
    "not_text": "Tệp không phải văn bản, Word (.docx) hay PDF.",
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def read_paper(data: bytes, reader: Reader | None = None) -> PaperText:
    """The text of a file, or why it has none; never raises for anything that was sent."""
    if len(data) > LARGEST_PAPER:
        return PaperText(refusal="large")
    if data.lstrip()[:5] == b"%PDF-" or data.startswith(b"PK\x03\x04"):
        answer = (reader or shared_reader()).run(word_text if data.startswith(b"PK") else pdf_text, data)
        if not isinstance(answer, Failure):
            return from_json(answer)
        return PaperText(refusal=answer.why if answer.why in ("memory", "time", "large") else "broken")
    if data.startswith(_OLD_OFFICE):
        return PaperText(refusal="old_word")
    try:
        decoded = decode(data)
    except NotText:
        return PaperText(refusal="not_text")
    return PaperText(decoded.text, "" if decoded.text.strip() else "empty", decoded.encoding)


def words_of_refusal(refusal: str) -> str:
    """Why a paper was not read, for the person who sent it."""
    return _WORDS[refusal]
