"""The page "Cách nhận nhắc việc": what stands on it, and what its small forms ask for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.conf import settings
from django.http import QueryDict

from kheo.core.quiet import Quiet
from kheo.journal.actions import Actor
from kheo.notices import actions
from kheo.notices.actions import Chosen, NotChosen
from kheo.notices.channels import CHANNEL_NAMES, EMAIL, ZALO
from kheo.notices.models import Preferences
from kheo.notices.queries.reading import latest_deliveries, open_checks, preferences, quiet_of
from kheo.org.access import Person
from kheo.web.reach import PageRequest

_EVENINGS = (time(18), time(19), time(20), time(21), time(22), time(23))
_MORNINGS = (time(5), time(6), time(7), time(8), time(9), time(10))
USUAL = Quiet()
_LABELS = {EMAIL: "Địa chỉ thư điện tử", ZALO: "Số điện thoại dùng Zalo"}
_HINTS = {
    EMAIL: "Ví dụ ten@co-quan.vn. Chỉ dùng để gửi nhắc việc cho anh/chị.",
    ZALO: "Ví dụ 0912 345 678. Tin Zalo chỉ nói có mấy việc và kèm một liên kết, không có tên đơn vị hay số liệu.",
}


@dataclass(frozen=True)
class Way:
    """One channel on the page: off here (and why), the confirmed address, the one that waits for its code."""

    name: str
    words: str
    off: str
    is_on: bool
    address: str
    waiting: str
    typed: str
    code: str
    label: str
    hint: str
    problem: str


def context(request: PageRequest, refused: NotChosen | None = None) -> dict[str, Any]:
    """Everything on the page."""
    person = request.person.user_id
    chosen, checks = preferences(person), open_checks(person)
    quiet = quiet_of(chosen)
    waiting = {channel: check.address for channel, check in checks.items()}
    ways = [_way(request, name, chosen, waiting.get(name, ""), refused) for name in CHANNEL_NAMES]
    return {
        "ways": ways,
        "has_address": any(way.address and not way.off for way in ways),
        "is_waiting": any(way.waiting and not way.off for way in ways),
        "starts": _choices(_EVENINGS, quiet.starts),
        "ends": _choices(_MORNINGS, quiet.ends),
        "on_days_off": quiet.on_days_off,
        "sendings": latest_deliveries(person),
        "problems": [{"message": refused.message, "anchor": f"kenh-{refused.field}" if refused.field else ""}] if refused else [],
    }


def _way(request: PageRequest, name: str, chosen: Preferences | None, waiting: str, refused: NotChosen | None) -> Way:
    address, is_on = "", False
    if chosen is not None:
        address, is_on = (chosen.email, chosen.by_email) if name == EMAIL else (chosen.zalo_phone, chosen.by_zalo)
    return Way(
        name=name,
        words=CHANNEL_NAMES[name],
        off=settings.CHANNELS_OFF[name],
        is_on=is_on,
        address=_shown(name, address),
        waiting=_shown(name, waiting),
        typed=request.POST.get("dia-chi", "")[:254] if refused and refused.field == name else _suggested(request, name, address, waiting),
        code=request.GET.get("ma", "")[:12] if waiting and request.GET.get("kenh", name) == name else "",
        label=_LABELS[name],
        hint=_HINTS[name],
        problem=refused.message if refused and refused.field == name else "",
    )


def _shown(name: str, address: str) -> str:
    """A phone number as people write it."""
    return f"0{address[2:]}" if name == ZALO and address else address


def _suggested(request: PageRequest, name: str, address: str, waiting: str) -> str:
    return "" if name == ZALO or address or waiting else request.user.email


def _choices(hours: tuple[time, ...], chosen: time) -> list[tuple[str, bool]]:
    listed = sorted({*hours, chosen})
    return [(f"{hour:%H:%M}", hour == chosen) for hour in listed]


def read_quiet(form: QueryDict) -> Quiet:
    """The quiet hours of the form; what is no hour is the usual one."""
    return Quiet(_hour(form, "tu", USUAL.starts), _hour(form, "den", USUAL.ends), "ngay-nghi" in form)


def _hour(form: QueryDict, name: str, usual: time) -> time:
    try:
        return time.fromisoformat(form.get(name, "")).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return usual


def own_unit(person: Person) -> int:
    """The unit from which the journal says the person acted; 0 for somebody without posts."""
    return person.posts[0].unit if person.posts else 0


def _ask(request: PageRequest, channel: str) -> Chosen | NotChosen:
    if settings.CHANNELS_OFF[channel]:
        return NotChosen(settings.CHANNELS_OFF[channel], channel)
    typed = request.POST.get("dia-chi", "")
    return actions.ask_code(request.person.user_id, channel=channel, address=typed, by=_actor(request), at=request.now)


def _confirm(request: PageRequest, channel: str) -> Chosen | NotChosen:
    typed = request.POST.get("ma", "")
    return actions.confirm_code(request.person.user_id, channel=channel, code=typed, by=_actor(request), at=request.now)


def _forget(request: PageRequest, channel: str) -> Chosen | NotChosen:
    return actions.forget_address(request.person.user_id, channel=channel, by=_actor(request), at=request.now)


def _try(request: PageRequest, channel: str) -> Chosen | NotChosen:
    return actions.send_trial(request.person.user_id, channel=channel, by=_actor(request), at=request.now)


def _actor(request: PageRequest) -> Actor:
    return request.person.actor(own_unit(request.person))


STEPS: Mapping[str, Callable[[PageRequest, str], Chosen | NotChosen]] = {
    "ma": _ask,
    "xac-nhan": _confirm,
    "xoa": _forget,
    "gui-thu": _try,
}
