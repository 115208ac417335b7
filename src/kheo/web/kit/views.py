"""The kit's one page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kheo.web.kit.specimens import colours, icons, specimens


def show_kit(request: HttpRequest) -> HttpResponse:
    """All components, in the theme of `?nen=light|dark` or the machine's; not there in production."""
    if not settings.DEVELOPMENT:
        raise Http404
    asked = request.GET.get("nen", "")
    theme = asked if asked in ("light", "dark") else ""
    return render(request, "kit/index.html", {"parts": specimens(), "icons": icons(), "colours": colours(), "theme": theme})
