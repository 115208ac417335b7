"""Head and foot of an official document: two columns without borders, lines as borders of empty paragraphs."""

from collections.abc import Sequence
from datetime import date

from kheo.documents.metrics import balanced_lines, text_width
from kheo.documents.official import Letterhead, Signature
from kheo.documents.paper import PaperProfile
from kheo.documents.printable import one_line
from kheo.documents.word import Face, Shape, cell, line, paragraph, row, rule, table

_CENTRED = Shape(align="center")
# Dots to write on: for a number, and for a day or a month.
_BLANK, _DAY_BLANK = "……", "......"
# Millimetres kept free beside a text that must stay on one line.
_MARGIN = 3.0


def head(letterhead: Letterhead, profile: PaperProfile) -> list[str]:
    """Issuer and country side by side, number and date below them (ô số 1–4 of the decree's annex)."""
    right = _country_width(letterhead, profile)
    left = profile.text_width - right
    face = Face(profile.place_date_size, italic=True)
    dated = _place_and_date_lines(letterhead, profile, right)
    rows = [
        row([cell(_issuer(letterhead, profile, left), left, middle=False), cell(_country(profile, right), right, middle=False)]),
        row(
            [
                cell([_line(document_number(letterhead), Face(profile.number_size), before=6)], left, middle=False),
                cell([_line(text, face, before=None if index else 6) for index, text in enumerate(dated)], right, middle=False),
            ]
        ),
    ]
    return [table(rows, (left, right), lined=False, padding=0)]


def _country_width(letterhead: Letterhead, profile: PaperProfile) -> float:
    """Room for the country's name on one line, and for place and date where that leaves the issuer its least share."""
    country = text_width(profile.country, profile.country_size, bold=True)
    dated = text_width(place_and_date(letterhead), profile.place_date_size)
    widest = profile.text_width * (1 - profile.head_least_left_share)
    return min(widest, max(country, dated, profile.text_width * (1 - profile.head_left_share) - _MARGIN) + _MARGIN)


def _place_and_date_lines(letterhead: Letterhead, profile: PaperProfile, width: float) -> tuple[str, ...]:
    """On one line; where the place is too long for that, the date goes below it whole."""
    text = place_and_date(letterhead)
    place, comma, day = text.partition(", ngày")
    fits = text_width(text, profile.place_date_size) + _MARGIN / 2 <= width
    return (text,) if fits or not comma else (f"{place},", f"ngày{day}")


def _line(text: str, face: Face, *, before: float | None = None) -> str:
    return line(text, face, Shape(align="center", before=before))


def _issuer(letterhead: Letterhead, profile: PaperProfile, width: float) -> list[str]:
    """Superior in upright capitals, issuer in bold capitals, a line below of two fifths of the issuer's widest line."""
    inside = width - 2
    lines = []
    if letterhead.superior:
        superior = one_line(letterhead.superior.upper())
        face = Face(profile.superior_size)
        lines = [_line(text, face) for text in balanced_lines(superior, profile.superior_size, inside)]
    names = balanced_lines(one_line(letterhead.issuer.upper()), profile.issuer_size, inside, bold=True)
    lines += [_line(text, Face(profile.issuer_size, bold=True)) for text in names]
    widest = max(text_width(text, profile.issuer_size, bold=True) for text in names)
    return [*lines, rule(widest * 0.4, width)]


def _country(profile: PaperProfile, width: float) -> list[str]:
    """Name of the country and its motto, with a line as long as the motto below."""
    return [
        _line(profile.country, Face(profile.country_size, bold=True)),
        _line(profile.motto, Face(profile.motto_size, bold=True)),
        rule(text_width(profile.motto, profile.motto_size, bold=True), width),
    ]


def document_number(letterhead: Letterhead) -> str:
    """`Số: 05/BC-LĐLĐ`: numbers below 10 with a leading zero; without a number, dots to write it on."""
    number = one_line(letterhead.number)
    number = number.zfill(2) if number.isdigit() else number or _BLANK
    return f"Số: {number}" + (f"/{one_line(letterhead.notation)}" if letterhead.notation else "")


def place_and_date(letterhead: Letterhead) -> str:
    """`TP. Hồ Chí Minh, ngày 05 tháng 02 năm 2023`; without a day, blanks to write it on."""
    day = (
        f"ngày {_DAY_BLANK} tháng {_DAY_BLANK} năm {letterhead.year}" if letterhead.signed_on is None else written_day(letterhead.signed_on)
    )
    place = one_line(letterhead.place)
    return f"{place}, {day}" if place else day


def written_day(day: date) -> str:
    """`ngày 05 tháng 02 năm 2023`: days below 10 and the months 1 and 2 take a leading zero."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def foot(recipients: Sequence[str], signature: Signature, profile: PaperProfile) -> list[str]:
    """Recipients at the left, signature at the right, never split over two pages; room of four lines to sign and stamp."""
    left = profile.text_width * profile.foot_left_share
    right = profile.text_width - left
    cells = [cell(_recipients(recipients, profile), left, middle=False), cell(_signature(signature, profile, right), right, middle=False)]
    return [paragraph([], Shape(exact_line=8, keep_next=True)), table([row(cells)], (left, right), lined=False, padding=0)]


def _recipients(recipients: Sequence[str], profile: PaperProfile) -> list[str]:
    face = Face(profile.recipients_size)
    lines = [line("Nơi nhận:", Face(profile.recipients_title_size, bold=True, italic=True))]
    for index, name in enumerate(recipients):
        end = "." if index == len(recipients) - 1 else ";"
        lines.append(line(f"- {one_line(name).rstrip('.;')}{end}", face))
    return lines


def _signature(signature: Signature, profile: PaperProfile, width: float) -> list[str]:
    face = Face(profile.signature_size, bold=True)
    heads = [one_line(text.upper()) for text in (signature.capacity, signature.post) if text]
    lines = [_line(text, face) for name in heads for text in balanced_lines(name, profile.signature_size, width - 4, bold=True)]
    room = [paragraph([], _CENTRED, face)] * 4
    return [*lines, *room, _line(one_line(signature.name) or " ", face)]
