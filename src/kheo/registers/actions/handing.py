"""Handing an entry to a unit: whoever asks for it, and by whatever way, it goes only to one that may be given it."""

from datetime import date

from kheo.core.days import format_day
from kheo.core.registers.models import ActDef
from kheo.core.registers.values import FieldProblem
from kheo.org.access import Person
from kheo.org.queries import names_around
from kheo.registers.access import ReachedEntry, receivers_for, superior_over
from kheo.registers.actions.keeping import DoneBy

HANDLER = "handler"
HOLDS_IT = "Đơn vị này đang giữ hồ sơ; hãy chọn đơn vị khác."
NOT_ITSELF = "Đơn vị ghi hồ sơ không tự làm việc này với chính mình; hãy chọn đơn vị khác."
NOT_CHOSEN = "Thao tác này đưa hồ sơ lên cấp trên, không chọn đơn vị."
NOBODY_ABOVE = "Trong cây tổ chức ngày {day}, không đơn vị nào ở trên cả đơn vị ghi và đơn vị đang giữ hồ sơ, nên không “{act}” được."
_WHOM = {
    "below": "chỉ giao được cho đơn vị của anh/chị hoặc đơn vị bên dưới",
    "around": "chỉ giao được cho đơn vị của anh/chị, đơn vị bên dưới, đơn vị cùng cấp trên trực tiếp, hoặc cấp trên ấy",
}


def given_to(act: ActDef, reached: ReachedEntry, chosen: int | None, today: date) -> int | None:
    """The unit that an act hands the entry to: upwards the one above, else the one that was chosen; None: none."""
    return superior_over(reached.entry, today) if act.handing == "up" else chosen


def handing_problem(
    act: ActDef, reached: ReachedEntry, chosen: int | None, unit: int | None, by: DoneBy, today: date
) -> FieldProblem | None:
    """Why the entry cannot be handed to a unit; `chosen`: the one that was sent, `unit`: as of `given_to`.

    As units stand today, whatever day the act is said to be of: nobody is handed anything yesterday.
    """
    if act.handing is None:
        return None
    if act.handing == "up":
        if unit is None:
            return FieldProblem("", NOBODY_ABOVE.format(day=format_day(today), act=act.name))
        return None if chosen in (None, unit) else FieldProblem(HANDLER, NOT_CHOSEN)
    if unit is None or not isinstance(by, Person):
        return FieldProblem(HANDLER, "Hãy chọn đơn vị được giao.")
    taking = receivers_for(by, reached, act)
    if unit in taking.held_by:
        return FieldProblem(HANDLER, HOLDS_IT)
    if unit in taking.own:
        return FieldProblem(HANDLER, NOT_ITSELF)
    if not taking.reaches(unit):
        name = names_around([unit], today).get(unit, "")
        return FieldProblem(HANDLER, f"Giao cho đơn vị: “{act.name}” {_WHOM[act.handing]}; {name} không phải.")
    return None
