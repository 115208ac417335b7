"""What “Chuyển xuống dưới” works with: the directive as an order, the dates moved, the units below, the letter."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from kheo.campaigns.queries import relay_rule, working_calendar
from kheo.core.directives.opening import without_about
from kheo.core.directives.reading import Directive as Read
from kheo.core.directives.reading import read as read_text
from kheo.core.numbers import format_int
from kheo.core.paper_books.facts import PaperFacts
from kheo.core.relaying.bases import Basis, bases_of_way, cited_bases
from kheo.core.relaying.dates import MovedDate, move_dates
from kheo.core.relaying.order import OrderAbove, order_of
from kheo.core.unit_kinds import kind_name
from kheo.directives.models import Arrival, Directive
from kheo.directives.queries.chain import papers_above
from kheo.directives.queries.recipients import units_below, way_from_top
from kheo.documents.consolidated_report import LetterFacts
from kheo.documents.official import Letterhead, OfficialDocument
from kheo.documents.official_forms import notation_of
from kheo.documents.official_layout import render_official
from kheo.documents.profiles import PaperProfile, profile_for
from kheo.documents.relay_letter import RELAY_KINDS, Recipient, RelayDraft, relay_document, relayed_subject
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
        return self._symbol("")

    def symbol_of(self, asked: Asked) -> str:
        """What stands after the number, in the draft and in the book: as typed; a plan whose sign was left as proposed gets its kind's."""
        typed = asked.symbol.strip()
        return self._symbol(RELAY_KINDS[asked.kind]) if typed == self.symbol else typed

    def _symbol(self, kind_code: str) -> str:
        head = Letterhead("", "", "", kind_code, self.letter.abbreviation, "", None, 0)
        sign = notation_of(head, self.profile)
        return f"-{sign}" if self.profile.forms.number_joiner == "-" else sign


def sheet_of(request: PageRequest, arrival: Arrival) -> Sheet | None:
    """None where the unit stands nowhere in the tree any more, or the number stands for no paper yet."""
    on, way = request.person.on, way_from_top(arrival.unit_id, request.person.on)
    if not way or arrival.directive is None:
        return None
    order = order_above(papers_above(arrival))
    moved = move_dates(order.deadlines, relay_rule(), way[-1].kind, on, working_calendar("vn") or NO_CALENDAR)
    under = units_below(arrival.unit_id, on)
    return Sheet(arrival, order, moved, under, way[-1], letter_from(way, on), profile_for(way[-1].kind, on))


def order_above(way: Sequence[Directive]) -> OrderAbove:
    """What the book says of the paper that arrived, the last of its way, and the dates that it asks; contents and tasks in the words of
    the first directive of the way, which it rests on with all between.
    """
    paper, first = way[-1], read_again(way[0])
    last = first if len(way) == 1 else read_again(paper)
    order, origin = (order_of(each) if each else OrderAbove("", "", None, "", "") for each in (last, first))
    cited = [Basis(each.kind, each.full_number, each.issued_on, each.issuer, each.subject) for each in way]
    rests_on = [each for each in bases_of_way(cited_bases(first) if first else (), cited) if each != cited[-1]]
    return replace(
        order, kind=paper.kind or order.kind, number=paper.full_number, issued_on=paper.issued_on, issuer=paper.issuer,
        subject=paper.subject, contents=origin.contents or order.contents, tasks=origin.tasks or order.tasks, bases=tuple(rests_on),
    )  # fmt: skip


def read_again(paper: Directive) -> Read | None:
    """A paper of the books as its text is read today; None without a text."""
    found = read_text(paper.text) if paper.text else None
    return found if isinstance(found, Read) else None


def draft_of(sheet: Sheet, asked: Asked, request: PageRequest) -> tuple[RelayDraft, OfficialDocument]:
    """The letter as asked for."""
    dates = tuple(each.kept(day) for each, day in zip(sheet.moved, asked.days, strict=True))
    whom = tuple(Recipient(each.name, each.code, each.kind) for each in asked.recipients(sheet.under))
    about = without_about(asked.subject)
    draft = RelayDraft(sheet.order, dates, whom, request.now, asked.plan_due, asked.kind, sheet.symbol_of(asked), about)
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
    """The subject that the letter has at first: the carrying out of the directive."""
    return relayed_subject(sheet.order)


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
                "above_words": each.rhythm.words(each.rhythm.above) if each.rhythm else "",
                "problems": [problem.message for problem in asked.problems if problem.key == f"han-{place}"],
            }
            for place, each in enumerate(sheet.moved)
        ],
        "papers": [{"value": value, "words": value or "Công văn", "is_chosen": value == asked.kind} for value in RELAY_KINDS],
    }  # fmt: skip
