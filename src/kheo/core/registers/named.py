"""What a register says of another by its name: its entries are linked to from there, by that register's kind of link.

A name that nothing there answers to would be quiet: an act that waits for nothing, a share that stays 0. Not every installation keeps every
register, so one that is not kept is no fault, unless its name is nearly that of one that is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from kheo.core.definition.records import CountingRule
from kheo.core.definition.wording import suggestion
from kheo.core.registers.models import RegisterDefinition

_ALIKE = 0.85  # a slip of one or two letters; registers that are not kept here are often a word apart from one that is


@dataclass(frozen=True)
class Naming:
    """A register and one of its kinds of link, and the place in the file that names both."""

    place: str
    register_code: str
    link: str


def namings(definition: RegisterDefinition) -> Iterator[Naming]:
    """Everything that a register names in others."""
    for act in definition.acts:
        if act.all_done is not None:
            yield Naming(f"thao tác {act.code} (all_done)", act.all_done.register_code, act.all_done.link)
    for ready in definition.ready:
        if ready.lacks is not None and ready.lacks.from_register is not None:
            yield Naming(f"danh sách {ready.code} (lacks)", ready.lacks.from_register, ready.lacks.link)
    for figure in definition.figures:
        for rule in (figure.counts, figure.among):
            yield from _followed(f"số liệu {figure.code} (followed)", rule) if rule is not None else ()


def _followed(place: str, rule: CountingRule) -> Iterator[Naming]:
    if rule.followed is not None and rule.followed.from_register is not None and rule.followed.link is not None:
        yield Naming(place, rule.followed.from_register, rule.followed.link)


def naming_problems(definition: RegisterDefinition, others: Mapping[str, RegisterDefinition]) -> Iterator[str]:
    """What a register names in others, by their codes, and is not there, in Vietnamese."""
    known = {**others, definition.register_code: definition}
    for naming in dict.fromkeys(namings(definition)):
        there = known.get(naming.register_code)
        if there is not None:
            yield from _fault(naming, definition.register_code, there)
        else:
            for meant in get_close_matches(naming.register_code, known, n=1, cutoff=_ALIKE):
                yield f"Ở {naming.place}: chưa có sổ “{naming.register_code}”; có phải là “{meant}”? Viết đúng thì công bố sổ ấy trước."


def named_problems(definition: RegisterDefinition, others: Iterable[RegisterDefinition]) -> Iterator[str]:
    """What others name in a register and is not there any more, or not yet, in Vietnamese."""
    for other in others:
        for naming in dict.fromkeys(namings(other)):
            if naming.register_code == definition.register_code:
                yield from (f"Sổ “{other.short}” nêu sổ này. {said}" for said in _fault(naming, other.register_code, definition))


def counted_names(rule: CountingRule, register_code: str, others: Mapping[str, RegisterDefinition]) -> Iterator[str]:
    """The same of what a campaign counts in a register: there a register that is not kept is a fault, as its number would be 0."""
    for naming in _followed("followed", rule):
        there = others.get(naming.register_code)
        if there is not None:
            yield from _fault(naming, register_code, there)
        else:
            yield f"Không có sổ “{naming.register_code}”{suggestion(naming.register_code, others)}"


def _fault(naming: Naming, named_by: str, there: RegisterDefinition) -> Iterator[str]:
    link = there.by_link.get(naming.link)
    if link is None:
        yield f"Ở {naming.place}: sổ “{there.short}” không có loại liên kết “{naming.link}”{suggestion(naming.link, there.by_link)}"
    elif link.to != named_by:
        yield f"Ở {naming.place}: liên kết “{naming.link}” của sổ “{there.short}” tới sổ “{link.to}”, không tới “{named_by}”."
