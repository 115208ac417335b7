"""What one union wrote down in a year, told by hand: every book once, and what a second one learned from it."""

from datetime import date
from typing import Any

from kheo.demo.plan.books.steps import Picture, Year


def _model(year: Year, title: str, day: str, due: str, **values: Any) -> None:
    filled = {
        "ten": title, "loai": "MH", "linh_vuc": "ASXH", "noi_dung": ["N1", "N3"], "chu_the": "collective",
        "ten_chu_the": "Tổ công đoàn số 1",
        "doi_tuong": ["NLD", "DAN"], "cach_lam": "Mỗi tổ nhận một việc, mỗi tháng góp một buổi.", "dia_diem": "Khu phố 3", "bat_dau": day,
        "du_kien_xong": due, "muc_tieu": 60, "muc_tieu_don_vi": "HO",
        "phu_trach": "Trưởng ban nữ công",
    }  # fmt: skip
    year.several(
        "mo-hinh", title, ("create", day, "own", {"values": {**filled, **values}}), ("dang_ky", day, "own"), ("tiep_nhan", day, "above")
    )


def whole_year(year: Year) -> None:
    one_plan(year, "Kế hoạch thi đua năm 2023", concrete=True)
    _models(year)
    _writings(year)
    _help(year)
    _supervision(year)
    _points(year)
    _petitions(year)
    _titles(year)


def one_plan(year: Year, title: str, *, concrete: bool, signed: str = "CĐCS") -> None:
    """A plan in force from the beginning of the year, with a target as a line; `concrete`: it has criteria of its own."""
    values = {
        "ten": title, "so_ky_hieu": f"03/KH-{signed}", "ngay_ban_hanh": "2023-01-16", "noi_dung": ["N1", "N2", "N3", "N4"],
        "co_tieu_chi": concrete,
    }  # fmt: skip
    target = {"line": "chi_tieu", "kind": "MOHINH", "quantity": 3, "text": "Ba mô hình, mỗi mô hình có người chịu trách nhiệm"}
    year.several(
        "ke-hoach", title, ("create", "2023-01-12", "own", {"values": values}), ("line", "2023-01-12", "own", {"values": target}),
        ("attach", "2023-01-16", "own", {"values": {"role": "document"}}), ("ban_hanh", "2023-01-16", "own"),
    )  # fmt: skip


def _models(year: Year) -> None:
    title = "Bữa sáng không đồng cho công nhân ca đêm"
    _model(year, title, "2023-01-20", "2023-05-31")
    result = {"ket_qua": 64, "nguoi_huong_loi": 180, "san_pham": "Bảy tháng liền, mỗi tuần hai buổi, không bỏ buổi nào."}
    money = {"line": "kinh_phi", "source": "XHH", "amount_vnd": 48_500_000}
    photos = {"values": {"role": "after"}, "pictures": (Picture("work", 1), Picture("work", 2))}
    year.several(
        "mo-hinh",
        title,
        ("line", "2023-03-10", "own", {"values": money}),
        ("line", "2023-04-11", "own", {"values": {**money, "source": "CD"}}),
    )
    year.several("mo-hinh", title, ("attach", "2023-05-20", "own", photos), ("bao_xong", "2023-05-26", "own", {"values": result}))
    decided = {"ngay_xac_minh": "2023-06-20", "quyet_dinh": "27/QĐ-LĐLĐ"}
    year.several("mo-hinh", title, ("cong_nhan", "2023-06-22", "above", {"values": decided}), ("dien_hinh", "2023-07-03", "office"))
    _model(
        year, "Tủ sách dưới chân cầu thang", "2023-02-06", "2023-08-31", linh_vuc="VHXH", chu_the="individual", ten_chu_the="Phạm Thị Lành"
    )
    _model(year, "Ngày thứ Sáu không rác nhựa", "2023-03-06", "2023-09-29", linh_vuc="KHAC", noi_dung=["N3"])
    year.do("mo-hinh", "Ngày thứ Sáu không rác nhựa", "ngung", "2023-08-14", reason="Căng tin đổi nhà thầu, chưa thống nhất lại được.")


