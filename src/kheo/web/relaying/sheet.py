"""What “Chuyển xuống dưới” works with: the directive as an order, the dates moved, the units below, the letter."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from kheo.campaigns.queries import relay_rule, working_calendar
from kheo.core.directives.opening import without_about
from kheo.core.directives.reading import Directive as Read
from kheo.core.directives.reading import read as read_text
from kheo.core.numbers import format_int
from kheo.core.paper_books.facts import PaperFacts
from kheo.core.relaying.dates import MovedDate, move_dates
from kheo.core.relaying.order import OrderAbove, order_of
from kheo.core.unit_kinds import kind_name
from kheo.directives.models import Arrival, Directive
from kheo.directives.queries.chain import first_above
from kheo.directives.queries.recipients import units_below, way_from_top
from kheo.documents.consolidated_report import LetterFacts
from kheo.documents.official import OfficialDocument
from kheo.documents.official_layout import render_official
from kheo.documents.profiles import PaperProfile, profile_for
from kheo.documents.relay_letter import RELAY_KINDS, Recipient, RelayDraft, relay_document
from kheo.documents.relay_text import relay_text
from kheo.org.queries import Placed
from kheo.reports.queries.letters import letter_from
from kheo.web.reach import PageRequest
from kheo.web.relaying.asked import Asked
from kheo.web.relaying.chain_page import NO_CALENDAR


@dataclass(frozen=True)
class Sheet:
    """Everything that the page, the draft and the sending share."""

    arrival: Arrival
    order: OrderAbove
    moved: tuple[MovedDate, ...]
    under: list[Placed]
    unit: Placed
    letter: LetterFacts
    profile: PaperProfile

    @property
    def symbol(self) -> str:
        """What stands after the number of a letter: `LĐLĐ`, to which the office adds its own sign."""
        return self.letter.abbreviation


def sheet_of(request: PageRequest, arrival: Arrival) -> Sheet | None:
    """None where the unit stands nowhere in the tree any more, or the number stands for no paper yet."""
    on, way = request.person.on, way_from_top(arrival.unit_id, request.person.on)
    if not way or arrival.directive is None:
        return None
    order = order_above(arrival.directive, first_above(arrival))
    moved = move_dates(order.deadlines, relay_rule(), way[-1].kind, on, working_calendar("vn") or NO_CALENDAR)
    under = units_below(arrival.unit_id, on)
    return Sheet(arrival, order, moved, under, way[-1], letter_from(way, on), profile_for(way[-1].kind, on))


def order_above(paper: Directive, first: Directive) -> OrderAbove:
    """What the book says of the paper and the dates that it asks; contents and tasks in the words of the first directive of the chain."""
    order, origin = _read(paper), _read(first)
    return replace(
        order, kind=paper.kind or order.kind, number=paper.full_number, issued_on=paper.issued_on, issuer=paper.issuer,
        subject=paper.subject, contents=origin.contents or order.contents, tasks=origin.tasks or order.tasks,
    )  # fmt: skip


def _read(paper: Directive) -> OrderAbove:
    found = read_text(paper.text) if paper.text else None
    return order_of(found) if isinstance(found, Read) else OrderAbove("", "", None, "", "")


def draft_of(sheet: Sheet, asked: Asked, request: PageRequest) -> tuple[RelayDraft, OfficialDocument]:
    """The letter as asked for."""
    dates = tuple(replace(each, day=day) for each, day in zip(sheet.moved, asked.days, strict=True))
    whom = tuple(Recipient(each.name, each.code, each.kind) for each in asked.recipients(sheet.under))
    drafter = asked.symbol.partition("-")[2] if not asked.kind else ""
    draft = RelayDraft(sheet.order, dates, whom, request.now, asked.plan_due, asked.kind, drafter)
    return draft, relay_document(draft, sheet.letter, sheet.profile)


def word_of(sheet: Sheet, asked: Asked, request: PageRequest) -> bytes:
    """The draft for Word."""
    return render_official(draft_of(sheet, asked, request)[1], sheet.profile)


def paper_of(sheet: Sheet, asked: Asked, request: PageRequest) -> tuple[PaperFacts, str]:
    """The letter as the book of outgoing papers has it, and its text."""
    draft, document = draft_of(sheet, asked, request)
    facts = PaperFacts(
        issuer=sheet.letter.issuer, superior=sheet.letter.superior, issued_on=request.person.on, kind=asked.kind or "Công văn",
        subject=without_about(asked.subject), signer=sheet.letter.name, signer_title=sheet.letter.post,
    )  # fmt: skip
    return facts, relay_text(document, draft)


def subject_of(sheet: Sheet) -> str:
    """The subject that the letter has at first: that of the directive."""
    return without_about(sheet.order.subject)


def recipients(under: list[Placed], asked: Asked) -> dict[str, Any]:
    """The units below by kind, with what is ticked."""
    kinds = [
        {
            "code": kind, "name": kind_name(kind), "count": format_int(count), "is_ticked": kind in asked.kinds,
            "units": [{"unit": each, "is_out": each.id in asked.left_out} for each in under if each.kind == kind],
        }
        for kind, count in Counter(each.kind for each in under).items()
    ]  # fmt: skip
    return {"kinds": kinds, "asked": asked}


def form(sheet: Sheet, asked: Asked) -> dict[str, Any]:
    """What the form shows."""
    return {
        **recipients(sheet.under, asked),
        "dates": [
            {
                "place": place, "number": place + 1, "moved": each, "typed": asked.typed[place],
                "problems": [problem.message for problem in asked.problems if problem.key == f"han-{place}"],
            }
            for place, each in enumerate(sheet.moved)
        ],
        "papers": [{"value": value, "words": value or "Công văn", "is_chosen": value == asked.kind} for value in RELAY_KINDS],
    }  # fmt: skip
