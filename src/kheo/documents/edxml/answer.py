"""What the child answers about an edXML file."""

import base64
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from kheo.documents.edxml.message import Attached, EdxmlMessage, Organ, Trace


@dataclass(frozen=True)
class EdxmlRead:
    """`refusal` is empty where there is a message, else `where` tells the place in the file that it is about, in words for people;
    `problems` are for people; `rest`: texts that no field of ours holds, each with its way.

    `message.issued_on` is the first day of all where the file tells none; a problem says so.
    """

    message: EdxmlMessage | None = None
    problems: tuple[str, ...] = ()
    rest: tuple[tuple[str, str], ...] = ()
    refusal: str = ""
    where: str = ""


def to_json(read: EdxmlRead) -> bytes:
    """For the way back to the parent."""
    return json.dumps(asdict(read), default=_plain).encode()


def _plain(value: Any) -> str:
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else str(value.isoformat())


def from_json(data: bytes) -> EdxmlRead:
    """The answer as it was given."""
    told = json.loads(data)
    message = _message(told["message"]) if told["message"] else None
    return EdxmlRead(message, tuple(told["problems"]), tuple((way, text) for way, text in told["rest"]), told["refusal"], told["where"])


def _message(told: dict[str, Any]) -> EdxmlMessage:
    return EdxmlMessage(
        **{
            **told,
            "sender": Organ(**told["sender"]),
            "recipients": tuple(Organ(**each) for each in told["recipients"]),
            "issued_on": date.fromisoformat(told["issued_on"]),
            "due_on": date.fromisoformat(told["due_on"]) if told["due_on"] else None,
            "to_places": tuple(told["to_places"]),
            "traces": tuple(Trace(each["organ"], datetime.fromisoformat(each["at"])) for each in told["traces"]),
            "attached": tuple(Attached(**{**each, "data": base64.b64decode(each["data"])}) for each in told["attached"]),
        }
    )
