"""How somebody wishes to be told. The journal keeps that a choice was made, never an address."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from kheo.core.days import local_day
from kheo.core.quiet import Quiet
from kheo.journal.actions import Actor, record
from kheo.notices.actions.beating import hurry
from kheo.notices.channels import CHANNEL_NAMES, EMAIL, ZALO
from kheo.notices.models import Check, Delivery, Preferences
from kheo.notices.queries.codes import LIVES, MOST_TRIES, is_code_of

OBJECT = "preferences"
PAUSE = timedelta(seconds=60)
MOST_A_DAY = 5
_PHONE = re.compile(r"(?:\+?84|0)([35789][0-9]{8})")


@dataclass(frozen=True)
class Chosen:
    """The choice stands."""

    message: str


@dataclass(frozen=True)
class NotChosen:
    """Nothing was changed, and why; `field` is where."""

    message: str
    field: str = ""


@transaction.atomic
def choose(person_id: int, *, by_email: bool, by_zalo: bool, quiet: Quiet, by: Actor, at: datetime) -> Chosen | NotChosen:
    """Turn channels on or off and set the quiet hours. A channel without a confirmed address stays off."""
    kept = _locked(person_id, at)
    if by_email and not kept.email_verified_at:
        return NotChosen("Chưa bật được thư điện tử: hãy xác nhận địa chỉ thư trước.", EMAIL)
    if by_zalo and not kept.zalo_verified_at:
        return NotChosen("Chưa bật được Zalo: hãy xác nhận số điện thoại trước.", ZALO)
    kept.by_email, kept.by_zalo = by_email, by_zalo
    kept.quiet_starts, kept.quiet_ends, kept.quiet_on_days_off = quiet.starts, quiet.ends, quiet.on_days_off
    kept.opens = quiet.opens
    kept.updated_at = at
    kept.save()
    hours = f"{quiet.starts:%H:%M}–{quiet.ends:%H:%M}"
    _record("choose_channels", by, at, person_id, email=by_email, zalo=by_zalo, quiet=hours, quiet_on_days_off=quiet.on_days_off)
    return Chosen("Đã lưu cách nhận nhắc việc.")


@transaction.atomic
def ask_code(person_id: int, *, channel: str, address: str, by: Actor, at: datetime) -> Chosen | NotChosen:
    """Send a code to an address; it is used for nothing before the code has come back. Not often: it could be somebody else's."""
    read = read_address(channel, address)
    if isinstance(read, NotChosen):
        return read
    kept = _locked(person_id, at)
    check = Check.objects.select_for_update().filter(person=person_id, channel=channel).first()
    if check is None:
        check = Check(person_id=person_id, channel=channel, asked_times=0, asked_at=at)
    elif abs(at - check.asked_at) < PAUSE:
        return NotChosen("Mã vừa được gửi. Hãy chờ một phút rồi mới yêu cầu mã khác.", channel)
    elif local_day(check.asked_at) != local_day(at):
        check.asked_times = 0
    if check.asked_times >= MOST_A_DAY:
        return NotChosen("Hôm nay đã gửi quá nhiều mã. Hãy thử lại ngày mai.", channel)
    check.address, check.asked_at, check.tries = read, at, 0
    check.asked_times += 1
    check.save()
    before = kept.email if channel == EMAIL else kept.zalo_phone
    if before and before != read:
        # A changed address is not confirmed: nothing goes to the old one while the new one waits.
        _take(kept, channel, "", None)
        _record("forget_address", by, at, person_id, channel=channel)
    _queue(person_id, channel, "code", at, LIVES)
    _record("ask_code", by, at, person_id, channel=channel)
    old = "Số cũ" if channel == ZALO else "Địa chỉ cũ"
    paused = f" {old} đã thôi dùng; cho đến khi xác nhận, nhắc việc chỉ có ở mục Thông báo." if before and before != read else ""
    minutes = LIVES.seconds // 60
    if channel == ZALO:
        return Chosen(f"Đã gửi tin Zalo tới số 0{read[2:]}. Trong {minutes} phút, mở tin ấy trên điện thoại rồi bấm vào liên kết.{paused}")
    return Chosen(f"Đã gửi mã tới {read}. Mã dùng được trong {minutes} phút.{paused}")


