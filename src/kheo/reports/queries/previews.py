"""What a change of units would do, ready to be shown: worked out now, or kept from an earlier page."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kheo.journal.queries import newest_about_posts
from kheo.org.queries import structure_stamp
from kheo.reports.models import KeptPage, KeptPreview

PAGE = 50
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Preview:
    """`facts` stand above the lists; each list by its name, `counts` how long it is. All of it is JSON."""

    facts: Mapping[str, Any]
    counts: Mapping[str, int]
    lists: Mapping[str, Sequence[Row]]
    kept: int | None = None

    def rows(self, section: str, page: int) -> Sequence[Row]:
        """A page of a list, counted from 1: one query where it was kept."""
        if self.kept is None:
            return self.lists[section][PAGE * (page - 1) : PAGE * page]
        found = KeptPage.objects.filter(preview=self.kept, section=section, number=page).values_list("rows", flat=True).first()
        return found or ()


def stamp_of(top: int) -> str:
    """Changes with every change of any tree or post, and with the unit in whose name it is asked."""
    return json.dumps([top, *structure_stamp(), newest_about_posts()])


def kept_preview(person: int, key: str, stamp: str) -> Preview | None:
    """The same as it was kept for this person, if nothing has changed since."""
    found = KeptPreview.objects.filter(person=person, key=key, stamp=stamp).first()
    return Preview(found.facts, found.counts, {}, found.pk) if found else None
