"""The fields of the books as data: NĐ 30/2020/NĐ-CP, phụ lục VI (in force from 05/3/2020), with the longest that each may be.

What is longer is told and never cut: whoever sends the data on decides how to shorten it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kheo.core.days import format_day
from kheo.core.paper_books.facts import URGENCIES
from kheo.core.paper_books.forms import ArrivalLine, IssueLine, PaperLine


@dataclass(frozen=True)
class Field:
    """A field: its name in the data, what it is, and its greatest length in characters (None: the annex sets none)."""

    name: str
    meaning: str
    longest: int | None = None


SOURCE = "Nghị định 30/2020/NĐ-CP, phụ lục VI"
VALID_FROM = date(2020, 3, 5)
_COMMON = (
    Field("OrganId", "Mã cơ quan giữ sổ", 13),
    Field("FileCatalog", "Năm hình thành hồ sơ", 4),
    Field("FileNotation", "Số và ký hiệu hồ sơ", 20),
    Field("DocOrdinal", "Số thứ tự văn bản trong hồ sơ", 3),
    Field("TypeName", "Tên loại văn bản", 100),
    Field("CodeNumber", "Số của văn bản", 11),
    Field("CodeNotation", "Ký hiệu của văn bản", 30),
    Field("IssuedDate", "Ngày, tháng, năm văn bản (dd/mm/yyyy)"),
    Field("OrganName", "Tên cơ quan ban hành", 200),
    Field("Subject", "Trích yếu nội dung", 500),
    Field("Language", "Ngôn ngữ", 30),
    Field("PageAmount", "Số trang", 3),
    Field("Position", "Chức vụ người ký", 100),
    Field("FullName", "Họ tên người ký", 50),
    Field("Priority", "Mức độ khẩn: 0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc", 1),
    Field("DueDate", "Hạn trả lời (dd/mm/yyyy)"),
)
ISSUE_FIELDS = (*_COMMON, Field("To", "Nơi nhận"), Field("IssuedAmount", "Số lượng bản phát hành", 3))
ARRIVAL_FIELDS = (
    *_COMMON,
    Field("ArrivalDate", "Ngày, tháng, năm đến (dd/mm/yyyy)"),
    Field("ArrivalNumber", "Số đến", 10),
    Field("ToPlaces", "Đơn vị, người nhận xử lý", 1000),
    Field("TraceHeaderList", "Quá trình chuyển: ngày chuyển, người ký nhận"),
)
Record = Mapping[str, str]


def ordinals_in_files(book: Iterable[ArrivalLine]) -> dict[int, int]:
    """Which place each arrival of a year's book has among the papers of its dossier: number of arrival -> 1, 2, 3 ….

    A dossier is a file code of a year (`FileNotation`, `FileCatalog`). What is in none, is struck or only reserved has no place.
    """
    placed, last = {}, Counter[str]()
    for line in sorted(book, key=lambda line: line.number):
        if line.file_code and line.paper and not line.told:
            last[line.file_code] += 1
            placed[line.number] = last[line.file_code]
    return placed


def arrival_record(line: ArrivalLine, paper: PaperLine, organ: str, ordinals: Mapping[int, int]) -> Record:
    """The data of one arrival. `ordinals`: as `ordinals_in_files` gives them for the whole book of its year."""
    trace = "; ".join(part for part in (f"chuyển {format_day(line.passed_on)}" if line.passed_on else "", line.signed) if part)
    return {
        **_of_paper(paper, organ, line.year, line.file_code),
        "DocOrdinal": str(ordinals.get(line.number, "")),
        "DueDate": _day(line.due_on),
        "ArrivalDate": format_day(line.arrived_on),
        "ArrivalNumber": str(line.number),
        "ToPlaces": line.handler,
        "TraceHeaderList": trace,
    }


def issue_record(line: IssueLine, paper: PaperLine, organ: str) -> Record:
    """The data of one outgoing paper."""
    copies = "" if line.copies is None else str(line.copies)
    return {**_of_paper(paper, organ, line.year, ""), "DueDate": "", "To": "; ".join(line.recipients), "IssuedAmount": copies}


def _of_paper(paper: PaperLine, organ: str, year: int, file_code: str) -> dict[str, str]:
    return {
        "OrganId": organ,
        "FileCatalog": str(year),
        "FileNotation": file_code,
        "DocOrdinal": "",  # outgoing papers are kept in no dossier of ours
        "TypeName": paper.kind,
        "CodeNumber": paper.number,
        "CodeNotation": paper.symbol,
        "IssuedDate": _day(paper.issued_on),
        "OrganName": paper.issuer,
        "Subject": paper.subject,
        "Language": paper.language,
        "PageAmount": "" if paper.pages is None else str(paper.pages),
        "Position": paper.signer_title,
        "FullName": paper.signer,
        "Priority": str(URGENCIES.index(paper.urgency)) if paper.urgency in URGENCIES else "0",
    }


def _day(day: date | None) -> str:
    return format_day(day) if day else ""


def too_long(fields: Iterable[Field], records: Iterable[tuple[str, Record]]) -> list[str]:
    """Every text that is longer than its field, each naming the number it stands at."""
    listed = [(field, field.longest) for field in fields]
    return [
        f"{named}: {field.meaning} ({field.name}) dài {len(record[field.name])} ký tự, tối đa {longest}."
        for named, record in records
        for field, longest in listed
        if longest is not None and len(record[field.name]) > longest
    ]
