"""Sums as they were sent, held against the sums now."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class SumChange:
    """One cell whose sum differs; None: nobody below gave a number."""

    key: str
    then: int | None
    now: int | None

    @property
    def difference(self) -> int:
        """How much more (or less) there is now."""
        return (self.now or 0) - (self.then or 0)


def changed_sums(then: Mapping[str, int | None], now: Mapping[str, int | None]) -> tuple[SumChange, ...]:
    """Cells in the order of `now` whose sums differ. A cell that the one side does not know has no sum there."""
    keys = [*now, *(key for key in then if key not in now)]
    return tuple(SumChange(key, then.get(key), now.get(key)) for key in keys if then.get(key) != now.get(key))


def seal_of(sums: Mapping[str, Any]) -> str:
    """A short seal of the sums that somebody saw, to notice when they have changed again before the form comes."""
    text = json.dumps({"reported": sums["reported"], "values": sums["values"]}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
