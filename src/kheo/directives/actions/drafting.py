"""Drafts of campaigns: begun from papers, corrected, given up, published. A paper marked secret stops all and nothing is kept."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from kheo.campaigns.actions import publish
from kheo.core.directives.reading import Secret, read
from kheo.core.drafting.papers import cut_papers
from kheo.core.drafting.writing import as_yaml
from kheo.core.text import written
from kheo.directives.actions.outcomes import MOVED_ON, Refused, refused
from kheo.directives.actions.papers import SECRET
from kheo.directives.models import Drafting
from kheo.directives.queries.drafting import checked, drafted
from kheo.journal.actions import Actor, record

LONGEST = 400_000  # letters of all papers together: a campaign's letter is ten pages
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


def begin_drafting(unit: int, papers: Iterable[tuple[str, str, str]], *, by: Actor, at: datetime) -> Drafting | Refused:
    """`papers`: file name, text, encoding. One text may hold several papers."""
    rows = [
        {"file": file[:200], "text": part, "encoding": encoding}
        for file, text, encoding in papers
        if text.strip()
        for part in cut_papers(text)
    ]
    if not rows:
        return refused("Hãy dán văn bản hoặc chọn tệp.", "text")
    if sum(len(row["text"]) for row in rows) > LONGEST:
        return refused(f"Các văn bản dài quá: tối đa {LONGEST // 1000} nghìn ký tự cho một bản nháp.", "text")
    for row in rows:
        directive = read(row["text"])
        if isinstance(directive, Secret):
            return refused(SECRET.format(mark=directive.mark), "text")
    return _begun(unit, rows, by, at)


@transaction.atomic
def _begun(unit: int, rows: list[dict[str, str]], by: Actor, at: datetime) -> Drafting:
    made = Drafting(unit_id=unit, name="", papers=rows, written_by=_who(by), written_at=at)
    made.name = drafted(made).draft.data["name"][:300]
    made.save()
    record("begin_drafting", by=by, at=at, object_type="drafting", object_id=made.pk, unit_id=unit, papers=len(rows))
    return made


@transaction.atomic
def correct_drafting(number: int, version: int, changes: Changes, *, by: Actor, at: datetime) -> Drafting | Refused:
    """Keep what a person changed, each with what it was before; nothing else is touched."""
    row = _locked(number, version)
    if isinstance(row, Refused):
        return row
    kept = list(_kept(row, changes))
    if len(row.corrections) + len(kept) > _MOST_CHANGES:
        return refused("Bản nháp này đã sửa quá nhiều lần; hãy tải tệp YAML về và sửa tiếp ở đó.")
    if kept:
        who, when = _who(by), at.isoformat()
        row.corrections = [*row.corrections, *({**each, "by": who, "at": when} for each in kept)]
        row.name = drafted(row).draft.data["name"][:300]
        _save(row, by, at)
        keys = [each["key"] for each in kept]
        record("correct_drafting", by=by, at=at, object_type="drafting", object_id=row.pk, unit_id=row.unit_id, keys=keys)
    return row


def _kept(row: Drafting, changes: Changes) -> Iterable[dict[str, Any]]:
    for turn, start, original, proposed in sorted(changes.slips, reverse=True):  # from the end: places before stay places
        if turn < len(row.papers) and row.papers[turn]["text"][start : start + len(original)] == original:
            text = row.papers[turn]["text"]
            row.papers[turn]["text"] = text[:start] + proposed + text[start + len(original) :]
            yield {"key": f"text.{turn}.{start}", "was": original, "now": proposed}
    for name, told in (("typed", changes.typed), ("chosen", changes.chosen)):
        kept = getattr(row, name)
        for key, value in told.items():
            if kept.get(key) != value:
                yield {"key": key, "was": kept.get(key, ""), "now": written(value)}
                kept[key] = written(value)
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
    _save(row, by, at)
    record("discard_drafting", by=by, at=at, object_type="drafting", object_id=row.pk, unit_id=row.unit_id)
    return row


@transaction.atomic
def publish_drafting(number: int, version: int, *, by: Actor, at: datetime) -> Drafting | Refused:
    """Freeze the draft as the campaign's next edition, only where its check finds nothing."""
    row = _locked(number, version)
    if isinstance(row, Refused):
        return row
    made = drafted(row)
    text = as_yaml(made.draft)
    problems = [*checked(text).problems]
    if problems or made.wrong:
        return Refused(tuple(problems)) if problems else refused(" ".join(made.wrong.values()))
    result = publish(text, f"nhap-{row.pk}.yaml", by=by, at=at)
    if result.edition is None:
        return Refused(result.problems)
    row.state, row.edition = "published", result.edition
    _save(row, by, at)
    record("publish_drafting", by=by, at=at, object_type="drafting", object_id=row.pk, unit_id=row.unit_id, edition=result.edition.pk)
    return row


def _locked(number: int, version: int) -> Drafting | Refused:
    row = Drafting.objects.select_for_update().get(pk=number)
    if row.state != "open":
        return refused("Bản nháp này đã công bố hoặc đã bỏ, không sửa được nữa.")
    return row if row.version == version else MOVED_ON


def _save(row: Drafting, by: Actor, at: datetime) -> None:
    row.version += 1
    row.written_by, row.written_at = _who(by), at
    row.save()


def _who(by: Actor) -> str:
    return f"{by.name} ({by.post})" if by.post else by.name
