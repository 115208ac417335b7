"""Whether due dates stand as the extensions left them, and extensions, requests and answers as the journal tells."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

from kheo.campaigns.models import Cycle
from kheo.journal.models import JournalEntry
from kheo.journal.queries import entries_about
from kheo.reports.models import Extension, ExtensionRequest, Obligation
from kheo.reports.queries.history import OBJECT

Told = dict[int, list[tuple[Any, ...]]]


def first_due(cycle: Cycle) -> dict[int, datetime]:
    """What the due instant was at the opening, by obligation, where it was moved: the first `before` of its extensions."""
    rows = Extension.objects.filter(obligation__cycle=cycle).order_by("-pk")
    return dict(rows.values_list("obligation_id", "before"))


def extension_faults(cycle: Cycle, names: Mapping[int, str]) -> Iterator[str]:
    """Every disagreement about more time in a cycle; `names` by unit."""
    moved, asked, answered = _kept(cycle)
    told = _told(cycle)
    wrong = {
        "Gia hạn": (moved, told["extend_due"]),
        "Đề nghị gia hạn": (asked, told["ask_extension"]),
        "Trả lời đề nghị gia hạn": (answered, told["answer_extension"]),
    }
    units = dict(Obligation.objects.filter(cycle=cycle).values_list("pk", "unit_id"))
    for words, (kept, journal) in wrong.items():
        for obligation in sorted(kept.keys() | journal.keys()):
            if kept.get(obligation) != journal.get(obligation):
                unit = units.get(obligation)
                yield f"{words} không như nhật ký ghi: {names.get(unit or 0)}, kỳ {cycle.code} (obligation {obligation})."
    yield from _moved_otherwise(cycle, moved, names)


def _kept(cycle: Cycle) -> tuple[Told, Told, Told]:
    """Extensions, requests and answers by obligation, in the order of their writing."""
    moved: Told = defaultdict(list)
    for each in Extension.objects.filter(obligation__cycle=cycle).order_by("pk"):
        moved[each.obligation_id].append((each.before, each.after, each.reason, each.granted_at, each.granted_by))
    asked: Told = defaultdict(list)
    answered: Told = defaultdict(list)
    for request in ExtensionRequest.objects.filter(obligation__cycle=cycle).select_related("answer").order_by("pk"):
        asked[request.obligation_id].append((request.wanted, request.reason, request.asked_at, request.asked_by))
        answer = getattr(request, "answer", None)
        if answer:
            facts = (answer.is_granted, request.wanted, answer.reason, answer.answered_at, answer.answered_by)
            answered[request.obligation_id].append(facts)
    return moved, asked, answered


def _told(cycle: Cycle) -> Mapping[str, Told]:
    """The same as the journal has it, by act."""
    told: dict[str, Told] = {act: defaultdict(list) for act in TELLERS}
    about = Obligation.objects.filter(cycle=cycle).values("pk")
    for entry in entries_about(OBJECT, about, tuple(TELLERS)):
        told[entry.act][entry.object_id].append((*TELLERS[entry.act](entry.detail), *_signed(entry)))
    return told


def _signed(entry: JournalEntry) -> tuple[str, datetime, str]:
    return entry.detail.get("reason", ""), entry.at, entry.actor_name


def _instant(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


TELLERS: Mapping[str, Callable[[Mapping[str, Any]], tuple[Any, ...]]] = {
    "extend_due": lambda detail: (_instant(detail.get("before")), _instant(detail.get("after"))),
    "ask_extension": lambda detail: (_instant(detail.get("wanted")),),
    "answer_extension": lambda detail: (detail.get("is_granted"), _instant(detail.get("wanted"))),
}


def _moved_otherwise(cycle: Cycle, moved: Told, names: Mapping[int, str]) -> Iterator[str]:
    """Due instants that no chain of extensions leads to. (Those without any are held by the promise of the opening.)"""
    rows = Obligation.objects.filter(cycle=cycle, pk__in=moved) | Obligation.objects.filter(cycle=cycle, promised_at__isnull=False)
    for owed in rows.order_by("pk"):
        steps = moved.get(owed.pk, [])
        is_chain = bool(steps) and all(one[1] == next_one[0] for one, next_one in pairwise(steps))
        if not is_chain or (owed.promised_at, owed.due_at) != (steps[0][0], steps[-1][1]):
            yield f"Hạn nộp không khớp các lần gia hạn: {names.get(owed.unit_id)}, kỳ {cycle.code} (obligation {owed.pk})."
