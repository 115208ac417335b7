"""The small-count wall of the fifth content (design.md, "What it will not do"; Luật 91/2025/QH15 and beyond).

A count of 1 to 4 of one unit could single somebody out, so outside that unit it is not shown, and neither is a second
count where the printed total would let a reader subtract the first: `core.wall` decides which.
"""

SMALL = 5


def is_small(value: int | None) -> bool:
    """Whether a single unit's count is too small to be shown to others; zero tells of nobody."""
    return value is not None and 0 < value < SMALL
