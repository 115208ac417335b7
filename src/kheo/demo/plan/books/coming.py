"""What does not begin at a desk: filed in the field by telephone, sent by people without an account, read in from a table."""

import hashlib
from datetime import date, timedelta

from kheo.core.spoken_codes import spoken_code
from kheo.demo.plan.books.steps import Year

_KINDS = {"SINHHOAT": "Rác sinh hoạt", "XAYDUNG": "Xà bần"}
# Where, what, how much, on which day it came, and how many hours it had waited in the telephone for a network.
_FROM_PHONES = (
    ("Hẻm sau chợ, cạnh cột điện 14", "SINHHOAT", "NHO", "2023-09-05", 1),
    ("Chân cầu vượt, phía bãi giữ xe", "XAYDUNG", "VUA", "2023-10-17", 22),
    ("Bãi đất trống cuối đường số 6", "SINHHOAT", "NHO", "2023-11-08", 1),
)
FOLLOWED = "Đèn hẻm sau trường hỏng đã hai tuần"  # of which everybody may see what its sender sees
_NEWS = (
    ("Tổ công đoàn giữ hẻm sạch ba năm liền", "TTDT", "Trang của phường", "12/09/2023"),
    ("Ngày hội đổi rác lấy cây", "BAODAI", "Báo của ngành", "26/09/2023"),
    ("Một buổi sáng ở bến rác cũ", "TTDT", "Trang của công đoàn", "03/10/2023"),
)


def code_shown(unit: str, title: str) -> str:
    """The code under which something invented was sent; of what is true nobody could work it out."""
    return spoken_code(hashlib.sha256(f"demo {unit} {title}".encode()).digest())


def otherwise_than_at_a_desk(year: Year) -> None:
    """A few of each way."""
    _filed(year)
    _sent(year)
    columns = ("ten", "kenh", "noi_dang", "ngay_dang")
    year.do("tin-bai", "tin-bai-quy-3.csv", "import", "2023-10-04", values={"columns": columns, "rows": _NEWS})


def _filed(year: Year) -> None:
    for where, kind, size, day, hours in _FROM_PHONES:
        spot, came = year.spot(), date.fromisoformat(day)
        seen = came - timedelta(days=1) if hours > 8 else came
        values = {"vi_tri": spot, "loai_rac": kind, "muc_do": size, "dia_chi": where, "hours": hours}
        title = f"{_KINDS[kind]}: {where}"
        year.do("diem-o-nhiem", title, "file", came, values=values, pictures=(year.picture("dirty", seen, spot),))
    verified = f"{_KINDS[_FROM_PHONES[0][1]]}: {_FROM_PHONES[0][0]}"
    year.do("diem-o-nhiem", verified, "xac_minh", "2023-09-06", "above", values={"muc_do": "NHO", "nguoi_bao": "TNV"})


def _sent(year: Year) -> None:
    lamp, pavement, drain = FOLLOWED, "Vỉa hè trước cổng trường bị chiếm giờ tan học", "Nước thải chảy ra hẻm số 9"
    for title, day, area in ((lamp, "2023-10-02", "GIAOTHONG"), (pavement, "2023-10-31", "GIAOTHONG"), (drain, "2023-11-08", "MOITRUONG")):
        wish = {"tom_tat": title, "noi_dung": "Bà con đi lại khó, mong được xem sớm.", "linh_vuc": area, "nguoi_gui_la": "citizen"}
        year.do("phan-anh", title, "send", day, values=wish)
    signed = {"values": {"chuc_vu_ky": "Chủ tịch công đoàn cơ sở"}, "reply": "Đã thay bóng và dây; mời bà con xem lại."}
    year.several(
        "phan-anh", lamp, ("giao", "2023-10-03", "own", {"assigns": "helper"}), ("tra_loi", "2023-10-06", "helper", signed),
        ("ask", "2023-10-09", "own", {"values": {"act": "hai_long"}}),
    )  # fmt: skip
    year.several(
        "phan-anh", pavement, ("giao", "2023-11-01", "own", {"assigns": "helper"}),
        ("hoi_them", "2023-11-02", "helper", {"reason": "Bà con cho biết bị chiếm từ mấy giờ tới mấy giờ?"}),
    )  # fmt: skip
    idea = "Che nắng chỗ chờ xe buýt trước khu công nghiệp"
    shade = {
        "ten": idea, "chu_de": "GT", "dong_y": True, "van_de": "Ca chiều đứng nắng nửa giờ.",
        "giai_phap": "Dựng mái che bằng bạt cũ của công ty, mỗi tổ giữ một tuần.",
    }  # fmt: skip
    year.do("hien-ke", idea, "send", "2023-10-16", values=shade)
    verdict = {"values": {"noi_dung": ["N4"], "muc_tiep_thu": "TOANBO", "diem": 75}, "reply": "Sẽ dựng thử ở cổng số 2."}
    year.several(
        "hien-ke", idea,
        ("so_khao", "2023-10-18", "above", {"values": {"noi_dung": ["N4"]}}),
        ("tiep_thu", "2023-10-25", "above", verdict),
        ("ap_dung", "2023-11-06", "own", {"values": {"noi_da_ap_dung": "Cổng số 2"}}),
        ("ask", "2023-11-08", "own", {"values": {"act": "xac_nhan"}}),
    )  # fmt: skip
    heap = {"ten": "Đống xà bần đầu hẻm 21", "dia_chi": "Khu phố 4", "loai_rac": "XAYDUNG"}
    year.do("diem-o-nhiem", heap["ten"], "send", "2023-11-07", values=heap, pictures=(year.picture("dirty"),))
