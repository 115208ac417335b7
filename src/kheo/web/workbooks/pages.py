"""What the pages of Nộp bằng Excel show."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from kheo.campaigns.queries import definition_of
from kheo.core.checking import EXPLAIN, SECTION, label_of
from kheo.core.days import format_instant
from kheo.core.definition import Definition
from kheo.core.workflow import REVIEWING, STATE_NAMES, Act
from kheo.files.unpacking import MEGABYTE, Bounds
from kheo.org.access import Person
from kheo.reports.access import WRITING, Reached, batch_files, may
from kheo.reports.actions import Refusal
from kheo.reports.actions.merging import Change
from kheo.reports.actions.planning import NEEDS as NEED_OF
from kheo.reports.actions.planning import Answers
from kheo.reports.models import WorkbookBatch, WorkbookFile
from kheo.reports.queries.history import figure_words
from kheo.reports.queries.tasks import heads_of
from kheo.reports.queries.workbook_batches import batch_counts, recent_batches, undecided, unit_names
from kheo.web.reach import PageRequest
from kheo.web.trails import Trail, from_home
from kheo.web.workbooks.words import ORDER, TAGS, about, faults_of

PAGE = 50
TITLE = "Nộp bằng Excel"


def trail(*steps: tuple[str, str]) -> Trail:
    """Through the page where files are handed in."""
    return from_home((TITLE, reverse("workbook_upload")), *steps)


def upload_page(request: PageRequest, wanted: Reached | None, refusal: str, most_bytes: int, most_files: int) -> dict[str, Any]:
    """Where files are sent, what waits, what was sent last; `wanted`: the only report they may be of."""
    person = request.person
    report = [(f"{wanted.unit.name}: {wanted.cycle.name}", reverse("report", args=[wanted.obligation.pk]))] if wanted else []
    waiting = undecided(person.units_as(*WRITING), person.units_as(*REVIEWING))
    bounds = Bounds()
    return {
        "trail": from_home(*report, (TITLE, "")),
        "wanted": wanted,
        "refusal": refusal,
        "most_bytes": most_bytes,
        "most_files": most_files,
        "most_megabytes": most_bytes // MEGABYTE,
        "each_megabytes": bounds.each // MEGABYTE,
        "each_bytes": bounds.each,
        "is_receiver": bool(person.units_as(*REVIEWING)),
        "waiting": _rows(waiting),
        "batches": [{"batch": each, "when": format_instant(each.sent_at)} for each in recent_batches(person.user_id)],
    }


def _rows(files: Sequence[WorkbookFile]) -> list[dict[str, Any]]:
    names = unit_names(files)
    return [
        {
            "file": file,
            "unit": names.get(file.obligation_id or 0, ""),
            "cycle": file.obligation.cycle.name if file.obligation else "",
            "tag": TAGS[file.outcome],
            "about": about(file),
            "faults": faults_of(file),
            "version": _version(file),
        }
        for file in files
    ]


def _version(file: WorkbookFile) -> int:
    report = getattr(file.obligation, "report", None)
    return report.version if report else 0


def batch_page(request: PageRequest, batch: WorkbookBatch) -> dict[str, Any]:
    """Every file of a batch, or those of one outcome (`?xem=`), a page at a time."""
    counts = batch_counts(batch)
    asked = request.GET.get("xem", "")
    outcome = asked if asked in counts else ""
    total = counts[outcome] if outcome else sum(counts.values())
    page = Paginator(range(total), PAGE).get_page(request.GET.get("trang"))
    files = batch_files(request.person, batch, outcome=outcome, skip=page.start_index() - 1 if total else 0, most=PAGE)
    left = counts.get(WorkbookFile.WAITING, 0)
    return {
        "trail": trail((f"Gửi lúc {format_instant(batch.sent_at)}", "")),
        "batch": batch,
        "when": format_instant(batch.sent_at),
        "total": sum(counts.values()),
        "read": sum(counts.values()) - left,
        "left": left,
        "tabs": [
            {"outcome": each, "word": TAGS[each][1], "count": counts[each], "current": each == outcome} for each in ORDER if each in counts
        ],
        "outcome": outcome,
        "query": f"xem={outcome}&" if outcome else "",
        "page": page,
        "rows": _rows(files),
        "may_overwrite": any(file.need == WorkbookFile.OVERWRITE and file.outcome == WorkbookFile.DECIDE for file in files),
    }


def file_page(request: PageRequest, file: WorkbookFile, refusal: Refusal | None, reason: str) -> dict[str, Any]:
    """One file: every problem in it, or what storing it would change."""
    shown = _rows([file])[0]
    is_mine = file.batch.sent_by_id == request.person.user_id
    steps = [(f"Gửi lúc {format_instant(file.batch.sent_at)}", reverse("workbook_batch", args=[file.batch_id]))] if is_mine else []
    return {
        **shown,
        "trail": trail(*steps, (file.name, "")),
        "sent": format_instant(file.batch.sent_at),
        "sender": file.batch.sender,
        "is_mine": is_mine,
        "refusal": refusal,
        "reason": reason,
        "problems": file.problems,
        "is_marked": bool(file.stored_id and file.obligation_id and file.problems),
        "is_own": bool(file.obligation and request.person.roles_at(file.obligation.answering_id) & WRITING),
        **(_decision(request.person, file) if file.outcome == WorkbookFile.DECIDE else {}),
    }


def _decision(person: Person, file: WorkbookFile) -> dict[str, Any]:
    """What is in the report and what is in the file, side by side in the order of the form; and whether this person may choose."""
    owed = file.obligation
    assert owed is not None
    report = getattr(owed, "report", None)
    state = owed.state_of(report)
    need = NEED_OF.get(state, WorkbookFile.OVERWRITE)
    acts = may(person, owed, state)
    wanted = {WorkbookFile.RECALL: Act.RECALL, WorkbookFile.REVISE: Act.REVISE}.get(need)
    definition = definition_of(owed.cycle.edition_id)
    cells, sections, notes = Answers.kept(file).against(report)
    return {
        "need_now": need,
        "state_name": STATE_NAMES[state],
        "may_store": wanted in acts if wanted else bool({Act.SAVE, Act.ENTER} & acts),
        "heads": heads_of([owed.answering_id], person.on).get(owed.answering_id, ()),
        "cells_changed": [_cell(definition, each.key, cells[each.key]) for each in definition.cells if each.key in cells],
        "sections_changed": [
            *(_text(definition, EXPLAIN + each.key, notes[each.key]) for each in definition.cells if each.key in notes),
            *(_text(definition, SECTION + each.id, sections[each.id]) for each in definition.outline if each.id in sections),
        ],
        "different": len(cells) + len(sections) + len(notes),
        "replaced": sum(change.before != "" for change in (*cells.values(), *sections.values(), *notes.values())),
    }


def _cell(definition: Definition, key: str, change: Change) -> dict[str, str]:
    before, after = (figure_words(definition, key, each) for each in (change.before, change.after))
    return {"label": label_of(definition, key), "before": before, "after": after}


def _text(definition: Definition, target: str, change: Change) -> dict[str, Any]:
    return {"label": label_of(definition, target), "before": change.before, "after": change.after}
