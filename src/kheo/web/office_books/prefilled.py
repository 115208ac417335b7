"""What the form of an outgoing paper knows before anybody types: the unit's head, the sign of its letters, whom the tree names."""

from collections.abc import Mapping
from datetime import date

from kheo.core.days import format_day
from kheo.core.paper_books.facts import GENERAL_BOOK
from kheo.directives.queries.recipients import units_below, way_from_top
from kheo.documents.official import Letterhead
from kheo.documents.official_forms import notation_of
from kheo.documents.profiles import profile_for
from kheo.reports.queries.letters import ARCHIVE, letter_from

BELOW, ABOVE = "duoi", "tren"  # whom a button adds to the recipients


def texts_before(unit: int, name: str, on: date) -> dict[str, str]:
    """The fields: today, the issuer; of a unit in the tree its head as the signer, where there is just one, and the sign of its letters."""
    texts = {"issued_on": format_day(on), "issuer": name, "book": GENERAL_BOOK, "language": "Tiếng Việt"}
    way = way_from_top(unit, on)
    if not way:
        return texts
    letter, profile = letter_from(way, on), profile_for(way[-1].kind, on)
    sign = notation_of(Letterhead("", "", "", "", letter.abbreviation, "", None, 0), profile)
    signer = {"signer": letter.name, "signer_title": letter.post.capitalize()} if letter.name else {}
    return {**texts, **signer, "symbol": f"-{sign}" if profile.forms.number_joiner == "-" else sign}


def recipients_of_tree(unit: int, on: date) -> dict[str, list[str]]:
    """Whom a button may add: the units directly below, the one above; a group that is nobody is left out."""
    way, under = way_from_top(unit, on), units_below(unit, on)
    groups = {BELOW: [each.name for each in under], ABOVE: [way[-2].name] if len(way) > 1 else []}
    return {key: names for key, names in groups.items() if names}


def with_recipients(texts: Mapping[str, str], names: list[str]) -> dict[str, str]:
    """The same texts, with these among the recipients, each once, the archive last."""
    lines = [line.strip() for line in texts.get("recipients", "").splitlines() if line.strip()]
    told = list(dict.fromkeys([line for line in lines if line != ARCHIVE] + names))
    return {**texts, "recipients": "\n".join([*told, ARCHIVE])}
