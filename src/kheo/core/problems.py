"""A problem that a person caused and can mend: a value, told in Vietnamese, with its place. Bugs raise; problems are returned."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """What is wrong and where. `line` is 1-based, 0 when unknown; `key` is a path such as `indicators[3].aggregation`."""

    message: str
    file: str = ""
    line: int = 0
    key: str = ""

    def __str__(self) -> str:
        """`file:line: key: message`, without the parts that are not known."""
        place = f"{self.file}:{self.line}" if self.file and self.line else self.file or (f"dòng {self.line}" if self.line else "")
        return ": ".join(part for part in (place, self.key, self.message) if part)


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Each problem once, as a reader meets them: by file, line and key."""
    return tuple(sorted(set(problems), key=lambda problem: (problem.file, problem.line, problem.key, problem.message)))
