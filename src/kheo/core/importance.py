"""In which order a reviewer should look at the reports that wait, and why, in words. It orders and explains; it decides nothing."""

from dataclasses import dataclass

# What each signal weighs beside the weights of `core.oddness`: a question of the campaign that the figures do not answer weighs 2.5 there.
ANSWERED = 3.0  # the unit has done its part, and waits for a word
LATE, LATER, LATEST = 1.0, 0.1, 2.0  # late at all, each day more, and never more than this
WAITING, LONGEST = 0.1, 1.0  # each day that it waits, and never more than this
SHARE = 5.0  # times the share in a total: a mistake in a fifth of a total weighs as much as a day's delay


@dataclass(frozen=True)
class Signals:
    """What is known of a waiting report. `share`: its largest share in a total (per cent, 0 for none worth telling), and of which cell."""

    odd: float = 0.0
    questions: int = 0
    answers: int = 0
    days_late: int = 0
    days_waiting: int = 0
    share: int = 0
    share_of: str = ""


def importance(signals: Signals) -> float:
    """How much it matters that the report is looked at; 0 when nothing is known of it."""
    late = min(LATE + LATER * (signals.days_late - 1), LATEST) if signals.days_late else 0.0
    waiting = min(WAITING * signals.days_waiting, LONGEST)
    answered = ANSWERED if signals.answers else 0.0
    return signals.odd + answered + late + waiting + SHARE * signals.share / 100


def why_it_matters(signals: Signals) -> list[str]:
    """The reasons beside what looks odd, which tells itself; the heaviest first."""
    told = [
        (ANSWERED if signals.answers else 0.0, f"đơn vị đã trả lời {signals.answers} nhận xét, chờ xem"),
        (2.5 * signals.questions, f"{signals.questions} phép kiểm tra cần hỏi lại"),
        (SHARE * signals.share / 100, f"chiếm {signals.share} % tổng {signals.share_of}"),
        (LATE if signals.days_late else 0.0, f"nộp trễ {signals.days_late} ngày"),
        (WAITING * signals.days_waiting if signals.days_waiting > 1 else 0.0, f"đã chờ {signals.days_waiting} ngày"),
    ]
    return [words for weight, words in sorted(told, key=lambda each: -each[0]) if weight > 0]
