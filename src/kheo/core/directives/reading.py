"""A directive read as a whole: `read(text)`. Every item has its place in the text and how sure the rule is of it."""

import datetime
from dataclasses import dataclass, replace

from kheo.core.directives.around import head_begins
from kheo.core.directives.attached import plan_issued
from kheo.core.directives.body import Body, Span
from kheo.core.directives.casing import subject_in_running_text
from kheo.core.directives.citation import Citation
from kheo.core.directives.citations import citations, cited_days, without_notation
from kheo.core.directives.contents import named_contents
from kheo.core.directives.cut_offs import cut_offs, days_counted_to, with_cut_offs
from kheo.core.directives.dates import When
from kheo.core.directives.deadlines import deadlines, deadlines_of_tables
from kheo.core.directives.due import Deadline
from kheo.core.directives.figures import Figure, figures
from kheo.core.directives.foot import Foot, read_foot, subject_among
from kheo.core.directives.found import Found, Place
from kheo.core.directives.head import Head, Stamp, read_head
from kheo.core.directives.kinds import LETTER, WIRE, kind_of
from kheo.core.directives.landmarks import Title, addressed_at, annex_at, annex_title_at, foot_at, shown, title_of
from kheo.core.directives.notation import Notation
from kheo.core.directives.once import forget
from kheo.core.directives.opening import FIRST_BASIS, Opening, read_opening, without_about
from kheo.core.directives.outline import Item, read_annexes, top_level, with_annexes
from kheo.core.directives.paper import Line, Paper, rule
from kheo.core.directives.parting import of_the_paper, parted
from kheo.core.directives.people import is_upper
from kheo.core.directives.slips import Slip, slips
from kheo.core.directives.squeezing import squeezed, with_places_of_the_whole
from kheo.core.directives.sureness import with_sureness
from kheo.core.directives.tasks import Task, tasks
from kheo.core.directives.unfolding import unfolded

_TELLS_ABOVE = ("Báo cáo", "Tờ trình")  # whoever these are addressed to is told or asked for leave; the work is their author's
_HEAD_WITHOUT_END = 12  # lines: a paper with neither title nor addressees
_WHOLE_LINE = 90  # letters
_KINDLY = rule(r"\bkinh (?:gui|goi|trinh|chuyen)\b")


@dataclass(frozen=True)
class Directive:
    """What a paper says. None or empty: it does not say it."""

    paper: Paper
    kind: Found[str] | None
    notation: Found[Notation] | None
    date: Found[When] | None
    place: Found[str] | None
    issuer: Found[str] | None
    superior: Found[str] | None
    subject: Found[str] | None
    urgency: Found[str] | None
    secrecy: Found[str] | None
    stamp: Found[Stamp] | None
    signer: Found[str] | None
    signer_title: Found[str] | None
    addressees: list[Found[str]]
    copies: list[Found[str]]
    citations: list[Found[Citation]]
    outline: list[Item]
    contents: list[Found[str]]
    tasks: list[Found[Task]]
    deadlines: list[Found[Deadline]]
    figures: list[Found[Figure]]
    slips: list[Found[Slip]]

    @property
    def top_level(self) -> list[Item]:
        """The items of the highest numbered level of the body."""
        return top_level(self.outline)

    @property
    def is_wired(self) -> bool:
        """Whether the addressees are those of a wire (`CHỦ TỊCH … điện:`), and not of `Kính gửi`."""
        wire = self.kind is not None and self.kind.value == WIRE and bool(self.addressees)
        return wire and not _KINDLY.search(self.paper.bare, 0, self.addressees[0].place.start)


@dataclass(frozen=True)
class Secret:
    """A paper marked secret: nothing else is read of it (design: what Khéo will not do)."""

    mark: str


def read(text: str) -> Directive | Secret:
    """Read a paper. Any text gives an answer: what is not found is None."""
    try:
        return _read_laid_out(Paper(text))
    finally:
        forget()


def _read_laid_out(paper: Paper) -> Directive | Secret:
    """In lines, where they were run together; told of the paper as it was given, in which every place is the same."""
    laid_out = unfolded(paper.text)
    if laid_out == paper.text:
        return _read_whole(paper)
    found = _read_whole(Paper(laid_out))
    return found if isinstance(found, Secret) else replace(found, paper=paper)


def _read_whole(paper: Paper) -> Directive | Secret:
    short = squeezed(paper)
    if short is None:
        return _read_parted(paper)
    found = _read_parted(short.paper)
    return found if isinstance(found, Secret) else with_places_of_the_whole(found, short, paper)


def _read_parted(paper: Paper) -> Directive | Secret:
    """With blanks where words ran together; told of the paper without them."""
    parts = parted(paper)
    if parts is None:
        return _read(paper)
    found = _read(parts.short.paper)
    return found if isinstance(found, Secret) else of_the_paper(found, parts, paper)


