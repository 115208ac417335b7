"""What the forms say, read into plain values; a day that is none is a problem, never a guess."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from kheo.core.days import typed_day
from kheo.core.holding import Leaving
from kheo.core.problems import Problem
from kheo.core.workflow import Role
from kheo.org.access.people import Rights
from kheo.org.queries.holders import spans_from
from kheo.reports.actions.inviting import LIFETIMES, USUAL, Wish

STAYS = "o-lai"


def _day(text: str) -> date | None:
    try:
        return typed_day(text) if text else None
    except ValueError:
        return None


@dataclass(frozen=True)
class Typed:
    """An invitation as it was typed. `replaces`: a number of a post, `o-lai` for nobody's, or nothing chosen yet."""

    role: str
    full_name: str
    email: str
    starts: str
    replaces: str
    days: str

    @classmethod
    def of(cls, form: QueryDict) -> "Typed":
        """Out of a query or a form."""
        names = ("chuc-trach", "ho-ten", "thu", "tu-ngay", "thay", "han")
        return cls(*(form.get(name, "").strip()[:300] for name in names))

    def problems(self, rights: Rights, today: date) -> tuple[Problem, ...]:
        """What cannot even be read, and the one choice that is never made silently: whether who is head now stays."""
        found = []
        if self.role not in rights.gives:
            found.append(Problem("Hãy chọn chức trách trong danh sách.", key="role"))
        if self.starts and _day(self.starts) is None:
            found.append(Problem(f"“{self.starts}” không phải là một ngày.", key="starts_on"))
        if not self.replaces and any(span.role == self.role for span in spans_from(rights.unit, today)):
            found.append(Problem("Hãy chọn: người đang giữ chức trách này bàn giao, hay vẫn giữ.", key="replaces"))
        return tuple(found)

    def wish(self) -> Wish:
        """Once there is no problem."""
        return Wish(
            role=Role(self.role),
            full_name=self.full_name,
            email=self.email,
            starts_on=_day(self.starts),
            replaces=int(self.replaces) if self.replaces.isascii() and self.replaces.isdigit() and len(self.replaces) < 18 else None,
            days=int(self.days) if self.days in {str(each) for each in LIFETIMES} else USUAL,
        )


@dataclass(frozen=True)
class Leave:
    """A leaving as it was typed."""

    on: date
    text: str
    reason: str
    note: str

    @classmethod
    def of(cls, form: QueryDict, today: date) -> "Leave":
        """Out of a query or a form; without a day it is today."""
        text = form.get("ngay", "").strip()[:40]
        return cls(_day(text) or today, text, form.get("ly-do", ""), form.get("can-cu", "").strip()[:2000])

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What cannot be read."""
        found = []
        if self.text and _day(self.text) is None:
            found.append(Problem(f"“{self.text}” không phải là một ngày.", key="on"))
        if self.reason not in {reason.value for reason in Leaving}:
            found.append(Problem("Hãy chọn lý do.", key="reason"))
        return tuple(found)

    @property
    def meant(self) -> Leaving:
        """Once there is no problem."""
        return Leaving(self.reason)
