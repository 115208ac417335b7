"""The definition of a register as immutable data: fields, states, acts, clocks, lines, links, photographs and faces.

Nothing here is about one register. What no type can express is in `rules`; `loading` applies both.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import Field, StrictBool

from kheo.core.definition.models import Choice
from kheo.core.definition.words import CampaignId, Frozen, Line, Name, Short, Title
from kheo.core.registers.acts import ActDef as ActDef
from kheo.core.registers.acts import AttachmentNeed as AttachmentNeed
from kheo.core.registers.acts import Doer as Doer
from kheo.core.registers.carrying import CarriesOut
from kheo.core.registers.checks import CheckDef
from kheo.core.registers.clock_defs import ClockDef
from kheo.core.registers.faces import DuplicateHint, Face, PlacesDef, QuickDef, ReadyList
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.figures import FigureDef
from kheo.core.registers.kept import KeptDef
from kheo.core.registers.public import PublicForm, PublicPage
from kheo.core.registers.reading import ReadingDef
from kheo.core.registers.words import (
    INSIDE,
    ActCode,
    Count,
    FieldKey,
    Metres,
    Prefix,
    RegisterId,
    Scope,
    StateClass,
    StateCode,
    SubjectKind,
)


class RegisterChoice(Choice):
    """One entry of a list of the register. Its code is for ever: what is offered no more is retired."""

    status: Literal["active", "retired"] = Field("active", description="retired: không chọn mới được nữa; hồ sơ cũ vẫn giữ và đọc được.")


class StateDef(Frozen):
    """A state (trạng thái). Its class says what it means to lists, clocks and figures."""

    code: StateCode = Field(description="Mã trạng thái, không đổi qua các lần sửa.")
    name: Short = Field(description="Tên trạng thái.")
    meaning: StateClass = Field(description="Lớp: draft, waiting_on_us, waiting_on_them, done_good, done_bad, void.")
    public: StrictBool = Field(False, description="Hồ sơ ở trạng thái này được công khai: có trong bản công khai.")
    hint: Line = Field("", description="Một dòng: bước tiếp theo là gì.")
    told: Line = Field("", description="Lời nói với người gửi qua biểu mẫu; bỏ trống: tên trạng thái.")


class LineDef(Frozen):
    """A kind of dated lines (dòng) under an entry: help given, criteria scored, targets."""

    code: Name = Field(description="Mã loại dòng.")
    name: Short = Field(description="Tên loại dòng.")
    kinds: Name | None = Field(None, description="Danh mục phân loại.")
    sources: Name | None = Field(None, description="Danh mục nguồn.")
    quantity: Short | None = Field(None, description="Tên cột số lượng; bỏ trống: không có.")
    amount: Short | None = Field(None, description="Tên cột số tiền (đồng); bỏ trống: không có.")
    text: Short | None = Field(None, description="Tên cột chữ (tối đa 250 ký tự); bỏ trống: không có.")
    by: tuple[Doer, ...] = Field((), description="Ai được ghi; bỏ trống: ai sửa được hồ sơ.")
    frozen_from: StateCode | None = Field(None, description="Không thêm, sửa, bỏ được nữa từ trạng thái này trở đi.")
    sealed_until: StateCode | None = Field(
        None, description="Trước trạng thái này số lượng, số tiền của dòng chỉ phía được ghi (by) thấy; loại, chữ thì ai cũng thấy."
    )
    amended_by: ActCode | None = Field(
        None, description="Sau frozen_from: ai làm được thao tác đính chính này (corrects) vẫn thêm, sửa, bỏ được dòng, khi ghi lý do."
    )
    counted_open: Line = Field("", description="Số liệu đếm dòng này mà dòng không bao giờ khóa (không có frozen_from): vì sao.")


class LinkDef(Frozen):
    """A kind of links (liên kết) from an entry of this register to another entry."""

    code: Name = Field(description="Mã loại liên kết.")
    name: Short = Field(description="Đọc từ hồ sơ này, ví dụ “Nhân rộng từ”.")
    back: Short = Field(description="Đọc từ hồ sơ kia, ví dụ “Được nhân rộng tại”.")
    to: RegisterId = Field(description="Sổ của hồ sơ kia.")
    verified_by: tuple[Doer, ...] = Field((), description="Ai xác minh liên kết; bỏ trống: không cần.")
    at_most: Count | None = Field(None, description="Nhiều nhất mấy liên kết từ một hồ sơ.")
    other_unit: StrictBool = Field(False, description="Hai hồ sơ phải của hai đơn vị khác nhau.")
    frozen_from: StateCode | None = Field(None, description="Không thêm, bỏ được nữa từ trạng thái này trở đi; xác minh thì vẫn được.")
    kept_from: StateCode | None = Field(
        None,
        description="Từ trạng thái này: hồ sơ mà một thao tác đòi liên kết ấy (links) không bỏ cái cuối cùng; thêm thì vẫn được.",
    )


class AttachmentDef(Frozen):
    """A role of photographs and files."""

    role: Name = Field(description="Mã vai trò, ví dụ before, after.")
    name: Short = Field(description="Tên, ví dụ Ảnh trước khi xử lý.")
    takes: Literal["photo", "pdf", "any"] = Field("photo", description="Nhận ảnh, PDF hay cả hai.")
    at_most: Count = Field(6, description="Nhiều nhất mấy cái.")
    after: Name | None = Field(None, description="Phải chụp sau ảnh của vai trò này.")
    within_m: Metres | None = Field(None, description="Chụp cách vị trí của hồ sơ tối đa mấy mét.")
    by: tuple[Doer, ...] = Field((), description="Ai được thêm và bỏ khi hồ sơ chưa đóng; bỏ trống: ai sửa được hồ sơ.")
    frozen_from: StateCode | None = Field(None, description="Không thêm, bỏ được nữa từ trạng thái này trở đi.")
    kept_from: StateCode | None = Field(None, description="Không bỏ được nữa từ trạng thái này trở đi; thêm thì vẫn được.")


class RegisterDefinition(Frozen):
    """One edition of a register. Lookups raise KeyError for codes it does not have."""

    schema_version: Literal[1] = Field(description="Phiên bản của cách viết tệp này: 1.")
    register_code: RegisterId = Field(description="Mã sổ, không đổi qua các lần sửa.")
    name: Title = Field(description="Tên sổ.")
    short: Short = Field(description="Tên ngắn.")
    one: Short = Field(description="Một hồ sơ gọi là gì, ví dụ mô hình.")
    prefix: Prefix = Field(description="Chữ đầu của mã hồ sơ, 2–6 chữ hoa.")
    campaign: CampaignId | None = Field(None, description="Phong trào có nội dung và danh mục mà sổ dùng.")
    source: Line = Field("", description="Căn cứ.")
    walled: StrictBool = Field(False, description="Sổ của nội dung được che: chỉ con số, không chữ, không ảnh, không người.")
    subjects: tuple[SubjectKind, ...] = Field((), description="Chủ thể của hồ sơ là gì.")
    title_from: Line | None = Field(None, description="Mẫu tự đặt tên hồ sơ từ các trường, ví dụ {hinh_thuc} ngày {ngay}.")
    list_names: dict[Name, Title] = Field(default_factory=dict, description="Tên gọi của danh mục riêng.")
    lists: dict[Name, tuple[RegisterChoice, ...]] = Field(default_factory=dict, description="Danh mục riêng của sổ.")
    fields: tuple[FieldDef, ...] = Field(description="Các trường, theo thứ tự hỏi.")
    checks: tuple[CheckDef, ...] = Field((), description="Quan hệ phải có giữa các trường của một hồ sơ.")
    begins_on: FieldKey | None = Field(
        None, description="Trường ngày mà hồ sơ bắt đầu, ví dụ ngày nhận: thời hạn và số liệu tính từ ngày ấy; bỏ trống: từ ngày ghi."
    )
    states: tuple[StateDef, ...] = Field(description="Các trạng thái, theo thứ tự; trạng thái đầu là lúc mới ghi.")
    edit: tuple[Doer, ...] = Field(description="Ai được ghi mới và sửa hồ sơ.")
    acts: tuple[ActDef, ...] = Field((), description="Các thao tác.")
    clocks: tuple[ClockDef, ...] = Field((), description="Các thời hạn.")
    lines: tuple[LineDef, ...] = Field((), description="Các loại dòng.")
    links: tuple[LinkDef, ...] = Field((), description="Các loại liên kết.")
    attachments: tuple[AttachmentDef, ...] = Field((), description="Các loại ảnh, tệp.")
    photos_kept: KeptDef | None = Field(None, description="Ảnh, tệp được giữ đến khi nào; bỏ trống: giữ mãi.")
    carries_out: CarriesOut | None = Field(
        None, description="Hồ sơ có hiệu lực (done_good) thực hiện văn bản chỉ đạo mà nó ghi; bỏ trống: sổ không có việc ấy."
    )
    places: PlacesDef | None = Field(None, description="Hồ sơ là từng đợt của một nơi cố định.")
    ready: tuple[ReadyList, ...] = Field((), description="Các danh sách có sẵn.")
    figures: tuple[FigureDef, ...] = Field((), description="Số liệu của sổ, theo đơn vị và năm.")
    small_hidden: StrictBool = Field(
        False, description="Ngoài đơn vị ghi, con số từ 1 đến 4 không hiện (ít người thì dễ nhận ra ai). Sổ được che luôn như vậy."
    )
    duplicates: DuplicateHint = Field(DuplicateHint(), description="Khi nào nhắc là có thể trùng.")
    faces: tuple[Face, ...] = Field(
        ("list",), description="Các cách xem: list, board, map, calendar (cần khóa calendar), queue (việc chờ trong sổ này)."
    )
    quick: QuickDef | None = Field(None, description="Ghi tại chỗ bằng điện thoại; bỏ trống: sổ không có trang ấy.")
    calendar: FieldKey | None = Field(None, description="Trường ngày của lịch, khi faces có calendar.")
    reading: ReadingDef | None = Field(None, description="Trang hồ sơ để đọc; bỏ trống: chỉ có các trường.")
    card: tuple[FieldKey, ...] = Field((), description="Các trường hiện trên thẻ.")
    from_public: PublicForm | None = Field(None, description="Nhận từ người không có tài khoản qua biểu mẫu; bỏ trống: không nhận.")
    public_page: PublicPage | None = Field(None, description="Trang công khai ai cũng xem được, khi nơi cài đặt bật; bỏ trống: không có.")

    @cached_property
    def by_key(self) -> Mapping[str, FieldDef]:
        """Fields by key."""
        return {field.key: field for field in self.fields}

    @cached_property
    def by_state(self) -> Mapping[str, StateDef]:
        """States by code."""
        return {state.code: state for state in self.states}

    @cached_property
    def by_act(self) -> Mapping[str, ActDef]:
        """Acts by code."""
        return {act.code: act for act in self.acts}

    @cached_property
    def by_line(self) -> Mapping[str, LineDef]:
        """Kinds of lines by code."""
        return {line.code: line for line in self.lines}

    @cached_property
    def by_link(self) -> Mapping[str, LinkDef]:
        """Kinds of links by code."""
        return {link.code: link for link in self.links}

    @cached_property
    def by_role(self) -> Mapping[str, AttachmentDef]:
        """Roles of photographs and files by code."""
        return {each.role: each for each in self.attachments}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Where a state stands among the states."""
        return {state.code: place for place, state in enumerate(self.states)}

    def has_come_to(self, since: StateCode | None, state: StateCode) -> bool:
        """Whether what holds from a state on holds in another: `frozen_from`, `kept_from`, `required_from`, `sealed_until` and the like.

        From no state on (None), or from one that this edition does not have: nowhere. A state that it does not have is before every
        other: nothing is told by mistake.
        """
        return self.order.get(state, -1) >= self.order.get(since or "", len(self.states))

    @cached_property
    def set_by_acts(self) -> Mapping[str, tuple[ActDef, ...]]:
        """Fields that only acts fill in, each with these acts: no form asks them.

        What an act writes by itself, and what one asks that nobody may do who may edit: who is judged does not write the verdict, neither
        before nor after. Where they may propose it (`proposed`) it is asked of them as well, until it is frozen. Nor does a form ask why
        something was corrected.
        """
        proposed = {field.key for field in self.fields if field.proposed}
        asked = ((act, act.asks if self.is_of_others(act) else self.reasons_of(act)) for act in self.acts)
        keys = {key: None for act, given in asked for key in (*act.sets, *given) if key not in proposed}
        return {key: tuple(act for act in self.acts if key in act.sets or key in act.asks) for key in keys}

    def is_of_others(self, act: ActDef) -> bool:
        """Whether nobody may do an act who may edit the entry. A correction is none of these: what it changes, the form held before."""
        if act.corrects:
            return False
        writers = {(doer.scope, role) for doer in self.edit for role in doer.roles}
        return not any((doer.scope, role) in writers for doer in act.by for role in doer.roles)

    def reasons_of(self, act: ActDef) -> tuple[FieldKey, ...]:
        """The fields in which a correction says why: what it needs and no state freezes. Behind the wall no reason is written in words."""
        if not act.corrects:
            return ()
        return tuple(key for key in act.needs if key in self.by_key and self.by_key[key].frozen_from is None)

    def hanging_on(self, act: ActDef) -> frozenset[FieldKey]:
        """The fields that are asked or not by what an act takes or sets, and by each other: where it makes another entry of it, they go."""
        moved, found = {*self.asked_by(act), *act.sets}, set[FieldKey]()
        while more := {each.key for each in self.asked if any(one.field in moved | found for one in each.shown_if)} - found:
            found |= more
        return frozenset(found)

    def corrections_of(self, key: FieldKey, state: StateCode) -> tuple[ActDef, ...]:
        """The acts that correct a field of an entry in a state."""
        return tuple(act for act in self.acts if act.corrects and key in act.asks and state in act.states)

    def asked_by(self, act: ActDef) -> tuple[FieldKey, ...]:
        """What an act takes: what it asks, and what it needs, unless only other acts fill that in."""
        return tuple(dict.fromkeys((*act.asks, *(key for key in act.needs if key not in self.set_by_acts))))

    @cached_property
    def judging(self) -> tuple[ActDef, ...]:
        """The acts with which somebody outside the entry's unit gives it a score: who may do them judges."""
        score = self.field_of("score")
        asked = (act for act in self.acts if score is not None and score.key in (*act.asks, *act.needs))
        return tuple(act for act in asked if any(doer.scope not in INSIDE for doer in act.by))

    @cached_property
    def blind_in(self) -> frozenset[str]:
        """The states from which an entry may still come to be judged, where a field says that judges are not to see it."""
        found = {state for act in self.judging for state in act.states} if not all(field.for_judges for field in self.fields) else set()
        while further := {state for act in self.acts if act.to in found for state in act.states} - found:
            found |= further
        return frozenset(found)

    @cached_property
    def personal(self) -> frozenset[str]:
        """The fields that hold personal data."""
        return frozenset(field.key for field in self.fields if field.personal)

    @cached_property
    def seals(self) -> Mapping[str, tuple[StateCode, frozenset[Scope]]]:
        """Fields that are not shown before a state but to the sides that write them: these are led by nothing, and lead nobody."""
        return {
            field.key: (field.sealed_until, frozenset(doer.scope for act in self.set_by_acts.get(field.key, ()) for doer in act.by))
            for field in self.fields
            if field.sealed_until is not None
        }

    @cached_property
    def askers_own(self) -> frozenset[str]:
        """Acts that write down what the asker thinks and that the asker may do: nobody else does them where the asker can."""
        field = self.field_of("satisfaction")
        own = (act for act in self.acts if any(doer.scope is Scope.ASKER for doer in act.by))
        return frozenset(act.code for act in own if field is not None and field.key in act.sets)

    @property
    def spreads_by(self) -> LinkDef | None:
        """The links by which what was begun in one place is done in another, once somebody has seen it there; never behind the wall."""
        return next((each for each in self.links if each.verified_by and each.to == self.register_code and not self.walled), None)

    @property
    def hides_small(self) -> bool:
        """Whether counts of 1 to 4 are shown in their own unit alone."""
        return self.walled or self.small_hidden

    @property
    def first_state(self) -> StateDef:
        """The state of a new entry."""
        return self.states[0]

    @property
    def asked(self) -> tuple[FieldDef, ...]:
        """The fields that are asked today; retired ones are shown only where they hold something."""
        return tuple(field for field in self.fields if field.status == "active")

    def field_of(self, column: str) -> FieldDef | None:
        """The field that is kept in a typed column."""
        return next((field for field in self.fields if field.column == column), None)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy without the lookups of the original."""
        copied = super().model_copy(update=update, deep=deep)
        for name, each in vars(type(self)).items():
            if isinstance(each, cached_property):
                copied.__dict__.pop(name, None)
        return copied
