"""Forms of words on an official document, by its profile: number and notation, place and date, capacity, the subject of a letter."""

from kheo.core.days import written_day
from kheo.documents.official import Heading, Letterhead, Signature
from kheo.documents.printable import one_line
from kheo.documents.profiles import PaperProfile

# Dots to write on: for a number, and for a day or a month.
NUMBER_BLANK, DAY_BLANK = "……", "......"
DATE_OPENING = "ngày"
# Letters of points in the order of the Vietnamese alphabet (mục II.6 of the decree's annex): a, b, c, d, đ, e, g …
POINTS = "abcdđeghiklmnopqrstuvxy"


def document_number(letterhead: Letterhead, profile: PaperProfile) -> str:
    """`Số: 05/BC-LĐLĐ`, `Số 127-QĐ/TW`: numbers below 10 with a leading zero; without a number, dots to write it on."""
    number = one_line(letterhead.number)
    number = number.zfill(2) if number.isdigit() else number or NUMBER_BLANK
    notation = notation_of(letterhead, profile)
    if notation.startswith("-"):  # as the Party writes it: 05-HD/BDVTU
        return f"{profile.forms.number_prefix}{number}{notation}"
    return f"{profile.forms.number_prefix}{number}" + (f"{profile.forms.number_joiner}{notation}" if notation else "")


def notation_of(letterhead: Letterhead, profile: PaperProfile) -> str:
    """What is given, else `BC-LĐLĐ`; of a letter `LĐLĐ` where the profile gives letters no type code, `CV/TU` where it does."""
    if letterhead.notation:
        return one_line(letterhead.notation)
    forms = profile.forms
    parts = (letterhead.kind_code or forms.letter_type, letterhead.abbreviation)
    return forms.notation_joiner.join(each for each in (one_line(part) for part in parts) if each)


def place_and_date(letterhead: Letterhead) -> str:
    """`TP. Hồ Chí Minh, ngày 05 tháng 02 năm 2023`; without a day, blanks to write it on."""
    signed = letterhead.signed_on
    day = written_day(signed) if signed else f"{DATE_OPENING} {DAY_BLANK} tháng {DAY_BLANK} năm {letterhead.year}"
    place = one_line(letterhead.place)
    return f"{place}, {day}" if place else day


def capacity_line(signature: Signature, profile: PaperProfile) -> str:
    """`TM. BAN THƯỜNG VỤ`, `T/M BAN THƯỜNG VỤ`; empty for somebody who signs in their own right."""
    if signature.capacity is None:
        return ""
    return one_line(f"{profile.forms.capacities[signature.capacity]} {signature.principal.upper()}")


def letter_subject(subject: str, profile: PaperProfile) -> str:
    """`V/v đôn đốc …`, or the subject alone where the profile wants no opening."""
    return f"{profile.forms.letter_prefix}{one_line(subject)}"


def heading_text(heading: Heading, profile: PaperProfile) -> str:
    """`I. TÌNH HÌNH CHUNG` with the sign that the profile puts after a number of that level."""
    return f"{heading.number}{profile.forms.heading_marks[heading.level - 1]} {heading.title}" if heading.number else heading.title


def attached_to(kind: str, letterhead: Letterhead, profile: PaperProfile) -> str:
    """The line that ties an annex to its document: `(Kèm theo Báo cáo số 05/BC-LĐLĐ ngày … của …)`."""
    number = f"số {document_number(letterhead, profile).removeprefix(profile.forms.number_prefix)}"
    day = place_and_date(Letterhead("", "", "", "", "", "", letterhead.signed_on, letterhead.year))
    return f"(Kèm theo {kind} {number} {day} của {letterhead.issuer})"
