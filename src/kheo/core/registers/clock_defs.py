"""The definition of a time limit (thời hạn) of a register."""

from typing import Literal

from pydantic import Field

from kheo.core.definition.conditions import Condition
from kheo.core.definition.words import Frozen, Line, Name, Short
from kheo.core.registers.words import ActCode, Days, FieldKey, StateCode


class ClockDef(Frozen):
    """A time limit (thời hạn): working days or days from an act, standing still in some states, met by an act."""

    code: Name = Field(description="Mã thời hạn.")
    name: Short = Field(description="Tên thời hạn.")
    working_days: Days | None = Field(None, description="Số ngày làm việc.")
    days: Days | None = Field(None, description="Số ngày.")
    until: FieldKey | None = Field(None, description="Hoặc: trường ngày là hạn.")
    started_by: tuple[ActCode | Literal["create"], ...] = Field(description="Bắt đầu khi làm các việc này.")
    met_by: tuple[ActCode, ...] = Field(description="Xong khi làm các việc này.")
    only_if: tuple[Condition, ...] = Field(
        (),
        description="Chỉ có ở hồ sơ thỏa mọi điều kiện này; sửa, đính chính mà thôi thỏa thì hạn chưa xong thôi đếm, thành thỏa thì đếm.",
    )
    paused_in: tuple[StateCode, ...] = Field((), description="Dừng đếm ở các trạng thái này.")
    on_resume: Literal["continue", "restart"] = Field("continue", description="Khi đếm lại: tiếp phần còn lại, hay từ đầu.")
    extension: Days | None = Field(None, description="Được gia hạn một lần thêm bấy nhiêu ngày (cùng loại ngày).")
    repeats: tuple[Days, ...] = Field((), description="Lịch kiểm tra lại sau bấy nhiêu ngày, mỗi lần một hạn.")
    early: Days | None = Field(None, description="Lịch kiểm tra lại: làm sớm nhất trước hạn bấy nhiêu ngày; bỏ trống: lúc nào cũng được.")
    ended_by: tuple[ActCode, ...] = Field((), description="Thôi không đếm nữa khi làm các việc này: không đúng hạn, không quá hạn.")
    source: Line = Field("", description="Căn cứ của thời hạn.")

    @property
    def has_no_end(self) -> bool:
        """Whether it could never start, or never be met."""
        return not self.started_by or not self.met_by
