"""The words that a register's definition is written in, beside those of a campaign's."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kheo.core.definition.words import CampaignId, ChoiceCode, Name, tidied

RegisterId = CampaignId
FieldKey = Name
StateCode = Name
ActCode = Name
Prefix = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Z]{2,6}$"), tidied]

Count = Annotated[int, Field(strict=True, ge=1, le=20)]
Metres = Annotated[int, Field(strict=True, ge=5, le=5000)]
Days = Annotated[int, Field(strict=True, ge=1, le=730)]

FIRST_YEAR = 1990  # no register is older: an earlier day is a slip

ChoiceCodes = tuple[ChoiceCode, ...]
CREATE = "create"  # what deeds, clocks and acts call the making of an entry


class StateClass(StrEnum):
    """What a state means to lists, clocks and figures, whatever a campaign calls it."""

    DRAFT = "draft"
    WAITING_ON_US = "waiting_on_us"
    WAITING_ON_THEM = "waiting_on_them"
    DONE_GOOD = "done_good"
    DONE_BAD = "done_bad"
    VOID = "void"


CLASS_NAMES: dict[StateClass, str] = {
    StateClass.DRAFT: "Đang soạn",
    StateClass.WAITING_ON_US: "Chờ mình",
    StateClass.WAITING_ON_THEM: "Chờ bên ngoài",
    StateClass.DONE_GOOD: "Đã xong, đạt",
    StateClass.DONE_BAD: "Đã xong, không đạt",
    StateClass.VOID: "Không tính",
}
OPEN_CLASSES = frozenset({StateClass.DRAFT, StateClass.WAITING_ON_US, StateClass.WAITING_ON_THEM})
COUNTS_NOWHERE = frozenset({StateClass.DRAFT, StateClass.VOID})  # still being written, or cancelled


class Scope(StrEnum):
    """From where somebody reaches an entry. `other`: a unit without a part in it, directly under the same unit as its own.

    `superior`: the unit above the entry's own that it was handed up to, and those above that one; above the entry's own at all where it
    was not handed up. Its own unit is never among them, nor one that it was handed up past.
    """

    OWN = "own"
    HANDLER = "handler"
    ABOVE = "above"
    OFFICE = "office"
    OTHER = "other"
    SUPERIOR = "superior"
    ASKER = "asker"


# Whose the work on an entry is, and whose words it answers: none of them judges it.
INSIDE = frozenset({Scope.OWN, Scope.HANDLER, Scope.ASKER})
SCOPE_NAMES: dict[Scope, str] = {
    Scope.OWN: "đơn vị ghi",
    Scope.HANDLER: "đơn vị được giao",
    Scope.ABOVE: "cấp trên của đơn vị ghi",
    Scope.OFFICE: "thường trực phong trào",
    Scope.OTHER: "đơn vị khác cùng cấp trên trực tiếp",
    Scope.SUPERIOR: "cấp trên được đưa lên",
    Scope.ASKER: "người gửi",
}

SubjectKind = Literal["collective", "individual", "household", "citizen", "business", "organisation"]
SUBJECT_NAMES: dict[SubjectKind, str] = {
    "collective": "Tập thể",
    "individual": "Cá nhân",
    "household": "Hộ gia đình",
    "citizen": "Người dân",
    "business": "Doanh nghiệp",
    "organisation": "Cơ quan, tổ chức",
}


class Reach(StrEnum):
    """For whom a saved list is."""

    MINE = "mine"
    UNIT = "unit"
    BELOW = "below"
    ALL = "all"


REACH_NAMES: dict[Reach, str] = {
    Reach.MINE: "Chỉ mình tôi",
    Reach.UNIT: "Người của đơn vị tôi",
    Reach.BELOW: "Đơn vị tôi và mọi đơn vị bên dưới",
    Reach.ALL: "Mọi người dùng sổ này",
}
