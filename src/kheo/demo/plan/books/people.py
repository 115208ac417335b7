"""Petitions, complaints, dialogues, supervision and help of a union in a year: numbers, days and answers, nobody's name."""

from collections.abc import Sequence
from datetime import date, timedelta

from kheo.demo.plan.books.courses import Then, counted_with, follow, named, of_kind, then, working
from kheo.demo.plan.books.steps import Year

_SIGNED = {"chuc_vu_ky": "Chủ tịch công đoàn cơ sở"}
_REPLY = "Đã xem tại chỗ và làm xong; mời xem lại, còn gì xin nói tiếp."
_GIVEN = then("giao", 0, assigns="helper")


def _answered(days: int) -> Then:
    return then("tra_loi", days, "helper", values=_SIGNED, reply=_REPLY)


def _longer(days: int, reason: str) -> Then:
    return then("gia_han", days, "helper", reason=reason, values={"tien_do": "Đã xem tại chỗ, đã hẹn thợ."})


_ASKED = then("hoi_them", 1, "helper", reason="Xin cho biết tầng mấy, giờ nào.")
_NOT_YET = then("chua_hai_long", 9, reason="Mới làm một nửa.")
_AGAIN = then("tra_loi_lai", 14, "helper", values=_SIGNED, reply="Đã làm nốt nửa còn lại.")
_UP = then("len_cap_tren", 18, reason="Hai lần trả lời vẫn chưa đúng việc.")
# How a petition goes that came in early enough to be over, and how those of the last weeks stand.
OVER: tuple[tuple[Then, ...], ...] = (
    (_GIVEN, _answered(4), then("hai_long", 8)),
    (_GIVEN, _answered(3), then("hai_long", 7)),
    (_GIVEN, _ASKED, then("bo_sung", 8), _answered(11), then("hai_long", 14)),
    (_GIVEN, _longer(3, "Chờ thợ tới xem đường ống."), _answered(10), then("dong", 30)),
    (_GIVEN, _answered(6), _NOT_YET, _AGAIN, then("hai_long", 18)),
    (_GIVEN, _answered(6), _NOT_YET, _AGAIN, _UP, then("ket_luan", 28, "superior", values=_SIGNED, reply="Thay đường ống trong quý.")),
    (_GIVEN, _answered(17), then("dong", 40)),
    (then("khong_du", 2, reason="Việc đã giải quyết, không có gì mới.", reply="Việc này đã trả lời ngày trước."),),
    (then("chuyen_noi_khac", 3, reason="Thuộc bảo hiểm xã hội quận.", reply="Bảo hiểm xã hội quận sẽ trả lời anh/chị."),),
    (then("trung", 1, reason="Cùng một việc.", other="earlier"),),
)  # fmt: skip
OPEN: tuple[tuple[str, tuple[Then, ...]], ...] = (
    ("2023-10-12", (_GIVEN,)),
    ("2023-10-24", (_GIVEN, _longer(2, "Chờ kết quả đo tiếng ồn."))),
    ("2023-11-01", (_GIVEN, then("hoi_them", 1, "helper", reason="Xin số hiệu máy."))),
    ("2023-10-30", (_GIVEN, _answered(4))),
    ("2023-10-16", (_GIVEN, _answered(5), _NOT_YET)),
    ("2023-10-04", (_GIVEN, _answered(6), _NOT_YET, _AGAIN, _UP)),
    ("2023-10-18", (_GIVEN, _answered(5), _NOT_YET, then("hoi_them_lai", 11, "helper", reason="Xin cho biết chuyền nào còn nóng."))),
    ("2023-11-07", (_GIVEN,)),
    ("2023-11-08", ()),
)  # fmt: skip


_WAYS = ("TRUCTIEP", "DIENTHOAI", "CONGDOAN", "TRUCTUYEN")


