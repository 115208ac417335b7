"""Whether a photograph may stand in its role: taken later than the one before, and at the place (registers.md R5).

What a camera tells is compared and then forgotten but for the instant and the distance. A photograph that tells nothing is taken, and
shown as one of which nothing could be checked: many telephones strip it, and whoever has such a one has done nothing wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kheo.core.days import ZONE, format_instant
from kheo.core.numbers import format_int
from kheo.core.places import Spot, metres_between
from kheo.core.registers.models import AttachmentDef

SLACK = timedelta(hours=1)  # a camera's clock may be a little fast


@dataclass(frozen=True)
class Sight:
    """When and how far from the place of its entry a photograph was taken; None: not told, or not to be believed."""

    taken_at: datetime | None = None
    metres_off: int | None = None


def sight_of(taken: str | None, spot: Spot | None, place: Spot | None, *, now: datetime) -> Sight:
    """What is kept of what a camera told. A time without an offset is by the clock of Việt Nam; one that has not come is not believed."""
    moment = datetime.fromisoformat(taken) if taken else None
    if moment is not None:
        moment = moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
        moment = moment if moment <= now + SLACK else None
    return Sight(moment, metres_between(spot, place) if spot and place else None)


def sight_problems(role: AttachmentDef, sight: Sight, earlier: Sequence[Sight], earlier_name: str) -> tuple[str, ...]:
    """Why it may not stand in its role (phrases that follow its name). `earlier`: the photographs that it must have been taken after."""
    found = []
    known = [each.taken_at for each in earlier if each.taken_at is not None]
    if role.after is not None and sight.taken_at is not None and known and sight.taken_at <= max(known):
        found.append(
            f"chụp lúc {format_instant(sight.taken_at)}, không sau “{earlier_name}” (chụp lúc {format_instant(max(known))}). "
            "Hãy chụp lại sau khi đã làm xong."
        )
    if role.within_m is not None and sight.metres_off is not None and sight.metres_off > role.within_m:
        found.append(
            f"chụp cách vị trí của hồ sơ {format_int(sight.metres_off)} m; chỉ nhận trong vòng {format_int(role.within_m)} m. "
            "Nếu vị trí ghi trong hồ sơ sai, hãy sửa vị trí trước."
        )
    return tuple(found)


def unchecked(role: AttachmentDef, sight: Sight, then: Spot | None, now: Spot | None) -> tuple[str, ...]:
    """What could not be checked of a photograph, or holds no more, for those who look at it.

    `then`, `now`: the place of its entry when it came, and as it is; None where there was none, or where it cannot be told.
    """
    found = []
    if role.after is not None and sight.taken_at is None:
        found.append("ảnh không ghi giờ chụp")
    if role.within_m is not None:
        found.append(_place_doubt(role.within_m, sight.metres_off, then, now))
    return tuple(each for each in found if each)


def _place_doubt(within_m: int, off: int | None, then: Spot | None, now: Spot | None) -> str:
    if off is None:
        return "ảnh không ghi nơi chụp" if then else "lúc nhận ảnh hồ sơ chưa có vị trí để so"
    told = "vị trí của hồ sơ đã sửa sau khi nhận ảnh"
    if then is None or now is None:
        return told
    moved = metres_between(then, now)
    # Where it was taken is not kept: as far away as the two distances together is the worst that can be.
    return f"{told}, cách chỗ cũ {format_int(moved)} m" if moved and off + moved > within_m else ""
