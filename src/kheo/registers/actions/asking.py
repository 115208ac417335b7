"""What an asker does with the code that was shown once: says more when asked, says what they think of the answer, confirms a recheck."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from kheo.core.days import local_day
from kheo.core.registers.second_thoughts import second_thought
from kheo.core.registers.values import FieldProblem
from kheo.core.text import written
from kheo.registers.access import ReachedEntry, Sender, entry_of_code, may_add_words, needs_words
from kheo.registers.actions.acting import Move, carry_out
from kheo.registers.actions.keeping import Doing, Words, lock_entry, tell
from kheo.registers.actions.outcomes import REASON, WRITE_SOMETHING, Made, Refused, refuses_unknown_days, wrong_words
from kheo.registers.actions.receiving import AskedBack
from kheo.registers.queries.definitions import book_of

SAY = "asker_says"  # what the deeds call words that no act asked for


@refuses_unknown_days
@transaction.atomic
def act_as_asker(code: str, wanted: Move, *, looked_again: bool = False, at: datetime) -> Made | Refused | AskedBack:
    """One of the asker's acts, today. What they write stands beside the entry for those who work on it. Raises Unreachable."""
    reached = _locked(code)
    act = reached.book.definition.by_act.get(wanted.act)
    text = written(wanted.reason).strip()
    if act is not None and reached.entry.version == wanted.version and needs_words(reached, act) and not text:
        return Refused("Chưa gửi được.", (FieldProblem(REASON, WRITE_SOMETHING),))
    asked_back = _asked_back(text, looked_again=looked_again)
    if asked_back:
        return asked_back
    sender = Sender(local_day(at))
    move = Move(wanted.act, wanted.version, reason=text)
    words = Words("asker", text) if text else None
    doing = Doing(wanted.act, sender, sender.on, max(at, reached.entry.known_from), words=words)
    return carry_out(reached.entry, reached, move, doing)


@transaction.atomic
def say_as_asker(code: str, text: str, *, looked_again: bool = False, at: datetime) -> Made | Refused | AskedBack:
    """A few words more that nobody asked for; a few times in a row. Raises Unreachable."""
    reached = _locked(code)
    if not may_add_words(reached):
        return Refused("Bây giờ không viết thêm được; hãy đợi đơn vị trả lời.")
    text = written(text).strip()
    if wrong := wrong_words(REASON, text, WRITE_SOMETHING):
        return Refused("Chưa gửi được.", tuple(wrong))
    asked_back = _asked_back(text, looked_again=looked_again)
    if asked_back:
        return asked_back
    entry, sender = reached.entry, Sender(local_day(at))
    tell(entry, entry.state, {}, Doing(SAY, sender, sender.on, max(at, entry.known_from), words=Words("asker", text)))
    return Made(entry)


def _locked(code: str) -> ReachedEntry:
    """The entry of a code, locked, as it is now that nobody else changes it."""
    reached = entry_of_code(code)
    entry = lock_entry(reached.entry.pk)
    return replace(reached, entry=entry, book=book_of(entry.edition))


def _asked_back(text: str, *, looked_again: bool) -> AskedBack | None:
    said = "" if looked_again else second_thought(text)
    return AskedBack((FieldProblem(REASON, said),)) if said else None