def _read(paper: Paper) -> Directive | Secret:
    lines = shown(paper)
    begins = head_begins(paper, lines)
    lines = [line for line in lines if line.end > begins]
    title = title_of(paper, lines)
    addressed = addressed_at(paper, lines, title)
    head_end = _head_end(paper, lines, title, addressed)
    head = read_head(paper, head_end, begins, is_untitled=title is None and addressed is None)
    if head.secrecy:
        return Secret(head.secrecy.value)
    opening = read_opening(paper, title, addressed, head_end)
    foot_start = foot_at(paper, lines, opening.body)
    annex = annex_at(paper, lines, foot_start)
    body = Body(paper, opening.body, foot_start)
    return _put_together(paper, title, head, opening, body, read_foot(paper, foot_start, annex), Span(annex, len(paper.text)))


def _head_end(paper: Paper, lines: list[Line], title: Title | None, addressed: tuple[int, int] | None) -> int:
    if title and (addressed is None or title.start < addressed[0]):
        return title.start
    if addressed:
        return addressed[0]
    top = lines[:_HEAD_WITHOUT_END]
    return next((line.start for line in top if _is_of_the_body(paper, line)), top[-1].end if top else 0)


def _is_of_the_body(paper: Paper, line: Line) -> bool:
    """Running text of a whole line, or the first basis; a subject in capitals may be as long."""
    said = paper.clean[line.start : line.end]
    return (len(said) >= _WHOLE_LINE and not is_upper(said)) or bool(FIRST_BASIS.match(paper.bare[line.start : line.end]))


def _put_together(paper: Paper, title: Title | None, head: Head, opening: Opening, body: Body, foot: Foot, annex: Span) -> Directive:
    own = head.notation.value if head.notation else None
    contents = named_contents(body)
    named = without_notation(body)
    issued = head.date.value.date if head.date else None
    in_tables = deadlines_of_tables(paper, body.start, len(paper.text), issued)
    counted = cut_offs(body)
    no_limits = [*cited_days(body, named), *(Span(each.place.start, each.place.end) for each in in_tables), *days_counted_to(counted)]
    due = with_cut_offs(body, deadlines(body, issued, no_limits), counted)
    plan = plan_issued(paper, body.end, annex.start)
    if plan:
        due += _deadlines_of_plan(plan, issued, in_tables)
    subject = _subject(head.subject or (None if title else subject_among(paper, body, annex.start)), opening)
    found = Directive(
        paper=paper,
        kind=_kind(title, head, opening),
        notation=head.notation,
        date=head.date,
        place=head.place,
        issuer=head.issuer,
        superior=head.superior,
        subject=subject,
        urgency=head.urgency,
        secrecy=None,
        stamp=head.stamp,
        signer=foot.signer,
        signer_title=foot.title,
        addressees=opening.addressees,
        copies=foot.copies,
        citations=citations(body, annex, own, named, head.date.value if head.date else None, subject.place if subject else None),
        outline=with_annexes(body.outline, _annexes(paper, body.end, annex.start)),
        contents=contents,
        tasks=tasks(body, contents, [] if title and title.kind in _TELLS_ABOVE else opening.addressees),
        deadlines=sorted([*due, *in_tables], key=lambda each: each.place.start),
        figures=figures(body),
        slips=slips(paper),
    )
    return with_sureness(found)


def _deadlines_of_plan(plan: Body, issued: datetime.date | None, in_tables: list[Found[Deadline]]) -> list[Found[Deadline]]:
    """Those of what a decision issues; dated as the decision is."""
    counted = cut_offs(plan)
    rows = (Span(each.place.start, each.place.end) for each in in_tables)
    no_limits = [*cited_days(plan, without_notation(plan)), *rows, *days_counted_to(counted)]
    return with_cut_offs(plan, deadlines(plan, issued, no_limits), counted)


def _annexes(paper: Paper, foot: int, start: int) -> list[Item]:
    """The outline of what is attached."""
    if start >= len(paper.clean.rstrip()):
        return []
    begins = annex_title_at(paper, foot, start)
    return read_annexes(paper.clean, begins, begins)


def _kind(title: Title | None, head: Head, opening: Opening) -> Found[str] | None:
    """The title; without one what the notation tells; a paper with addressees and no title is a letter.

    `V/v` under the number is of letters alone (NĐ 30/2020, phụ lục I, mục II.5): the first letters of a notation are an office's then,
    though they may read as a kind (`1562/CT-TTHT` of a Cục Thuế, `/PB-KT` of the Cục Phòng bệnh).
    """
    if title:
        return Found(title.kind, Place(title.start, title.end))
    if head.notation and head.subject and opening.addressees:
        return Found(LETTER, head.notation.place, 0.9)
    if head.notation:
        told = kind_of(head.notation.value.symbol)
        return Found(told or LETTER, head.notation.place, 0.9 if told == LETTER else 0.6)
    if opening.addressees:
        return Found(LETTER, opening.addressees[0].place, 0.6)
    return None


def _subject(of_head: Found[str] | None, opening: Opening) -> Found[str] | None:
    """Under the title, else after `V/v`; without the words of introduction. A subject in capitals is told as running text."""
    found = opening.subject or of_head
    if found is None:
        return None
    said = without_about(found.value)
    told = subject_in_running_text(said) if is_upper(said) else said
    return Found(told, found.place, found.sure) if told else None
