"""Both are the same for everybody, and tell nothing of anybody."""

from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

WORKER = "kheo/offline/worker.js"


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps opened reports at hand. Browsers ask for it anew at least once a day, whatever its headers say."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8")


@lru_cache(maxsize=1)
def _script() -> str:
    found = finders.find(WORKER)
    if not isinstance(found, str):
        raise FileNotFoundError(WORKER)
    return Path(found).read_text(encoding="utf-8")


@require_safe
def absent(request: HttpRequest) -> HttpResponse:
    """What the worker shows instead of a page that needs the network."""
    return render(request, "offline/offline.html")
