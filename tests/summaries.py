"""A summary of errors leads to what is wrong: each of its links names an element of its own page.

This is no test of its own: it looks at every page that any test of the product asks for (tests/settings.py), and fails that test.
"""

from collections.abc import Callable
from html.parser import HTMLParser

from django.http import HttpRequest, HttpResponse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SUMMARY = "error-summary"


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names, self.links, self.told = set[str](), list[str](), list[str]()
        self.depth = 0  # within a summary; 0: outside

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.names.add(told.get("id", ""))
        if "field-error" in told.get("class", "").split() and told.get("id", "").startswith("p-"):
            self.told.append(told["id"].removeprefix("p-"))
        if self.depth and tag == "a" and told.get("href", "").startswith("#"):
            self.links.append(told["href"].removeprefix("#"))
        if tag not in VOID and (self.depth or SUMMARY in told.get("class", "").split()):
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in VOID:
            self.depth -= 1


def leading_nowhere(page: str) -> list[str]:
    """What links of its summaries name and the page does not have."""
    read = _Page()
    read.feed(page)
    return [link for link in read.links if not link or link not in read.names]


def unled(page: str) -> list[str]:
    """The boxes that say what is wrong with them, and to which the summary of the page does not lead."""
    read = _Page()
    read.feed(page)
    led = {link.partition("-")[2] for link in read.links}
    return [key for key in read.told if key not in led]


class SummariesLead:
    """Refuses to answer with a page whose summary leads nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming and SUMMARY.encode() in response.content:
            nowhere = leading_nowhere(response.content.decode(response.charset))
            assert not nowhere, f"{request.path}: the summary of errors leads to {nowhere}, which the page does not have"
        return response
