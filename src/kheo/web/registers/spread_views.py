"""The entries of a register from which the most places learned."""

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kheo.core.days import format_day
from kheo.core.numbers import format_int
from kheo.org.access import Unreachable
from kheo.org.queries import names_around
from kheo.registers.access import book_to_read, sight
from kheo.registers.models import Entry
from kheo.registers.queries.showing import title_shown
from kheo.registers.queries.spreading import farthest, firsts
from kheo.web.reach import PageRequest, signed_in

PAGE = 50


@signed_in
@require_safe
def entries_spread(request: PageRequest, code: str) -> HttpResponseBase:
    """Of what this person reads, the farthest first; how far it came is counted in the whole country."""
    book = book_to_read(request.person, code)
    kind = book.definition.spreads_by
    if kind is None:
        raise Unreachable
    looking = sight(request.person)
    found = farthest(book.register.pk, kind.code)
    entries = firsts(found)
    read = [each for each in found if each.entry in entries and looking.reads(entries[each.entry])]
    page = Paginator(read, PAGE).get_page(request.GET.get("trang", ""))
    names = names_around({entries[each.entry].owner_id for each in page.object_list}, request.person.on)

    def shown(entry: Entry) -> dict[str, str]:
        title = title_shown(book.definition, entry, looking.sees_personal(entry))
        return {"title": title, "url": reverse("entry", args=[entry.pk]), "about": f"{entry.code} · {names.get(entry.owner_id, '')}"}

    rows = [
        shown(entries[each.entry]) | {"places": format_int(each.places), "steps": format_int(each.depth), "last": format_day(each.last)}
        for each in page.object_list
    ]
    trail = [("Sổ", reverse("registers")), (book.definition.short, reverse("entries", args=[code])), ("Lan xa nhất", "")]
    return render(request, "registers/spread.html", {
        "book": book,
        "rows": rows,
        "page": page,
        "many": format_int(len(read)),
        "places": format_int(sum(each.places for each in read)),
        "steps": format_int(max((each.depth for each in read), default=0)),
        "trail": [{"label": words, "url": url} for words, url in trail],
    })  # fmt: skip
