"""Unions that look at each other's work: one asks, the other scores itself, the first scores it, what is lacking is put right."""

from datetime import date

from kheo.demo.plan.books.courses import Then, follow, named, then
from kheo.demo.plan.books.steps import Year

_DAY = {"ngay": "2023-04-05"}
_CONCLUDED = {"ket_luan": "Làm đủ việc; sổ theo dõi còn ghi muộn.", "han_khac_phuc": "2023-06-30"}


def _line(kind: str, days: int, score: int | None, text: str) -> Then:
    values = {"line": kind, "kind": "KEHOACH", "text": text, **({"quantity": score} if score is not None else {})}
    return then("line", days, "own" if kind == "cham" else "helper", values=values)


_ASKED = (then("thong_bao", 2, assigns="helper", values=_DAY),)
_SCORED_ITSELF = (*_ASKED, _line("tu_cham", 9, 92, "Kế hoạch 03/KH-CĐCS"), then("tu_cham", 9, "helper", values={"diem_tu_cham": 92}))
_SCORED = (*_SCORED_ITSELF, _line("cham", 16, 85, "Chưa giao người chịu trách nhiệm"), then("cham", 16, values={"diem": 85}))
_TO_MEND = (*_SCORED, then("y_kien", 18, "helper", reason="Xin xem lại phần tuyên truyền."), then("ket_luan", 22, values=_CONCLUDED))
_MENDED = (*_TO_MEND, _line("khac_phuc", 50, None, "Đã giao người, ghi đủ sổ"), then("bao_xong", 50, "helper"))
# By what the session is about in `entries.toml`: the first day and how far it has come.
_COURSES: tuple[tuple[str, tuple[Then, ...]], ...] = (
    ("2023-03-27", (*_MENDED, then("dong", 58))),
    ("2023-04-03", _TO_MEND),
    ("2023-08-28", _MENDED),
    ("2023-05-15", (*_SCORED, then("ket_luan_dat", 22, values={"ket_luan": "Làm đúng và đủ."}))),
    ("2023-10-09", _SCORED),
    ("2023-10-30", _SCORED_ITSELF),
    ("2023-10-16", _ASKED),
    ("2023-11-06", ()),
    ("2023-09-04", (*_ASKED, then("huy", 4, reason="Trùng đợt kiểm tra của quận."))),
)


def inspections(year: Year) -> None:
    """Every step of a session, each in one of them."""
    for number, (day, course) in enumerate(_COURSES):
        title = named("inspections", number)
        values = {
            "ten": title,
            "hinh_thuc": "TRUCTIEP" if number % 2 else "HOSO",
            "noi_dung": ["N1", "N2"],
            "quyet_dinh": f"{40 + number}/QĐ-CĐCS",
        }
        follow(year, "kiem-tra", title, date.fromisoformat(day), [then("create", 0, values=values), *course])
