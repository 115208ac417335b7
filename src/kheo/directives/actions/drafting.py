"""Drafts of campaigns: begun from papers, corrected, given up, published. A paper marked secret stops all and nothing is kept."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from kheo.campaigns.actions import publish
from kheo.core.directives.reading import Secret, read
from kheo.core.drafting.papers import LONGEST, TOO_LONG, TooLong, cut_papers
from kheo.core.drafting.plans import PlanDays
from kheo.core.drafting.writing import as_yaml
from kheo.core.text import written as as_kept
from kheo.directives.actions.outcomes import MOVED_ON, Refused, refused
from kheo.directives.actions.papers import SECRET
from kheo.directives.actions.writing import written
from kheo.directives.models import Directive, DraftedFrom, Drafting
from kheo.directives.queries.drafting import checked, drafted
from kheo.journal.actions import Actor

_MOST_CHANGES = 2_000


@dataclass(frozen=True)
class Changes:
    """What a person sent from the page of a draft: fields as typed, indicators chosen by task ("": none), open places looked at.

    `slips`: (turn of the paper, start, original, proposed) of those to be mended in the text.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    seen: Collection[str] = ()
    slips: Collection[tuple[int, int, str, str]] = ()


def begin_drafting(
    unit: int, papers: Iterable[tuple[str, str, str]], sources: Collection[Directive] = (), *, plans: PlanDays, by: Actor, at: datetime
) -> Drafting | Refused:
    """`papers`: file name, text, encoding; one text may hold several papers. `sources`: papers of the books, which are read as well.

    `plans`, here and below: the registers of plans that are kept (`registers.queries.plans.plan_days`, a room below this one).
    """
    kept = [(str(each) or each.subject, each.text, "") for each in sources]
    try:
        rows = [
            {"file": file[:200], "text": part, "encoding": encoding}
            for file, text, encoding in (*kept, *papers)
            if text.strip()
            for part in cut_papers(text)
        ]
    except TooLong:
        return refused(TOO_LONG, "text")
    if not rows:
        return refused(_nothing_to_read(sources), "text")
    if sum(len(row["text"]) for row in rows) > LONGEST:
        return refused(TOO_LONG, "text")
    for row in rows:
        directive = read(row["text"])
        if isinstance(directive, Secret):
            return refused(SECRET.format(mark=directive.mark), "text")
    return _begun(unit, rows, sources, plans, by, at)


def _nothing_to_read(sources: Collection[Directive]) -> str:
    if not sources:
        return "Hãy dán văn bản hoặc chọn tệp."
    named = "; ".join(str(each) or each.subject for each in sources)
    return f"Trong sổ chưa có chữ của {named}: hãy dán chữ của văn bản ấy hoặc chọn tệp."


@transaction.atomic
def _begun(unit: int, rows: list[dict[str, str]], sources: Collection[Directive], plans: PlanDays, by: Actor, at: datetime) -> Drafting:
    made = Drafting(unit_id=unit, name="", papers=rows, written_by=_who(by), written_at=at)
    made.name = drafted(made, plans).draft.data["name"][:300]
    made.save()
    DraftedFrom.objects.bulk_create(DraftedFrom(drafting=made, directive=each) for each in sources)
    written(made, "begin_drafting", unit=unit, by=by, at=at, papers=len(rows))
    return made


@dataclass(frozen=True)
class Held:
    """A change that was not kept: `who` had written `theirs` into the same field since the page was opened."""

    mine: str
    theirs: str
    who: str


@dataclass(frozen=True)
class Kept:
    """The draft with what was kept; by key what was held back; `others`: who else had written since the page was opened."""

    row: Drafting
    held: Mapping[str, Held] = field(default_factory=dict)
    others: tuple[str, ...] = ()


