"""Reading a file of units: ten broken files, every problem with its line."""

from collections.abc import Mapping

import pytest

from kheo.core.unit_file import KnownUnit, decode, read_units

HEADER = "code,name,kind,parent_code\n"
ROOT = "A,Liên đoàn,provincial_federation,\n"


def problems(text: str, known: Mapping[str, KnownUnit] | None = None) -> list[str]:
    return [str(problem) for problem in read_units(text, "u.csv", known or {})[1]]


def test_reads_rows_in_order_with_names_as_written_in_one_normal_form() -> None:
    rows, found = read_units(HEADER + ROOT + "B,  Công  đoàn ,grassroots_union,A\n", "u.csv", {})
    assert found == ()
    assert [(row.line, row.code, row.name, row.kind, row.parent_code) for row in rows] == [
        (2, "A", "Liên đoàn", "provincial_federation", ""),
        (3, "B", "Công  đoàn", "grassroots_union", "A"),
    ]


KINDS = (
    "municipality, province, municipal_city, city, town, urban_district, rural_district, ward, township, commune, special_zone, "
    "provincial_federation, district_federation, sector_union, direct_union, affiliated_body, grassroots_union, ward_union, area_team, "
    "party_committee, party_board"
)
BROKEN: dict[str, tuple[str, list[str]]] = {
    "empty file": ("", ["u.csv:1: Tệp rỗng. Dòng đầu phải là: code,name,kind,parent_code."]),
    "missing column": (
        "code,name,kind\nA,x,ward\n",
        ["u.csv:1: Dòng đầu phải là đúng: code,name,kind,parent_code (thiếu cột parent_code)."],
    ),
    "columns in another order": (
        "name,code,kind,parent_code\n",
        ["u.csv:1: Dòng đầu phải là đúng: code,name,kind,parent_code (thừa cột hoặc sai thứ tự)."],
    ),
    "only a header": (HEADER, ["u.csv:2: Tệp không có đơn vị nào."]),
    "unknown parents": (
        HEADER + ROOT + "B,Bê,grassroots_union,X\nC,Xê,grassroots_union,Y\n",
        [
            "u.csv:3: parent_code: Không có đơn vị cấp trên mang mã “X”.",
            "u.csv:4: parent_code: Không có đơn vị cấp trên mang mã “Y”.",
        ],
    ),
    "cycle with a tail": (
        HEADER + ROOT + "B,Bê,grassroots_union,C\nC,Xê,grassroots_union,B\nD,Đê,grassroots_union,C\n",
        [
            "u.csv:3: parent_code: Các đơn vị này làm cấp trên của nhau theo vòng tròn: B → C.",
            "u.csv:4: parent_code: Các đơn vị này làm cấp trên của nhau theo vòng tròn: B → C.",
        ],
    ),
    "duplicate codes": (
        HEADER + ROOT + "B,Bê,grassroots_union,A\nB,Bê hai,grassroots_union,A\n",
        ["u.csv:4: code: Mã “B” đã có ở dòng 3."],
    ),
    "bad kinds": (
        HEADER + "A,Liên đoàn,federation,\nB,Bê,,A\n",
        [
            f"u.csv:2: kind: Loại đơn vị “federation” không có. Các loại: {KINDS}.",
            f"u.csv:3: kind: Loại đơn vị “” không có. Các loại: {KINDS}.",
        ],
    ),
    "short, long and empty cells": (
        HEADER + "A,Liên đoàn\n,Bê,ward,\nC,,ward,\nD," + "x" * 301 + ",ward,\nE,a,ward,,\n",
        [
            "u.csv:2: Cần 4 cột, dòng này có 2 cột.",
            "u.csv:3: code: Ô này không được để trống.",
            "u.csv:4: name: Ô này không được để trống.",
            "u.csv:5: name: Dài 301 ký tự, tối đa 300.",
            "u.csv:6: Cần 4 cột, dòng này có 5 cột.",
        ],
    ),
    "a quote that never closes": (
        HEADER + ROOT + '"B,Bê,grassroots_union,A\n',
        ["u.csv:3: Dòng không đúng dạng CSV (dấu nháy kép mở mà không đóng đúng chỗ)."],
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_tells_every_problem_of_a_broken_file_with_its_line(case: str) -> None:
    text, expected = BROKEN[case]
    assert problems(text) == expected


def test_problems_of_different_kinds_come_together() -> None:
    text = HEADER + "A,Liên đoàn,provincial_federation,\nA,Trùng,ward,Z\nB,,bad,A\n"
    assert [message.split(": ")[:2] for message in problems(text)] == [
        ["u.csv:3", "code"], ["u.csv:3", "parent_code"], ["u.csv:4", "kind"], ["u.csv:4", "name"],
    ]  # fmt: skip


def test_a_line_number_counts_lines_of_the_file_even_after_a_quoted_line_break() -> None:
    text = HEADER + 'A,"Liên\nđoàn",provincial_federation,\nB,Bê,bad,A\n'
    assert [problem.split(": ")[0] for problem in problems(text)] == ["u.csv:2", "u.csv:4"]


def test_a_parent_may_stand_in_the_tree_already() -> None:
    assert problems(HEADER + "B,Bê,grassroots_union,A\n", {"A": KnownUnit("Liên đoàn", "provincial_federation")}) == []


def test_loading_never_renames_a_unit_behind_its_history() -> None:
    known = {"A": KnownUnit("Tên cũ", "provincial_federation")}
    assert problems(HEADER + ROOT, known) == [
        "u.csv:2: code: Mã “A” đang là “Tên cũ” (provincial_federation); nạp tệp không đổi tên, đổi loại đơn vị đã có."
    ]


def test_another_encoding_is_refused_at_its_line() -> None:
    text, found = decode(HEADER.encode() + "A,Liên đoàn".encode("utf-16-le"), "u.csv")
    assert text == ""
    assert [problem.line for problem in found] == [2]


def test_a_byte_order_mark_is_welcome() -> None:
    assert decode("\ufeffcode".encode(), "u.csv") == ("code", [])
