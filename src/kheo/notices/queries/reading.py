"""What one person was told, and how that person wishes to be told."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from kheo.core.days import local_day
from kheo.core.quiet import Quiet
from kheo.notices.channels import CHANNEL_NAMES
from kheo.notices.models import Check, Delivery, Digest, Notice, Preferences
from kheo.org.models import Post, in_force

PER_PAGE = 20
LATEST_DELIVERIES = 8
DIGEST = "digest"


@dataclass(frozen=True)
class Told:
    """One entry of the page: a notice with its link, or the digest of a day with a link per line (text, address)."""

    id: int
    text: str
    url: str
    told_at: datetime
    is_unread: bool
    lines: tuple[tuple[str, str], ...]


UNREAD = "SELECT count(*) FROM notices_notice WHERE person_id = %s AND read_at IS NULL"


def unread(person_id: int) -> int:
    """How many notices somebody has not read: one small index; on every page, so written out."""
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, [person_id])
        return int(cursor.fetchone()[0])


def told(person_id: int, page: str | None) -> Page[Notice]:
    """A page of somebody's notices, newest first."""
    rows = Notice.objects.filter(person=person_id).select_related("digest").order_by("-told_at", "-pk")
    return Paginator(rows, PER_PAGE).get_page(page)


def entry(notice: Notice) -> Told:
    """A notice as its page shows it."""
    lines: tuple[tuple[str, str], ...] = ()
    if notice.kind == DIGEST and notice.digest:
        lines = tuple((line["text"], address(line["page"], line["args"])) for line in notice.digest.lines)
    url = address(notice.page, notice.args)
    return Told(notice.pk, notice.text, url, notice.told_at, notice.read_at is None, lines)


def address(page: str, args: list[int]) -> str:
    """Where a notice leads; to the first page where the address of an old notice is no more."""
    try:
        return reverse(page, args=args)
    except NoReverseMatch:
        return "/"


def news_of(digest: Digest, at: datetime) -> list[Notice]:
    """What a digest repeats beside its lines: not read, and heard by a post that its reader still holds in the unit (or another there)."""
    units = list(Post.objects.filter(in_force(local_day(at)), user=digest.person_id).values_list("unit_id", flat=True))
    own = Q(heard_at__isnull=True) | Q(heard_at__overlap=units)
    return list(digest.notices.filter(own, read_at__isnull=True).exclude(kind=DIGEST).order_by("told_at", "pk"))


def preferences(person_id: int) -> Preferences | None:
    """What somebody has chosen, or None for the usual."""
    return Preferences.objects.filter(person=person_id).first()


def quiet_of(chosen: Preferences | None) -> Quiet:
    """Somebody's quiet hours."""
    return Quiet(chosen.quiet_starts, chosen.quiet_ends, chosen.quiet_on_days_off) if chosen else Quiet()


def open_checks(person_id: int) -> dict[str, Check]:
    """Addresses that wait for their code, by channel."""
    return {check.channel: check for check in Check.objects.filter(person=person_id)}


@dataclass(frozen=True)
class Sending:
    """One message on its way, as its receiver sees it."""

    at: datetime
    what: str
    channel: str
    state: str
    words: str


def latest_deliveries(person_id: int) -> list[Sending]:
    """The last messages to somebody, newest first."""
    rows = Delivery.objects.filter(person=person_id).order_by("-created_at", "-pk")[:LATEST_DELIVERIES]
    return [
        Sending(
            row.sent_at or row.created_at,
            Delivery.KINDS[row.kind],
            CHANNEL_NAMES.get(row.channel, row.channel),
            row.state,
            f"{Delivery.STATES[row.state]}: {row.reason}" if row.reason else Delivery.STATES[row.state],
        )
        for row in rows
    ]
