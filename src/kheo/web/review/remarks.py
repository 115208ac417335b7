"""Remarks as they come from the page: one form holds the fields of every cell, and only what its reader changed is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.http import QueryDict

from kheo.campaigns.queries import definition_of
from kheo.core.checking import SECTION, label_of
from kheo.org.access import Person
from kheo.reports.access import Reached
from kheo.reports.actions import Refusal, remark
from kheo.reports.queries.review import Note, notes_on
from kheo.web.review.sheet import BEFORE, NOTE, PHRASE
from kheo.web.vouching import said


@dataclass(frozen=True)
class Typed:
    """A remark as the page had it and as it was sent."""

    before: str
    after: str


@dataclass(frozen=True)
class Outcome:
    """The place of the last remark that was taken; or why one was not, with every text that is still only typed."""

    last: str = ""
    refusal: Refusal | None = None
    left: Mapping[str, str] = field(default_factory=dict)


def read_remarks(form: QueryDict, reached: Reached) -> dict[str, Typed]:
    """The remarks that the page's reader changed, by cell or section; names that are no place of this report are left out."""
    definition = definition_of(reached.cycle.edition_id)
    targets = [cell.key for cell in definition.cells] + [f"{SECTION}{section.id}" for section in definition.outline]
    sent = {target: Typed(form.get(f"{BEFORE}{target}", "").strip(), _words(form, target)) for target in targets}
    there = {target for target in targets if f"{NOTE}{target}" in form}
    return {target: typed for target, typed in sent.items() if target in there and typed.after.strip() != typed.before}


def _words(form: QueryDict, target: str) -> str:
    """What was written, and the phrase that was chosen besides."""
    words, phrase = form.get(f"{NOTE}{target}", ""), form.get(f"{PHRASE}{target}", "").strip()
    return said(form, " ".join(filter(None, (words.strip(), phrase))) if phrase else words, target)


def return_reason(form: QueryDict) -> str:
    """Why a report is returned: what was written, and the phrase that was chosen besides."""
    return said(form, " ".join(filter(None, (form.get("ly-do", "").strip(), form.get("cau-ly-do", "").strip()))))


def write_remarks(person: Person, reached: Reached, typed: Mapping[str, Typed], *, version: int, at: datetime) -> Outcome:
    """Write them, each by itself; stops at the first that is refused, or where a colleague has written something else meanwhile."""
    revision = reached.report.latest if reached.report else None
    kept = notes_on(revision) if revision else {}
    last = ""
    for place, (target, each) in enumerate(typed.items()):
        outcome = _overtaken(reached, kept.get(target), each) or remark(
            reached.obligation.pk, target=target, text=each.after, version=version, by=person, at=at
        )
        if isinstance(outcome, Refusal):
            return Outcome(last, outcome, {target: each.after for target, each in list(typed.items())[place:]})
        last = target
    return Outcome(last)


def _overtaken(reached: Reached, kept: Note | None, typed: Typed) -> Refusal | None:
    """Why a remark would wipe out one that its writer has not seen."""
    if kept is None or kept.text in (typed.before, typed.after.strip()):
        return None
    label = label_of(definition_of(reached.cycle.edition_id), kept.target)
    message = "Có người vừa ghi nhận xét khác ở cùng một chỗ. Hãy xem rồi ghi lại."
    return Refusal(message, changes=(f"{kept.author} ghi ở {label}: “{kept.text}”",))
