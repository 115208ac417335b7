"""The declared fields of a register: what each may hold, where it is kept, when it is asked and to whom it is shown."""

from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from kheo.core.definition.conditions import Condition
from kheo.core.definition.words import OWN_ERROR, Frozen, Line, Name, Short, Title
from kheo.core.registers.patterns import LONGEST, is_pattern
from kheo.core.registers.words import FieldKey, StateCode

FieldType = Literal["integer", "decimal", "money", "day", "yes_no", "choice", "choices", "text", "long_text", "place", "unit"]
Column = Literal[
    "title",
    "contents",
    "area",
    "subject_kind",
    "subject_name",
    "address",
    "occurred_on",
    "planned_until",
    "people_count",
    "amount_vnd",
    "score",
    "satisfaction",
    "place",
    "handler",
    "ward",
]
# The typed columns that every entry has, and the type of field that each may keep.
COLUMN_TYPES: dict[str, tuple[str, ...]] = {
    "title": ("text",),
    "contents": ("choices", "choice"),
    "area": ("choice",),
    "subject_kind": ("choice",),
    "subject_name": ("text",),
    "address": ("text",),
    "occurred_on": ("day",),
    "planned_until": ("day",),
    "people_count": ("integer",),
    "amount_vnd": ("money",),
    "score": ("integer", "decimal"),
    "satisfaction": ("choice", "integer"),
    "place": ("place",),
    "handler": ("unit",),
    "ward": ("unit",),
}
# Of these the ones that keep a unit.
UNIT_COLUMNS = frozenset({"handler", "ward"})
NUMERIC = frozenset({"integer", "decimal", "money"})
# What may be filtered and sorted by: a value with an order, in its own column or in the tail with an index of its own.
ORDERED = frozenset({"integer", "decimal", "money", "day"})
FILTERED = ORDERED | {"yes_no", "choice", "choices", "text", "unit"}
WRITTEN = frozenset({"text", "long_text"})
LONGEST_TEXT = 250
LONGEST_LONG_TEXT = 10_000
# In the JSON tail of an entry, as UTF-8 (registers.md §2.3: long text in it makes every reading of a number five times dearer).
LARGEST_TAIL = 8 * 1024


class WebDef(Frozen):
    """A text that is the address of a page on the web; and how it is looked at by machine, where the office has turned that on."""

    looked_in: tuple[StateCode, ...] = Field((), description="Máy xem trang khi hồ sơ ở các trạng thái này; trống: không xem.")
    every_days: Annotated[int, Field(strict=True, ge=1, le=90)] = Field(7, description="Mỗi địa chỉ xem lại sau bấy nhiêu ngày.")


