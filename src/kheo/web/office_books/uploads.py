"""The file of a form: sent with it, or sent before and held, so that after an error or a reading nobody has to choose it again.

Held for a short while in the cache, for the person who sent it alone, under a name that nobody can guess; nothing of it is in the books. A
paper that is marked secret is never held, and who has several forms open holds the newest few.
"""

import secrets
from dataclasses import dataclass

from django.core.cache import cache

from kheo.core.numbers import format_int
from kheo.web.office_books import forms
from kheo.web.reach import PageRequest

FIELD, HELD, LEFT = "tep", "tep-giu", "bo-tep"  # the file, the name of a held one, and that it is not wanted
FOR = 2 * 60 * 60  # seconds
MOST_HELD = 3
LARGEST_HELD = 24 << 20


@dataclass(frozen=True)
class Upload:
    """A file as it was sent; `held`: the name under which it is held, empty for one that is not."""

    data: bytes
    name: str
    held: str = ""

    @property
    def size(self) -> str:
        """In words."""
        kilobytes = max(1, round(len(self.data) / 1024))
        return f"{format_int(kilobytes)} kB" if kilobytes < 1024 else f"{format_int(round(kilobytes / 1024))} MB"


def upload_in(request: PageRequest) -> Upload | None:
    """The file that was sent with the form, else the one that was held for it."""
    if (sent := request.FILES.get(FIELD)) is not None:
        return Upload(sent.read(), sent.name or "")
    name = request.POST.get(HELD, "")[:64]
    if not name or LEFT in request.POST:
        return None
    found = cache.get(_key(request, name))
    return Upload(found[1], found[0], name) if found else None


def is_lost(request: PageRequest) -> bool:
    """Whether the form counted on a file that is held no more."""
    return bool(request.POST.get(HELD)) and LEFT not in request.POST and upload_in(request) is None


def hold(request: PageRequest, upload: Upload | None, text: str) -> Upload | None:
    """Hold it for the form that is shown again; None where it is not: too large, or `text`, what was read of it, is marked secret."""
    if upload is None or len(upload.data) > LARGEST_HELD or forms.understanding(text).secret:
        return None
    if upload.held:
        return upload
    name = secrets.token_urlsafe(24)
    cache.set(_key(request, name), (upload.name, upload.data), FOR)
    before = [*cache.get(_list(request), []), name]
    cache.delete_many(_key(request, each) for each in before[:-MOST_HELD])
    cache.set(_list(request), before[-MOST_HELD:], FOR)
    return Upload(upload.data, upload.name, name)


def let_go(request: PageRequest) -> None:
    """It was written, or another one took its place."""
    if name := request.POST.get(HELD, "")[:64]:
        cache.delete(_key(request, name))


def _key(request: PageRequest, name: str) -> str:
    return f"paper-of-form:{request.person.user_id}:{name}"


def _list(request: PageRequest) -> str:
    return f"papers-of-forms:{request.person.user_id}"
