"""What one union wrote down in the months in which the others were quiet, so that every book was at work the whole year round."""

from datetime import date, timedelta
from typing import Any

from kheo.demo.plan.books.courses import Then, follow, then
from kheo.demo.plan.books.people import criticised, looked_into
from kheo.demo.plan.books.steps import Picture, Year

_NEWS = (
    ("2023-01-16", "Chợ Tết không đồng của công nhân"), ("2023-02-13", "Ba tổ nhận chăm ba gốc cây"),
    ("2023-11-06", "Một năm nhìn lại của tổ tự quản"),
)  # fmt: skip
_HELP = (("2023-02-14", "KHOKHAN", 6, 3_600_000), ("2023-04-18", "HOCNGHE", 2, 2_400_000), ("2023-06-06", "BHYT", 9, 6_300_000))
_SEEN = (
    ("2023-01-10", "Giám sát việc thưởng Tết", "GS", "LAODONG"), ("2023-03-14", "Giám sát bếp ăn giữa ca", "GS", "LAODONG"),
    ("2023-06-13", "Góp ý quy chế trả lương", "PB", "LAODONG"), ("2023-11-01", "Giám sát lối thoát hiểm", "GS", "DOTHI"),
)  # fmt: skip
# What was asked, and after which of the sessions above.
_ASKED = (
    ("2023-01-12", "Trả thưởng trước ngày 20 tháng Chạp", 0), ("2023-08-15", "Ghi rõ cách tính lương sản phẩm", 2),
    ("2023-11-02", "Dời kệ hàng khỏi lối thoát hiểm", 3),
)  # fmt: skip
_STREETS = (("2023-01-17", "Hẻm sau xưởng may", "HEM"), ("2023-07-11", "Cổng nhà trẻ của công ty", "COQUAN"))
_ADJUSTED = ("2023-02-20", "2023-04-17", "2023-07-24", "2023-09-25", "2023-11-06")
_BODY = {"co_quan_la": "organisation", "co_quan": "Ban giám đốc"}


def quiet_months(year: Year) -> None:
    """A few entries of each book that would else have nothing in some month."""
    _written(year)
    _given(year)
    _overseen(year)
    _on_the_street(year)


def _begins(year: Year, book: str, title: str, day: str, values: dict[str, Any], *course: Then) -> None:
    follow(year, book, title, date.fromisoformat(day), [then("create", 0, values=values), *course])


def _written(year: Year) -> None:
    idea, day = "Dán lịch xe đưa rước ở cửa ca", "2023-01-16"
    values = {
        "ten": idea, "chu_de": "KHAC", "noi_dung": ["N2"], "tac_gia_la": "collective", "tac_gia": "Tổ may 2", "dong_y": True,
        "van_de": "Lịch xe chỉ báo miệng.", "giai_phap": "Dán lịch tuần ở cửa ca.", "ngay_gui": day,
    }  # fmt: skip
    _begins(year, "hien-ke", idea, day, values, then("so_khao", 2, "above"))
    for number, (day, title) in enumerate(_NEWS):
        told = {"ten": title, "kenh": "TTDT", "noi_dang": "Trang của công đoàn", "noi_dung": ["N1"], "dong_y": True, "ngay_dang": day}
        told["gioi_thieu_gi"] = "PHONGTRAO"
        copy = then("attach", 0, values={"role": "copy"}, pictures=(Picture("page", 40 + number),))
        _begins(year, "tin-bai", title, day, told, copy, then("dang", 0))
    for day in _ADJUSTED:
        year.do("ke-hoach", "Kế hoạch hưởng ứng phong trào", "dieu_chinh", day, reason="Dời một việc sang tháng sau, chỉ tiêu giữ nguyên.")


def _given(year: Year) -> None:
    for day, kind, quantity, amount in _HELP:
        title = f"Chăm lo thường xuyên ngày {date.fromisoformat(day):%d/%m/%Y}"
        line = {"line": "ho_tro", "kind": kind, "source": "CD", "quantity": quantity, "amount_vnd": amount}
        ended = then("chot", 2, values={"tong_tien": amount})
        _begins(year, "cham-lo", title, day, {"dip": "THUONGXUYEN", "ngay": day}, then("line", 1, values=line), ended)
    day = "2023-10-10"
    title = f"Đối thoại đột xuất ngày {date.fromisoformat(day):%d/%m/%Y}"
    met = {"chu_tri": "PHO", "so_du": 31, "so_y_kien": 5, "tra_loi_ngay": 5}
    _begins(year, "doi-thoai", title, day, {"hinh_thuc": "DOTXUAT", "ngay": day}, then("da_hop", 0, values=met))


def _overseen(year: Year) -> None:
    for day, title, kind, matter in _SEEN:
        ended = {"ngay": day, "thanh_vien": 3, "ket_qua": "Làm đúng; hai việc cần ghi rõ hơn."}
        values = {"ten": title, "hinh_thuc": kind, "linh_vuc": matter, **_BODY}
        steps = looked_into(ended) if kind == "GS" else criticised(date.fromisoformat(day), ended, answered=False)
        follow(year, "giam-sat", title, date.fromisoformat(day), [then("create", -6, values=values), *steps])
    for day, title, session in _ASKED:
        due = (date.fromisoformat(day) + timedelta(days=15)).isoformat()
        to = {"ten": title, "noi_nhan_la": "organisation", "noi_nhan": "Ban giám đốc", "ngay_gui": day, "han_tra_loi": due}
        after = {"link": "thuoc_cuoc", "book": "giam-sat", "title": _SEEN[session][1]}
        _begins(year, "kien-nghi-giam-sat", title, day, to, then("link", 0, values=after), then("gui", 0))
    day = "2023-01-09"
    title = f"Khiếu nại nhận ngày {date.fromisoformat(day):%d/%m/%Y}"
    _begins(year, "don-thu", title, day, {"loai": "KN", "ngay_nhan": day}, then("thu_ly", 4))


def _on_the_street(year: Year) -> None:
    for day, title, kind in _STREETS:
        own = {"chieu_dai": 160} if kind == "HEM" else {"phoi_hop": "Công ty"}
        values = {"ten": title, "loai": kind, "dia_chi": "Khu phố 2", "vi_tri": year.spot(), **own}
        _begins(year, "tuyen-duong", title, day, values)
    team, day = "Đội giữ xe ngày Tết", "2023-01-09"
    start = {"dia_ban": "Khu phố 2", "ngay_lap": day, "thanh_vien": 8, "doi_truong": "Tổ trưởng công đoàn"}
    _begins(year, "doi-hinh", team, day, {"ten": team, "loai": "KHAC"}, then("thanh_lap", 0, values=start))


__all__ = ["quiet_months"]
