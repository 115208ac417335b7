"""What people write to one another about a report: kept as written, within a limit, and never empty where it is needed."""

from collections.abc import Sequence

from kheo.core.checking import CellProblem
from kheo.core.numbers import format_int
from kheo.core.personal_data import Vouched, personal_words
from kheo.core.text import written
from kheo.reports.actions.outcomes import Refusal

REASON_LIMIT = 2000
ADVICE = "Hãy bỏ dữ liệu cá nhân; nếu cần giữ, đánh dấu xác nhận rồi gửi lại."


def read_words(text: str, name: str, limit: int) -> str | Refusal:
    """The text as it is kept, or why it is not; `name` begins the sentence of a refusal.

    What looks like personal data is asked about first: taken once the writer says that it may stand there (`Vouched`).
    """
    kept = written(text).strip()
    if len(kept) > limit:
        return Refusal(f"{name} dài {format_int(len(kept))} ký tự, tối đa {format_int(limit)}.")
    return ask_to_vouch(text, name) or kept


def ask_to_vouch(text: str, name: str) -> Refusal | None:
    """The warning about what looks like personal data in a text, unless its writer has had it already."""
    found = "" if isinstance(text, Vouched) else personal_words(written(text))
    return Refusal(f"{name} {found}. {ADVICE}", asks_to_vouch=True) if found else None


def read_reason(text: str, missing: str) -> str | Refusal:
    """The same of a reason, which nobody may leave out: then the answer is `missing`."""
    return read_words(text, "Lý do", REASON_LIMIT) or Refusal(missing)


def unfit_words(problems: Sequence[CellProblem]) -> str:
    """Why a report cannot be sent, in one sentence: `Chưa nộp được: còn 2 chỗ phải sửa, 1 chỗ phải giải trình.`"""
    counts = {"sửa": sum(each.severity == "error" for each in problems), "giải trình": sum(each.severity == "explain" for each in problems)}
    told = ", ".join(f"{count} chỗ phải {what}" for what, count in counts.items() if count)
    return f"Chưa nộp được: còn {told}."
