"""What is sent under a key of the sender's own making: whether it came before, and whether it was the same."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from kheo.files.receiving import SentFile
from kheo.org.access import Person
from kheo.registers.models import Entry, EntrySending

Way = Literal["phone", "api"]


def content_of(*told: object, files: Sequence[SentFile] = ()) -> str:
    """SHA-256 of what was sent, in whatever order fields came; files by what is in them."""
    whole = [*told, *([[hashlib.sha256(each.data).hexdigest() for each in files]] if files else [])]
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def sent_under(key: str, way: Way, by: Person) -> EntrySending | None:
    """What this person sent before under the same key."""
    return EntrySending.objects.select_related("entry").filter(person=by.user_id, way=way, key=key).first()


def keep_sending(entry: Entry, key: str, way: Way, content: str, by: Person, *, said: datetime | None = None) -> None:
    """Remember under which key an entry came. The database refuses a second one (`sent_once`)."""
    EntrySending.objects.create(entry=entry, person_id=by.user_id, way=way, key=key, content=content, said_at=said)
