"""What the child answers about a paper: its text, or why there is none."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class PaperText:
    """`refusal` is empty where there is a text; `files.papers` has the words for each.

    `some_scanned`: pages without text among others that have some, from 1.
    """

    text: str = ""
    refusal: str = ""
    encoding: str = ""
    some_scanned: tuple[int, ...] = ()


def to_json(answer: PaperText) -> bytes:
    """For the way back to the parent."""
    return json.dumps(asdict(answer)).encode()


def from_json(data: bytes) -> PaperText:
    """The answer as it was given."""
    told = json.loads(data)
    return PaperText(told["text"], told["refusal"], told["encoding"], tuple(told["some_scanned"]))
