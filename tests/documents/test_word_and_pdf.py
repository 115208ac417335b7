"""The Word file and the PDF of a paper say the same: no word is in the one and not in the other, and they come in the same order."""

from dataclasses import replace

import pytest

from kheo.documents.official import OfficialDocument, Paragraph, Table, body
from kheo.documents.official_layout import render_official
from kheo.documents.pdf import render_pdf
from kheo.documents.profiles import PaperProfile, profile_named, profile_names
from kheo.documents.unit_report import unit_report_document
from tests.documents.papers import ASKED, LETTER, every_paper, sent
from tests.documents.same_words import differences
from tests.documents.sample import ND30
from tests.documents.test_official_layout import sample

# One of each kind, of the shape that has most in it.
KINDS = (
    "unit report, units below",
    "unit report, hidden and explained",
    "call-in of 1 by the city",
    "call-in of 9 by the party",
    "list of 25 by the city",
    "receipt, late",
    "consolidated by the city, with sources",
    "consolidated of none",
)
# Many pages, tables that go on over them, nothing at all.
EXTREMES = ("unit report, nothing answered", "call-in of 200 by the party", "list of 200 by the city", "consolidated of many")


def parted(document: OfficialDocument, profile: PaperProfile, other: OfficialDocument | None = None) -> list[str]:
    """Where the Word file of the one and the PDF of the other part."""
    return differences(render_official(document, profile), render_pdf(other or document, profile))


@pytest.mark.parametrize("profile", profile_names())
@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_paper_says_the_same_in_word_and_in_pdf(name: str, profile: str) -> None:
    chosen = profile_named(profile)
    assert parted(every_paper(chosen)[name], chosen) == []


@pytest.mark.parametrize("name", EXTREMES)
def test_papers_of_very_many_pages_or_of_nothing_say_the_same(name: str) -> None:
    party = profile_named("party36")
    assert parted(every_paper(party)[name], party) == []


def changes() -> dict[str, OfficialDocument]:
    """A paper with one thing changed each."""
    whole = sample(footer=("Lần nộp 2",))
    first, *rest = whole.blocks
    table = next(each for each in whole.blocks if isinstance(each, Table))
    group, row, *others = table.rows
    backwards = replace(table, rows=(group, replace(row, texts=tuple(reversed(row.texts))), *others))
    other_head = replace(table, columns=(replace(table.columns[0], title="Tên khác"), *table.columns[1:]))
    return {
        "a paragraph more": replace(whole, blocks=(*whole.blocks, body("Thêm một đoạn."))),
        "a paragraph less": replace(whole, blocks=tuple(each for each in whole.blocks if not isinstance(each, Paragraph))),
        "two in another order": replace(whole, blocks=(*rest, first)),
        "the cells of a row in another order": replace(whole, blocks=tuple(backwards if each is table else each for each in whole.blocks)),
        "another head of a table": replace(whole, blocks=tuple(other_head if each is table else each for each in whole.blocks)),
        "a recipient less": replace(whole, recipients=whole.recipients[1:]),
        "an annex less": replace(whole, annexes=whole.annexes[:-1]),
        "another foot": replace(whole, footer=("Lần nộp 3",)),
        "no foot": replace(whole, footer=()),
        "another number": replace(whole, letterhead=replace(whole.letterhead, number="8")),
    }


@pytest.mark.parametrize("name", list(changes()))
def test_one_word_in_the_one_only_is_told_whichever_of_them_has_it(name: str) -> None:
    """Negative control, both ways: the change stands in the PDF, then in the Word file."""
    whole, changed = sample(footer=("Lần nộp 2",)), changes()[name]
    assert parted(whole, ND30) == []
    assert parted(whole, ND30, changed) != []
    assert parted(changed, ND30, whole) != []


def test_a_digit_of_a_long_table_is_told() -> None:
    one, other = (unit_report_document(ASKED, sent(previous={"B02": number}), LETTER, ND30) for number in (12, 13))
    assert parted(one, ND30, other) != []