def _writings(year: Year) -> None:
    idea = "Gộp ba mẫu đơn nghỉ phép thành một"
    values = {
        "ten": idea, "chu_de": "TTHC", "noi_dung": ["N2"], "tac_gia_la": "individual", "tac_gia": "Võ Minh Khang", "dong_y": True,
        "van_de": "Ba mẫu đơn hỏi cùng một điều.", "giai_phap": "Một mẫu, điền một lần, tổ trưởng ký.", "ngay_gui": "2023-03-14",
    }  # fmt: skip
    year.several(
        "hien-ke", idea, ("create", "2023-03-14", "own", {"values": values}), ("so_khao", "2023-03-16", "above"),
        ("y_kien", "2023-03-27", "above", {"values": {"diem": 84}, "reason": "Nơi khác đã thử: bớt được hai lần ký."}),
        ("tiep_thu", "2023-04-04", "above", {"values": {"muc_tiep_thu": "TOANBO", "diem": 88}, "reply": "Áp dụng từ tháng 6."}),
        ("ap_dung", "2023-06-19", "above", {"values": {"noi_da_ap_dung": "Cả công ty"}}), ("xac_nhan", "2023-07-03", "own"),
    )  # fmt: skip
    again = "Lắp máy bán nước tự động ở cổng"
    year.several(
        "hien-ke", again, ("create", "2023-08-08", "own", {"values": {**values, "ten": again, "chu_de": "KHAC", "ngay_gui": "2023-08-08"}}),
        ("khong_tiep_thu", "2023-08-16", "above", {"reason": "Đã có căng tin phục vụ.", "reply": "Căng tin đã phục vụ nước miễn phí."}),
    )  # fmt: skip
    news = "Ấm lòng bữa sáng của công nhân ca đêm"
    item = {"ten": news, "kenh": "BAODAI", "noi_dang": "Báo của ngành", "ngay_dang": "2023-07-20", "noi_dung": ["N1"], "dong_y": True}
    item["gioi_thieu_gi"] = "MOHINH"
    other = {"link": "gioi_thieu", "book": "mo-hinh", "title": "Bữa sáng không đồng cho công nhân ca đêm"}
    year.several(
        "tin-bai", news, ("create", "2023-07-20", "own", {"values": item}), ("link", "2023-07-20", "own", {"values": other}),
        ("attach", "2023-07-20", "own", {"values": {"role": "copy"}, "pictures": (Picture("page", 1),)}), ("dang", "2023-07-21", "own"),
    )  # fmt: skip


HELP = (
    ("KHOKHAN", 40, 20_000_000), ("MATVIEC", 12, 12_000_000), ("VAYCEP", 9, 90_000_000), ("VAYKHAC", 2, 20_000_000),
    ("SINHKE", 3, 15_000_000),
    ("VIECLAM", 7, 0), ("HOCNGHE", 5, 4_000_000), ("NHAXAY", 1, 80_000_000), ("NHASUA", 2, 40_000_000), ("BHYT", 25, 17_500_000),
)  # fmt: skip


def _help(year: Year) -> None:
    title = "Chăm lo thường xuyên ngày 10/07/2023"
    year.do("cham-lo", title, "create", "2023-07-10", values={"dip": "THUONGXUYEN", "ngay": "2023-07-10"})
    for kind, quantity, amount in HELP:
        line = {"line": "ho_tro", "kind": kind, "source": "CD", "quantity": quantity, "amount_vnd": amount}
        year.do("cham-lo", title, "line", "2023-07-11", values=line)
    year.do("cham-lo", title, "chot", "2023-07-14", values={"tong_tien": sum(amount for _, _, amount in HELP)})


