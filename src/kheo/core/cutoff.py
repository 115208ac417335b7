"""The data cut-off, which is not the due date: what it means on a day, in words.

Figures of a report are those of the days up to and including the cut-off; what happens afterwards belongs to the next cycle, although
the report may still be written and sent until its due date (NĐ 09/2019/NĐ-CP, Điều 12: at least a working day later).
"""

from collections.abc import Iterable
from datetime import date, timedelta

from kheo.core.days import format_day


def is_between(today: date, cutoff: date, due: date) -> bool:
    """Whether figures are cut off and the report is not yet due: time to write, no longer to act."""
    return cutoff < today <= due


def cutoff_words(today: date, cutoff: date) -> str:
    """`Chốt số liệu hết ngày 10/11/2023 (còn 2 ngày)`, `Đã chốt số liệu hết ngày 10/11/2023`."""
    day, left = format_day(cutoff), (cutoff - today).days
    if left < 0:
        return f"Đã chốt số liệu hết ngày {day}"
    return f"Hôm nay là ngày chốt số liệu ({day})" if left == 0 else f"Chốt số liệu hết ngày {day} (còn {left} ngày)"


def round_asked(cutoffs: Iterable[date], today: date, ahead: int) -> tuple[date, date] | None:
    """Which cut-off something is wanted for today: the next one from so many days before it, else the last; with the one before it.

    None where the cut-offs do not reach so far back.
    """
    known = sorted(set(cutoffs))
    coming = next((place for place, each in enumerate(known) if each >= today), len(known))
    is_near = coming < len(known) and known[coming] - timedelta(days=ahead) <= today
    wanted = coming if is_near else coming - 1
    return (known[wanted - 1], known[wanted]) if wanted > 0 else None


def after_cutoff_words(cutoff: date) -> str:
    """What to write down now, and what not."""
    following = format_day(cutoff + timedelta(days=1))
    return f"Chỉ ghi việc phát sinh đến hết ngày {format_day(cutoff)}; việc từ ngày {following} trở đi để dành cho kỳ sau."


def early_words(cutoff: date, today: date) -> str:
    """What is given up by sending before the cut-off; nothing when it has passed."""
    if today > cutoff:
        return ""
    return f"Chưa hết ngày chốt số liệu ({format_day(cutoff)}): việc phát sinh từ nay đến hết ngày đó sẽ không có trong lần nộp này."
