"""Which sections of a report take proposals, and which one is meant for them."""

from kheo.campaigns.queries import definition_of
from kheo.core.definition import OutlineSection
from kheo.core.text import fold
from kheo.reports.access import Reached

_PROPOSALS = ("kien nghi", "de xuat")


def open_sections(reached: Reached) -> list[OutlineSection]:
    """The sections that take proposals: all but those of walled contents."""
    definition = definition_of(reached.cycle.edition_id)
    walled = {content.id for content in definition.contents if content.walled}
    return [section for section in definition.outline if section.content not in walled]


def own_section(sections: list[OutlineSection]) -> str:
    """The section for proposals, by its title; the last one where none is called so."""
    named = [each.id for each in sections if any(word in fold(each.title) for word in _PROPOSALS)]
    return named[0] if named else sections[-1].id if sections else ""
