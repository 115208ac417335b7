"""How a due date and a report are called, on pages and in what people are sent."""

from datetime import date

from kheo.core.days import format_day


def due_words(on: date, days_left: int) -> str:
    """`Hạn 15/11/2023 · còn 6 ngày`, `Quá hạn 3 ngày (hạn 15/11/2023)`."""
    day = format_day(on)
    if days_left < 0:
        return f"Quá hạn {-days_left} ngày (hạn {day})"
    if days_left == 0:
        return f"Hạn hôm nay, {day}"
    return f"Hạn ngày mai, {day}" if days_left == 1 else f"Hạn {day} · còn {days_left} ngày"


def again_words(on: date, days_left: int) -> str:
    """The same of what is done and looked at again on a day: it is never overdue. `Chậm xem lại 3 ngày (hạn 15/11/2023)`."""
    day = format_day(on)
    if days_left < 0:
        return f"Chậm xem lại {-days_left} ngày (hạn {day})"
    if days_left == 0:
        return f"Hạn xem lại hôm nay, {day}"
    return f"Xem lại chậm nhất {day} · còn {days_left} ngày"


def report_title(cycle_name: str) -> str:
    """`Báo cáo 6 tháng đầu năm 2023`, `Báo cáo năm 2023`: the name of the cycle goes on in small letters."""
    return f"Báo cáo {cycle_name[:1].lower()}{cycle_name[1:]}"


def in_sentence(name: str) -> str:
    """`Các đơn vị …` within a sentence: a common noun loses its capital, the name of an organisation keeps it."""
    return name[:1].lower() + name[1:] if name.startswith(("Các ", "Những ", "Mọi ")) else name
