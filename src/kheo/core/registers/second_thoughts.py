"""What people without an account are asked to look at again before it is sent: nothing of it is refused, nothing is kept of the asking.

A complaint (khiếu nại) or denunciation (tố cáo) has a lawful channel with rights of its own (Luật Khiếu nại, Luật Tố cáo, Luật Tiếp công
dân); a form that took it would take these away. Personal data is not needed to put right what is wrong (Luật 91/2025/QH15).
"""

import re

from kheo.core.personal_data import personal_words
from kheo.core.text import nfc

# As they are written, or without any marks: a word that carries other marks is another word (“toà cao ốc”, “tổ cao nhất”).
_COMPLAINT = re.compile(r"\b(?:tố cáo|to cao|khiếu nại|khieu nai|khiếu tố|khieu to)\b")
COMPLAINT = (
    "có chữ “khiếu nại” hoặc “tố cáo”. Khiếu nại, tố cáo không nhận ở đây: xem trang hướng dẫn nơi nhận. "
    "Nếu đây chỉ là phản ánh, kiến nghị thì đánh dấu ở cuối trang rồi gửi."
)
PERSONAL = "Không cần tên, số giấy tờ, điện thoại của ai để giải quyết: hãy bỏ đi, hoặc đánh dấu ở cuối trang nếu phải ghi."


def looks_like_complaint(text: str) -> bool:
    """Whether somebody seems to write a complaint or denunciation."""
    return _COMPLAINT.search(nfc(text).lower()) is not None


def second_thought(text: str) -> str:
    """What the writer should look at again, in Vietnamese; "" where there is nothing."""
    if looks_like_complaint(text):
        return f"Lời này {COMPLAINT}"
    found = personal_words(text)
    return f"Lời này {found}. {PERSONAL}" if found else ""