def petitions(year: Year, over: int, still_open: int, first: int = 0) -> None:
    """So many that are over, through the year, and so many that are not."""
    for number in range(over):
        start = working(date(2023, 1, 5) + timedelta(days=270 * number // max(over, 1)))
        _petition(year, first + number, start, OVER[number % len(OVER)])
    for number, (day, course) in enumerate(OPEN[:still_open]):
        _petition(year, first + over + number, date.fromisoformat(day), course)


def _petition(year: Year, number: int, start: date, course: Sequence[Then]) -> None:
    title = named("petitions", number)
    values = {
        "tom_tat": title, "noi_dung": f"{title}. Mong được trả lời rõ ngày nào xong.", "linh_vuc": of_kind("petitions", "matters", number),
        "nguoi_gui_la": "business" if number % 4 == 1 else "citizen", "kenh": _WAYS[number % len(_WAYS)],
        "ngay_nhan": start.isoformat(),
    }  # fmt: skip
    known = [counted_with(each, named("petitions", number - 1)) for each in course]
    follow(year, "phan-anh", title, start, [then("create", 0, values=values), *known])


_COMPLAINTS: tuple[tuple[str, str, tuple[Then, ...]], ...] = (
    ("2023-02-14", "KN", (then("thu_ly", 5), then("giai_quyet", 27, values={"ket_qua": "DUNG"}))),
    ("2023-04-11", "KN", (then("thu_ly", 7), then("gia_han", 30), then("giai_quyet", 49, values={"ket_qua": "SAI"}))),
    ("2023-06-20", "TC", (then("khong_giai_quyet", 6, values={"ly_do": "THAMQUYEN"}),)),
    ("2023-08-15", "KN", (then("thu_ly", 8), then("giai_quyet", 50, values={"ket_qua": "MOTPHAN"}))),
    ("2023-09-05", "KN", (then("thu_ly", 6),)),
    ("2023-11-06", "KN", ()),
    ("2023-10-17", "TC", (then("ghi_nham", 1, values={"ly_do": "GHINHAM"}),)),
)  # fmt: skip


def complaints(year: Year, many: int) -> None:
    """Kind, days and outcome."""
    for day, kind, course in _COMPLAINTS[:many]:
        start = date.fromisoformat(day) + timedelta(days=len(year.unit) % 3)
        title = f"{'Khiếu nại' if kind == 'KN' else 'Tố cáo'} nhận ngày {start:%d/%m/%Y}"
        follow(year, "don-thu", title, start, [then("create", 0, values={"loai": kind, "ngay_nhan": start.isoformat()}), *course])


_FORMS = {
    "DINHKY": "Đối thoại định kỳ",
    "DOTXUAT": "Đối thoại đột xuất",
    "MOITRUONG": "Đối thoại về môi trường",
    "TIEPDAN": "Tiếp công dân",
}


def dialogues(year: Year, many: int) -> None:
    """Every month and a half; the last is still to come, the one before it fell out, the one before that has work left."""
    for number in range(many):
        day = working(date(2023, 1, 17) + timedelta(days=42 * number))
        form = ("DINHKY", "DOTXUAT", "MOITRUONG", "TIEPDAN")[number % 4]
        title = f"{_FORMS[form]} ngày {day:%d/%m/%Y}"
        came = (9 if form == "TIEPDAN" else 40) + 7 * number
        met = {"chu_tri": ("TRUONG", "PHO")[number % 2], "so_du": came, "so_y_kien": 5 + number, "tra_loi_ngay": 3 + number // 2}
        course = [then("create", -6, values={"hinh_thuc": form, "ngay": day.isoformat()})]
        if form != "TIEPDAN" and number != 1:
            course.append(then("cong_bo", -5, values={"thanh_phan": ["DOANVIEN", "NGUOIDAN"]}))
        if number < many - 2:
            course.append(then("da_hop", 0, values=met))
        if number < many - 3:
            course += _after(form, came, 5 + number)
        if number == many - 2:
            course.append(then("huy", 0, values={"ly_do": "GHEP"}))
        follow(year, "doi-thoai", title, day, course)


def _after(form: str, came: int, questions: int) -> list[Then]:
    """What follows once it was held: a dialogue has minutes that those who came confirm, and conclusions; citizens were received."""
    if form == "TIEPDAN":
        return [then("tiep_xong", 14, values={"da_giai_quyet": questions})]
    minutes = [then("bien_ban", 3, values={"so_xac_nhan": came // 3}), then("thong_bao", 7)]
    return [*minutes, then("hoan_tat", 14, values={"da_giai_quyet": questions})]


_WHY = {"can_cu": "Chương trình giám sát, phản biện năm 2023", "pham_vi_cuoc": "Các phân xưởng, từ đầu năm đến nay"}


def looked_into(ended: dict[str, object]) -> tuple[Then, ...]:
    """A session is prepared, held and concluded."""
    return then("chuan_bi", -6, values=_WHY), then("bat_dau", 0), then("ket_luan", 1, values=ended)


def criticised(day: date, ended: dict[str, object], *, answered: bool) -> tuple[Then, ...]:
    """A draft came, people said what they thought, it was written down and sent; the office that drafted it answers, or does not."""
    sent = {**ended, "van_ban": "12/CV-CĐCS", "han_phan_hoi": (day + timedelta(days=20)).isoformat()}
    steps = then("nhan_du_thao", -6, values=_WHY), then("gop_y", -4), then("gui_van_ban", 1, values=sent)
    told = {"tra_loi": "MOTPHAN", "phan_hoi": "Tiếp thu hai điều, giữ một điều vì luật đã định."}
    return (*steps, then("phan_hoi", 17, values=told)) if answered else steps


def supervision(year: Year, many: int) -> None:
    """Sessions, and what each asked the body to do."""
    ends = ("tiep_thu", "mot_phan", "giai_trinh", "")
    for number in range(many):
        title, asked = named("supervision", number), str(of_kind("supervision", "asked", number))
        day = working(date(2023, 2, 21) + timedelta(days=48 * number))
        body = {"co_quan_la": "organisation", "co_quan": "Ban giám đốc"}
        values = {
            "ten": title,
            "hinh_thuc": of_kind("supervision", "kinds", number),
            "linh_vuc": of_kind("supervision", "matters", number),
            **body,
        }
        ended = {"ngay": day.isoformat(), "thanh_vien": 5, "ket_qua": "Làm đúng phần lớn; còn việc phải sửa, ghi trong kiến nghị."}
        critical = values["hinh_thuc"] == "PB"
        held = criticised(day, ended, answered=number < 3) if critical else looked_into(ended)
        held = (then("huy", 0, reason="Ghép vào cuộc của quận."),) if number == 5 else held[: 2 if number == 4 else 4]
        follow(year, "giam-sat", title, day, [then("create", -9, values=values), *held])
        if number < len(ends):
            _asked(year, asked, title, working(day + timedelta(days=4)), ends[number], number)
    if many > len(ends):
        for title, further in (
            ("Sửa điều 14 của nội quy", ()),
            ("Dời lịch trực lễ", (then("huy", 1, reason="Đã làm xong trước khi gửi."),)),
        ):
            follow(year, "kien-nghi-giam-sat", title, date(2023, 10, 30), [then("create", 0, values={"ten": title}), *further])


def _asked(year: Year, title: str, after: str, day: date, answer: str, number: int) -> None:
    body, due = {"noi_nhan_la": "organisation", "noi_nhan": "Ban giám đốc"}, (day + timedelta(days=15)).isoformat()
    values = {"ten": title, **body, "ngay_gui": day.isoformat(), "han_tra_loi": due}
    told = {"values": {"tra_loi": "Đã nhận; làm trong quý này."}}
    course = [
        then("create", 0, values=values),
        then("link", 0, values={"link": "thuoc_cuoc", "book": "giam-sat", "title": after}),
        then("gui", 0),
    ]
    if answer == "giai_trinh":
        course.append(then(answer, 14, reason="Ngân sách năm nay không còn.", **told))
    elif answer:
        course.append(then(answer, 12 + 9 * number, "deputy", **told))
    if answer in ("tiep_thu", "mot_phan"):
        shown = year.picture("work", day + timedelta(days=60))
        course += [then("attach", 60, "deputy", values={"role": "proof"}, pictures=(shown,)), then("bao_lam", 60, "deputy")]
        # By somebody else than who wrote down that it was done.
        course.append(then("da_lam", 70) if answer == "tiep_thu" else then("chua_lam", 70, reason="Mới làm ở xưởng một."))
    follow(year, "kien-nghi-giam-sat", title, day, course)


_OCCASIONS = {
    "TET": "Chăm lo Tết",
    "THANG5": "Tháng Công nhân",
    "DOTXUAT": "Hỗ trợ đột xuất",
    "THUONGXUYEN": "Chăm lo thường xuyên",
    "KHAC": "Dịp khác",
}
_HELP: tuple[tuple[str, str, tuple[tuple[str, str, int, int], ...]], ...] = (
    ("TET", "2023-01-12", (("KHOKHAN", "CD", 46, 27_600_000), ("BHYT", "XHH", 18, 12_600_000))),
    ("DOTXUAT", "2023-03-07", (("MATVIEC", "CD", 5, 10_000_000), ("VIECLAM", "CD", 4, 0))),
    ("THANG5", "2023-05-16", (("KHOKHAN", "NS", 30, 15_000_000), ("NHASUA", "XHH", 1, 35_000_000), ("SINHKE", "XHH", 3, 12_000_000))),
    ("THUONGXUYEN", "2023-07-18", (("VAYCEP", "XHH", 8, 96_000_000), ("HOCNGHE", "CD", 6, 7_200_000))),
    ("DOTXUAT", "2023-08-22", (("NHAXAY", "XHH", 1, 80_000_000),)),
    ("KHAC", "2023-09-26", (("VAYKHAC", "XHH", 2, 18_000_000),)),
    ("THUONGXUYEN", "2023-11-06", (("KHOKHAN", "CD", 7, 3_500_000),)),
)  # fmt: skip


def help_given(year: Year, many: int) -> None:
    """Occasions with lines of help; the last one is still being written, the one before it was withdrawn."""
    for number, (occasion, day, lines) in enumerate(_HELP[:many]):
        start = date.fromisoformat(day)
        title = f"{_OCCASIONS[occasion]} ngày {start:%d/%m/%Y}"
        given = [
            then("line", 1, values={"line": "ho_tro", "kind": kind, "source": source, "quantity": count, "amount_vnd": amount})
            for kind, source, count, amount in lines
        ]
        course = [then("create", 0, values={"dip": occasion, "ngay": day}), *given]
        if number < 5:
            course.append(then("chot", 3, values={"tong_tien": sum(amount for *_, amount in lines)}))
        elif number == 5:
            course.append(then("huy", 4, reason="Ghi trùng với đợt của quận."))
        follow(year, "cham-lo", title, start, course)


def help_after_reporting(year: Year) -> None:
    """An occasion that nobody foresaw, when the report of the year had been sent."""
    day = date(2023, 11, 8)
    line = {"line": "ho_tro", "kind": "KHOKHAN", "source": "CD", "quantity": 4, "amount_vnd": 4_000_000}
    course = [
        then("create", 0, values={"dip": "DOTXUAT", "ngay": day.isoformat()}),
        then("line", 0, values=line),
        then("chot", 0, values={"tong_tien": 4_000_000}),
    ]
    follow(year, "cham-lo", f"{_OCCASIONS['DOTXUAT']} ngày {day:%d/%m/%Y}", day, course)