def _supervision(year: Year) -> None:
    for title, kind, matter, day in (
        ("Giám sát chính sách giảm nghèo", "GS", "GIAMNGHEO", "2023-04-18"),
        ("Giám sát trật tự quanh cổng công ty", "GS", "DOTHI", "2023-08-22"),
        ("Góp ý dự thảo nội quy lao động", "PB", "LAODONG", "2023-09-12"),
    ):
        values = {"ten": title, "hinh_thuc": kind, "linh_vuc": matter, "co_quan_la": "organisation", "co_quan": "Ban Giám đốc công ty"}
        ended = {"ngay": day, "thanh_vien": 5, "ket_qua": "Phần lớn làm đúng; ba việc cần làm thêm."}
        why = {"values": {"can_cu": "Chương trình giám sát, phản biện năm 2023", "pham_vi_cuoc": "Các phân xưởng, năm 2023"}}
        sent = {**ended, "van_ban": "09/CV-CĐCS", "han_phan_hoi": "2023-10-02"}
        steps = (
            (("bat_dau", day, "own", why), ("ket_luan", day, "own", {"values": ended})) if kind == "GS"
            else (("nhan_du_thao", day, "own", why), ("gop_y", day, "own"), ("gui_van_ban", day, "own", {"values": sent}))
        )  # fmt: skip
        year.several("giam-sat", title, ("create", day, "own", {"values": values}), *steps)
    asked = "Niêm yết nội quy ở mọi xưởng"
    to = {"ten": asked, "noi_nhan_la": "organisation", "noi_nhan": "Ban Giám đốc công ty"}
    to |= {"ngay_gui": "2023-09-14", "han_tra_loi": "2023-10-02"}
    link = {"link": "thuoc_cuoc", "book": "giam-sat", "title": "Góp ý dự thảo nội quy lao động"}
    year.several(
        "kien-nghi-giam-sat", asked, ("create", "2023-09-14", "own", {"values": to}), ("link", "2023-09-14", "own", {"values": link}),
        ("gui", "2023-09-14", "own"), ("tiep_thu", "2023-09-28", "own", {"values": {"tra_loi": "Sẽ niêm yết trong tháng 10."}}),
    )  # fmt: skip
    for kind, name, day, came, done in (
        ("DINHKY", "Đối thoại định kỳ", "2023-06-27", 85, True),
        ("MOITRUONG", "Đối thoại về môi trường", "2023-09-26", 85, False),
        ("TIEPDAN", "Tiếp công dân", "2023-10-17", 14, False),
    ):
        title = f"{name} ngày {date.fromisoformat(day):%d/%m/%Y}"
        met = {"chu_tri": "TRUONG", "so_du": came, "so_y_kien": 6, "tra_loi_ngay": 4}
        year.several(
            "doi-thoai", title, ("create", day, "own", {"values": {"hinh_thuc": kind, "ngay": day}}),
            ("da_hop", day, "own", {"values": met}),
        )  # fmt: skip
        if done:
            year.several(
                "doi-thoai", title, ("bien_ban", "2023-06-29", "own", {"values": {"so_xac_nhan": 20}}), ("thong_bao", "2023-07-04", "own"),
                ("hoan_tat", "2023-07-12", "own", {"values": {"da_giai_quyet": 6}}),
            )  # fmt: skip
    title = "Khiếu nại nhận ngày 03/07/2023"
    year.several(
        "don-thu", title, ("create", "2023-07-03", "own", {"values": {"loai": "KN", "ngay_nhan": "2023-07-03"}}),
        ("thu_ly", "2023-07-07", "own"),
        ("giai_quyet", "2023-07-28", "own", {"values": {"ket_qua": "MOTPHAN"}}),
    )  # fmt: skip


def _point(year: Year, title: str, day: str) -> None:
    values = {"ten": title, "vi_tri": year.spot(), "dia_chi": "Khu phố 3", "loai_rac": "SINHHOAT", "ngay_thay": day}
    year.several(
        "diem-o-nhiem",
        title,
        ("create", day, "own", {"values": values}),
        ("xac_minh", day, "above", {"values": {"muc_do": "VUA", "nguoi_bao": "DONVI"}}),
    )


CLEARED = {"cach_xu_ly": "Dọn sạch, quét vôi, đặt chậu hoa.", "nguoi_tham_gia": 32, "kinh_phi": 2_500_000}


def _points(year: Year) -> None:
    wall = "Chân tường kho cũ"
    _point(year, wall, "2023-02-14")
    before = ("attach", "2023-02-16", "own", {"values": {"role": "before"}, "pictures": (Picture("dirty", 1),)})
    after = ("attach", "2023-02-24", "helper", {"values": {"role": "after"}, "pictures": (Picture("clean", 1),)})
    year.several(
        "diem-o-nhiem", wall, ("giao", "2023-02-15", "above", {"assigns": "helper"}), ("nhan_viec", "2023-02-16", "helper"), before, after,
        ("giai_toa", "2023-02-24", "helper", {"values": CLEARED}), ("kiem_lai", "2023-03-27", "above"),
        ("tai_phat", "2023-07-17", "helper", {"reason": "Lại có rác sau đợt sửa đường."}),
        ("xac_minh", "2023-07-18", "above", {"values": {"muc_do": "NHO", "nguoi_bao": "DAN"}}),
    )  # fmt: skip
    canal = "Bờ rạch sau bãi xe"
    _point(year, canal, "2023-06-21")
    new = {"cong_dung_moi": "Vườn hoa, chỗ ngồi nghỉ", "dien_tich": 85, "cham_soc": "Tổ công đoàn số 2"}
    pair = [
        ("attach", "2023-06-28", "own", {"values": {"role": role}, "pictures": (picture,)})
        for role, picture in (("before", Picture("dirty", 2)), ("after", Picture("clean", 2)))
    ]
    year.several(
        "diem-o-nhiem",
        canal,
        *pair,
        ("giai_toa", "2023-06-28", "own", {"values": CLEARED}),
        ("chuyen_hoa", "2023-08-30", "own", {"values": new}),
    )
    _point(year, "Góc vòng xoay số 5", "2023-10-09")


