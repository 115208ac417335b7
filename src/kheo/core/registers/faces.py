"""How a register is looked at: its faces, the lists that come with it, filing in the field, how the page of an entry is read."""

from typing import Annotated, Literal

from pydantic import Field, StrictBool

from kheo.core.definition.conditions import Condition
from kheo.core.definition.records import CountsFor, InForce, LookedAt
from kheo.core.definition.words import Frozen, Line, Name, Title
from kheo.core.registers.words import ActCode, Count, Days, FieldKey, Metres, RegisterId, StateCode

Face = Literal["list", "board", "map", "calendar", "queue"]
MOST_QUICK = 3  # fields that somebody fills in standing in the street


class DuplicateHint(Frozen):
    """When two entries are pointed out as perhaps the same."""

    within_m: Metres | None = Field(None, description="Hai vị trí cách nhau tối đa mấy mét: trang hồ sơ nêu “Có thể trùng”.")
    fields: tuple[FieldKey, ...] = Field((), description="Các trường chữ được so với nhau; hồ sơ gần giống được nêu ra.")
    likeness: Annotated[int, Field(strict=True, ge=50, le=100)] = Field(
        80, description="Nêu ra khi phần chung của hai bản từ bấy nhiêu phần trăm."
    )


class Lack(Frozen):
    """What an entry does not have: a link to another, or one from another that is done."""

    link: Name = Field(description="Mã loại liên kết.")
    from_register: RegisterId | None = Field(None, description="Liên kết từ hồ sơ của sổ này tới; bỏ trống: liên kết của chính hồ sơ.")


class Met(Frozen):
    """A clock that was met so many times: a check of every year, done in two years."""

    clock: Name = Field(description="Mã thời hạn.")
    times: Count = Field(description="Ít nhất bấy nhiêu lần.")


class ReadyList(Frozen):
    """A list that comes with the register (danh sách có sẵn): what is late, missing, forgotten. Of entries, or of units without any."""

    code: Name = Field(description="Mã danh sách.")
    name: Title = Field(description="Tên danh sách.")
    hint: Line = Field("", description="Một dòng: danh sách để làm gì.")
    source: Line = Field("", description="Căn cứ.")
    states: tuple[StateCode, ...] = Field(description="Hồ sơ đang ở các trạng thái này.")
    where: tuple[Condition, ...] = Field((), description="Và thỏa mọi điều kiện này.")
    in_force: InForce | None = Field(None, description="Và còn hiệu lực hôm nay.")
    looked: LookedAt | None = Field(None, description="Và liên kết đang như thế.")
    lines: tuple[Name, ...] = Field((), description="Và có ít nhất một dòng của mỗi loại này.")
    late: Name | None = Field(None, description="Và đã quá hạn của thời hạn này.")
    met: Met | None = Field(None, description="Và đã làm xong thời hạn này ít nhất bấy nhiêu lần, không lần nào quá hạn mà chưa làm.")
    lacks: Lack | None = Field(None, description="Và chưa có liên kết này.")
    days: Days | None = Field(None, description="Và đã ở các trạng thái ấy ít nhất bấy nhiêu ngày.")
    unsaid: tuple[ActCode, ...] = Field(
        (),
        description="Và trong kỳ báo cáo của phong trào (đến ngày chốt số liệu sắp tới, hay vừa qua nếu ngày tới còn xa) chưa có việc nào "
        "trong này.",
    )
    ahead: Days = Field(30, description="Với unsaid: nhắc trước ngày chốt số liệu bấy nhiêu ngày.")
    out_of_season: ActCode | None = Field(None, description="Và việc này đã làm ngoài thời gian của nó (season).")
    alike: StrictBool = Field(False, description="true: và chữ gần giống một hồ sơ khác mà chưa ai kết luận.")
    units_without: StrictBool = Field(False, description="true: danh sách các đơn vị không có hồ sơ nào như thế.")
    counts_for: CountsFor = Field(
        "owner", description="Với units_without: hồ sơ đơn vị ghi (owner), được giao (handler), hay có ở địa bàn (ward)."
    )


class PlacesDef(Frozen):
    """The entries of the register are episodes of permanent places (registers.md R5): new dirt is a new entry, never an edit of the old."""

    episode: Name = Field(description="Loại liên kết từ một đợt tới đợt trước của cùng một nơi.")
    new_use: FieldKey | None = Field(None, description="Trường chữ: nơi ấy nay dùng làm gì (convert_place).")
    square_metres: FieldKey | None = Field(None, description="Trường số nguyên: diện tích đã chuyển hóa, m² (convert_place).")


class QuickDef(Frozen):
    """Filing in the field (ghi tại chỗ): a photograph, a place, the day of the telephone, and at most three fields."""

    fields: tuple[FieldKey, ...] = Field(description=f"Các trường hỏi, nhiều nhất {MOST_QUICK}, theo thứ tự hỏi.")
    photo: Name | None = Field(None, description="Vai trò của ảnh chụp; bỏ trống: không chụp.")
    place: FieldKey | None = Field(None, description="Trường vị trí; bỏ trống: không hỏi.")
    day: FieldKey | None = Field(None, description="Trường ngày được ghi là ngày của điện thoại lúc bấm Gửi.")
    fills: dict[FieldKey, Line] = Field(
        default_factory=dict, description="Trường chữ được ghép từ các trường hỏi, ví dụ ten: “{loai_rac}: {dia_chi}”."
    )
