"""What a directive orders, as the letter that passes it down tells it: what is cited, its contents, tasks and dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kheo.core.directives.dates import OF_A_YEAR, WHOLE, of_a_year, whole
from kheo.core.directives.due import Deadline
from kheo.core.directives.paper import bare
from kheo.core.directives.reading import Directive
from kheo.core.relaying.bases import Basis
from kheo.core.relaying.rhythms import EACH_TIME, rhythm_of

_SENTENCES = re.compile(r"(?<=[.;])\s+")
_DIGITS = re.compile(r"\d+")
_WHOLE, _OF_A_YEAR = re.compile(WHOLE), re.compile(OF_A_YEAR)


@dataclass(frozen=True)
class OrderedTask:
    """A task as the directive words it. `content`: 1-based, the named content that it belongs to."""

    text: str
    content: int | None = None


@dataclass(frozen=True)
class OrderAbove:
    """The directive from above. Empty or None: nobody has said it; a citation leaves it out. `bases`: of the way by which it came."""

    kind: str
    number: str
    issued_on: date | None
    issuer: str
    subject: str
    contents: tuple[str, ...] = ()
    tasks: tuple[OrderedTask, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    bases: tuple[Basis, ...] = ()

    def tasks_of(self, content: int | None) -> tuple[OrderedTask, ...]:
        """The tasks of a named content, or (None) those of none."""
        return tuple(each for each in self.tasks if each.content == content)


def order_of(directive: Directive) -> OrderAbove:
    """What was read of a paper, as an order to be passed down."""
    notation, dated = directive.notation, directive.date
    return OrderAbove(
        kind=directive.kind.value if directive.kind else "",
        number=(notation.value.full or "") if notation else "",
        issued_on=dated.value.date if dated else None,
        issuer=directive.issuer.value if directive.issuer else "",
        subject=directive.subject.value if directive.subject else "",
        contents=tuple(each.value for each in directive.contents),
        tasks=tuple(tasks_without_days(directive)),
        deadlines=tuple(each.value for each in directive.deadlines),
    )


def tasks_without_days(directive: Directive) -> Iterator[OrderedTask]:
    """The tasks without the sentences that say by when: passed down, those would ask for the superior's days beside the unit's own."""
    asked: set[str | int | None] = {each.value.when.month_day for each in directive.deadlines if each.value.when}
    asked |= {each.value.day for each in directive.deadlines if rhythm_of(each.value)}
    for found in directive.tasks:
        kept = [sentence for sentence in _SENTENCES.split(found.value.text) if asked.isdisjoint(_days_of(sentence))]
        said = " ".join(kept).strip()
        if said:
            yield OrderedTask(said, found.value.content)


def _days_of(sentence: str) -> set[str | int | None]:
    text = bare(sentence)
    found = [whole(match) for match in _WHOLE.finditer(text)] + [of_a_year(match) for match in _OF_A_YEAR.finditer(text)]
    each_time = [_DIGITS.search(match[0]) for match in EACH_TIME.finditer(text)]
    return {when.month_day for when in found if when} | {int(digits[0]) for digits in each_time if digits}
