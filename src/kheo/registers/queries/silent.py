"""Subjects about which nothing has ever come into some states: who was asked, and has never answered."""

from datetime import date
from typing import Any

from kheo.core.definition.records import CountingRule

_WAS = "n.state = ANY(%s) AND n.starts <= %s AND n.known_to IS NULL"
# The entry itself apart from the others about its subject: each of both is one join, however many subjects there are.
_NEVER = f""" AND NOT EXISTS (SELECT FROM registers_state_span AS n WHERE n.entry_id = e.id AND {_WAS})
  AND NOT EXISTS (SELECT FROM registers_state_span AS n JOIN registers_entry AS o ON o.id = n.entry_id
    WHERE o.register_id = %s AND o.subject_key = e.subject_key AND o.subject_key <> '' AND {_WAS})"""  # noqa: S608  # clauses of ours; values are parameters


def never_in(rule: CountingRule, register_id: int, until: date) -> tuple[str, list[Any]]:
    """That no entry about the subject of the entry `e` had been in the rule's `never_in` states by a day, as it is known now."""
    if not rule.never_in:
        return "", []
    once = [list(rule.never_in), until]
    return _NEVER, [*once, register_id, *once]
