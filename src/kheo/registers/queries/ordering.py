"""In what order a list of entries is read: by an expression on the entry `e` and its type in the database, one way or the other."""

from dataclasses import dataclass

from kheo.registers.queries.conditions import expression
from kheo.registers.queries.definitions import Book

# What every list can be put in order by, beside the fields that say so: each with its type.
ORDERS = {
    "ma": ("e.id", "bigint"),
    "han": ("e.due_on", "date"),
    "ghi_ngay": ("e.registered_on", "date"),
    "sua": ("e.known_from", "timestamptz"),
}
_TYPES = {"word": "text", "number": "bigint", "day": "date", "tick": "boolean", "array": "varchar[]", "json": "jsonb"}


@dataclass(frozen=True)
class Order:
    """By an expression on `e`, then by number; both one way, as indexes have them. What has nothing there comes after the rest."""

    key: str
    kind: str
    is_descending: bool

    @property
    def direction(self) -> str:
        """As a statement says it."""
        return "DESC" if self.is_descending else "ASC"

    @property
    def further(self) -> str:
        """How what comes after compares with what came before."""
        return "<" if self.is_descending else ">"

    @property
    def sql(self) -> str:
        """Of rows that hold it as `ordered`."""
        return f"ORDER BY ordered {self.direction}, id {self.direction}"

    def of(self, rows: str) -> str:
        """The same of rows that have been put in order."""
        return f"ORDER BY {rows}.ordered {self.direction}, {rows}.id {self.direction}"


NEWEST = Order("e.id", "bigint", True)


def order_of(book: Book, wanted: str) -> Order | None:
    """The order that an address asks for: a key, a minus before it for the largest first; None: the newest first."""
    key = wanted.removeprefix("-")
    if not key:
        return None
    if key in ORDERS:
        return Order(*ORDERS[key], wanted.startswith("-"))
    found = expression(book.definition.by_key[key])
    return Order(found.sql, _TYPES[found.kind], wanted.startswith("-"))


def whole_order(order: Order | None, ordered: str = "", number: str = "e.id") -> str:
    """As the pages of a list follow each other, by what puts them in order (under the name `ordered`) and their numbers."""
    if order is None:
        return f"{number} DESC"
    by, sign = ordered or order.key, "-" if order.is_descending else ""
    empty = f"{by} IS NULL"
    return f"{empty}, {by} {order.direction}, CASE WHEN {empty} THEN -{number} ELSE {sign}{number} END"
