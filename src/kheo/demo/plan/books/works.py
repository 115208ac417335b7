"""Models, ideas, news and plans of a union in a year: each state of each book is somebody's."""

from datetime import date, timedelta

from kheo.demo.plan.books.courses import Then, counted_with, follow, named, of_kind, place_of, then, working
from kheo.demo.plan.books.steps import Picture, Year
from kheo.demo.plan.sources import source

SPREADING = "Tủ quần áo ai thừa đến cho, ai thiếu đến lấy"
LED_BY = ("Chủ tịch công đoàn cơ sở", "Tổ trưởng công đoàn", "Ban nữ công", "Ủy viên ban chấp hành phụ trách đời sống")
_RESULT = {"ket_qua": 96, "nguoi_huong_loi": 210, "san_pham": "Làm đều, có sổ theo dõi treo tại chỗ; ba tháng liền vượt con số đã hứa."}
_BEGUN = (then("dang_ky", 1), then("tiep_nhan", 4, "above"))


def _proved(days: int) -> tuple[Then, ...]:
    photos = (Picture("work", days), Picture("work", days + 1))
    return then("attach", days - 1, values={"role": "after"}, pictures=photos), then("bao_xong", days, values=_RESULT)


def _recognised(days: int, seen: str, decision: str) -> tuple[Then, ...]:
    return *_proved(days), then("cong_nhan", days + 20, "above", values={"ngay_xac_minh": seen, "quyet_dinh": decision})


def _spent(days: int, source_of: str, amount: int) -> Then:
    return then("line", days, values={"line": "kinh_phi", "source": source_of, "amount_vnd": amount})


_CHOSEN = then("dien_hinh", 170, "office")
# (the first day, how long it was meant to take, what became of it), in the order of the names in `entries.toml`.
FATES: tuple[tuple[str, int, tuple[Then, ...]], ...] = (
    ("2023-01-09", 150, (*_BEGUN, _spent(40, "XHH", 18_000_000), *_recognised(120, "2023-05-24", "31/QĐ-LĐLĐ"), _CHOSEN)),
    ("2023-01-30", 150, (*_BEGUN, _spent(35, "NS", 6_500_000), *_recognised(125, "2023-06-20", "35/QĐ-LĐLĐ"))),
    ("2023-02-13", 180, (*_BEGUN, *_recognised(150, "2023-07-31", "41/QĐ-LĐLĐ"))),
    ("2023-03-06", 240, (*_BEGUN, *_proved(230))),
    ("2023-04-10", 260, (*_BEGUN, then("tien_do", 90, reason="Được 118 hồ sơ, chưa hồ sơ nào quá hẹn.", values={"ket_qua": 118}))),
    ("2023-02-20", 180, (*_BEGUN, _spent(60, "CD", 12_000_000))),
    ("2022-03-14", 200, (*_BEGUN, *_recognised(200, "2022-10-18", "88/QĐ-LĐLĐ"))),
    ("2023-05-08", 160, (*_BEGUN, then("tam_dung", 70, reason="Đường đang đào, chưa kéo dây được."))),
    ("2023-10-16", 240, (then("dang_ky", 1), then("tra_lai", 4, "above", reason="Chưa nói ai dạy, học ở đâu."))),
    ("2023-11-02", 200, (then("dang_ky", 1),)),
    ("2023-03-20", 120, (*_BEGUN, *_proved(110), then("khong_cong_nhan", 130, "above", reason="Hộp thư khóa, ba tháng không ai mở."))),
    ("2023-03-13", 90, (*_BEGUN, _spent(30, "NS", 40_000_000), then("ngung", 100, reason="Hai gia đình đã chuyển đi."))),
    ("2023-11-07", 120, ()),
    ("2023-09-11", 90, (then("huy", 9, reason="Trùng với quy định mới của quận."),)),
)  # fmt: skip


def models(year: Year) -> None:
    """Every model of the list, each with a fate of its own."""
    for told, (first, lasts, fate) in zip(source("entries")["models"], FATES, strict=True):
        _model(year, str(told["name"]), date.fromisoformat(first), lasts, told, fate)


