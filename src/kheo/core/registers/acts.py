"""What may be done to an entry (thao tác): by whom, from which states, to which, and what is asked for it."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kheo.core.days import format_day
from kheo.core.definition.conditions import Condition, Plain
from kheo.core.definition.words import OWN_ERROR, Frozen, Line, Name, Short, tidied
from kheo.core.registers.words import ActCode, Count, Days, FieldKey, RegisterId, Scope, StateCode
from kheo.core.workflow import Role

# To whom an act hands its entry, seen from the unit in whose name it is done. below: that unit, and every unit below it. around: these, the
# units beside it (directly under the same one), and the one directly above. up: to the unit above, which nobody chooses.
Handing = Literal["below", "around", "up"]
# What an act does beside moving its entry: extend moves a clock once; transfer hands it to another unit; merge counts it as one with
# another entry; new_episode opens the next episode of its place; join_place makes it the next episode of the place of another;
# convert_place writes down what its place has become.
Effect = Literal["none", "extend", "transfer", "merge", "new_episode", "join_place", "convert_place"]


class Doer(Frozen):
    """Who may do an act: roles, from one side of the entry."""

    scope: Scope = Field(
        description="Phía: own, handler, above, office, other (đơn vị khác, cùng cấp trên trực tiếp), superior (cấp trên được đưa lên), "
        "asker."
    )
    roles: tuple[Role, ...] = Field(description="Vai trò: officer, head, reviewer, office …")


class AttachmentNeed(Frozen):
    """At least so many photographs or files of a role."""

    role: Name = Field(description="Vai trò của ảnh, tệp.")
    at_least: Count = Field(1, description="Ít nhất mấy cái.")
    unless: FieldKey | None = Field(None, description="Không cần khi trường này đã điền: địa chỉ hoặc bản chụp, có một là đủ.")


# A day of every year: month and day, as in 03-31.
YearDay = Annotated[str, StringConstraints(strict=True, pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"), tidied]


class Season(Frozen):
    """The time of every year in which an act is meant to be done (thời gian đăng ký), first and last day included."""

    name: Short = Field(description="Gọi là gì, ví dụ thời gian đăng ký.")
    since: YearDay = Field(description="Ngày đầu, viết tháng-ngày: 01-01.")
    until: YearDay = Field(description="Ngày cuối, viết tháng-ngày: 03-31. Trước ngày đầu: kéo qua năm sau.")
    outside: Literal["told", "refused"] = Field(
        "told", description="Ngoài thời gian ấy: told: vẫn làm được, có nói rõ; refused: không nhận."
    )
    source: Line = Field("", description="Căn cứ.")

    @model_validator(mode="after")
    def _days_there_are(self) -> Self:
        for day in (self.since, self.until):
            try:
                date.fromisoformat(f"2024-{day}")
            except ValueError:
                raise PydanticCustomError(OWN_ERROR, f"Không có ngày {day} (viết tháng-ngày).") from None
        return self

    def holds(self, day: date) -> bool:
        """Whether a day is in it."""
        on = f"{day:%m-%d}"
        return self.since <= on <= self.until if self.since <= self.until else not self.until < on < self.since

    @property
    def words(self) -> str:
        """`thời gian đăng ký (1/1 đến 31/3 hằng năm)`."""
        (first_month, first), (last_month, last) = (map(int, each.split("-")) for each in (self.since, self.until))
        return f"{self.name} ({first}/{first_month} đến {last}/{last_month} hằng năm)"

    def told(self, on: date, listed_in: str = "") -> str:
        """What is said to who did it on a day outside, with the name of the list that has it now; "" where the day is in it."""
        if self.holds(on):
            return ""
        further = f", và có trong danh sách “{listed_in}”" if listed_in else ""
        return f"Ngày {format_day(on)} ở ngoài {self.words}. Việc vẫn được ghi{further}."


class Children(Frozen):
    """Entries of a register that are linked to this one, by the kind of link that leads here."""

    register_code: RegisterId = Field(description="Sổ của các hồ sơ ấy.")
    link: Name = Field(description="Loại liên kết của sổ ấy dẫn tới hồ sơ này.")


class ActDef(Frozen):
    """An act (thao tác) on an entry: from which states, to which, by whom, with what."""

    code: ActCode = Field(description="Mã thao tác, không đổi qua các lần sửa.")
    name: Short = Field(description="Chữ trên nút bấm.")
    states: tuple[StateCode, ...] = Field(description="Làm được khi hồ sơ ở các trạng thái này.")
    to: StateCode | None = Field(None, description="Trạng thái sau đó; bỏ trống: không đổi.")
    by: tuple[Doer, ...] = Field(description="Ai được làm.")
    only_if: tuple[Condition, ...] = Field((), description="Chỉ có ở hồ sơ thỏa mọi điều kiện này; hồ sơ khác không có bước ấy.")
    reason: Literal["none", "optional", "required"] = Field("none", description="Lý do: không hỏi, tùy ý, bắt buộc.")
    asks: tuple[FieldKey, ...] = Field((), description="Các trường hỏi ngay khi làm.")
    needs: tuple[FieldKey, ...] = Field((), description="Các trường phải điền xong mới làm được.")
    day: FieldKey | None = Field(
        None,
        description="Trường ngày (có trong asks) mà việc xảy ra: trạng thái, thời hạn, số liệu tính từ ngày ấy; bỏ trống: hôm nay.",
    )
    sets: dict[FieldKey, Plain] = Field({}, description="Trường và giá trị được ghi khi làm; các trường ấy không sửa tay được.")
    corrects: StrictBool = Field(
        False,
        description="Đính chính: sửa điều đã khóa (frozen_from), có lý do; trạng thái giữ nguyên, cả hai giá trị được giữ.",
    )
    consented: StrictBool = Field(False, description="Chỉ làm được khi trường hỏi sự đồng ý (consent) trả lời Có.")
    photos: tuple[AttachmentNeed, ...] = Field((), description="Ảnh, tệp phải có.")
    lines: tuple[Name, ...] = Field((), description="Loại dòng phải có ít nhất một.")
    not_by: tuple[ActCode | Literal["create"], ...] = Field((), description="Người đã làm các việc này không được làm.")
    once: StrictBool = Field(False, description="Mỗi hồ sơ chỉ làm một lần.")
    reply: StrictBool = Field(False, description="Phải viết lời trả lời (người gửi đọc được).")
    tells_reason: StrictBool = Field(False, description="Lý do cũng được người gửi đọc, ví dụ điều cần hỏi thêm.")
    asker_name: Short | None = Field(None, description="Chữ trên nút khi chính người gửi bấm; bỏ trống: name.")
    asker_days: Days | None = Field(
        None, description="Hồ sơ gửi qua biểu mẫu: đơn vị chỉ làm khi người gửi đã có bấy nhiêu ngày để nói ý kiến."
    )
    assigns: StrictBool = Field(False, description="Giao cho một đơn vị.")
    assigns_to: Handing | None = Field(
        None,
        description="Giao cho ai: below (đơn vị mình và mọi đơn vị bên dưới), around (thêm đơn vị cùng cấp trên trực tiếp, cấp trên ấy), "
        "up (cấp trên của đơn vị ghi và đơn vị đang giữ; không chọn). Bỏ trống: transfer là around, người gửi làm được là up, "
        "còn lại là below.",
    )
    assigns_other: StrictBool = Field(False, description="Không giao được cho chính đơn vị ghi hồ sơ: không ai tự kiểm tra mình.")
    invites: FieldKey | None = Field(
        None,
        description="Trường đơn vị (có trong asks, needs): đơn vị ấy được báo ngay là được mời làm bước của đơn vị khác (other).",
    )
    links: Name | None = Field(None, description="Phải chỉ ra hồ sơ được liên kết (loại liên kết).")
    links_if: tuple[Condition, ...] = Field((), description="Chỉ cần liên kết ấy khi hồ sơ thỏa mọi điều kiện này.")
    season: Season | None = Field(None, description="Thời gian trong năm để làm việc này; bỏ trống: lúc nào cũng được.")
    all_done: Children | None = Field(None, description="Chỉ làm được khi mọi hồ sơ của sổ kia nối tới hồ sơ này đã kết thúc.")
    after_clock: Name | None = Field(None, description="Chỉ làm được khi mọi hạn của thời hạn này đã làm xong.")
    effect: Effect = Field("none", description="Việc kèm theo: extend, transfer, merge, new_episode, join_place, convert_place.")

    @property
    def handing(self) -> Handing | None:
        """To whom it hands its entry; None: to nobody."""
        if not self.assigns and self.effect != "transfer":
            return None
        if self.assigns_to is not None:
            return self.assigns_to
        # Nobody without an account chooses a unit.
        return "around" if self.effect == "transfer" else "up" if any(doer.scope is Scope.ASKER for doer in self.by) else "below"

    @property
    def names_another(self) -> bool:
        """Whether another entry is named with it, by its code."""
        return self.effect in ("merge", "join_place")

    @property
    def chooses_unit(self) -> bool:
        """Whether who does it chooses the unit."""
        return self.handing in ("below", "around")
