"""A paper that somebody sent, as plain text: what it is, its first bytes say and not its name."""

from collections.abc import Sequence
from dataclasses import replace

from kheo.core.directives.capitals import CAPITALS_GUESSED
from kheo.core.directives.encodings import NotText, decode, from_text
from kheo.documents.paper_text.answer import PaperText, from_json
from kheo.documents.paper_text.pdf import pdf_text
from kheo.documents.paper_text.word import word_text
from kheo.files.child import Failure, Reader, shared_reader

LARGEST_PAPER = 32 << 20
LONGEST_PAPER = 5_000_000  # characters: ten novels; reading them takes seconds, and memory a hundred times as much
_SAVE = "Hãy mở bằng Word hoặc LibreOffice và lưu lại dạng .docx"
_WORDS = {
    "scan": "Tệp PDF này là bản quét (chỉ có hình), không có chữ để đọc. Hãy gửi bản Word, bản PDF xuất từ phần mềm, hoặc dán chữ vào ô.",
    "no_letters": "Tệp PDF này nhìn thì có chữ nhưng phông của nó không cho biết là chữ gì. Hãy gửi bản Word, hoặc dán chữ vào ô.",
    "old_word": f"Tệp Word cũ (.doc) không đọc được ở đây. {_SAVE}.",
    "macro": f"Tệp Word này có macro hoặc là mẫu (.docm, .dotx): không mở. {_SAVE} rồi gửi.",
    "strict": "Tệp Word này lưu theo kiểu “Strict Open XML”. Hãy mở bằng Word và lưu lại dạng “Word Document (.docx)”.",
    "markup": f"Tệp này là RTF, trang web hay XML chứ không phải Word, dù tên có thể là .doc. {_SAVE}.",
    "other_office": "Tệp này không phải văn bản Word (có thể là Excel, PowerPoint, .odt). Hãy lưu văn bản lại dạng .docx rồi gửi.",
    "archive": "Tệp này là tệp nén (.zip). Hãy lấy văn bản ra khỏi tệp nén rồi gửi.",
    "locked": "Tệp có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.",
    "broken": "Tệp hỏng hoặc bị cắt cụt, không mở được. Hãy mở trên máy, lưu lại rồi gửi.",
    "empty": "Tệp không có chữ nào.",
    "large": f"Tệp lớn quá: tối đa {LARGEST_PAPER >> 20} MB và 500 trang.",
    "long": f"Văn bản dài quá: tối đa {LONGEST_PAPER // 1_000_000} triệu ký tự.",
    "memory": "Tệp cần quá nhiều bộ nhớ để mở. Hãy lưu lại bản gọn hơn rồi gửi.",
    "time": "Mở tệp quá lâu nên đã dừng. Hãy lưu lại bản gọn hơn rồi gửi.",
    "died": "Tệp hỏng hoặc nặng đến mức không mở được. Hãy mở trên máy, lưu lại bản gọn hơn rồi gửi.",
    "secret": "Tệp có dấu mật ở đầu hay chân trang, trong khung chữ hoặc dấu đóng trên trang. Khéo không nhận văn bản mật: chưa lưu gì. "
    "Hãy đăng ký ở sổ văn bản mật của cơ quan.",
    "not_text": "Tệp không phải văn bản, Word (.docx) hay PDF.",
}
_CONVERTED = {
    "tcvn3": f"chữ TCVN3 (ABC) đã đổi sang Unicode; {CAPITALS_GUESSED}.",
    "vni": "chữ VNI đã đổi sang Unicode.",
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# What stands inside an old file of Office, as it names its streams.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_NOT_WORD = tuple(name.encode("utf-16-le") for name in ("Workbook", "PowerPoint Document", "__nameid_version"))
_MARKUP = ("{\\rtf", "<html", "<!doctype", "<?xml", "mime-version:")
_BEFORE_PDF = 1024  # bytes that may stand before a PDF begins (ISO 32000-1, annex H): a mark, or the head of a letter
_MOST_NAMED = 20
# To be kept with the paper although nothing of it can be read: its pictures can be looked at.
KEPT_WITHOUT_TEXT = frozenset({"scan", "no_letters"})


def read_paper(data: bytes, reader: Reader | None = None) -> PaperText:
    """The text of a file, or why it has none; never raises for anything that was sent."""
    if len(data) > LARGEST_PAPER:
        return PaperText(refusal="large")
    if data.startswith(_OLD_OFFICE):
        return PaperText(refusal=_old_office(data))
    found = _unpacked(data, reader or shared_reader()) if _is_word(data) or _is_pdf(data) else _decoded(data)
    return PaperText(refusal="long") if len(found.text) > LONGEST_PAPER else found


def _is_word(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:_BEFORE_PDF]


def _old_office(data: bytes) -> str:
    if _LOCKED in data:
        return "locked"
    return "other_office" if any(name in data for name in _NOT_WORD) else "old_word"


def _unpacked(data: bytes, reader: Reader) -> PaperText:
    """By the child; letters of old fonts stand in Word and PDF as Latin ones."""
    answer = reader.run(word_text if _is_word(data) else pdf_text, data)
    if isinstance(answer, Failure):
        return PaperText(refusal=answer.why)
    found = from_json(answer)
    now = from_text(found.text)
    return found if now.encoding == "utf-8" else replace(found, text=now.text, encoding=now.encoding)


def _decoded(data: bytes) -> PaperText:
    try:
        decoded = decode(data)
    except NotText:
        return PaperText(refusal="not_text")
    if decoded.text.lstrip()[:20].lower().startswith(_MARKUP):
        return PaperText(refusal="markup")
    return PaperText(decoded.text, "" if decoded.text.strip() else "empty", decoded.encoding)


def media_type_of(data: bytes) -> str:
    """What a paper's content is, whatever was claimed of it."""
    if _is_word(data):
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return "application/pdf" if _is_pdf(data) else "text/plain"


def words_of_scanned(pages: Sequence[int]) -> str:
    """Which pages of a file have no text, for the person who sent it: what stands on them is not in what was read."""
    named = ", ".join(map(str, pages[:_MOST_NAMED])) + (f" và {len(pages) - _MOST_NAMED} trang nữa" if len(pages) > _MOST_NAMED else "")
    return f"Trang {named} chỉ có hình, không có chữ: hạn, việc và nơi nhận trên đó không đọc được. Hãy xem lại, hoặc gửi bản Word."


def words_of_converted(encoding: str) -> str:
    """That letters of an old font were turned into Unicode, and what of them is guessed; empty for letters that were not turned."""
    return _CONVERTED.get(encoding, "")


def words_of_refusal(refusal: str) -> str:
    """Why a paper was not read, for the person who sent it."""
    return _WORDS[refusal]
