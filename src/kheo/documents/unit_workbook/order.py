"""What a unit's workbook is made of, and the signature by which it is known again whatever its file is called."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Literal
from urllib.parse import quote, unquote

from kheo.core.definition import Check, Definition, typed_cells
from kheo.core.figures import Figure, Figures
from kheo.documents.grid.raw import MARK

# Counts up when the sheets change so that an older reader could not read them.
TEMPLATE_VERSION = 1
Role = Literal["bia", "so-lieu", "loi-van", "kiem-tra", "can-sua"]
_LONGEST = 2000  # characters of a signature


@dataclass(frozen=True)
class PastReport:
    """What stands beside: the unit's accepted report of the cycle before."""

    name: str
    figures: Figures = field(default_factory=dict)
    narrative: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkbookOrder:
    """One unit's workbook for one cycle. `closes` is the first day that no longer counts; `due_on` the last day in time.

    `figures`, `narrative` and `notes` (explanations by cell) are what stands in the draft already; `following`: cells
    that hold what a register counts.
    Pure: the same order gives the same bytes.
    """

    definition: Definition
    edition_hash: str
    cycle_code: str
    cycle_name: str
    opens: date
    closes: date
    cutoff: date
    unit_code: str
    unit_name: str
    recipient_name: str
    due_on: date
    made_at: datetime
    past: PastReport | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    narrative: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    following: frozenset[str] = frozenset()

    def demands(self, check: Check) -> bool:
        """Whether a check has to hold, as the cells stand: where all are numbers of registers it may only ask (`core.checking`)."""
        asks = check.asks_if_counted and self.following.issuperset(typed_cells(self.definition, check))
        return check.severity == "error" and not asks

    @property
    def address(self) -> "Address":
        """Whose workbook it is."""
        return Address(TEMPLATE_VERSION, self.definition.campaign, self.cycle_code, self.unit_code, self.edition_hash)


@dataclass(frozen=True)
class Address:
    """Whose workbook this is: written into every sheet. A slip in it is found by its check; it is no protection against forgery."""

    version: int
    campaign: str
    cycle: str
    unit: str
    edition: str

    def signed(self, role: Role) -> str:
        """The text that stands in the hidden first row of a sheet."""
        plain = "|".join(quote(part, safe="") for part in (str(self.version), role, self.campaign, self.cycle, self.unit, self.edition))
        return f"{MARK}{plain}|{_check(plain)}"


@dataclass(frozen=True)
class Signed:
    """A signature as read: which sheet it was put on, and for whom."""

    role: str
    address: Address


def read_signature(text: str) -> Signed | None:
    """The signature that a text is, None when it is none or was changed."""
    return _read(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=2048)
def _read(text: str) -> Signed | None:
    """Each of a workbook's few signatures is asked for several times, also where some hundred files are opened before any is read."""
    plain, _, check = text.strip().removeprefix(MARK).rpartition("|")
    parts = [unquote(part) for part in plain.split("|")]
    if len(parts) != 6 or check != _check(plain) or not (parts[0].isascii() and parts[0].isdigit()):
        return None
    return Signed(parts[1], Address(int(parts[0]), *parts[2:]))


def _check(plain: str) -> str:
    return hashlib.sha256(plain.encode()).hexdigest()[:8]