def read_address(channel: str, address: str) -> str | NotChosen:
    """An address in its one form: e-mail as it is, a mobile number of Việt Nam as `84912345678`."""
    text = address.strip()
    if channel == ZALO:
        found = _PHONE.fullmatch(re.sub(r"[\s.\-]", "", text))
        return f"84{found[1]}" if found else NotChosen("Số điện thoại chưa đúng: ghi 10 chữ số, ví dụ 0912 345 678.", channel)
    try:
        validate_email(text)
    except ValidationError:
        return NotChosen("Địa chỉ thư chưa đúng: cần dạng ten@co-quan.vn.", channel)
    return text


@transaction.atomic
def confirm_code(person_id: int, *, channel: str, code: str, by: Actor, at: datetime) -> Chosen | NotChosen:
    """The right code in time makes the address the person's own and turns the channel on; five wrong ones use it up."""
    kept = _locked(person_id, at)
    check = Check.objects.select_for_update().filter(person=person_id, channel=channel).first()
    if check is None:
        return NotChosen("Chưa có mã nào chờ xác nhận. Hãy yêu cầu mã.", channel)
    if check.tries >= MOST_TRIES:
        return NotChosen("Đã ghi sai mã quá nhiều lần. Hãy yêu cầu mã khác.", channel)
    if not check.asked_at <= at < check.asked_at + LIVES:
        return NotChosen("Mã đã hết hạn. Hãy yêu cầu mã khác.", channel)
    if not is_code_of(check, code):
        check.tries += 1
        check.save(update_fields=["tries"])
        return NotChosen(f"Mã chưa đúng. Còn thử được {MOST_TRIES - check.tries} lần.", channel)
    _take(kept, channel, check.address, at)
    check.delete()
    _record("confirm_address", by, at, person_id, channel=channel)
    return Chosen(f"Đã xác nhận. Từ nay nhắc việc đến cả qua {CHANNEL_NAMES[channel]}.")


def _take(kept: Preferences, channel: str, address: str, at: datetime | None) -> None:
    """Make an address (or, without an instant, none) the person's own and the channel on or off with it."""
    if channel == EMAIL:
        kept.email, kept.email_verified_at, kept.by_email = address, at, at is not None
    else:
        kept.zalo_phone, kept.zalo_verified_at, kept.by_zalo = address, at, at is not None
    kept.save()


@transaction.atomic
def forget_address(person_id: int, *, channel: str, by: Actor, at: datetime) -> Chosen:
    """Delete an address; nothing goes there any more."""
    _take(_locked(person_id, at), channel, "", None)
    Check.objects.filter(person=person_id, channel=channel).delete()
    _record("forget_address", by, at, person_id, channel=channel)
    what = "số điện thoại" if channel == ZALO else f"địa chỉ {CHANNEL_NAMES[channel]}"
    return Chosen(f"Đã xoá {what} của anh/chị khỏi Khéo.")


@transaction.atomic
def send_trial(person_id: int, *, channel: str, by: Actor, at: datetime) -> Chosen | NotChosen:
    """Send a message that says that messages arrive; one a minute."""
    kept = _locked(person_id, at)
    if not (kept.by_email if channel == EMAIL else kept.by_zalo):
        return NotChosen(f"Kênh {CHANNEL_NAMES[channel]} đang tắt.", channel)
    if Delivery.objects.filter(person=person_id, channel=channel, kind="test", created_at__gt=at - PAUSE).exists():
        return NotChosen("Tin thử vừa được gửi. Hãy chờ một phút.", channel)
    _queue(person_id, channel, "test", at, LIVES)
    _record("send_trial", by, at, person_id, channel=channel)
    return Chosen("Tin thử đang được gửi; kết quả hiện ở cuối trang này sau ít giây.")


def _locked(person_id: int, at: datetime) -> Preferences:
    """The person's row, made where there is none, locked."""
    Preferences.objects.get_or_create(person_id=person_id, defaults={"updated_at": at})
    return Preferences.objects.select_for_update().get(person=person_id)


def _queue(person_id: int, channel: str, kind: str, at: datetime, lives: timedelta) -> None:
    Delivery.objects.create(person_id=person_id, channel=channel, kind=kind, next_try_at=at, created_at=at, expires_at=at + lives)
    hurry()


def _record(act: str, by: Actor, at: datetime, person_id: int, **detail: Any) -> None:
    record(act, by=by, at=at, object_type=OBJECT, object_id=person_id, **detail)
