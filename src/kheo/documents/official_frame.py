"""Head and foot of an official document: two columns without borders, lines as borders of empty paragraphs."""

from collections.abc import Sequence

from kheo.documents.laid import Columns, Empty, Face, Line, Piece, Rule, Shape
from kheo.documents.metrics import balanced_lines, text_width
from kheo.documents.official import Letterhead, Signature
from kheo.documents.official_forms import DATE_OPENING, capacity_line, document_number, letter_subject, place_and_date
from kheo.documents.printable import one_line
from kheo.documents.profiles import PaperProfile
from kheo.documents.profiles.profile import LINE

_CENTRED = Shape(align="center")
# Millimetres kept free beside a text that must stay on one line.
_MARGIN = 3.0


def head(letterhead: Letterhead, profile: PaperProfile, letter: str = "") -> Columns:
    """Issuer and country or Party side by side, number and date below them (ô số 1–4 of the decree's annex).

    `letter` is the subject of a letter, which stands below its number (ô số 5b).
    """
    right = _country_width(letterhead, profile)
    left = profile.text_width - right
    face = Face(profile.place_date_size, italic=True)
    dated = _place_and_date_lines(letterhead, profile, right)
    subject = _letter_subject(letter, profile, left) if letter else []
    left_below = (_line(document_number(letterhead, profile), Face(profile.number_size), before=6), *subject)
    right_below = tuple(_line(text, face, before=None if index else 6) for index, text in enumerate(dated))
    return Columns((left, right), ((_issuer(letterhead, profile, left), _country(profile, right)), (left_below, right_below)))


def _country_width(letterhead: Letterhead, profile: PaperProfile) -> float:
    """Room for the country's name on one line, and for place and date where that leaves the issuer its least share."""
    country = max(text_width(each.text, each.size.value, bold=True) for each in profile.head)
    dated = text_width(place_and_date(letterhead), profile.place_date_size)
    widest = profile.text_width * (1 - profile.head_least_left_share)
    return min(widest, max(country, dated, profile.text_width * (1 - profile.head_left_share) - _MARGIN) + _MARGIN)


def _place_and_date_lines(letterhead: Letterhead, profile: PaperProfile, width: float) -> tuple[str, ...]:
    """On one line; where the place is too long for that, the date goes below it whole."""
    text = place_and_date(letterhead)
    place, comma, day = text.partition(f", {DATE_OPENING}")
    fits = text_width(text, profile.place_date_size) + _MARGIN / 2 <= width
    return (text,) if fits or not comma else (f"{place},", f"{DATE_OPENING}{day}")


def _line(text: str, face: Face, *, before: float | None = None) -> Line:
    return Line(text, face, Shape(align="center", before=before))


def _issuer(letterhead: Letterhead, profile: PaperProfile, width: float) -> tuple[Piece, ...]:
    """Superior in upright capitals, issuer in bold capitals, below a line of a part of the issuer's widest one, or the profile's sign."""
    inside = width - 2
    lines = []
    if letterhead.superior:
        superior = one_line(letterhead.superior.upper())
        face = Face(profile.superior_size)
        lines = [_line(text, face) for text in balanced_lines(superior, profile.superior_size, inside)]
    names = balanced_lines(one_line(letterhead.issuer.upper()), profile.issuer_size, inside, bold=True)
    lines += [_line(text, Face(profile.issuer_size, bold=True)) for text in names]
    if profile.forms.issuer_mark != LINE:
        return (*lines, _line(profile.forms.issuer_mark, Face(profile.issuer_size)))
    widest = max(text_width(text, profile.issuer_size, bold=True) for text in names)
    return (*lines, Rule(widest * profile.issuer_rule, width))


def _letter_subject(subject: str, profile: PaperProfile, width: float) -> list[Line]:
    """`V/v …` on even lines in the middle below the number."""
    lines = balanced_lines(letter_subject(subject, profile), profile.letter_subject_size, width - 4)
    face = Face(profile.letter_subject_size, italic=profile.forms.letter_subject_italic)
    return [_line(text, face, before=None if index else profile.letter_subject_gap) for index, text in enumerate(lines)]


def _country(profile: PaperProfile, width: float) -> tuple[Piece, ...]:
    """Name of the country and its motto, or the Party's, with a line below as long as the last of them."""
    last = profile.head[-1]
    lines = [_line(each.text, Face(each.size.value, bold=True)) for each in profile.head]
    return (*lines, Rule(text_width(last.text, last.size.value, bold=True), width))


def foot(recipients: Sequence[str], signature: Signature, profile: PaperProfile) -> tuple[Piece, ...]:
    """Recipients at the left, signature at the right, never split over two pages; room of four lines to sign and stamp."""
    left = profile.text_width * profile.foot_left_share
    right = profile.text_width - left
    sides = (_recipients(recipients, profile), _signature(signature, profile, right))
    return (Empty(Shape(exact_line=8, keep_next=True)), Columns((left, right), (sides,)))


def _recipients(recipients: Sequence[str], profile: PaperProfile) -> tuple[Piece, ...]:
    face = Face(profile.recipients_size)
    forms = profile.forms
    title = Face(
        profile.recipients_title_size, forms.recipients_title_bold, forms.recipients_title_italic, forms.recipients_title_underline
    )
    lines = [Line("Nơi nhận:", title)]
    for index, name in enumerate(recipients):
        end = "." if index == len(recipients) - 1 else forms.recipients_end
        lines.append(Line(f"- {one_line(name).rstrip('.,;')}{end}", face))
    return tuple(lines)


def _signature(signature: Signature, profile: PaperProfile, width: float) -> tuple[Piece, ...]:
    face = Face(profile.signature_size, bold=True)
    heads = [one_line(text.upper()) for text in (capacity_line(signature, profile), signature.post) if text]
    lines = [_line(text, face) for name in heads for text in balanced_lines(name, profile.signature_size, width - 4, bold=True)]
    room = (Empty(_CENTRED, face),) * 4
    return (*lines, *room, _line(one_line(signature.name) or " ", face))
