"""What a register takes from people without an account, whose word stands for whom, and what everybody may read. Pure.

Nothing asks who somebody is, and nothing of it is kept: no name, no way to reach them. A code that is shown once leads back to the entry.
"""

from pydantic import Field

from kheo.core.definition.conditions import Plain
from kheo.core.definition.words import Frozen, Line, Name, Short
from kheo.core.registers.words import FieldKey


class PublicForm(Frozen):
    """The form for people without an account (registers.md R5, R6)."""

    name: Short = Field(description="Chữ trên trang chọn việc, ví dụ Gửi phản ánh, kiến nghị.")
    about: Line = Field("", description="Một dòng: gửi điều gì ở đây.")
    asks: tuple[FieldKey, ...] = Field(description="Các trường hỏi người gửi. Không hỏi người gửi là ai.")
    may_lack: tuple[FieldKey, ...] = Field((), description="Trong đó, các trường được để trống dù sổ cần: đơn vị điền khi nhận.")
    sets: dict[FieldKey, Plain] = Field(default_factory=dict, description="Trường và giá trị ghi sẵn, ví dụ kênh nhận.")
    day: FieldKey | None = Field(None, description="Trường ngày được ghi là ngày gửi.")
    place_name: FieldKey | None = Field(None, description="Trường chữ được ghi tên nơi mà người gửi chọn.")
    photos: Name | None = Field(None, description="Vai trò của ảnh mà người gửi gửi kèm được.")

    @property
    def filled(self) -> frozenset[str]:
        """Fields that hold something once the form is sent as it asks."""
        given = {*self.sets, *(key for key in (self.day, self.place_name) if key is not None)}
        return frozenset(given | set(self.asks) - set(self.may_lack))


class PublicPage(Frozen):
    """The page on which everybody reads the entries of the public copy, without an account (decision 052)."""

    name: Short = Field(description="Tên trang công khai, ví dụ Mô hình được công nhận.")
    about: Line = Field("", description="Một dòng: ở đây có gì.")
    photos: tuple[Name, ...] = Field((), description="Các loại ảnh được đưa lên trang công khai; bỏ trống: không ảnh nào.")
    photos_if: FieldKey | None = Field(None, description="Trường yes_no: người trong ảnh đồng ý; chỉ hồ sơ trả lời Có mới có ảnh.")
