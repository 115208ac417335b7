"""One answer out of what stands in a row's answer cells: a number in one, or one of the three words in the other, or nothing."""

from decimal import Decimal
from functools import lru_cache

from kheo.core.answers import UNANSWERED, Answer, read_answer, write_answer
from kheo.core.numbers import MAX_DIGITS, CellProblem
from kheo.documents.grid.raw import Odd, Value

WORDS_OR_NUMBER = "Một con số, hoặc chọn “không phát sinh”, “chưa có số liệu”, “không áp dụng”."
_SHORT = 40
_EXACT = 10**MAX_DIGITS


def answer_in(value: Value, choice: Value, decimals: int) -> Answer | CellProblem:
    """The answer of a row, or why it has none. Two that say the same are one."""
    if choice is None:
        return _of_cell(value, decimals)
    chosen = _of_cell(choice, decimals)
    if isinstance(chosen, CellProblem):
        return CellProblem(f"“{str(choice)[:40]}” không phải là một trong ba mục để chọn.", WORDS_OR_NUMBER)
    if value is None:
        return chosen
    entered = _of_cell(value, decimals)
    if isinstance(entered, CellProblem) or entered == chosen or chosen == UNANSWERED:
        return entered
    if entered == UNANSWERED:
        return chosen
    told = f"Vừa nhập {write_answer(entered, decimals)} vừa chọn “{write_answer(chosen, decimals)}”."
    return CellProblem(told, "Chỉ một trong hai: con số, hoặc mục đã chọn.")


def sure_answer(value: Value, choice: Value) -> Answer:
    """The answer of a row that takes whole numbers and holds a number or a word, as `answer_in` gives it; else UNANSWERED."""
    if choice is None:
        return int(value) if type(value) is float and 0 <= value < _EXACT and value.is_integer() else UNANSWERED
    if value is not None or type(choice) is not str or len(choice) > _SHORT:
        return UNANSWERED
    chosen = _of_text(choice, 0)
    return UNANSWERED if isinstance(chosen, CellProblem) else chosen


def _of_cell(value: Value, decimals: int) -> Answer | CellProblem:
    if value is None:
        return UNANSWERED
    if type(value) is float:
        if decimals == 0 and 0 <= value < _EXACT and value.is_integer():
            return int(value)
        return read_answer(plain_number(value), decimals)
    if isinstance(value, str):
        return _of_text(value, decimals) if len(value) <= _SHORT else read_answer(without_apostrophe(value), decimals)
    return CellProblem(f"Ô chứa {'TRUE' if value else 'FALSE'}, không phải con số.", WORDS_OR_NUMBER)


@lru_cache(maxsize=4096)
def _of_text(text: str, decimals: int) -> Answer | CellProblem:
    """Short texts are mostly the three words, in file after file."""
    return read_answer(without_apostrophe(text), decimals)


def plain_number(value: float) -> str:
    """A number as a Vietnamese reader writes it, to the 15 digits that a spreadsheet keeps (0,1 + 0,2 is 0,3)."""
    return format(Decimal(f"{value:.15g}"), "f").replace(".", ",")


def without_apostrophe(text: str) -> str:
    """Without the mark by which people tell a spreadsheet that a number is a text."""
    bare = text.strip()
    return bare[1:] if bare[:1] in ("'", "’", "‘") else text


def of_odd(odd: Odd) -> CellProblem:
    """Why a cell that holds no plain value gives no answer."""
    told = {
        "date": (f"Excel đã đổi số thành ngày {odd.text}.", "Đặt lại định dạng ô là Số (Number), rồi gõ lại con số."),
        "error": (f"Ô báo lỗi {odd.text}.", "Sửa công thức, hoặc gõ thẳng con số."),
        "percent": (f"Ô ghi dạng phần trăm ({odd.text}), không rõ là số nào.", "Đặt lại định dạng ô là Số (Number), rồi gõ lại con số."),
        "unreckoned": (
            "Ô là công thức chưa được tính, nên không biết con số.",
            "Mở tệp bằng Excel hoặc LibreOffice, lưu lại, rồi tải lên.",
        ),
    }
    return CellProblem(*told[odd.kind])
