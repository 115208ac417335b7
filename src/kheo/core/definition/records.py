"""How an indicator is counted from the records of a register: a fact, a window, a measure. Part of a campaign's definition."""

from typing import Literal, Self

from pydantic import Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from kheo.core.definition.conditions import Condition
from kheo.core.definition.words import OWN_ERROR, CampaignId, Frozen, Name

Fact = Literal["in_state", "entered", "left", "line", "link", "due"]
Measure = Literal["count", "subjects", "sum", "any"]
# What each fact is about: the one field of the rule that names it.
_ABOUT: dict[str, str] = {"in_state": "states", "entered": "states", "left": "states", "line": "line", "link": "link", "due": "clock"}


class CountingRule(Frozen):
    """Which records of a register a figure counts.

    `in_state`: in one of the states at the end of the cut-off day (`at: start`: of the day before the window opens). `entered`, `left`:
    came into the set of states from outside it, or left it, within the window; a record may do so more than once. `line`, `link`: lines
    or verified links dated within the window. `due`: a clock of the record fell due within the window, or (`dated: started`) began to run
    within it. A record whose state is void counts in no fact. The unit that counts is the one that has the record when it is counted: so
    stocks and flows always balance. What becomes of the records of a unit that has ended: decision 027.
    """

    fact: Fact = Field(description="Đếm gì: in_state, entered, left, line, link hay due.")
    states: tuple[Name, ...] = Field((), description="Các trạng thái (in_state, entered, left).")
    line: Name | None = Field(None, description="Loại dòng (line).")
    link: Name | None = Field(None, description="Loại liên kết (link).")
    clock: Name | None = Field(None, description="Thời hạn (due).")
    outcome: Literal["any", "met", "late"] = Field("any", description="Với due: tất cả, làm đúng hạn, hay quá hạn.")
    dated: Literal["due", "started"] = Field("due", description="Với due: hạn rơi vào kỳ, hay hạn bắt đầu chạy trong kỳ.")
    at: Literal["cutoff", "start"] = Field("cutoff", description="Với in_state: lúc chốt số liệu, hay lúc đầu kỳ.")
    once: StrictBool = Field(False, description="Với entered, left: mỗi hồ sơ chỉ tính lần đầu.")
    window: Literal["cycle", "ever"] = Field("cycle", description="Khoảng ngày: của kỳ, hay từ trước đến ngày chốt.")
    where: tuple[Condition, ...] = Field((), description="Chỉ đếm hồ sơ thỏa mọi điều kiện này.")
    measure: Measure = Field(
        "count",
        description="count: số hồ sơ; subjects: số người, tập thể khác nhau; sum: cộng một trường số; any: 1 khi có hồ sơ, 0 khi không.",
    )
    of: Name | None = Field(None, description="Trường được cộng (sum); với line: quantity hoặc amount.")
    by: Name | None = Field(None, description="Trường chia các phần của chỉ tiêu có tách danh mục.")
    counts_for: Literal["owner", "handler"] = Field("owner", description="Tính cho đơn vị ghi hay đơn vị được giao.")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        wanted = _ABOUT[self.fact]
        for name in sorted(set(_ABOUT.values())):
            if bool(getattr(self, name)) != (name == wanted):
                raise PydanticCustomError(OWN_ERROR, f"{self.fact} cần khóa {wanted} và không nhận khóa khác trong nhóm ấy ({name}).")
        if (self.of is not None) != (self.measure == "sum"):
            raise PydanticCustomError(OWN_ERROR, "Khóa of đi cùng measure: sum, và chỉ với nó.")
        if self.measure in ("subjects", "any") and self.by is not None:
            raise PydanticCustomError(
                OWN_ERROR, "Đếm chủ thể khác nhau, hay chỉ đếm có hay không, thì không chia phần: cộng các phần không ra tổng."
            )
        if self.outcome != "any" and self.fact != "due":
            raise PydanticCustomError(OWN_ERROR, "Khóa outcome chỉ dùng với fact: due.")
        if self.dated != "due" and self.fact != "due":
            raise PydanticCustomError(OWN_ERROR, "Khóa dated chỉ dùng với fact: due.")
        if self.at != "cutoff" and self.fact != "in_state":
            raise PydanticCustomError(OWN_ERROR, "Khóa at chỉ dùng với fact: in_state.")
        return self


class RecordRule(CountingRule):
    """Which records of which register an indicator counts."""

    register_code: CampaignId = Field(description="Mã sổ.")
