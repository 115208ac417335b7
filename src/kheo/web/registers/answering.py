"""What a press of one button on the page of an entry comes to: the page again, with how it went."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect

from kheo.registers.actions import Made, Refused
from kheo.web.reach import PageRequest


def no_more(request: PageRequest, entry: int, why: str) -> HttpResponseBase:
    """Back to the entry, saying why what was asked for is not to be had there any more."""
    messages.warning(request, why)
    return redirect("entry", entry)


def answered(request: PageRequest, entry: int, outcome: Made | Refused, words: str) -> HttpResponseBase:
    """Back to the entry, saying that it is done, or everything why not."""
    if isinstance(outcome, Refused):
        messages.error(request, " ".join([outcome.message, *(each.message for each in outcome.problems)]))
    else:
        messages.success(request, words)
    return redirect("entry", entry)