class FieldDef(Frozen):
    """One field (trường). Its key is for ever; its type never changes once it is used: it is retired and another one added."""

    key: FieldKey = Field(description="Khóa của trường, không đổi qua các lần sửa.")
    label: Title = Field(description="Tên trường trên màn hình.")
    type: FieldType = Field(description="Kiểu: integer, decimal, money, day, yes_no, choice, choices, text, long_text, place, unit.")
    column: Column | None = Field(None, description="Cột riêng giữ trường này; bỏ trống: phần mở rộng của hồ sơ.")
    concept: Name | None = Field(None, description="Khái niệm dùng chung giữa các sổ, các năm: cùng kiểu, cùng đơn vị tính.")
    help: Line = Field("", description="Một dòng giải thích cho người ghi.")
    section: Short | None = Field(None, description="Nhóm trường trên màn hình.")
    options: Name | None = Field(None, description="Danh mục của choice, choices: của sổ này hoặc của phong trào.")
    unit: Short | None = Field(None, description="Đơn vị tính của trường số.")
    decimals: Annotated[int, Field(strict=True, ge=0, le=4)] = Field(0, description="Số chữ số sau dấu phẩy của decimal.")
    at_least: Annotated[int, Field(strict=True)] | None = Field(None, description="Số nhỏ nhất được nhận.")
    at_most: Annotated[int, Field(strict=True)] | None = Field(None, description="Số lớn nhất được nhận (text, long_text: số ký tự).")
    pattern: Annotated[str, Field(min_length=1, max_length=LONGEST)] | None = Field(
        None, description="Mẫu (biểu thức chính quy) mà trọn trường text phải theo; không có tham chiếu ngược, nhìn trước, nhìn sau."
    )
    pattern_says: Line = Field("", description="Lời báo khi không theo mẫu, ví dụ: viết như 12/QĐ-LĐLĐ.")
    parts_of: Annotated[int, Field(strict=True, ge=2, le=1000)] | None = Field(
        None, description="Trường text ghi các phần cộng lại bằng số này, ví dụ 60 + 40 với 100."
    )
    web: WebDef | None = Field(None, description="Trường text là địa chỉ một trang web: phải viết https://… và mở ra được từ trang hồ sơ.")
    required_from: StateCode | None = Field(None, description="Bắt buộc từ trạng thái này trở đi (theo thứ tự các trạng thái).")
    shown_if: tuple[Condition, ...] = Field((), description="Chỉ hỏi khi mọi điều kiện này đúng.")
    frozen_from: StateCode | None = Field(None, description="Không sửa được nữa từ trạng thái này trở đi.")
    counted_open: Line = Field(
        "", description="Số liệu đếm theo trường này mà trường còn sửa tay được sau khi đã đếm: vì sao. Bỏ trống: phải khóa (frozen_from)."
    )
    proposed: StrictBool = Field(
        False,
        description="Người ghi được nêu trước điều mà thao tác của người khác hỏi, đến trạng thái frozen_from; false: chỉ thao tác ghi.",
    )
    in_list: StrictBool = Field(False, description="Hiện trong danh sách.")
    filter: StrictBool = Field(False, description="Lọc được.")
    sort: StrictBool = Field(False, description="Sắp xếp được.")
    export: StrictBool = Field(True, description="Có trong tệp tải về.")
    public: StrictBool = Field(False, description="Có trong bản công khai, khi hồ sơ ở trạng thái công khai.")
    consent: StrictBool = Field(False, description="Trường yes_no hỏi sự đồng ý: chỉ hồ sơ trả lời Có mới vào bản công khai.")
    personal: StrictBool = Field(False, description="Dữ liệu cá nhân: chỉ người của đơn vị ghi và người duyệt xem.")
    for_judges: StrictBool = Field(True, description="Có trong bản để chấm (không tên, không đơn vị).")
    sealed_until: StateCode | None = Field(
        None,
        description="Trường số, chỉ thao tác ghi: trước trạng thái này chỉ phía ghi ra nó thấy, để người chấm sau không bị dẫn.",
    )
    status: Literal["active", "retired"] = Field("active", description="retired: không hỏi nữa; hồ sơ cũ vẫn giữ.")

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        for wrong, message in self._misfits():
            if wrong:
                raise PydanticCustomError(OWN_ERROR, message)
        return self

    def _misfits(self) -> list[tuple[bool, str]]:
        listed = self.type in ("choice", "choices")
        own_list = listed and self.column not in ("contents", "subject_kind")
        return [
            (self.consent and self.type != "yes_no", "consent chỉ dùng cho trường yes_no."),
            (own_list and self.options is None, f"Trường kiểu {self.type} cần khóa options (tên danh mục)."),
            (not own_list and self.options is not None, "Khóa options không dùng ở trường này."),
            (self.type != "decimal" and self.decimals != 0, "Chỉ kiểu decimal có số chữ số thập phân."),
            (self.type not in COLUMN_TYPES.get(self.column or "", (self.type,)), _column_words(self.column)),
            ((self.filter or self.sort) and self.type not in FILTERED, f"Kiểu {self.type} không lọc, không sắp xếp được."),
            (self.type == "long_text" and self.in_list, "Văn bản dài không hiện trong danh sách."),
            (self.personal and (self.filter or self.sort), "Dữ liệu cá nhân không lọc, không sắp xếp: bỏ filter, sort."),
            (
                self.type == "text" and (self.at_most or 0) > LONGEST_TEXT,
                f"Trường text nhận tối đa {LONGEST_TEXT} ký tự; dài hơn: long_text.",
            ),
            (self.pattern is not None and self.type != "text", "Chỉ trường text có pattern."),
            (
                self.parts_of is not None and (self.type != "text" or self.pattern is not None),
                "parts_of chỉ dùng cho trường text không có pattern.",
            ),
            (
                self.web is not None and (self.type != "text" or self.personal or self.column is not None),
                "web chỉ dùng cho trường text không có column và không phải dữ liệu cá nhân: địa chỉ ấy được hỏi ra ngoài.",
            ),
            (self.pattern is not None and not is_pattern(self.pattern), "pattern viết sai, hoặc dùng điều không có ở đây."),
            ((self.pattern is None) != (not self.pattern_says), "pattern và pattern_says (lời báo) đi cùng nhau."),
            (self.public and self.personal, "Dữ liệu cá nhân không công khai: bỏ public hoặc personal."),
            (
                self.sealed_until is not None and (self.type not in NUMERIC or self.column is not None),
                "sealed_until chỉ dùng cho trường số không có column.",
            ),
            (
                self.sealed_until is not None and (self.filter or self.sort or self.public or self.personal),
                "Trường kín (sealed_until) không lọc, không sắp xếp, không công khai và không là dữ liệu cá nhân.",
            ),
        ]

    @property
    def measured_in(self) -> str:
        """In what its number is counted: its unit, and dong for money; empty where that is not said."""
        return self.unit or ("đồng" if self.type == "money" else "")

    @property
    def longest(self) -> int:
        """The most characters of a text."""
        return self.at_most or (LONGEST_TEXT if self.type == "text" else LONGEST_LONG_TEXT)

    @property
    def in_tail(self) -> bool:
        """Whether it is kept in the JSON tail; long texts and places never are."""
        return self.column is None and self.type not in ("long_text", "place")


def _column_words(column: str | None) -> str:
    types = ", ".join(COLUMN_TYPES.get(column or "", ()))
    return f"Cột {column} chỉ giữ trường kiểu: {types}."
