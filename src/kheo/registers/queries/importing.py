"""Tables on their way into a register: how many rows of each kind, and the rows themselves, a page at a time."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db.models import Count, Q, QuerySet

from kheo.core.registers.table_heads import CODE
from kheo.registers.models import EntryImport, ImportRow

RECENT = 10


@dataclass(frozen=True)
class Counts:
    """How many rows there are of each plan, how many of the new ones may be there already, and what became of them so far.

    `new_lines`, `changed_lines`: how many of the new and changed ones stand in the table of lines.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    doubtful: int = 0
    written: int = 0
    failed: int = 0
    waiting: int = 0
    new_lines: int = 0
    changed_lines: int = 0

    def to_write(self, takes_doubtful: bool) -> int:
        """How many would be written."""
        return self.new + self.changed - (0 if takes_doubtful else self.doubtful)

    def by_tab(self) -> dict[str, int]:
        """How many rows stand in each tab of `in_tab`."""
        return self.told() | {"new": self.new - self.doubtful}

    def told(self) -> dict[str, int]:
        """For the journal."""
        return asdict(self)


def counts_of(table: EntryImport) -> Counts:
    """One query."""
    plans = {plan: Count("pk", filter=Q(plan=plan)) for plan in ("new", "changed", "same", "refused")}
    results = {result: Count("pk", filter=Q(result=result)) for result in ("written", "failed")}
    lines = {f"{plan}_lines": Count("pk", filter=Q(plan=plan, of_lines=True)) for plan in ("new", "changed")}
    doubtful, waiting = Count("pk", filter=Q(is_doubtful=True)), Count("pk", filter=Q(result=""))
    return Counts(**ImportRow.objects.filter(table=table).aggregate(**plans, **results, **lines, doubtful=doubtful, waiting=waiting))


def rows_of(table: EntryImport, *, tab: str, skip: int = 0, most: int = 50) -> Sequence[ImportRow]:
    """The rows of a tab, in the order of the file: one query."""
    return list(in_tab(table, tab).select_related("entry").order_by("of_lines", "number")[skip : skip + most])


def in_tab(table: EntryImport, tab: str) -> QuerySet[ImportRow]:
    """Before it is confirmed by plan, the doubtful ones apart; afterwards by what became of them."""
    rows = ImportRow.objects.filter(table=table)
    if tab == "doubtful":
        return rows.filter(is_doubtful=True)
    if tab in ("written", "failed"):
        return rows.filter(result=tab)
    return rows.filter(plan=tab, is_doubtful=False) if tab == "new" else rows.filter(plan=tab)


def unwritten(table: EntryImport) -> Sequence[ImportRow]:
    """Rows that are to be mended and sent again: refused when they were looked at, or when it was their turn.

    A line of an entry that was new in the same table and is written by now names it by its code.
    """
    rows = ImportRow.objects.filter(table=table).filter(Q(plan=ImportRow.REFUSED) | Q(result=ImportRow.FAILED))
    found = list(rows.order_by("of_lines", "number"))
    tied = {row.detail["of_row"] for row in found if row.of_lines and row.detail["of_row"]}
    made = ImportRow.objects.filter(table=table, of_lines=False, number__in=tied, result=ImportRow.WRITTEN)
    codes = dict(made.values_list("number", "entry__code")) if tied else {}
    for row in found:
        if row.of_lines and row.detail["of_row"] in codes:
            row.detail["cells"][CODE] = codes[row.detail["of_row"]]
    return found


def unfinished_import(number: int) -> EntryImport | None:
    """A confirmed table that still has rows to be written."""
    rows = EntryImport.objects.select_related("register", "sent_by")
    return rows.filter(pk=number, confirmed_at__isnull=False, finished_at__isnull=True).first()


def recent_imports(user: int, register: int) -> Sequence[EntryImport]:
    """The last tables of somebody in a register."""
    return list(EntryImport.objects.filter(sent_by=user, register=register).order_by("-pk")[:RECENT])


def written_before(table: EntryImport) -> EntryImport | None:
    """The same file, confirmed by the same person before."""
    same = EntryImport.objects.filter(sent_by=table.sent_by_id, register=table.register_id, sha256=table.sha256, pk__lt=table.pk)
    return same.filter(confirmed_at__isnull=False).order_by("-pk").first()
