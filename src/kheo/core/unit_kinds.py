"""Kinds of units, with the line on which each stands. Codes of administrative kinds as in the official lists."""

from dataclasses import dataclass
from enum import StrEnum


class Line(StrEnum):
    """A kind of relation between units; each line is a forest of its own (domain.md §0.1: recipient is not always parent)."""

    UNION = "union"
    PARTY = "party"
    COORDINATES = "coordinates"
    AREA_TEAM = "area_team"
    ADMIN = "admin"


LINE_NAMES: dict[Line, str] = {
    Line.UNION: "công đoàn",
    Line.PARTY: "Đảng",
    Line.COORDINATES: "phối hợp",
    Line.AREA_TEAM: "tổ địa bàn",
    Line.ADMIN: "hành chính",
}


@dataclass(frozen=True)
class Kind:
    """A kind of unit: its code, what people call it, and its home line."""

    code: str
    name: str
    line: Line


_ADMIN = {
    "municipality": "Thành phố trực thuộc trung ương",
    "province": "Tỉnh",
    "municipal_city": "Thành phố thuộc thành phố trực thuộc trung ương",
    "city": "Thành phố thuộc tỉnh",
    "town": "Thị xã",
    "urban_district": "Quận",
    "rural_district": "Huyện",
    "ward": "Phường",
    "township": "Thị trấn",
    "commune": "Xã",
    "special_zone": "Đặc khu",
}
_UNION = {
    "provincial_federation": "Liên đoàn Lao động tỉnh, thành phố",
    "district_federation": "Liên đoàn Lao động cấp huyện",
    "sector_union": "Công đoàn ngành, sở, khối, tổng công ty và cấp trên tương đương",
    "direct_union": "Công đoàn cơ sở trực thuộc Liên đoàn Lao động tỉnh, thành phố",
    "affiliated_body": "Đơn vị kinh tế, sự nghiệp trực thuộc",
    "grassroots_union": "Công đoàn cơ sở",
    "ward_union": "Công đoàn xã, phường, đặc khu",
    "area_team": "Tổ công tác quản lý địa bàn",
}
_PARTY = {
    "party_committee": "Cấp ủy",
    "party_board": "Ban tham mưu của cấp ủy",
}
KINDS: dict[str, Kind] = {
    code: Kind(code, name, line)
    for line, names in ((Line.ADMIN, _ADMIN), (Line.UNION, _UNION), (Line.PARTY, _PARTY))
    for code, name in names.items()
}


def kind_name(code: str) -> str:
    """What people call a kind; the code itself when it is not known any more."""
    return KINDS[code].name if code in KINDS else code
