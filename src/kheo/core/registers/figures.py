"""Figures of a register itself (số liệu của sổ): what its page tells of a unit and those below, beside what a campaign asks for."""

from pydantic import Field, StrictBool

from kheo.core.definition.records import CountingRule
from kheo.core.definition.words import Frozen, Line, Name, Title


class FigureDef(Frozen):
    """A number of the register: what is counted; with `among`, as a share of another number; with `days`, how long it took.

    Of days the median and the ninth decile (90 % took no longer) are told, each the days of some entry (discrete, no mean of two). With
    `age`: how long those that are there have been open, the median and the longest.
    """

    code: Name = Field(description="Mã số liệu, không đổi qua các lần sửa.")
    name: Title = Field(description="Tên số liệu.")
    hint: Line = Field("", description="Một dòng: đọc số liệu này thế nào.")
    source: Line = Field("", description="Căn cứ.")
    counts: CountingRule = Field(description="Đếm gì trong sổ này.")
    among: CountingRule | None = Field(None, description="Trong số gì: số liệu là tỷ lệ, kèm hai con số.")
    of_units: StrictBool = Field(
        False, description="true (với measure: any): tỷ lệ trên mọi đơn vị từ đơn vị của trang trở xuống, có hồ sơ hay không."
    )
    days: StrictBool = Field(False, description="true: số ngày từ khi hồ sơ bắt đầu đến việc được đếm; nêu trung vị và mốc 90 %.")
    age: StrictBool = Field(
        False, description="true (với in_state): số ngày từ khi hồ sơ bắt đầu đến cuối năm hoặc hôm nay; nêu trung vị và lâu nhất."
    )

    @property
    def is_share(self) -> bool:
        """Whether it tells a number of a greater one."""
        return self.among is not None or self.of_units

    @property
    def is_timed(self) -> bool:
        """Whether it tells days."""
        return self.days or self.age
