"""How an indicator is counted from the records of a register: a fact, a window, a measure. Part of a campaign's definition."""

from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from kheo.core.definition.conditions import Condition
from kheo.core.definition.words import OWN_ERROR, CampaignId, Frozen, Name

Fact = Literal["in_state", "entered", "left", "line", "link", "due"]
Measure = Literal["count", "subjects", "sum", "any", "units_below"]
CountsFor = Literal["owner", "handler", "ward"]
# What each fact is about: the one field of the rule that names it.
_ABOUT: dict[str, str] = {"in_state": "states", "entered": "states", "left": "states", "line": "line", "link": "link", "due": "clock"}


class InForce(Frozen):
    """Whether a record holds on a day: through the day that it names, else through the year in which it began."""

    since: Name = Field(description="Trường ngày bắt đầu; không ghi ngày hết hiệu lực thì tính đến hết năm ấy.")
    until: Name | None = Field(None, description="Trường ngày hết hiệu lực.")

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields that it reads."""
        return (self.since,) if self.until is None else (self.since, self.until)


class LookedAt(Frozen):
    """How the page stood on a day whose address a field holds: as looked at by machine up to then. Nobody looked: it stands in no way."""

    field: Name = Field(description="Trường địa chỉ (web) được máy xem.")
    found: Literal["any", "readable", "broken", "unsure"] = Field(
        "any", description="any: máy đã xem; readable: còn mở được; broken: liên kết hỏng; unsure: máy chưa rõ."
    )


class Followed(Frozen):
    """What came of it within so many days: another state, or a link (registers.md: dirty again within 180 days, made known within 30).

    Counted on the last of these days, once it has passed: so every one counts once, in the year in which its days end, and all that are
    compared were waited for equally long.
    """

    days: Annotated[int, Field(strict=True, ge=1, le=730)] = Field(description="Trong bấy nhiêu ngày kể từ hôm ấy.")
    states: tuple[Name, ...] = Field((), description="Có sang một trong các trạng thái này.")
    link: Name | None = Field(None, description="Hoặc: có liên kết này.")
    from_register: CampaignId | None = Field(
        None, description="Liên kết từ hồ sơ đã xong của sổ này tới; bỏ trống: liên kết của chính hồ sơ (đã xác minh, nếu cần xác minh)."
    )
    found: Literal["any", "yes", "no"] = Field("any", description="any: có hay không đều đếm; yes: có; no: không.")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.states) == (self.link is not None):
            raise PydanticCustomError(OWN_ERROR, "followed cần đúng một trong: states, link.")
        if self.from_register is not None and self.link is None:
            raise PydanticCustomError(OWN_ERROR, "from_register đi cùng link.")
        return self


class CountingRule(Frozen):
    """Which records of a register a figure counts.

    `in_state`: in one of the states at the end of the cut-off day (`at: start`: of the day before the window opens). `entered`, `left`:
    came into the set of states from outside it, or left it, within the window; a record may do so more than once. `line`, `link`: lines
    or verified links dated within the window. `due`: a clock of the record fell due within the window, or (`dated: started`) began to run
    within it. A record whose state is void counts in no fact. The unit that counts is the one that has the record when it is counted: so
    stocks and flows always balance. What becomes of the records of a unit that has ended: decision 027.

    `units_below` counts no records of the unit itself but the units that stand directly below it in the tree of the figure, each once:
    those that have such a record, or (`units: all`) every one, whether it has or not. A unit stands below one other, so sums over a tree
    count none twice.
    """

    fact: Fact = Field(description="Đếm gì: in_state, entered, left, line, link hay due.")
    states: tuple[Name, ...] = Field((), description="Các trạng thái (in_state, entered, left).")
    line: Name | None = Field(None, description="Loại dòng (line).")
    link: Name | None = Field(None, description="Loại liên kết (link).")
    clock: Name | None = Field(None, description="Thời hạn (due).")
    outcome: Literal["any", "met", "late", "open"] = Field(
        "any",
        description="Với due: tất cả, làm đúng hạn, không đúng hạn (làm rồi hay chưa), hay đã qua hạn mà lúc chốt số liệu chưa làm (open).",
    )
    dated: Literal["due", "started"] = Field("due", description="Với due: hạn rơi vào kỳ, hay hạn bắt đầu chạy trong kỳ.")
    at: Literal["cutoff", "start"] = Field("cutoff", description="Với in_state: lúc chốt số liệu, hay lúc đầu kỳ.")
    once: StrictBool = Field(False, description="Với entered, left: mỗi hồ sơ chỉ tính lần đầu.")
    window: Literal["cycle", "ever"] = Field("cycle", description="Khoảng ngày: của kỳ, hay từ trước đến ngày chốt.")
    where: tuple[Condition, ...] = Field((), description="Chỉ đếm hồ sơ thỏa mọi điều kiện này.")
    in_force: InForce | None = Field(None, description="Với in_state: chỉ đếm hồ sơ còn hiệu lực ngày chốt số liệu.")
    looked: LookedAt | None = Field(None, description="Với in_state: chỉ đếm hồ sơ có liên kết đang như thế ngày chốt số liệu.")
    followed: Followed | None = Field(
        None, description="Với entered: chỉ đếm khi đã hết bấy nhiêu ngày sau đó, tính vào ngày cuối; và trong những ngày ấy có hay không."
    )
    onward: StrictBool = Field(False, description="Với link: chỉ đếm khi hồ sơ kia cũng có liên kết ấy: bậc hai trở lên.")
    measure: Measure = Field(
        "count",
        description="count: số hồ sơ; subjects: số người, tập thể khác nhau; sum: cộng một trường số; any: 1 khi có hồ sơ, 0 khi không; "
        "units_below: số đơn vị trực thuộc có hồ sơ như thế.",
    )
    units: Literal["having", "all"] = Field(
        "having", description="Với units_below: đơn vị trực thuộc có hồ sơ như thế (having), hay mọi đơn vị trực thuộc (all)."
    )
    kinds: tuple[Name, ...] = Field((), description="Với units_below: chỉ các loại đơn vị này; bỏ trống: mọi loại.")
    never_in: tuple[Name, ...] = Field(
        (), description="Với subjects, ở số liệu của sổ: chỉ đếm chủ thể mà chưa hồ sơ nào từng ở các trạng thái này: chưa từng trả lời."
    )
    of: Name | None = Field(None, description="Trường được cộng (sum); với line: quantity hoặc amount.")
    by: Name | None = Field(None, description="Trường chia các phần của chỉ tiêu có tách danh mục.")
    counts_for: CountsFor = Field(
        "owner", description="Tính cho đơn vị ghi (owner), đơn vị được giao (handler), hay đơn vị nêu ở trường có column: ward (ward)."
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        wanted = _ABOUT[self.fact]
        for name in sorted(set(_ABOUT.values())):
            if bool(getattr(self, name)) != (name == wanted):
                raise PydanticCustomError(OWN_ERROR, f"{self.fact} cần khóa {wanted} và không nhận khóa khác trong nhóm ấy ({name}).")
        if (self.of is not None) != (self.measure == "sum"):
            raise PydanticCustomError(OWN_ERROR, "Khóa of đi cùng measure: sum, và chỉ với nó.")
        if self.measure in ("subjects", "any", "units_below") and self.by is not None:
            raise PydanticCustomError(
                OWN_ERROR, "Đếm chủ thể, đơn vị khác nhau, hay chỉ đếm có hay không, thì không chia phần: cộng các phần không ra tổng."
            )
        if self.measure != "units_below" and (self.units != "having" or self.kinds):
            raise PydanticCustomError(OWN_ERROR, "Khóa units, kinds chỉ dùng với measure: units_below.")
        if self.units == "all" and (self.fact != "in_state" or self.at != "cutoff"):
            raise PydanticCustomError(OWN_ERROR, "Khóa units: all đếm số đơn vị đang có: chỉ dùng với fact: in_state lúc chốt số liệu.")
        if self.counts_for == "ward" and self.measure == "subjects":
            raise PydanticCustomError(
                OWN_ERROR, "Không đếm chủ thể khác nhau theo địa bàn (ward): một chủ thể ở hai địa bàn thì cộng lên bị tính hai lần."
            )
        if self.never_in and self.measure != "subjects":
            raise PydanticCustomError(OWN_ERROR, "Khóa never_in chỉ dùng với measure: subjects.")
        if self.outcome != "any" and self.fact != "due":
            raise PydanticCustomError(OWN_ERROR, "Khóa outcome chỉ dùng với fact: due.")
        if self.dated != "due" and self.fact != "due":
            raise PydanticCustomError(OWN_ERROR, "Khóa dated chỉ dùng với fact: due.")
        if self.in_force is not None and (self.fact != "in_state" or self.at != "cutoff"):
            raise PydanticCustomError(OWN_ERROR, "Khóa in_force chỉ dùng với fact: in_state lúc chốt số liệu.")
        if self.looked is not None and (self.fact != "in_state" or self.at != "cutoff"):
            raise PydanticCustomError(OWN_ERROR, "Khóa looked chỉ dùng với fact: in_state lúc chốt số liệu.")
        if self.followed is not None and self.fact != "entered":
            raise PydanticCustomError(OWN_ERROR, "Khóa followed chỉ dùng với fact: entered.")
        if self.onward and self.fact != "link":
            raise PydanticCustomError(OWN_ERROR, "Khóa onward chỉ dùng với fact: link.")
        if self.at != "cutoff" and self.fact != "in_state":
            raise PydanticCustomError(OWN_ERROR, "Khóa at chỉ dùng với fact: in_state.")
        return self

    @property
    def counts_units(self) -> bool:
        """Whether it counts the units directly below, not the records of the unit itself."""
        return self.measure == "units_below"


class RecordRule(CountingRule):
    """Which records of which register an indicator counts."""

    register_code: CampaignId = Field(description="Mã sổ.")

    @model_validator(mode="after")
    def _known_then(self) -> Self:
        """What a report counts is read as it was known at an instant; whether a subject ever answered is read as it is known now."""
        if self.never_in:
            raise PydanticCustomError(OWN_ERROR, "Khóa never_in chỉ dùng ở số liệu của sổ (figures), không ở chỉ tiêu của phong trào.")
        return self
