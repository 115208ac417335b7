"""Remarks as they come from the page: one form holds the fields of every cell, only what differs is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.http import QueryDict

from kheo.campaigns.queries import definition_of
from kheo.core.checking import SECTION
from kheo.core.text import written
from kheo.reports.access import Person, Reached
from kheo.reports.actions import Refusal, remark
from kheo.reports.queries.review import notes_on
from kheo.web.review.sheet import NOTE


@dataclass(frozen=True)
class Outcome:
    """The place of the last remark that was taken; or why one was not, with every text that is still only typed."""

    last: str = ""
    refusal: Refusal | None = None
    left: Mapping[str, str] = field(default_factory=dict)


def read_remarks(form: QueryDict, reached: Reached) -> dict[str, str]:
    """The typed texts by cell or section; names that are no place of this report are left out."""
    definition = definition_of(reached.cycle.edition_id)
    targets = [cell.key for cell in definition.cells] + [f"{SECTION}{section.id}" for section in definition.outline]
    return {target: form.get(f"{NOTE}{target}", "") for target in targets if f"{NOTE}{target}" in form}


def write_remarks(person: Person, reached: Reached, typed: Mapping[str, str], *, version: int, at: datetime) -> Outcome:
    """Write those that differ from what is kept, each by itself; stops at the first that is refused."""
    revision = reached.report.latest if reached.report else None
    kept = {target: note.text for target, note in notes_on(revision).items()} if revision else {}
    changed = {target: text for target, text in typed.items() if written(text).strip() != kept.get(target, "")}
    last = ""
    for place, (target, text) in enumerate(changed.items()):
        outcome = remark(reached.obligation.pk, target=target, text=text, version=version, by=person, at=at)
        if isinstance(outcome, Refusal):
            return Outcome(last, outcome, dict(list(changed.items())[place:]))
        last = target
    return Outcome(last)
