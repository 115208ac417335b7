"""What the page of one unit shows: its standing on the day, its life, its people, its reports."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse

from kheo.core.days import due_day, format_day
from kheo.core.due_words import due_words, report_title
from kheo.core.holding import duties
from kheo.core.numbers import format_int
from kheo.core.unit_kinds import Line, kind_name
from kheo.core.workflow import ROLE_NAMES, STATE_NAMES, Role, State
from kheo.directives.access import reads_unit
from kheo.org.queries import Held, Identity, PostShown, endings, heirs_of_many, identity, life, posts_at, way_to
from kheo.reports.access.units import ReachedUnit, reads_people_of, reports_of_unit
from kheo.reports.models import Obligation
from kheo.web.numbers import number_in
from kheo.web.reach import PageRequest
from kheo.web.tree.asked import LABELS, SLUGS, Asked
from kheo.web.tree.life_words import chapter
from kheo.web.tree.tree_page import ending_words, trail

EVENTS, REPORTS, PEOPLE = 20, 20, 20  # on one page of each
OWED = (State.NOT_STARTED, State.DRAFT, State.RETURNED)


def context(request: PageRequest, reached: ReachedUnit, chosen: Asked) -> dict[str, Any]:
    """For `tree/unit.html`."""
    known = identity(reached.id)
    if known is None:
        raise Http404
    sees_people = reads_people_of(request.person, reached.id, chosen.on)
    held = posts_at(reached.id, chosen.on) if sees_people else []
    people = Paginator(held, PEOPLE).get_page(request.GET.get("nguoi"))
    reports = Paginator(reports_of_unit(request.person, reached.id), REPORTS).get_page(request.GET.get("bao-cao"))
    told = life(reached.id, reached.lines, page=max(number_in(request.GET, "trang"), 1), most=EVENTS)
    way = way_to(chosen.on, chosen.line, reached.id)
    return {
        "asked": chosen,
        "day": format_day(chosen.on),
        "is_today": chosen.on == chosen.today,
        "slug": SLUGS[chosen.line],
        "name": known.name_around(chosen.on),
        "kind": kind_name(known.kind_around(chosen.on)),
        "code": known.code_around(chosen.on),
        "is_paused": bool(way) and way[-1].is_suspended,
        "places": [place for line in reached.lines if (place := _place(reached.id, line, chosen))],
        "chapters": [chapter(each, reached.id, chosen) for each in told.chapters],
        "events": Paginator(range(told.total), EVENTS).get_page(request.GET.get("trang")),
        "query": chosen.query().removeprefix("?") + "&",
        "spans": _spans(known),
        "flows_url": reverse("flows", args=[reached.id]) + chosen.query(),
        "sees_people": sees_people,
        "books_url": reverse("arrivals", args=[reached.id]) if sees_people and reads_unit(request.person, reached.id) else "",
        "people_url": reverse("people", args=[reached.id]) if sees_people and known.is_there(chosen.today) else "",
        "posts": _posts(list(people.object_list)),
        "people": people,
        "duties": _duties(held),
        "reports": [_report(each, reached.id, request.person.on) for each in reports.object_list],
        "owed": reports,
        "trail": [*trail(chosen, way[:-1]), {"label": known.name_around(chosen.on), "url": ""}],
        **_standing(known, chosen),
    }


def _standing(known: Identity, chosen: Asked) -> dict[str, Any]:
    """Whether it is there on the day; where it is not, since when or from when, and who followed."""
    if known.is_there(chosen.on):
        return {"is_there": True}
    if known.begins > chosen.on:
        return {"is_there": False, "begins": format_day(known.begins)}
    heirs = heirs_of_many([known.id], chosen.on).get(known.id, ())
    ending = endings([known.id], chosen.on).get(known.id)
    return {
        "is_there": False,
        "ended": format_day(known.ends) if known.ends else "",
        "ending": ending_words(ending) if ending else "",
        "heirs": [{"name": heir.name, "url": chosen.unit(heir.id)} for heir in heirs],
    }


def _place(unit: int, line: Line, chosen: Asked) -> dict[str, Any] | None:
    """Where it stands on a line on the day, from the top down, and how many stand below it; None where it does not stand there."""
    here = chosen.on_line(line)
    way = way_to(chosen.on, line, unit)
    if not way:
        return None
    below = way[-1].below
    return {
        "line": LABELS[line],
        "above": [{"name": each.name, "url": here.unit(each.id)} for each in way[:-1]],
        "below": format_int(below) if below else "",
        "tree": here.tree(unit),
    }


def _spans(known: Identity) -> list[dict[str, str]]:
    """Names, kinds and codes through time; one line for each span of each."""
    told = [("Tên", known.names), ("Loại", _named(known.kinds)), ("Mã", known.codes)]
    return [{"what": what, "value": each.value, "days": days_words(each.starts, each.ends)} for what, held in told for each in held]


def _named(kinds: Sequence[Held]) -> list[Held]:
    return [Held(kind_name(each.value), each.starts, each.ends) for each in kinds]


def days_words(starts: date, ends: date | None) -> str:
    """`từ 01/01/2020`, `01/01/2020 – 30/06/2025`: the last day on which it held, not the first on which it did not."""
    return f"từ {format_day(starts)}" if ends is None else f"{format_day(starts)} – {format_day(ends - timedelta(days=1))}"


def _posts(held: Sequence[PostShown]) -> list[dict[str, str]]:
    return [{"name": post.name, "role": ROLE_NAMES[Role(post.role)], "days": days_words(post.starts, post.ends)} for post in held]


def _duties(held: Sequence[PostShown]) -> list[dict[str, str]]:
    """What each role that somebody holds here may do, said from the table of the workflow itself."""
    roles = {Role(post.role) for post in held}
    return [{"role": ROLE_NAMES[role], "words": " ".join(duties(role))} for role in Role if role in roles]


def _report(owed: Obligation, unit: int, today: date) -> dict[str, Any]:
    state = owed.state_of(getattr(owed, "report", None))
    due = due_day(owed.due_at)
    is_owed = state in OWED
    return {
        "title": report_title(owed.cycle.name),
        "campaign": owed.cycle.campaign.name,
        "url": reverse("report", args=[owed.pk]),
        "state": state.value,
        "state_name": STATE_NAMES[state],
        "due": due_words(due, (due - today).days) if is_owed else f"Hạn {format_day(due)}",
        "tone": ("overdue" if due < today else "ok") if is_owed else "",
        "is_instead": owed.unit_id != unit,
        "is_handed_over": owed.unit_id == unit and owed.filler_id is not None,
    }
