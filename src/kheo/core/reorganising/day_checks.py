"""What is wrong with the events of a day, before anything is changed: one rule a function, all problems at once."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kheo.core.days import format_day
from kheo.core.problems import Problem
from kheo.core.reorganising.events import (
    EVENT_NAMES,
    WHOLE,
    Absorbed,
    CodeChanged,
    Detached,
    Established,
    Event,
    KindChanged,
    Merged,
    Renamed,
    Resumed,
    Split,
    Suspended,
    Transferred,
    ended_by,
    kind_of,
    successions_of,
)
from kheo.core.reorganising.standing import CODE_SCHEME, Fact, Slot, Standing
from kheo.core.unit_file import MAX_CODE, MAX_NAME
from kheo.core.unit_kinds import KINDS, LINE_NAMES, Line


@dataclass(frozen=True)
class Day:
    """The events of a day over the standing as it is before them."""

    day: date
    events: Sequence[Event]
    standing: Standing
    file: str
    begun: Mapping[int, Established]
    ended: Mapping[int, Event]

    @classmethod
    def of(cls, day: date, events: Sequence[Event], standing: Standing, file: str) -> "Day":
        """Gather who begins and who ends."""
        begun = {event.unit: event for event in events if isinstance(event, Established)}
        ended = {unit: event for event in events for unit in ended_by(event)}
        return cls(day, events, standing, file, begun, ended)

    def problem(self, event: Event, message: str) -> Problem:
        """A problem at the line of an event."""
        return Problem(f"{message[:1].upper()}{message[1:]}", self.file, event.row)

    def label(self, unit: int) -> str:
        """A unit as people know it: its name and code of the day."""
        if unit in self.begun:
            name, code = self.begun[unit].name, self.begun[unit].code
            return f"“{name}” ({code})" if code else f"“{name}”"
        return self.standing.label(unit, self.day)

    def is_about_nobody(self, event: Event) -> bool:
        """Whether an event is about a unit that is not there: nothing follows from it, so nothing more is asked of it."""
        units = event.predecessors if isinstance(event, Merged) else () if isinstance(event, Established) else (event.unit,)
        return not all(self.is_there(unit) for unit in units)

    def is_there(self, unit: int) -> bool:
        """Whether a unit is there on the day, by this change or before it."""
        return unit in self.begun or self.standing.is_living(unit, self.day)


def day_problems(day: Day) -> Iterator[Problem]:
    """Every rule over every event."""
    for event in day.events:
        for rule in (_unit_is_there,) if day.is_about_nobody(event) else RULES:
            yield from rule(day, event)
    yield from _chains_without_end(day)


def _unit_is_there(day: Day, event: Event) -> Iterator[Problem]:
    if isinstance(event, Established):
        if day.standing.slots_of(event.unit):
            yield day.problem(event, f"{day.label(event.unit)} đã có trong cây, không thành lập lần nữa.")
        return
    units = event.predecessors if isinstance(event, Merged) else (event.unit,)
    for unit in units:
        if not day.is_there(unit):
            yield day.problem(event, f"{day.label(unit)} không hoạt động ngày {format_day(event.day)}.")


def _once(day: Day, event: Event) -> Iterator[Problem]:
    """A unit ends once a day, and nothing else happens to one that ends."""
    for unit in ended_by(event):
        if day.ended[unit] is not event:
            yield day.problem(event, f"{day.label(unit)} có hai sự kiện cùng kết thúc đơn vị trong một ngày.")
        if unit in day.begun:
            yield day.problem(event, f"{day.label(unit)} vừa thành lập vừa kết thúc trong cùng một ngày.")
    if event.unit in day.ended and not ended_by(event) and event.unit not in day.begun:
        yield day.problem(event, f"{day.label(event.unit)} kết thúc trong ngày này, không thể {EVENT_NAMES[kind_of(event)]}.")


def _nothing_later(day: Day, event: Event) -> Iterator[Problem]:
    """The past is not changed behind a later event: that one must be annulled first."""
    for slot in _slots_changed(day, event):
        now = day.standing.at(slot, day.day)
        later = [span.starts for span in day.standing.later(slot, day.day)] + ([now.ends] if now and now.ends else [])
        if later:
            yield day.problem(event, _LATER.format(day.label(slot.unit), format_day(min(later))))
            return
    end = day.standing.last_end(event.unit)
    if end and end > day.day:
        yield day.problem(event, _LATER.format(day.label(event.unit), format_day(end)))


_LATER = "{} đã có sự kiện muộn hơn (ngày {}) đã ghi; hãy huỷ sự kiện đó trước."


def _slots_changed(day: Day, event: Event) -> Iterator[Slot]:
    """Slots about the unit itself; a post may have an end of its own."""
    for unit in ended_by(event):
        yield from (slot for slot in day.standing.slots_of(unit) if slot.fact is not Fact.POST)
    match event:
        case Renamed():
            yield Slot(Fact.NAME, event.unit)
        case KindChanged():
            yield Slot(Fact.KIND, event.unit)
        case CodeChanged():
            yield Slot(Fact.CODE, event.unit, CODE_SCHEME)
        case Transferred():
            yield Slot(Fact.PLACE, event.unit, event.place.line)
        case Detached():
            yield Slot(Fact.PLACE, event.unit, event.line)
        case Suspended() | Resumed():
            yield Slot(Fact.SUSPENSION, event.unit)


def _something_changes(day: Day, event: Event) -> Iterator[Problem]:
    """An act that says what is so already is a mistake of its writer."""
    standing, unit = day.standing, event.unit
    label = day.label(unit)
    match event:
        case Renamed() if standing.name(unit, day.day) == event.name:
            yield day.problem(event, f"{label} đang mang đúng tên này.")
        case KindChanged() if standing.kind(unit, day.day) == event.kind:
            yield day.problem(event, f"{label} đang là đúng loại này.")
        case CodeChanged() if standing.code(unit, day.day) == event.code:
            yield day.problem(event, f"{label} đang mang đúng mã này.")
        case Transferred():
            now = standing.at(Slot(Fact.PLACE, unit, event.place.line), day.day)
            if now and now.value == event.place.parent:
                yield day.problem(event, f"{label} đang ở đúng chỗ này trên hàng {LINE_NAMES[event.place.line]}.")
        case Detached() if not standing.at(Slot(Fact.PLACE, unit, event.line), day.day):
            yield day.problem(event, f"{label} không có chỗ trên hàng {LINE_NAMES[event.line]}.")
        case Suspended() if standing.at(Slot(Fact.SUSPENSION, unit), day.day):
            yield day.problem(event, f"{label} đang tạm ngừng hoạt động.")
        case Resumed() if not standing.at(Slot(Fact.SUSPENSION, unit), day.day):
            yield day.problem(event, f"{label} không tạm ngừng hoạt động.")


def _texts_are_sound(day: Day, event: Event) -> Iterator[Problem]:
    texts: list[tuple[str, str, int]] = []
    if isinstance(event, Established | Renamed):
        texts.append(("tên", event.name, MAX_NAME))
    if isinstance(event, CodeChanged) or (isinstance(event, Established) and event.code):
        texts.append(("mã", event.code, MAX_CODE))
    for what, text, most in texts:
        if not text.strip():
            yield day.problem(event, f"{what} không được để trống.")
        elif len(text) > most:
            yield day.problem(event, f"{what} dài {len(text)} ký tự, tối đa {most}.")
        elif not text.isprintable():
            yield day.problem(event, f"{what} có ký tự không in được.")
    if isinstance(event, Established | KindChanged) and event.kind not in KINDS:
        yield day.problem(event, f"loại đơn vị “{event.kind[:40]}” không có. Các loại: {', '.join(KINDS)}.")


def _places_are_sound(day: Day, event: Event) -> Iterator[Problem]:
    """A place is under a unit that is there; a new unit has one, and one a line."""
    if isinstance(event, Established):
        lines = Counter(place.line for place in event.places)
        if not lines:
            yield day.problem(event, f"{day.label(event.unit)} chưa có cấp trên trên hàng nào.")
        for line, count in lines.items():
            if count > 1:
                yield day.problem(event, f"{day.label(event.unit)} có hai cấp trên trên hàng {LINE_NAMES[Line(line)]}.")
    places = event.places if isinstance(event, Established) else (event.place,) if isinstance(event, Transferred) else ()
    for place in places:
        if place.parent == event.unit:
            yield day.problem(event, f"{day.label(event.unit)} không thể là cấp trên của chính mình.")
        elif place.parent is not None and not (day.is_there(place.parent) and place.parent not in day.ended):
            yield day.problem(event, f"cấp trên {day.label(place.parent)} không hoạt động từ ngày {format_day(event.day)}.")


def _successors_are_there(day: Day, event: Event) -> Iterator[Problem]:
    """Who follows is there from the day on, or has itself followers of the same day (a chain)."""
    for each in successions_of(event):
        if each.successor in day.ended:
            if not successions_of(day.ended[each.successor]):
                yield day.problem(event, f"đơn vị kế thừa {day.label(each.successor)} kết thúc cùng ngày mà không có ai kế thừa.")
        elif not day.is_there(each.successor):
            yield day.problem(event, f"đơn vị kế thừa {day.label(each.successor)} không hoạt động ngày {format_day(event.day)}.")
    match event:
        case Absorbed() if event.into == event.unit:
            yield day.problem(event, f"{day.label(event.unit)} không thể sáp nhập vào chính mình.")
        case Absorbed() if event.into in day.begun:
            yield day.problem(event, f"{day.label(event.into)} thành lập cùng ngày: ghi là hợp nhất, không phải sáp nhập.")
        case Merged() if event.unit not in day.begun and day.is_there(event.unit):
            yield day.problem(event, f"{day.label(event.unit)} đã có từ trước: ghi là sáp nhập, không phải hợp nhất.")
        case Merged() if not event.predecessors or event.unit in event.predecessors or _repeats(event.predecessors):
            yield day.problem(event, f"hợp nhất thành {day.label(event.unit)} cần các đơn vị khác nhau, mỗi đơn vị một lần.")


def _repeats(units: Sequence[int]) -> bool:
    return len(set(units)) < len(units)


def _shares_are_whole(day: Day, event: Event) -> Iterator[Problem]:
    """Exact fractions that add to 1, or none at all: figures are never spread by a guess."""
    if not isinstance(event, Split):
        return
    label = day.label(event.unit)
    shares = [share for _, share in event.successors if share is not None]
    if _repeats([unit for unit, _ in event.successors]):
        yield day.problem(event, f"{label} chia cho một đơn vị hai lần.")
    if len(event.successors) < 2 and shares:
        yield day.problem(event, f"{label} chỉ có một đơn vị kế thừa trọn vẹn: ghi là sáp nhập hoặc hợp nhất, không phải chia.")
    if not event.successors:
        yield day.problem(event, f"{label} chia mà không có đơn vị kế thừa nào.")
    if shares and len(shares) < len(event.successors):
        yield day.problem(event, f"{label}: hoặc mọi phần đều có tỷ lệ, hoặc không phần nào có.")
    elif shares and (min(shares) <= 0 or sum(shares) != WHOLE):
        yield day.problem(event, f"{label}: các tỷ lệ phải lớn hơn 0 và cộng lại đúng bằng 1 (đang là {sum(shares)}).")


def _chains_without_end(day: Day) -> Iterator[Problem]:
    """Units that end and follow only one another leave their past to nobody."""
    for unit, event in day.ended.items():
        if successions_of(event) and not _reaches_somebody(day, unit):
            yield day.problem(event, f"{day.label(unit)} kế thừa lòng vòng: các đơn vị này đều kết thúc trong ngày.")


def _reaches_somebody(day: Day, unit: int) -> bool:
    seen: set[int] = set()
    todo = [unit]
    while todo:
        here = todo.pop()
        if here in seen:
            continue
        seen.add(here)
        followed = successions_of(day.ended[here])
        if not followed:
            return True  # told already: its end has no follower
        for each in followed:
            if each.predecessor == here and each.successor not in day.ended:
                return True
            todo.append(each.successor)
    return False


RULES: tuple[Callable[[Day, Event], Iterator[Problem]], ...] = (
    _unit_is_there,
    _once,
    _nothing_later,
    _something_changes,
    _texts_are_sound,
    _places_are_sound,
    _successors_are_there,
    _shares_are_whole,
)