_OF_A_FEW = ((1, 1), (2, 2), (5, 5), (7, 5))  # which model of the list, and which fate


def few_models(year: Year, place: int) -> str:
    """Two to four, under names with a place behind them; the name of the last, which is under way."""
    title = ""
    for model, fate in (*_OF_A_FEW[: 1 + place % 3], _OF_A_FEW[-1]):
        told, (first, lasts, course) = source("entries")["models"][model], FATES[fate]
        title = f"{told['name']}, {place_of(place + model)}"
        _model(year, title, date.fromisoformat(first), lasts, told, course)
    return title


# The first of the others learned from where it began, the second from the first; that the third did is only said so far.
_LEARNED_FROM, _ONLY_SAID = {2: 1}, 3


def replica(year: Year, number: int) -> None:
    """What another union does was learned from the first one, or from one that had learned of it; `number` from 1."""
    told = {**source("entries")["models"][0], "how": f"Đặt ba móc treo ở {place_of(number)}, cuối tuần có người xếp lại; đồ lạ để riêng."}
    first, teacher = date(2023, 8, 7) + timedelta(days=28 * number), _LEARNED_FROM.get(number)
    learned = {"link": "nhan_rong", "book": "mo-hinh", "title": _of_replica(teacher) if teacher else SPREADING}
    verified = () if number == _ONLY_SAID else (then("verify", 12, "above", values=learned),)
    _model(year, _of_replica(number), first, 120, told, (*_BEGUN, then("link", 5, values=learned), *verified))


def _of_replica(number: int) -> str:
    return f"Móc áo chia sẻ ở {place_of(number)}"


def _model(year: Year, title: str, first: date, lasts: int, told: dict[str, object], fate: tuple[Then, ...]) -> None:
    kind, number = str(told["kind"]), len(year.steps)
    subject = ("collective", "individual", "household")[0 if number % 5 else 1 + number % 2]
    who = {"collective": "Tổ công đoàn số 2", "individual": "Lê Thị Mai Hương", "household": "Gia đình bà Trương Thị Sáu"}[subject]
    values = {
        "ten": title, "loai": kind, "linh_vuc": told["area"], "noi_dung": told["contents"], "chu_the": subject, "ten_chu_the": who,
        "phu_trach": LED_BY[number % len(LED_BY)],
        "doi_tuong": ["NLD", "DAN"], "cach_lam": told["how"], "dia_diem": place_of(number), "bat_dau": first.isoformat(),
        "du_kien_xong": (first + timedelta(days=lasts)).isoformat(), "muc_tieu": told["target"], "muc_tieu_don_vi": told["measure"],
        **({"vi_tri": year.spot()} if kind == "CT" else {}), **({"anh_cong_khai": True} if number % 3 else {}),
    }  # fmt: skip
    follow(year, "mo-hinh", title, first, (then("create", 0, values=values), *fate))


_JUDGED = {"muc_tiep_thu": "TOANBO", "diem": 82}
_JUDGED_IN_PART = {"muc_tiep_thu": "MOTPHAN", "diem": 64}
_IDEA_FATES: tuple[tuple[Then, ...], ...] = (
    (then("so_khao", 2, "above"), then("tiep_thu", 20, "above", values=_JUDGED, reply="Làm thử ở một bộ phận rồi mở rộng."),
     then("ap_dung", 60, values={"noi_da_ap_dung": "Ba bộ phận"})),
    (then("so_khao", 2, "above"), then("tiep_thu", 25, "above", values=_JUDGED_IN_PART, reply="Làm trước ở kho.")),
    (then("so_khao", 3, "above"), then("khong_tiep_thu", 18, "above", reason="Quy định của ngành không cho.", reply="Ngành đã có mẫu.")),
    (then("hoi_tac_gia", 2, "above", reason="Xin vẽ thêm chỗ dán mã."),),
    (then("so_khao", 2, "above"),),
    (then("rut", 6, reason="Tác giả muốn viết lại."),),
    (then("gop", 4, "above", reason="Cùng một ý với bài đã nhận.", other="first"),),
    (),
)  # fmt: skip
_IDEA_DAYS = ("2023-02-06", "2023-03-20", "2023-04-17", "2023-10-30", "2023-09-18", "2023-06-05", "2023-07-10", "2023-11-06")


