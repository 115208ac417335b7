"""How far a directive has come below a unit, level by level."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kheo.directives import access, actions
from kheo.directives.actions import Refused
from kheo.registers.queries.plans import late_just_below
from kheo.web.reach import PageRequest, signed_in
from kheo.web.relaying import chain_page


@signed_in
@require_safe
def chain(request: PageRequest, root: int, unit: int) -> HttpResponseBase:
    """A unit's place: `?loc=` lists who waits in the whole branch, `?trang=` is the page."""
    place = access.chain_to_read(request.person, root, unit)
    return render(request, "relaying/chain.html", chain_page.context(request, place))


@signed_in
@require_POST
def remind(request: PageRequest, root: int, unit: int) -> HttpResponseBase:
    """Remind the units directly below of what waits for them."""
    place = access.chain_to_read(request.person, root, unit)
    access.book_to_write(request.person, unit)
    late = late_just_below(place, request.person.on)
    made = actions.remind_below(root, unit, late_with_plan=late, by=request.person, at=request.now)
    if isinstance(made, Refused):
        messages.error(request, made.message)
    elif made.units:
        counts = (made.to_acknowledge, "chưa bấm “Đã nhận”"), (made.to_relay, "chưa chuyển xuống"), (made.to_plan, "quá hạn có kế hoạch")
        told = ", ".join(f"{count} {what}" for count, what in counts if count)
        messages.success(request, f"Đã nhắc {made.units} đơn vị: {told}. Mỗi đơn vị một tin, nhiều nhất một lần một ngày.")
    else:
        messages.info(request, "Không còn đơn vị trực thuộc nào phải nhắc.")
    return redirect("chain", root, unit)
