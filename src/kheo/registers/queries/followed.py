"""What came of what is counted, in SQL: another state or a link within so many days, and whether a replica is one of a replica."""

from datetime import date, datetime, timedelta
from typing import Any

from kheo.core.definition.records import CountingRule, Followed
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.words import StateClass
from kheo.registers.queries.figure_rows import Window
from kheo.registers.queries.known_then import known, live

# News that cannot be read any more has still made something known.
DONE = [StateClass.DONE_GOOD.value, StateClass.DONE_BAD.value]


def days_before(rule: CountingRule, days: tuple[date, date]) -> tuple[date, date]:
    """When a change of state happened that counts on these days: as an index has it."""
    if rule.followed is None:
        return days
    since, until = days
    wait = timedelta(days=rule.followed.days)
    return (since if since == date.min else since - wait), until - wait


def waited_for(rule: CountingRule, definition: RegisterDefinition, window: Window, at: datetime | None) -> tuple[str, str, list[Any]]:
    """The day on which a change of state `s` counts, ` AND …` that it can be counted by then, and the values of that.

    With `followed`: the last of its days, once it has passed by the day of counting.
    """
    asked = rule.followed
    if asked is None:
        return "s.starts", "", []
    day = f"(s.starts + {asked.days})"
    passed, values = f" AND {day} < %s", [window.counted_on]
    if asked.found == "any":
        return day, passed, values
    came, more = _came_into(asked, day, at) if asked.states else _was_linked(asked, definition, day, at)
    return day, f"{passed} AND {'' if asked.found == 'yes' else 'NOT '}EXISTS ({came})", [*values, *more]


def _came_into(asked: Followed, day: str, at: datetime | None) -> tuple[str, list[Any]]:
    is_known, values = known("a", at)
    sql = f"""SELECT FROM registers_state_span AS a WHERE a.entry_id = s.entry_id AND a.ordinal > s.ordinal
        AND a.state = ANY(%s) AND a.starts <= {day} AND {is_known}"""
    return sql, [list(asked.states), *values]


def _was_linked(asked: Followed, definition: RegisterDefinition, day: str, at: datetime | None) -> tuple[str, list[Any]]:
    is_known, values = known("a", at)
    if asked.from_register is None:
        dated = "a.verified_on" if definition.by_link[asked.link or ""].verified_by else "a.on"
        is_live, more = live("a.other_id", at)
        sql = f"""SELECT FROM registers_link AS a WHERE a.entry_id = s.entry_id AND a.link = %s AND {dated} <= {day}
            AND {is_known} AND {is_live}"""
        return sql, [asked.link, *values, *more]
    # By the day on which that one was done, published for instance, whenever it was written down and linked.
    is_live, more = live("a.entry_id", at)
    span, span_values = known("p", at)
    sql = f"""SELECT FROM registers_link AS a JOIN registers_register AS r ON r.id = a.register_id AND r.code = %s
        JOIN registers_state_span AS p ON p.entry_id = a.entry_id AND p.meaning = ANY(%s) AND p.starts <= {day} AND {span}
        WHERE a.other_id = s.entry_id AND a.link = %s AND {is_known} AND {is_live}"""
    return sql, [asked.from_register, DONE, *span_values, asked.link, *values, *more]


def further_on(rule: CountingRule, definition: RegisterDefinition, window: Window, at: datetime | None) -> tuple[str, list[Any]]:
    """` AND …` that the entry to which the link `k` leads has such a link itself by then; nothing where that is not asked."""
    if not rule.onward:
        return "", []
    is_known, values = known("a", at)
    dated = "a.verified_on" if definition.by_link[rule.link or ""].verified_by else "a.on"
    is_live, more = live("a.other_id", at)
    sql = f"""SELECT FROM registers_link AS a WHERE a.entry_id = k.other_id AND a.link = k.link AND {dated} <= %s
        AND {is_known} AND {is_live}"""
    return f" AND EXISTS ({sql})", [window.until, *values, *more]
