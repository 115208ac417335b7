"""Why a file was not read at all, as its sender is told."""

from kheo.documents.grid.raw import RawBook, Refusal
from kheo.documents.unit_workbook.problems import WorkbookProblem

_SAVE_AGAIN = "Mở tệp bằng Excel hoặc LibreOffice, chọn Lưu thành (Save As), kiểu Excel (.xlsx), rồi tải lên tệp mới."
_OURS = "Tệp .xlsx tải từ Khéo, đã điền."
_SEND_AGAIN = "Mở thử tệp trên máy; nếu mở được thì lưu lại rồi tải lên lần nữa, nếu không thì tải mẫu mới từ Khéo."

WORDS: dict[Refusal, tuple[str, str]] = {
    "empty": ("Tệp rỗng, không có nội dung nào.", _SEND_AGAIN),
    "large": ("Tệp lớn quá 20 MB; bảng số liệu của một đơn vị không quá 1 MB.", "Xóa ảnh và các trang không thuộc mẫu, rồi lưu lại."),
    "not_workbook": ("Tệp không phải là bảng Excel.", _OURS),
    "text": ("Tệp là văn bản hoặc .csv, không phải bảng Excel; không thể biết số nào thuộc chỉ tiêu nào.", _OURS),
    "html": ("Tệp là trang web được đặt đuôi như Excel.", _SAVE_AGAIN),
    "picture": ("Tệp là ảnh, không phải bảng Excel.", _OURS),
    "pdf": ("Tệp là PDF, không phải bảng Excel.", _OURS),
    "word": ("Tệp là văn bản Word, không phải bảng Excel.", _OURS),
    "slides": ("Tệp là bài trình chiếu, không phải bảng Excel.", _OURS),
    "zip": ("Tệp là tệp nén, không phải một bảng Excel.", "Giải nén rồi tải lên từng bảng, hoặc dùng chỗ tải lên nhiều tệp một lúc."),
    "old_excel": ("Tệp là Excel kiểu cũ (.xls), không đọc được an toàn.", _SAVE_AGAIN),
    "binary_excel": ("Tệp là Excel kiểu nhị phân (.xlsb).", _SAVE_AGAIN),
    "encrypted": ("Tệp có mật khẩu nên không đọc được.", "Bỏ mật khẩu: Excel, Tệp, Thông tin, Bảo vệ sổ làm việc; rồi lưu lại."),
    "macro": ("Tệp có macro (chương trình kèm theo); Khéo không nhận tệp có macro.", _SAVE_AGAIN),
    "broken": ("Tệp bị hỏng hoặc tải lên chưa hết.", _SEND_AGAIN),
    "bomb": ("Tệp nở ra quá lớn khi mở; bảng thật không bao giờ như vậy.", _OURS),
    "unsafe": ("Tệp có thành phần mà bảng Excel thật không bao giờ có, nên không đọc.", _SAVE_AGAIN),
    "rows_differ": ("Đếm hai cách ra hai kết quả khác nhau: không chắc đọc đủ mọi dòng{place}, nên không nhận.", _SAVE_AGAIN),
    "too_many": ("Bảng có quá nhiều dòng, cột hoặc trang{place}.", "Xóa các dòng, cột và trang không thuộc mẫu, rồi lưu lại."),
    "memory": ("Tệp cần quá nhiều bộ nhớ để đọc; bảng thật không bao giờ như vậy.", _SAVE_AGAIN),
    "time": ("Đọc tệp mất quá nhiều thời gian nên đã dừng.", _SAVE_AGAIN),
}


def refusal_problem(book: RawBook) -> WorkbookProblem | None:
    """The one problem of a file that was not read; None for one that was."""
    if book.refusal is None:
        return None
    message, expected = WORDS[book.refusal]
    place = f" của trang “{book.detail}”" if book.detail and book.refusal in ("rows_differ", "too_many") else ""
    return WorkbookProblem(message.replace("{place}", place), expected)
