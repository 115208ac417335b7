"""Who holds what at a unit from a day on, and which units are left without somebody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Q

from kheo.core.holding import SUPERIORS
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.org.models import Post, Relation, in_force
from kheo.org.queries.browsing import way_to
from kheo.org.queries.living import names_around

SOON = timedelta(days=30)


def holders_from(unit: int, on: date) -> list[Post]:
    """Posts at a unit that are held on a day or will be later, with their people: one query."""
    rows = Post.objects.filter(unit=unit, ends__isnull=True) | Post.objects.filter(unit=unit, ends__gt=on)
    return [row for row in rows.select_related("user").order_by("role", "starts", "pk") if row.ends is None or row.ends > row.starts]


def overlapping(user_id: int, unit: int, role: Role, starts: date, ends: date | None) -> list[Post]:
    """What somebody holds of a role at a unit on any of these days: the database refuses a second post beside it."""
    rows = Post.objects.filter(Q(ends__isnull=True) | Q(ends__gt=starts), user=user_id, unit=unit, role=role).exclude(ends=F("starts"))
    return list((rows if ends is None else rows.filter(starts__lt=ends)).order_by("starts", "pk"))


@dataclass(frozen=True)
class HeldSpan:
    """A post without its person: all of a unit are few bytes, however many people it has."""

    post: int
    role: Role
    starts: date
    ends: date | None


def spans_from(unit: int, on: date) -> list[HeldSpan]:
    """Posts at a unit that are held on a day or will be later, the first to begin first: one query."""
    rows = Post.objects.filter(Q(ends__isnull=True) | Q(ends__gt=on), unit=unit).exclude(ends=F("starts")).order_by("starts", "pk")
    return [HeldSpan(pk, Role(role), starts, ends) for pk, role, starts, ends in rows.values_list("pk", "role", "starts", "ends")]


def posts_with_people(posts: Collection[int]) -> dict[int, Post]:
    """These posts with their people, by number: one query."""
    return Post.objects.select_related("user").in_bulk(list(posts))


def following(post: Post, on: date) -> list[Post]:
    """Who else will hold the same role there from a later day, the first to begin first."""
    rows = Post.objects.filter(unit=post.unit_id, role=post.role, starts__gt=on).exclude(user=post.user_id).exclude(ends=F("starts"))
    return list(rows.select_related("user").order_by("starts", "pk"))


def others_holding(post: Post, on: date) -> list[Post]:
    """Who else holds the same role there on a day."""
    rows = Post.objects.filter(in_force(on), unit=post.unit_id, role=post.role).exclude(user=post.user_id)
    return list(rows.select_related("user").order_by("pk"))


def post_of(post_id: int) -> Post | None:
    """A post with its person."""
    return Post.objects.select_related("user").filter(pk=post_id).first()


def superior_of(unit: int, on: date) -> int | None:
    """The nearest unit above at which somebody holds a post that invites: on the union line, for its top on the Party's."""
    for line in (Line.UNION, Line.PARTY):
        above = [each.id for each in reversed(way_to(on, line, unit)[:-1])]
        if above:
            held = Post.objects.filter(in_force(on), unit__in=above, role__in=SUPERIORS)
            inviting = set(held.values_list("unit_id", flat=True))
            return next((each for each in above if each in inviting), None)
    return None


def has_units_below(unit: int, on: date) -> bool:
    """Whether anything stands under a unit, so that it receives reports."""
    return Relation.objects.filter(in_force(on), parent=unit, line__in=(Line.UNION, Line.PARTY)).exists()


@dataclass(frozen=True)
class Unheaded:
    """A unit directly below without a head: since now, or (`soon`) within a month."""

    unit: int
    name: str
    soon: bool
    has_officer: bool
    is_invited: bool


_HELD = "EXISTS (SELECT 1 FROM org_post AS post WHERE post.unit_id = place.child_id AND post.role = {role} AND {on})"
_ON = "post.starts <= {day} AND (post.ends IS NULL OR post.ends > {day})"
_NOW, _THEN = _ON.format(day="%(on)s"), _ON.format(day="%(soon)s")
UNHEADED = f"""
WITH found AS (
SELECT place.child_id, name.name, {_HELD.format(role="'head'", on=_NOW)}, {_HELD.format(role="'officer'", on=_NOW)},
  EXISTS (SELECT 1 FROM org_invitation AS sent WHERE sent.unit_id = place.child_id AND sent.role = 'head'
    AND sent.accepted_at IS NULL AND sent.withdrawn_at IS NULL AND sent.expires_at > %(at)s), name.sort_key
FROM org_relation AS place
JOIN org_unit_name AS name ON name.unit_id = place.child_id AND name.starts <= %(on)s AND (name.ends IS NULL OR name.ends > %(on)s)
WHERE place.parent_id = %(unit)s AND place.line = %(line)s AND place.starts <= %(on)s AND (place.ends IS NULL OR place.ends > %(on)s)
  AND (NOT {_HELD.format(role="'head'", on=_NOW)} OR (
    NOT {_HELD.format(role="'head'", on=_THEN)} AND EXISTS (
      SELECT 1 FROM org_unit_name AS later WHERE later.unit_id = place.child_id
         AND later.starts <= %(soon)s AND (later.ends IS NULL OR later.ends > %(soon)s))))
)
SELECT *, (SELECT count(*) FROM found) FROM found AS unheaded(unit, name, has_head, has_officer, is_invited, sort_key)
ORDER BY sort_key COLLATE "C", unit LIMIT %(most)s
OFFSET least(%(skip)s, greatest((SELECT count(*) FROM found) - 1, 0) / %(most)s * %(most)s)
"""  # noqa: S608  # constants of ours


def unheaded_below(unit: int, on: date, at: datetime, *, skip: int = 0, most: int = 50) -> tuple[list[Unheaded], int]:
    """Units directly below without a head, now or within a month, in Vietnamese order, and how many there are in all: two queries.

    A page beyond the last is the last.
    """
    line = Line.UNION if Relation.objects.filter(in_force(on), child=unit, line=Line.UNION).exists() else Line.PARTY
    values: dict[str, Any] = {"unit": unit, "line": line.value, "on": on, "soon": on + SOON, "at": at, "skip": skip, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(UNHEADED, values)
        rows = cursor.fetchall()
    found = [Unheaded(child, name, has_head, has_officer, is_invited) for child, name, has_head, has_officer, is_invited, *_ in rows]
    return found, rows[0][-1] if rows else 0


def roles_held(unit: int, roles: Collection[Role], on: date, *, to_come: bool = True) -> frozenset[Role]:
    """Those of these roles that somebody holds there on a day, or (`to_come`) will hold."""
    return frozenset(span.role for span in spans_from(unit, on) if span.role in roles and (to_come or span.starts <= on))


def posts_with_days(user_id: int, on: date) -> list[tuple[Post, str]]:
    """What somebody holds on a day or will hold, each with the name of its unit: two queries."""
    rows = Post.objects.filter(user=user_id, ends__isnull=True) | Post.objects.filter(user=user_id, ends__gt=on)
    held = [row for row in rows.order_by("starts", "pk") if row.ends is None or row.ends > row.starts]
    names = names_around({row.unit_id for row in held}, on)
    return [(row, names.get(row.unit_id, "")) for row in held]
