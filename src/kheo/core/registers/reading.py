"""How the page of an entry is read, as its register declares it."""

from pydantic import Field

from kheo.core.definition.words import Frozen, Name
from kheo.core.registers.words import ActCode, FieldKey


class LargeFigure(Frozen):
    """A number of an entry in large figures, with what it was meant to be and in what it is counted."""

    value: FieldKey = Field(description="Trường số.")
    target: FieldKey | None = Field(None, description="Trường số: mục tiêu, ghi nhỏ bên dưới.")
    measure: FieldKey | None = Field(None, description="Trường lựa chọn: đếm bằng gì; bỏ trống: đơn vị của trường số.")


class ReadingDef(Frozen):
    """How the page of an entry is read: what stands on it in its own way, above the plain facts."""

    badges: tuple[FieldKey, ...] = Field((), description="Các trường lựa chọn ghi ngay dưới tên.")
    before: Name | None = Field(None, description="Loại ảnh đứng bên trái: trước.")
    after: Name | None = Field(None, description="Loại ảnh đứng bên phải: sau.")
    figures: tuple[LargeFigure, ...] = Field((), description="Các con số ghi lớn.")
    texts: tuple[FieldKey, ...] = Field((), description="Các trường chữ dài, kể theo thứ tự này.")
    notes: tuple[ActCode, ...] = Field((), description="Các việc kể thành tiến độ.")
    verdicts: tuple[ActCode, ...] = Field((), description="Các việc cho biết ai xác nhận, ngày nào.")
