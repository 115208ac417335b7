"""What a register takes from people without an account, and whose word stands for whom. Pure.

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
