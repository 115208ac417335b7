"""Sources of paragraphs go where their paragraphs go: what every change of a section does to them, in the same transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kheo.core.passages import follow, paragraphs_of
from kheo.org.models import SnapshotUnit
from kheo.reports.models import Obligation, PassageSource, Report

Rewritten = Mapping[str, Sequence[object]]  # {section: [before, after]}


@dataclass(frozen=True)
class Lost:
    """A source whose paragraph is no longer in its section, and the sentence that says so."""

    source: int
    words: str


def follow_sections(drafts: Sequence[tuple[Report, Obligation, Rewritten]]) -> dict[int, tuple[Lost, ...]]:
    """After sections were rewritten by hand: move their sources along, and tell by obligation those that are lost.

    At most four statements for any number of drafts; none where no section was rewritten.
    """
    owed = [obligation for _, obligation, rewritten in drafts if rewritten]
    rows = PassageSource.objects.filter(report__obligation__in=[each.pk for each in owed]).select_related("report") if owed else ()
    of_report: dict[int, list[PassageSource]] = {}
    for row in sorted(rows, key=lambda each: each.pk):
        of_report.setdefault(row.report.obligation_id, []).append(row)
    moved: list[PassageSource] = []
    gone: list[PassageSource] = []
    for _, obligation, rewritten in drafts:
        for section, (before, after) in rewritten.items():
            own = [row for row in of_report.get(obligation.pk, ()) if row.section == section]
            if not own:
                continue
            moved += own
            gone += _follow(own, paragraphs_of(str(before)), paragraphs_of(str(after)))
    if moved:
        PassageSource.objects.bulk_update(moved, ["position", "text"])
    return _told(gone, owed)


def _follow(rows: Sequence[PassageSource], before: Sequence[str], after: Sequence[str]) -> list[PassageSource]:
    """Set the new places; gives the rows that lost theirs. What had gone before comes back with its text, word for word."""
    followed = follow(before, frozenset(row.position for row in rows if row.position is not None), after)
    place = {old: new for new, olds in enumerate(followed.made_of) for old in olds}
    gone: list[PassageSource] = []
    for row in rows:
        if row.position is None:
            row.position = after.index(row.text) if row.text in after else None
            continue
        row.position = place.get(row.position)
        if row.position is None:
            gone.append(row)
        else:
            row.text = after[row.position]
    return gone


def _told(gone: Sequence[PassageSource], owed: Sequence[Obligation]) -> dict[int, tuple[Lost, ...]]:
    if not gone:
        return {}
    units = PassageSource.objects.filter(pk__in=[row.pk for row in gone]).values_list("pk", "revision__report__obligation__unit_id")
    unit_of = dict(units)
    called = SnapshotUnit.objects.filter(snapshot=owed[0].cycle.snapshot_id, unit__in=unit_of.values())
    names = dict(called.values_list("unit_id", "name"))
    found: dict[int, tuple[Lost, ...]] = {}
    for row in gone:
        lost = Lost(row.pk, f"Mục {row.section} không còn đoạn lấy từ {names.get(unit_of[row.pk], '')}: “{_short(row.text)}”")
        found[row.report.obligation_id] = (*found.get(row.report.obligation_id, ()), lost)
    return found


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"
