"""A page of a list by every field that is filtered or sorted by, for each reader: the values are asked of the entries themselves."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from bench.register_goals import READERS, books, page

SHARE = 0.98  # of what is filled in, which a range from there on leaves out


def filters() -> None:
    """By one field each: what is filled in most often, what least often (a range: the topmost fiftieth), and in its order."""
    for code, found in books().items():
        for field in found.definition.asked:
            if not (field.filter or field.sort):
                continue
            for name, query in _queries(found, field):
                for reader in READERS[:4]:
                    page(f"{code}: {field.key}, {name}", reader, f"/so/{code}/?{urlencode(query)}", rounds=5)


def _queries(book: Any, field: Any) -> Iterator[tuple[str, dict[str, str]]]:
    from kheo.core.registers.columns import Column

    if Column(field, book.options).is_range:
        topmost = _from(book, field, SHARE)
        if field.filter and topmost is not None:
            yield "topmost", {f"{field.key}.tu": str(topmost)}
    elif field.filter:
        often = _by_number(book, field)
        yield "often", {field.key: str(often[0])}
        if len(often) > 1:
            yield "seldom", {field.key: str(often[-1])}
    if field.sort:
        yield "largest first", {"xep": f"-{field.key}"}


def _asked(statement: str, values: list[Any]) -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [value for (value, *_) in cursor.fetchall()]


def _from(book: Any, field: Any, share: float) -> Any:
    from kheo.registers.queries.conditions import expression

    by = expression(field).sql
    source = f"FROM registers_entry AS e WHERE register_id = %s AND {by} IS NOT NULL"
    found = _asked(f"SELECT percentile_disc(%s) WITHIN GROUP (ORDER BY {by}) {source}", [share, book.register.pk])[0]
    if found is None:
        return None
    return found.strftime("%d/%m/%Y") if hasattr(found, "strftime") else int(found) // 10**field.decimals


def _by_number(book: Any, field: Any) -> list[Any]:
    from kheo.registers.queries.conditions import expression

    found = expression(field)
    many = {"array": f"unnest({found.sql})", "json": f"jsonb_array_elements_text({found.sql})"}.get(found.kind, found.sql)
    rows = _asked(
        f"SELECT value, count(*) FROM (SELECT {many} AS value FROM registers_entry AS e WHERE register_id = %s) AS held"
        " WHERE value IS NOT NULL AND value::text <> '' GROUP BY value ORDER BY count(*) DESC, value",
        [book.register.pk],
    )
    return [{True: "co", False: "khong"}.get(value, value) if isinstance(value, bool) else value for value in rows]
