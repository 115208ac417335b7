"""What people write to one another about a report: kept as written, within a limit, and never empty where it is needed."""

from kheo.core.numbers import format_int
from kheo.core.text import written
from kheo.reports.actions.outcomes import Refusal

REASON_LIMIT = 2000


def read_words(text: str, name: str, limit: int) -> str | Refusal:
    """The text as it is kept, or why it is not; `name` begins the sentence of a refusal."""
    kept = written(text).strip()
    if len(kept) > limit:
        return Refusal(f"{name} dài {format_int(len(kept))} ký tự, tối đa {format_int(limit)}.")
    return kept


def read_reason(text: str, missing: str) -> str | Refusal:
    """The same of a reason, which nobody may leave out: then the answer is `missing`."""
    return read_words(text, "Lý do", REASON_LIMIT) or Refusal(missing)
