"""How relations between the fields of one entry are declared (`checks` of a register's file); `checking` asks them."""

from typing import Literal

from pydantic import Field

from kheo.core.definition.words import Frozen, Line
from kheo.core.registers.words import FieldKey, StateCode

Operator = Literal["<=", "<", "==", ">=", ">"]


class CheckDef(Frozen):
    """A relation that two fields of an entry must keep, once both are filled in."""

    left: FieldKey = Field(description="Trường ở vế trái; chỗ sai được báo ở trường này, hay ở trường vừa sửa.")
    operator: Operator = Field(description="Quan hệ phải có: <=, <, ==, >=, >.")
    right: FieldKey = Field(description="Trường ở vế phải, so được với vế trái: số với số, tiền với tiền, ngày với ngày.")
    message: Line = Field(description="Lời báo khi không đúng; {left} và {right} được thay bằng giá trị đang ghi.", min_length=1)
    from_state: StateCode | None = Field(None, description="Chỉ xét từ trạng thái này trở đi; bỏ trống: lúc nào cũng xét.")

    @property
    def keys(self) -> tuple[str, str]:
        """The fields that it reads."""
        return self.left, self.right
