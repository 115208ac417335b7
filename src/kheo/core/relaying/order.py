"""What a directive orders, as the letter that passes it down tells it: what is cited, its contents, tasks and dates."""

from dataclasses import dataclass
from datetime import date

from kheo.core.directives.deadlines import Deadline
from kheo.core.directives.reading import Directive


@dataclass(frozen=True)
class OrderedTask:
    """A task as the directive words it. `content`: 1-based, the named content that it belongs to."""

    text: str
    content: int | None = None


@dataclass(frozen=True)
class OrderAbove:
    """The directive from above. Empty or None: nobody has said it; a citation leaves it out."""

    kind: str
    number: str
    issued_on: date | None
    issuer: str
    subject: str
    contents: tuple[str, ...] = ()
    tasks: tuple[OrderedTask, ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    def tasks_of(self, content: int | None) -> tuple[OrderedTask, ...]:
        """The tasks of a named content, or (None) those of none."""
        return tuple(each for each in self.tasks if each.content == content)


def order_of(directive: Directive) -> OrderAbove:
    """What was read of a paper, as an order to be passed down."""
    notation, dated = directive.notation, directive.date
    return OrderAbove(
        kind=directive.kind.value if directive.kind else "",
        number=(notation.value.full or "") if notation else "",
        issued_on=dated.value.date if dated else None,
        issuer=directive.issuer.value if directive.issuer else "",
        subject=directive.subject.value if directive.subject else "",
        contents=tuple(each.value for each in directive.contents),
        tasks=tuple(OrderedTask(each.value.text, each.value.content) for each in directive.tasks),
        deadlines=tuple(each.value for each in directive.deadlines),
    )
