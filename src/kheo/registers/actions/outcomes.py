"""What an action on an entry gives back: the entry as it now stands, or every reason why nothing was changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from kheo.core.days import UncoveredYearError
from kheo.core.registers.values import FieldProblem
from kheo.core.text import written
from kheo.registers.models import Entry

REASON = "reason"
LONGEST_REASON = 2000  # and every other word that is written to an entry beside its fields
WRITE_SOMETHING = "Hãy viết vài lời."


@dataclass(frozen=True)
class Made:
    """The entry after the act; `further`: another one that the act made, the next episode of a place.

    `told`: what is said of it beside, in Vietnamese; done it is all the same.
    """

    entry: Entry
    further: Entry | None = None
    told: str = ""


@dataclass(frozen=True)
class Refused:
    """Why nothing was changed: one sentence about the whole, and what is wrong with which field. In Vietnamese."""

    message: str
    problems: tuple[FieldProblem, ...] = ()


def told_together(unread: Sequence[FieldProblem], found: Sequence[FieldProblem]) -> tuple[FieldProblem, ...]:
    """What could not be read, and what is wrong with the rest: of a field that could not be read nothing else is told."""
    keys = {each.key for each in unread}
    return tuple(dict.fromkeys((*unread, *(each for each in found if each.key not in keys))))


def wrong_words(key: str, text: str, lacking: str = "") -> list[FieldProblem]:
    """What is wrong with words that stand beside what an entry says; `lacking`: what is told where there must be some and are none."""
    whole = written(text).strip()
    if not whole:
        return [FieldProblem(key, lacking)] if lacking else []
    return [FieldProblem(key, f"Dài {len(whole)} ký tự; tối đa {LONGEST_REASON}.")] if len(whole) > LONGEST_REASON else []


def unasked_reason(text: str) -> list[FieldProblem]:
    """A reason that nobody asked for would be kept nowhere: it is refused, not dropped."""
    return [FieldProblem(REASON, "Thao tác này không ghi lý do.")] if text.strip() else []


Asked = ParamSpec("Asked")
Outcome = TypeVar("Outcome")


def refuses_unknown_days(action: Callable[Asked, Outcome]) -> Callable[Asked, Outcome | Refused]:
    """An action that sets limits: one that would end in a year whose working days nobody has entered is a refusal, nothing is guessed.

    Outside of the action's transaction: nothing of it is kept.
    """

    @wraps(action)
    def told(*args: Asked.args, **kwargs: Asked.kwargs) -> Outcome | Refused:
        try:
            return action(*args, **kwargs)
        except UncoveredYearError as fault:
            return Refused(f"{fault} Chưa tính được thời hạn nên chưa ghi gì; hãy báo người giữ hệ thống thêm lịch của năm ấy.")

    return told
