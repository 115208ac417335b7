"""Whole numbers that come in with forms and addresses."""

from django.http import QueryDict

NEVER = -1  # no key, version or place of anything
MOST_DIGITS = 18  # more do not fit into a column of the database


def number_of(text: str) -> int:
    """The number that the digits 0–9 write, NEVER for anything else: who asks with such a number asks for nothing."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else NEVER


def number_in(sent: QueryDict, name: str) -> int:
    """That of a field or parameter; NEVER when it is absent."""
    return number_of(sent.get(name, ""))


def pairs_in(texts: list[str]) -> dict[int, int]:
    """`12.3` for each ticked box: what is ticked, and the version in which it was shown. What is no such pair is no tick."""
    halves = (text.partition(".") for text in texts)
    pairs = {number_of(first): number_of(second) for first, _, second in halves}
    return {first: second for first, second in pairs.items() if NEVER not in (first, second)}
