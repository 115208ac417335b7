"""Taking over what a unit that has ended left, and confirming answers that another edition of the register asks to look at again."""

from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from kheo.org.access import Unreachable
from kheo.registers.access import entry_to_read
from kheo.registers.actions import confirm_answers, offered, take_over
from kheo.web.numbers import number_in, number_of
from kheo.web.reach import PageRequest, signed_in
from kheo.web.registers.answering import answered


@signed_in
@require_POST
def take_over_left(request: PageRequest, entry: int) -> HttpResponseBase:
    """The entry names the chosen unit from now on. Where nothing is left to take over, or not by this person, it is not there."""
    possible = offered(entry_to_read(request.person, entry), request.person)
    side = "handler" if request.POST.get("side") == "handler" else "owner"
    if side not in possible:
        raise Unreachable
    to, version = number_in(request.POST, "to"), number_in(request.POST, "version")
    outcome = take_over(entry, to, version=version, by=request.person, at=request.now, side=side)
    return answered(request, entry, outcome, "Đã tiếp nhận hồ sơ. Số đã báo cáo trước đây không đổi.")


@signed_in
@require_POST
def confirm(request: PageRequest, entry: int) -> HttpResponseBase:
    """These answers were seen and hold as they are."""
    if not entry_to_read(request.person, entry).is_editable:
        raise Unreachable
    flags = [number_of(each) for each in request.POST.getlist("flag")[:100]]
    outcome = confirm_answers(entry, flags, by=request.person, at=request.now)
    return answered(request, entry, outcome, "Đã ghi là đã xem lại.")
