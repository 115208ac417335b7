"""Accepting many reports at once: each is decided by itself, and each has its own answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from kheo.campaigns.models import Cycle
from kheo.reports.access import Person, Unreachable, report_to_review
from kheo.reports.actions import Refusal, accept_report
from kheo.reports.queries.boards import Child, children_of
from kheo.reports.queries.filling import name_of

MOST = 200  # so many are accepted in one go


@dataclass(frozen=True)
class Pick:
    """A ticked report, as its reviewer saw it."""

    obligation: int
    version: int


def read_picks(form: QueryDict) -> list[Pick]:
    """What was ticked, each once; anything else in the field is no pick."""
    found: dict[int, Pick] = {}
    for text in form.getlist("pick"):
        obligation, _, version = text.partition(".")
        if obligation.isdecimal() and version.isdecimal() and len(text) < 30:
            found[int(obligation)] = Pick(int(obligation), int(version))
    return list(found.values())[:MOST]


@dataclass(frozen=True)
class Picked:
    """A pick with the unit that it is about."""

    pick: Pick
    child: Child

    @property
    def value(self) -> str:
        """As it stands in the form."""
        return f"{self.pick.obligation}.{self.pick.version}"


def of_board(cycle: Cycle, recipient: int, picks: Sequence[Pick]) -> list[Picked]:
    """The picks that belong to this board, in its order; of others nothing is said."""
    wanted = {pick.obligation: pick for pick in picks}
    return [Picked(wanted[each.obligation_id], each) for each in children_of(cycle, recipient) if each.obligation_id in wanted]


def accept(person: Person, picked: Picked, at: datetime) -> Refusal | None:
    """Accept one of them in a transaction of its own; None when it was done."""
    try:
        reached = report_to_review(person, picked.pick.obligation)
    except Unreachable:
        return Refusal("Báo cáo này không thuộc phần việc của anh/chị.")
    outcome = accept_report(reached.obligation.pk, version=picked.pick.version, by=person, at=at)
    return outcome if isinstance(outcome, Refusal) else None


def question(cycle: Cycle, recipient: int, picked: Sequence[Picked]) -> dict[str, Any]:
    """For the page that asks whether it is meant."""
    return {"cycle": cycle, "recipient": recipient, "name": name_of(recipient, cycle.opened_on), "picked": picked}


def answer(cycle: Cycle, recipient: int, picked: Sequence[Picked], results: Sequence[Refusal | None]) -> dict[str, Any]:
    """For the page that says what became of each."""
    rows = [{"child": each.child, "refusal": refusal} for each, refusal in zip(picked, results, strict=True)]
    done = sum(refusal is None for refusal in results)
    return {"cycle": cycle, "recipient": recipient, "name": name_of(recipient, cycle.opened_on), "rows": rows, "done": done}
