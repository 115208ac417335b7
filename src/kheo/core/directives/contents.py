"""The named contents of a campaign (`“Không …”`, the five of them): the quoted titles of a row of items."""

import re

from kheo.core.directives.body import Body
from kheo.core.directives.found import Found, Place
from kheo.core.directives.outline import Item
from kheo.core.directives.paper import bare, tidy

_QUOTED = re.compile(r"[“\"]\s*([^“”\"]{4,200}?)\s*[”\"]")
_TITLED = re.compile(
    r"^\W*(?:ve\s+)?(?:thuc\s+hien\s+)?(?:noi\s+dung|tieu\s+chi|phong\s+trao"
    r"|van\s+dong)?\s*(?:(?:thu|so)\s+\w+|\d{1,2}|[ivx]{1,4}\b)?\s*[:,.]?\s*\W*$"
)


def named_contents(body: Body) -> list[Found[str]]:
    """The quoted titles of a row of items (`1. Về nội dung “Không …”`), at least two: the contents of a campaign, in order."""
    rows: dict[int | None, list[Item]] = {}
    for item in body.outline:
        if item.kind not in ("dash", "plus"):
            rows.setdefault(item.parent, []).append(item)
    for row in rows.values():
        named = [title for title in (_title(body, item) for item in row) if title]
        if len(named) >= 2 and len(named) * 2 > len(row):
            return named
    return []


def _title(body: Body, item: Item) -> Found[str] | None:
    """The one quoted title of a heading that is nothing but a title."""
    stop = body.clean.find("\n\n", item.text_start, item.end)
    end = min(stop if stop >= 0 else item.end, item.text_start + 400)
    match = _QUOTED.search(body.clean, item.text_start, end)
    if match is None or not _TITLED.match(bare(body.clean[item.text_start : match.start()])):
        return None
    rest = body.clean[match.end() : end].split("\n")[0].strip(" .:;*")
    return Found(tidy(match[1]), Place(match.start(1), match.end(1))) if len(rest) < 3 else None
