"""Whether the same came again: what was sent, as one hash."""

import hashlib
import json
from collections.abc import Sequence

from kheo.files.receiving import SentFile


def content_of(*told: object, files: Sequence[SentFile] = ()) -> str:
    """SHA-256 of what was sent, in whatever order fields came; files by what is in them."""
    whole = [*told, *([[hashlib.sha256(each.data).hexdigest() for each in files]] if files else [])]
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
