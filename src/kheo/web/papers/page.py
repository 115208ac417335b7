"""What the page of a recipient's papers shows, and the names that papers have."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from kheo.campaigns.models import Cycle
from kheo.core.days import format_instant, local_day
from kheo.core.numbers import format_int
from kheo.core.workflow import REVIEWING
from kheo.documents.profiles import profile_for
from kheo.org.access import Person
from kheo.reports.queries.calling import LetterLine, late_count, letters_of, owed_count
from kheo.reports.queries.cycle_papers import issuer_of

# A paper's file name without its ending, and the endings that there are.
Name = tuple[str, tuple[str, ...]]
REPORT: Name = ("bao-cao", ("docx", "pdf"))
RECEIPT: Name = ("bien-nhan", ("docx", "pdf"))
LIST: Name = ("danh-sach-nop", ("docx", "pdf", "xlsx"))
LETTER: Name = ("cong-van-don-doc", ("docx", "pdf"))


def ending_of(name: str, paper: Name) -> str:
    """The ending of a file name that is one of the paper's, or nothing."""
    stem, dot, ending = name.partition(".")
    return ending if dot and stem == paper[0] and ending in paper[1] else ""


def context(cycle: Cycle, unit: int, person: Person, now: datetime) -> dict[str, Any]:
    """For `papers/papers.html`."""
    issuer = issuer_of(cycle, unit, local_day(now))
    late = late_count(cycle, unit, now)
    return {
        "cycle": cycle,
        "recipient": unit,
        "name": issuer.name,
        "profile": profile_for(issuer.kind, local_day(now)),
        "late": format_int(late) if late else "",
        "owed": format_int(owed_count(cycle, unit)),
        "can_call_in": bool(late) and unit in person.units_as(*REVIEWING),
        "letters": [_letter(each) for each in letters_of(cycle, unit)],
        "trail": [{"label": "Duyệt báo cáo", "url": reverse("board", args=[cycle.pk, unit])}, {"label": "Giấy tờ của kỳ", "url": ""}],
    }


def _letter(each: LetterLine) -> dict[str, Any]:
    return {
        "id": each.letter_id,
        "when": format_instant(each.made_at),
        "who": each.made_by,
        "units": format_int(each.units),
        "came": format_int(each.came_since),
    }