def _petitions(year: Year) -> None:
    def given(title: str, day: str, kind: str) -> None:
        values = {
            "tom_tat": title, "noi_dung": "Mong được xem xét sớm.", "linh_vuc": "LAODONG", "nguoi_gui_la": kind, "kenh": "CONGDOAN",
            "ngay_nhan": day,
        }  # fmt: skip
        year.several("phan-anh", title, ("create", day, "own", {"values": values}), ("giao", day, "own", {"assigns": "helper"}))

    signed = {"values": {"chuc_vu_ky": "Chủ tịch công đoàn cơ sở"}, "reply": "Đã làm xong, mời xem tại chỗ."}
    parking, shift, door = "Bãi giữ xe quá tải giờ vào ca", "Lịch tăng ca báo trước quá muộn", "Cửa thoát hiểm bị chắn"
    given(parking, "2023-07-03", "citizen")
    year.several(
        "phan-anh", parking, ("hoi_them", "2023-07-05", "helper", {"reason": "Bãi nào, giờ nào?"}), ("bo_sung", "2023-07-10", "own"),
        ("tra_loi", "2023-07-12", "helper", signed), ("hai_long", "2023-07-14", "own"),
    )  # fmt: skip
    given(shift, "2023-08-07", "citizen")
    year.several(
        "phan-anh", shift, ("attach", "2023-08-10", "helper", {"values": {"role": "progress"}, "pictures": (Picture("page", 90),)}),
        ("gia_han", "2023-08-10", "helper", {"reason": "Chờ lịch của ba xưởng."}),
        ("tra_loi", "2023-08-18", "helper", signed),
        ("chua_hai_long", "2023-08-21", "own", {"reason": "Xưởng hai vẫn báo muộn."}),
        ("tra_loi_lai", "2023-08-25", "helper", signed), ("hai_long", "2023-08-29", "own"),
    )  # fmt: skip
    given(door, "2023-10-26", "business")


def _titles(year: Year) -> None:
    for title, kind, own in (
        ("Hẻm 12 xanh, sạch, an toàn", "HEM", {"chieu_dai": 240}),
        ("Cổng công ty giờ tan ca", "COQUAN", {"phoi_hop": "Công ty"}),
    ):
        values = {"ten": title, "loai": kind, "dia_chi": "Khu phố 3", "vi_tri": year.spot(), **own}
        photos = [
            ("attach", day, "own", {"values": {"role": role}, "pictures": (picture,)})
            for day, role, picture in (
                ("2023-02-27", "before", Picture("dirty", 60 + len(title))), ("2023-05-22", "after", Picture("clean", 60 + len(title))),
            )
        ]  # fmt: skip
        line = {"line": "cham", "kind": "TRATTU", "source": "CONGAN", "quantity": 18, "text": "Không còn hàng rong trước cổng"}
        year.several(
            "tuyen-duong", title, ("create", "2023-02-20", "own", {"values": values}),
            ("khao_sat", "2023-02-27", "own", {"values": {"ngay_khao_sat": "2023-02-27", "vi_pham_truoc": 35, "un_tac_truoc": 6}}),
            ("cam_ket", "2023-03-06", "own", {"values": {"bo_tieu_chi": "Hướng dẫn 05/HD-LĐLĐ"}}),
            ("line", "2023-05-22", "own", {"values": line}), *photos,
            ("cham", "2023-05-22", "own", {"values": {"diem": 90, "ben_cham": ["CONGAN", "CHUNHA", "PHUONG"]}}),
            ("cong_nhan", "2023-05-30", "above", {"values": {"quyet_dinh": "22/QĐ-LĐLĐ"}}),
        )  # fmt: skip
    team = "Đội hỗ trợ giao thông giờ tan ca"
    start = {"dia_ban": "Khu phố 3", "ngay_lap": "2023-03-01", "thanh_vien": 24, "doi_truong": "Phó chủ tịch công đoàn"}
    assisted = [
        ("line", day, "own", {"values": {"line": "giup", "kind": kind, "quantity": number}})
        for day, kind, number in (("2023-06-30", "SUCO", 9), ("2023-09-29", "TAINAN", 2))
    ]
    year.several(
        "doi-hinh", team, ("create", "2023-03-01", "own", {"values": {"ten": team, "loai": "GIAOTHONG"}}),
        ("thanh_lap", "2023-03-01", "own", {"values": start}), *assisted,
    )  # fmt: skip


def some_of_it(year: Year) -> None:
    """A plan without concrete criteria, and a model learned from the other union."""
    one_plan(year, "Kế hoạch hưởng ứng phong trào", concrete=False)
    title = "Bữa sáng của tổ may"
    _model(year, title, "2023-08-01", "2023-12-15")
    learned = {"link": "nhan_rong", "book": "mo-hinh", "title": "Bữa sáng không đồng cho công nhân ca đêm"}
    year.several(
        "mo-hinh", title, ("link", "2023-08-02", "own", {"values": learned}), ("verify", "2023-08-09", "above", {"values": learned})
    )
