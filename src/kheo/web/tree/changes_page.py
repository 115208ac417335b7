"""What the preview of a file of changes shows: everything that recording it would do, before it is done."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from kheo.core.days import due_day, format_day
from kheo.core.numbers import format_int
from kheo.core.problems import Problem
from kheo.core.reorganising import EVENT_NAMES, Plan, kind_of
from kheo.core.workflow import ROLE_NAMES, Role
from kheo.files.models import StoredFile
from kheo.org.access import Person
from kheo.reports.access.reorganising import unit_of_reorganiser
from kheo.reports.actions.previews import keep_preview
from kheo.reports.actions.reorganising import Previewed, preview_changes
from kheo.reports.queries.previews import Preview, kept_preview, stamp_of
from kheo.reports.queries.touched import REPORTS, Change, PostTouched, change_of, posts_lost
from kheo.reports.queries.transitions import touched_by_ending
from kheo.web.tree.planned_words import planned_rows
from kheo.web.tree.preview_lists import LONG, asked_list, counts_of, lists_of

OWN = {"cho-sai": "Chỗ cần sửa", "xem-lai": "Chỗ nên xem lại", "su-kien": "Từng sự kiện", "chuc-danh": "Ai thôi chức danh nào"}


def trail(last: str, person: Person, *, of_file: bool = True) -> list[dict[str, str]]:
    """From the tree to a page about a file, or to taking back; the keeper, who reads no tree, comes by way of the events as well."""
    steps = [("Cây tổ chức", "tree")] if person.reading_units else [("Việc của tôi", "home")]
    steps += [("Sắp xếp đơn vị", "events")]
    steps += [("Ghi từ tệp", "send_changes")] if last and of_file else []
    return [*({"label": label, "url": reverse(name)} for label, name in steps), {"label": last or "Ghi từ tệp", "url": ""}]


def preview_of(file: StoredFile, person: Person, at: datetime, *, is_doubted: bool = False) -> Preview:
    """What the file would do on the trees as they are: kept from an earlier page of a long file, or worked out now.

    `is_doubted`: what was shown is not what would be done, so nothing kept is trusted.
    """
    stamp, key = stamp_of(unit_of_reorganiser(person)), f"file:{file.pk}"
    found = None if is_doubted else kept_preview(person.user_id, key, stamp)
    if found is None:
        found = _worked_out(preview_changes(file.pk, by=person), at)
        if max(found.counts.values()) > LONG:
            keep_preview(found, person=person.user_id, key=key, stamp=stamp, at=at)
    return found


def _worked_out(previewed: Previewed, at: datetime) -> Preview:
    plan = previewed.found.plan
    lists: dict[str, Sequence[Mapping[str, Any]]] = {"cho-sai": _told(previewed.problems), "xem-lai": (), "su-kien": (), "chuc-danh": ()}
    facts: dict[str, Any] = {"mark": previewed.mark, "recorded": previewed.found.recorded}
    if plan is not None:
        lists |= {"xem-lai": _told(plan.doubts), "chuc-danh": post_rows(posts_lost(plan))}
        facts |= _facts(plan, at)
        if previewed.mark:
            lists["su-kien"] = planned_rows(plan.events, plan.events)
    return Preview(facts, {name: len(rows) for name, rows in lists.items()}, lists)


def _told(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [{"line": each.line, "key": each.key, "message": each.message} for each in problems]


def post_rows(posts: Sequence[PostTouched]) -> list[dict[str, str]]:
    """Who, which post, where, from when."""
    return [
        {"person": each.person, "role": ROLE_NAMES[Role(each.role)], "unit": each.unit_name, "day": format_day(each.day)} for each in posts
    ]


def _facts(plan: Plan, at: datetime) -> dict[str, Any]:
    counts = Counter(kind_of(event) for event in plan.events)
    unknown = sum(not event.decision.number for event in plan.events)
    days = [event.day for event in plan.events]
    return {
        "events": [{"count": format_int(counts[kind]), "words": words} for kind, words in EVENT_NAMES.items() if counts[kind]],
        "first": format_day(min(days)) if days else "",
        "last": format_day(max(days)) if days else "",
        "unknown": format_int(unknown) if unknown else "",
        "change": kept_change(change_of(plan, at)),
    }


def kept_change(change: Change) -> dict[str, Any]:
    """As JSON."""
    return {name: sorted(held) if isinstance(held, frozenset) else held and held.isoformat() for name, held in vars(change).items()}


def change_in(facts: Mapping[str, Any]) -> Change:
    """From JSON."""
    kept = dict(facts.get("change", {}))
    at = kept.pop("at", None)
    sets: Any = {name: frozenset(tuple(each) if isinstance(each, list) else each for each in held) for name, held in kept.items()}
    return Change(**sets, at=datetime.fromisoformat(at) if at else None)


def context(sent: QueryDict, preview: Preview, file: str, person: Person) -> dict[str, Any]:
    """For `tree/change_preview.html`: `?xem=` one list alone, a page at a time; else the first rows of each."""
    facts, change = preview.facts, change_in(preview.facts)
    chosen = asked_list(sent, preview, change, person, OWN)
    mark = facts["mark"]
    return {
        "file": file,
        "trail": trail("Xem trước", person),
        "mark": mark,
        "version": mark[:12],
        "has_changed": bool(sent.get("ban")) and sent["ban"] != mark[:12],
        "recorded": facts["recorded"],
        "problems_count": format_int(preview.counts["cho-sai"]),
        "doubts_count": format_int(preview.counts["xem-lai"]),
        "count": format_int(preview.counts["su-kien"]),
        "ended": format_int(len(change.ended)),
        "posts_count": format_int(preview.counts["chuc-danh"]),
        "facts": facts,
        "query": f"ban={mark[:12]}&" if mark else "",
        "chosen": chosen,
        **({} if chosen or not mark else _touched(change)),
        "lists": [] if chosen else lists_of(preview, change, person, OWN, skip=() if mark else ("su-kien", "chuc-danh")),
    }


def _touched(change: Change) -> dict[str, Any]:
    """How many reports still to come are touched, and how many of everything else."""
    found = touched_by_ending(change.ended)
    others = REPORTS.count(change) - found.reports - found.received
    return {
        "own_count": format_int(found.reports),
        "drafts": format_int(found.drafts),
        "waiting": format_int(found.waiting),
        "received": format_int(found.received),
        "others": format_int(others),
        "has_reports": found.reports + found.received + others > 0,
        "first_due": format_day(due_day(found.first_due)) if found.first_due else "",
        "last_due": format_day(due_day(found.last_due)) if found.last_due else "",
        "touched": counts_of(change),
    }