def ideas(year: Year, first: int, many: int) -> None:
    """Ideas from the box at the door."""
    for number in range(many):
        fate, title = _IDEA_FATES[number % len(_IDEA_FATES)], named("ideas", first + number)
        day = date.fromisoformat(_IDEA_DAYS[number % len(_IDEA_DAYS)])
        values = {
            "ten": title, "chu_de": of_kind("ideas", "topics", first + number), "noi_dung": ["N2"], "tac_gia_la": "individual",
            "tac_gia": "Ngô Thị Bảy", "lien_he": "Qua tổ trưởng công đoàn", "dong_y": True, "van_de": "Mất nhiều lần đi lại cho một việc.",
            "giai_phap": f"{title}: làm thử một tháng.", "ngay_gui": day.isoformat(),
        }  # fmt: skip
        course = [counted_with(each, named("ideas", first)) for each in fate]
        follow(year, "hien-ke", title, day, [then("create", 0, values=values), *course])


def news(year: Year, first: int, many: int, about: str) -> None:
    """What was written about models; the last two are not out yet."""
    for number in range(many):
        title, day = named("news", first + number), working(date(2023, 3, 6) + timedelta(days=33 * number))
        is_out = number < many - 2
        is_about = number == 1 and bool(about)
        values = {
            "ten": title, "kenh": of_kind("news", "channels", number), "noi_dang": of_kind("news", "outlets", number), "noi_dung": ["N1"],
            "dong_y": True, "ngay_dang": day.isoformat(), "luot_xem": 120 + 365 * number,
            "gioi_thieu_gi": "MOHINH" if is_about else ("GUONG", "PHONGTRAO")[number % 2],
        }  # fmt: skip
        course = [then("create", 0, values=values if is_out else {"ten": title})]
        if is_out and is_about:
            course.append(then("link", 0, values={"link": "gioi_thieu", "book": "mo-hinh", "title": about}))
        if is_out:
            course += [then("attach", 0, values={"role": "copy"}, pictures=(Picture("page", number + 2),)), then("dang", 1)]
        if number == 2 and is_out:
            course.append(then("hong", 60, reason="Trang đã đổi địa chỉ."))
        if number == 3 and is_out:
            course.append(then("dinh_chinh", 12, reason="Ghi sai tên khu phố."))
        if number == many - 1:
            course.append(then("huy", 3, reason="Nhân vật xin không đăng."))
        follow(year, "tin-bai", title, day, course)


_ISSUED = (then("attach", 2, values={"role": "document"}), then("ban_hanh", 3))


def plans(year: Year) -> None:
    """One in force, one that another took the place of, one given up, one that is still being written."""
    for number, (day, further) in enumerate(
        (
            ("2023-01-10", ()),
            ("2023-03-27", (then("thay_the", 60, reason="Đưa vào kế hoạch năm."),)),
            ("2023-08-07", (then("huy", 9, reason="Gộp vào kế hoạch năm."),)),
            ("2023-10-23", None),
        )
    ):
        title, first = named("plans", number), date.fromisoformat(day)
        values = {
            "ten": title,
            "so_ky_hieu": f"{7 + number}/KH-CĐCS",
            "ngay_ban_hanh": day,
            "noi_dung": ["N1", "N2", "N3"],
            "co_tieu_chi": True,
        }
        course = [then("create", 0, values=values)]
        for kind, quantity, text in (
            ("MOHINH", 12, "Mười hai mô hình, mỗi tổ ít nhất một"),
            ("CUOC", 6, "Sáu lần ra quân, mỗi quý hai lần"),
        ):
            course.append(then("line", 0, values={"line": "chi_tieu", "kind": kind, "quantity": quantity, "text": text}))
        if further is not None:
            course += [*(() if number == 2 else _ISSUED), *further]
        follow(year, "ke-hoach", title, first, course)