@transaction.atomic
def correct_drafting(number: int, version: int, changes: Changes, *, plans: PlanDays, by: Actor, at: datetime) -> Kept | Refused:
    """Keep what a person changed, each with what it was before; nothing else is touched.

    `version`: of the page that was corrected. What two people changed in different fields is kept of both; of the same field the
    second one's is held back, and told beside the first's.
    """
    row = _open(number)
    if isinstance(row, Refused):
        return row
    since = {each["key"]: each for each in row.corrections if each.get("version", 0) > version}
    held = {
        key: Held(as_kept(value), since[key]["now"], since[key]["by"])
        for told in (changes.typed, changes.chosen)
        for key, value in told.items()
        if key in since and since[key]["now"] != as_kept(value)
    }
    kept = list(_kept(row, changes, held))
    if len(row.corrections) + len(kept) > _MOST_CHANGES:
        return refused("Bản nháp này đã sửa quá nhiều lần; hãy tải tệp YAML về và sửa tiếp ở đó.")
    if kept:
        who, when = _who(by), at.isoformat()
        made = {"by": who, "at": when, "version": row.version + 1}
        row.corrections = [*row.corrections, *({**each, **made} for each in kept)]
        row.name = drafted(row, plans).draft.data["name"][:300]
        _save(row, "correct_drafting", by, at, keys=[each["key"] for each in kept])
    return Kept(row, held, tuple(dict.fromkeys(each["by"] for each in since.values())))


def _kept(row: Drafting, changes: Changes, held: Collection[str]) -> Iterable[dict[str, Any]]:
    for turn, start, original, proposed in sorted(changes.slips, reverse=True):  # from the end: places before stay places
        if turn < len(row.papers) and row.papers[turn]["text"][start : start + len(original)] == original:
            text = row.papers[turn]["text"]
            row.papers[turn]["text"] = text[:start] + proposed + text[start + len(original) :]
            yield {"key": f"text.{turn}.{start}", "was": original, "now": proposed}
    for name, told in (("typed", changes.typed), ("chosen", changes.chosen)):
        kept = getattr(row, name)
        for key, value in told.items():
            if key not in held and kept.get(key) != as_kept(value):
                yield {"key": key, "was": kept.get(key, ""), "now": as_kept(value)}
                kept[key] = as_kept(value)
    fresh = sorted(set(changes.seen) - set(row.seen))
    row.seen = [*row.seen, *fresh]
    yield from ({"key": key, "was": "", "now": "đã xem"} for key in fresh)


@transaction.atomic
def discard_drafting(number: int, version: int, *, by: Actor, at: datetime) -> Drafting | Refused:
    """Give a draft up: it is out of the list and stays in the books."""
    row = _locked(number, version)
    if isinstance(row, Refused):
        return row
    row.state = "discarded"
    _save(row, "discard_drafting", by, at)
    return row


@transaction.atomic
def publish_drafting(number: int, version: int, *, plans: PlanDays, by: Actor, at: datetime) -> Drafting | Refused:
    """Freeze the draft as the campaign's next edition, only where its check finds nothing."""
    row = _locked(number, version)
    if isinstance(row, Refused):
        return row
    made = drafted(row, plans)
    text = as_yaml(made.draft)
    problems = [*checked(text).problems]
    if problems or made.wrong:
        return Refused(tuple(problems)) if problems else refused(" ".join(made.wrong.values()))
    result = publish(text, f"nhap-{row.pk}.yaml", by=by, at=at)
    if result.edition is None:
        return Refused(result.problems)
    row.state, row.edition = "published", result.edition
    _save(row, "publish_drafting", by, at, edition=result.edition.pk)
    return row


def _open(number: int) -> Drafting | Refused:
    row = Drafting.objects.select_for_update().get(pk=number)
    return row if row.state == "open" else refused("Bản nháp này đã công bố hoặc đã bỏ, không sửa được nữa.")


def _locked(number: int, version: int) -> Drafting | Refused:
    row = _open(number)
    return row if isinstance(row, Refused) or row.version == version else MOVED_ON


def _save(row: Drafting, act: str, by: Actor, at: datetime, **told: Any) -> None:
    row.version += 1
    row.written_by, row.written_at = _who(by), at
    row.save()
    written(row, act, unit=row.unit_id, by=by, at=at, **told)


def _who(by: Actor) -> str:
    return f"{by.name} ({by.post})" if by.post else by.name
