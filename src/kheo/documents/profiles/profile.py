"""What a profile of official paper says: lengths in millimetres, type sizes in points, shares of a width, and the forms of words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Capacity = Literal["on_behalf", "for_head", "by_order", "authorised", "acting"]
# A line below the issuer's name, or a sign of its own.
LINE = "line"


@dataclass(frozen=True)
class Measure:
    """A number of the rule: what we print, the range that the rule allows, and where it says so."""

    value: float
    least: float
    most: float
    source: str
    unverified: bool = False

    def allows(self, found: float, slack: float, *, exactly: bool) -> bool:
        """Whether a measured number is the printed one, or at least one that the rule allows."""
        low, high = (self.value, self.value) if exactly else (self.least, self.most)
        return low - slack <= found <= high + slack


@dataclass(frozen=True)
class HeadLine:
    """A line at the top right of the first page: bold, in the middle; `part` names it (`country`, `motto`)."""

    text: str
    part: str
    size: Measure


@dataclass(frozen=True)
class Forms:
    """How things are written. `issuer_mark`: `line`, or the sign that stands below the issuer's name.

    `letter_type`: the type code in the number of a letter, empty where a letter has none; `letter_prefix` opens its subject.
    `heading_marks`: what follows the number of a heading of the first, second and third level.
    """

    issuer_mark: str
    number_prefix: str
    number_joiner: str
    notation_joiner: str
    letter_type: str
    letter_prefix: str
    letter_subject_italic: bool
    bases_italic: bool
    recipients_end: str
    recipients_title_bold: bool
    recipients_title_italic: bool
    recipients_title_underline: bool
    page_number_place: Literal["top", "bottom"]
    heading_marks: tuple[str, str, str]
    capacities: Mapping[Capacity, str] = field(hash=False)


@dataclass(frozen=True)
class PaperProfile:
    """One profile, in force on the days `[valid_from, valid_to)`. `unverified` says in words what a văn thư still has to confirm.

    The numbers stand here as plain fields for the layout; `measures` has the same ones with their ranges and sources.
    """

    name: str
    title: str
    source: str
    lines: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    font: str
    font_source: str
    unverified: tuple[str, ...]
    head: tuple[HeadLine, ...]
    forms: Forms
    page_width: float
    page_height: float
    margin_top: float
    margin_bottom: float
    margin_left: float
    margin_right: float
    header_distance: float
    footer_distance: float
    page_number: float
    superior_size: float
    issuer_size: float
    issuer_rule: float
    number_size: float
    place_date_size: float
    kind_size: float
    subject_size: float
    subject_rule: float
    letter_subject_size: float
    letter_subject_gap: float
    addressee_size: float
    body_size: float
    recipients_title_size: float
    recipients_size: float
    signature_size: float
    annex_number_size: float
    annex_title_size: float
    annex_reference_size: float
    footer_size: float
    note_size: float
    table_size: float
    annex_table_size: float
    smallest_table_size: float
    first_line_indent: float
    paragraph_gap: float
    line_spacing: float
    head_left_share: float
    head_least_left_share: float
    foot_left_share: float
    measures: Mapping[str, Measure] = field(compare=False, repr=False)

    @property
    def text_width(self) -> float:
        """Width of the text on a portrait page."""
        return self.page_width - self.margin_left - self.margin_right

    @property
    def landscape_width(self) -> float:
        """Width of the text on a landscape page."""
        return self.page_height - self.margin_left - self.margin_right

    def is_in_force(self, day: date) -> bool:
        """Whether papers of that day follow it."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
