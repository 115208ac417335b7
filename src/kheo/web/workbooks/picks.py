"""Files ticked on the page of a batch."""

from dataclasses import dataclass

from django.http import QueryDict

MOST = 100


@dataclass(frozen=True)
class Pick:
    """A file, and the version of its report that was shown."""

    file: int
    version: int


def read_picks(form: QueryDict) -> list[Pick]:
    """What was ticked, each once; anything else in the field is no pick."""
    found: dict[int, Pick] = {}
    for text in form.getlist("pick"):
        file, _, version = text.partition(".")
        if file.isdecimal() and version.isdecimal() and len(text) < 30:
            found[int(file)] = Pick(int(file), int(version))
    return list(found.values())[:MOST]
