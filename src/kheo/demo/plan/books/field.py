"""Points of rubbish, streets and teams of a union in a year."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import cycle
from typing import Literal

from kheo.demo.plan.books.courses import Then, counted_with, follow, named, of_kind, place_of, then, working
from kheo.demo.plan.books.grounds import Spot, near
from kheo.demo.plan.books.steps import Hand, Picture, Year

_CLEANED = {"cach_xu_ly": "Hốt sạch, rải đá, cắm biển nhắc.", "nguoi_tham_gia": 28, "kinh_phi": 1_850_000}
_NEW = {"cong_dung_moi": "Sân chơi nhỏ, sáu chậu cây", "dien_tich": 64, "cham_soc": "Tổ công đoàn số 4"}
_KINDS = ("SINHHOAT", "XAYDUNG", "NHUA", "KENHRACH", "SINHHOAT", "KHAC")
Proof = Literal["told", "untold", "moved"]


def _assigned(days: int) -> tuple[Then, ...]:
    return then("giao", days, "above", assigns="helper"), then("nhan_viec", days + 1, "helper")


def _rechecked(cleared: int, *after: int) -> tuple[Then, ...]:
    return tuple(then("kiem_lai", cleared + days, "above", reason="Tới xem: còn sạch.") for days in after)


# (the first day, on which day it was cleared if it was, what its photographs tell, what came before and after the clearing)
Fate = tuple[str, int | None, Proof, Sequence[Then], Sequence[Then]]
FATES: tuple[Fate, ...] = (
    ("2022-10-24", 40, "told", _assigned(5), (*_rechecked(40, 31, 92, 182), then("on_dinh", 225, "above"))),
    ("2023-03-13", 12, "told", _assigned(2), (*_rechecked(12, 31, 93), then("tai_phat", 150, "above", reason="Sau phiên chợ lại có rác."))),
    ("2023-04-03", 14, "untold", _assigned(3), (*_rechecked(14, 33), then("chuyen_hoa", 100, values=_NEW))),
    ("2023-07-03", 11, "moved", (), _rechecked(11, 31)),
    ("2023-08-14", 13, "told", _assigned(2), _rechecked(13, 30)),
    ("2023-08-28", 10, "told", _assigned(2), ()),
    ("2023-10-23", 11, "untold", (), ()),
    ("2022-09-12", None, "told", _assigned(4), ()),
    ("2023-10-02", None, "told", _assigned(3), ()),
    ("2023-10-30", None, "told", (then("giao", 3, "above", assigns="helper"),), ()),
    ("2023-10-31", None, "told", (), ()),
    ("2023-11-01", None, "told", (then("khong_phai", 2, "above", reason="Là vật tư của công trình, có che chắn."),), ()),
    ("2023-11-06", None, "told", (), ()),
    ("2023-11-07", None, "told", (then("trung", 1, "above", reason="Cùng một chỗ.", other="earlier"),), ()),
)  # fmt: skip
_SEEN_ON = (12, 13)  # those that nobody has verified


def points(year: Year, which: Sequence[int], first: int = 0) -> None:
    """Points with a fate each; the last is the one before it, reported a second time from some metres away."""
    before: Spot | None = None
    for place, number in enumerate(which):
        spot = near(before, 25, year.chance) if before and number == _SEEN_ON[1] else year.spot()
        before = spot
        _point(year, number, named("points", first + place), named("points", first + place - 1), spot)


def _point(year: Year, number: int, title: str, earlier: str, spot: Spot) -> None:
    day, cleared, proof, then_before, after = FATES[number]
    first = working(date.fromisoformat(day))
    values = {
        "ten": title,
        "vi_tri": spot,
        "dia_chi": place_of(number),
        "loai_rac": _KINDS[number % len(_KINDS)],
        "ngay_thay": first.isoformat(),
    }
    if proof == "moved":
        values["vi_tri"] = near(spot, 30, year.chance)
    follow(year, "diem-o-nhiem", title, first, [then("create", 0, values=values)])
    year.pictures("diem-o-nhiem", title, "before", first, year.picture("dirty", first, spot))
    if number not in _SEEN_ON and not any(each.act == "khong_phai" for each in then_before):
        size = ("NHO", "VUA", "VUA", "LON")[number % 4]
        follow(
            year,
            "diem-o-nhiem",
            title,
            first,
            [then("xac_minh", 1, "above", values={"muc_do": size, "nguoi_bao": ("DONVI", "DAN", "TNV")[number % 3]})],
        )
    follow(year, "diem-o-nhiem", title, first, [counted_with(each, earlier) for each in then_before])
    if cleared is not None:
        _cleared(year, title, first, cleared, proof, spot, by="helper" if then_before else "own")
    follow(year, "diem-o-nhiem", title, first, after)


def _cleared(year: Year, title: str, first: date, days: int, proof: Proof, spot: Spot, by: Hand) -> None:
    """The photograph after, then the act; where the place is put right in between, what the photograph tells holds no more."""
    day = working(first + timedelta(days=days))
    shown = year.picture("clean", day, spot) if proof != "untold" else year.picture("clean")
    year.pictures("diem-o-nhiem", title, "after", day, shown, by=by)
    if proof == "moved":
        year.do("diem-o-nhiem", title, "edit", day, values={"vi_tri": (spot[0] + 900, spot[1])})
    year.do("diem-o-nhiem", title, "giai_toa", day, by, values=_CLEANED)


_TITLE_FATES: tuple[tuple[str, int], ...] = (
    ("2022-06-13", 6), ("2023-02-06", 6), ("2023-03-20", 5), ("2023-05-15", 4), ("2023-09-11", 3), ("2023-10-09", 2), ("2023-11-06", 1),
)  # fmt: skip
_CRITERIA = (("TRATTU", 19), ("VESINH", 18), ("CHIEUSANG", 16), ("ANTOAN", 20), ("TUQUAN", 15))
_SCORERS = ["CONGAN", "CHUNHA", "PHUONG"]


FEW = 2
_ENDED: dict[int, tuple[Then, ...]] = {
    0: (then("thu_hoi", 430, "above", reason="Kiểm tra hai lần đều có lấn chiếm."),),
    1: (then("giu", 260, "above", values={"diem": 90}),),
    6: (then("huy", 1, reason="Đường sắp đào, để sang năm."),),
}


def titles(year: Year, many: int, first: int = 0) -> None:
    """Streets, alleys and gates on their way to a title, each a step further than the one after it."""
    for number in range(many):
        day, steps = _TITLE_FATES[number]
        start, title, kind = date.fromisoformat(day), named("titles", first + number), of_kind("titles", "kinds", first + number)
        own = {"chieu_dai": 180 + 40 * number} if kind in ("TUYEN", "HEM") else {"phoi_hop": "Ban giám hiệu, ban quản lý"}
        spot = year.spot()
        values = {"ten": title, "loai": kind, "dia_chi": place_of(number + 3), "vi_tri": spot, **own}
        seen = {"ngay_khao_sat": working(start + timedelta(days=7)).isoformat(), "vi_pham_truoc": 21, "un_tac_truoc": 4}
        course = [
            then("create", 0, values=values), then("khao_sat", 7, values=seen),
            then("cam_ket", 14, values={"bo_tieu_chi": "Hướng dẫn 05/HD-LĐLĐ"}),
            then("cham", 90, values={"diem": 88, "ben_cham": _SCORERS}),
        ]  # fmt: skip
        ended = (
            then("khong_dat", 100, "above", reason="Hàng quán vẫn lấn lề."),
            then("cong_nhan", 100, "above", values={"quyet_dinh": "52/QĐ-LĐLĐ"}),
        )
        follow(year, "tuyen-duong", title, start, course[: min(steps, 3)])
        if steps >= 4:
            year.pictures("tuyen-duong", title, "before", working(start + timedelta(days=7)), Picture("dirty", 7_000 + first + number))
            year.pictures("tuyen-duong", title, "after", working(start + timedelta(days=88)), Picture("clean", 7_000 + first + number))
            lines = [
                then("line", 89, values={"line": "cham", "kind": criterion, "source": scorer, "quantity": score})
                for (criterion, score), scorer in zip(_CRITERIA, cycle(_SCORERS), strict=False)
            ]
            follow(year, "tuyen-duong", title, start, [*lines, course[3]])
        if steps >= 5:
            follow(year, "tuyen-duong", title, start, [ended[steps - 5]])
        if many > FEW:
            follow(year, "tuyen-duong", title, start, _ENDED.get(number, ()))


def teams(year: Year, many: int, first: int = 0) -> None:
    """Teams by numbers: hours and assists month by month; the last is being prepared, the one before it has ended."""
    for number in range(many):
        title, start = named("teams", first + number), date(2023, 2, 6) + timedelta(days=35 * number)
        values = {"ten": title, "loai": of_kind("teams", "kinds", first + number)}
        begun = {
            "dia_ban": place_of(number),
            "ngay_lap": start.isoformat(),
            "thanh_vien": 9 + 4 * number,
            "doi_truong": "Ủy viên Ban Chấp hành công đoàn",
            "quyet_dinh": f"{14 + number}/QĐ-CĐCS",
        }
        course = [then("create", 0, values=values)]
        if number < many - 1 or many == 1:
            course.append(then("thanh_lap", 1, values=begun))
            on_duty = range(30, 280, 30) if many > FEW and number == 0 else (30, 90)
            course += [then("line", days, values={"line": "ca_truc", "quantity": 18 + days % 7}) for days in on_duty]
            course.append(
                then(
                    "line", 60, values={"line": "giup", "kind": ("SUCO", "DIEUTIET", "TAINAN", "KHAC")[number % 4], "quantity": 3 + number}
                )
            )
        if number == many - 2 and many > 2:
            course.append(then("ngung", 110, reason="Hết đợt ra quân."))
        if number == many - 3 and many > 2:
            course[1:] = [then("huy", 20, reason="Nhập vào đội của khu phố.")]
        follow(year, "doi-hinh", title, start, course)
