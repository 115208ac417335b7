"""Short words for reading registers over the API."""

import json
from typing import Any

from tests.api.asking import Program


def got(asker: Program, path: str) -> Any:
    """What an address answers that must be there."""
    answer = asker.get(path)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def listed(asker: Program, query: str = "", *, code: str = "so-nho", most: int = 50) -> list[dict[str, Any]]:
    """A whole list, read on to its end; `query` ends with `&`."""
    found, after = list[dict[str, Any]](), ""
    while True:
        page = got(asker, f"/registers/{code}/entries?{query}most={most}{after}")
        assert len(page["entries"]) <= most
        found += page["entries"]
        if page["after"] is None:
            return found
        after = f"&after={page['after']}"


def told(asker: Program, path: str) -> str:
    """The same as text, letters as they are: escaped, no name would ever be found in it."""
    return json.dumps(got(asker, path), ensure_ascii=False)
