"""A district looks at the work of a union below it: the union scores itself, the district scores it, what is lacking is mended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from kheo.demo.plan.books.courses import Then, follow, named, then, working
from kheo.demo.plan.books.steps import Year

# The day of the session is that on which it was told, the day by which all is mended a month after the conclusion.
_CONCLUDED = {"ket_luan": "Làm đủ việc; sổ theo dõi còn ghi muộn."}
_TO_MEND_IN = timedelta(days=30)


def _line(kind: str, days: int, score: int | None, text: str) -> Then:
    values = {"line": kind, "kind": "KEHOACH", "text": text, **({"quantity": score} if score is not None else {})}
    return then("line", days, "own" if kind == "cham" else "helper", values=values)


_ASKED = (then("thong_bao", 2, assigns="helper"),)
_SCORED_ITSELF = (*_ASKED, _line("tu_cham", 9, 92, "Kế hoạch 03/KH-CĐCS"), then("tu_cham", 9, "helper", values={"diem_tu_cham": 92}))
_SCORED = (*_SCORED_ITSELF, _line("cham", 16, 85, "Chưa giao người chịu trách nhiệm"), then("cham", 16, values={"diem": 85}))
_TALKED = (*_SCORED, then("y_kien", 18, "helper", reason="Xin xem lại phần tuyên truyền."))
_AGREED = (*_SCORED, then("nhat_tri", 19, "helper"))
_TO_MEND = (*_TALKED, then("ket_luan", 22, values=_CONCLUDED))
_MENDED = (*_TO_MEND, _line("khac_phuc", 50, None, "Đã giao người, ghi đủ sổ"), then("bao_xong", 50, "helper"))
# By what the session is about in `entries.toml`: the first day and how far it has come.
_COURSES: tuple[tuple[str, tuple[Then, ...]], ...] = (
    ("2023-03-27", (*_MENDED, then("dong", 58))),
    ("2023-04-03", _TO_MEND),
    ("2023-08-28", _MENDED),
    ("2023-05-15", (*_AGREED, then("ket_luan_dat", 22, values={"ket_luan": "Làm đúng và đủ."}))),
    ("2023-10-09", _SCORED),
    ("2023-10-02", _TALKED),
    ("2023-10-30", _SCORED_ITSELF),
    ("2023-10-16", _ASKED),
    ("2023-11-06", ()),
    ("2023-09-04", (*_ASKED, then("huy", 4, reason="Trùng đợt kiểm tra của quận."))),
)

# Of a second district: months in which the first one looked at nobody, four courses of those above.
OF_ANOTHER = (
    ("2023-01-03", _TO_MEND),
    ("2023-02-06", (*_MENDED, then("dong", 58))),
    ("2023-06-05", _TO_MEND),
    ("2023-07-10", _SCORED),
)


def inspections(year: Year, courses: Sequence[tuple[str, Sequence[Then]]] = _COURSES) -> None:
    """Every step of a session, each in one of them."""
    for number, (day, course) in enumerate(courses):
        title, first = named("inspections", number), date.fromisoformat(day)
        values = {
            "ten": title,
            "hinh_thuc": "TRUCTIEP" if number % 2 else "HOSO",
            "noi_dung": ["N1", "N2"],
            "quyet_dinh": f"{40 + number}/QĐ-LĐLĐ",
        }
        follow(year, "kiem-tra", title, first, [then("create", 0, values=values), *(_dated(each, first) for each in course)])
        if any(each.act == "ket_luan" for each in course):
            _to_mend(year, title, first, is_over=any(each.act == "dong" for each in course))


_SHOWN = then("attach", 45, "helper", values={"role": "proof"})
_TOLD = {"da_lam": "Đã giao người, ghi đủ sổ; có ảnh chụp sổ."}
_MENDED_IN_TIME = (_SHOWN, then("bao", 45, "helper", values=_TOLD), then("xac_nhan", 51))
# What becomes of the things to be mended of a session that is not closed yet, the first as of one that is.
_STILL_OPEN: tuple[tuple[Then, ...], ...] = (
    (then("gia_han", 40, reason="Chờ kinh phí quý sau."), replace(_SHOWN, days=60), then("bao", 60, "helper", values=_TOLD),
     then("chua_dat", 66, reason="Sổ tháng trước còn thiếu.")),
    (then("khong_lam", 48, reason="Xưởng ấy đã đóng."),),
    (),
)  # fmt: skip
_MATTERS = (
    ("Giao người phụ trách từng mô hình", "MOHINH"),
    ("Ghi sổ trong ngày", "PHANANH"),
    ("Niêm yết tiêu chí", "KEHOACH"),
    ("Đặt lịch báo cáo", "BAOCAO"),
)


def _to_mend(year: Year, session: str, first: date, *, is_over: bool) -> None:
    """What was to be mended after a session, each thing by a day of its own; all are before the session is closed."""
    after = then("link", 22, values={"link": "thuoc_luot", "book": "kiem-tra", "title": session})
    for place, (what, matter) in enumerate(_MATTERS):
        course = _MENDED_IN_TIME if is_over or place == 0 else _STILL_OPEN[place - 1]
        if is_over and place > 1:
            return
        title, by = f"{what} ({session.lower()})", (first + timedelta(days=50 + 4 * place)).isoformat()
        begun = then("create", 22, values={"ten": title, "ve_noi_dung": matter})
        given = then("giao", 22, assigns="helper", values={"han_xong": by})
        follow(year, "viec-khac-phuc", title, first, [begun, after, given, *course])
    if session.startswith("Kiểm tra trả lời"):
        title = f"Bổ sung bảng tin ({session.lower()})"
        cancelled = then("huy", 23, reason="Đã làm ngay hôm kiểm tra.")
        follow(year, "viec-khac-phuc", title, first, [then("create", 22, values={"ten": title, "ve_noi_dung": "TUYENTRUYEN"}), cancelled])


def _dated(step: Then, first: date) -> Then:
    """With the days that the session itself has."""
    on = first + timedelta(days=step.days)
    if step.act == "thong_bao":
        return replace(step, rest={**step.rest, "values": {"ngay": working(on).isoformat()}})
    if step.act == "ket_luan":
        return replace(step, rest={**step.rest, "values": {**step.rest["values"], "han_khac_phuc": working(on + _TO_MEND_IN).isoformat()}})
    return step
