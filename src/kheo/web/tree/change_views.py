"""Changing units from a file: sent, previewed, confirmed."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kheo.core.numbers import format_int
from kheo.reports.access.reorganising import change_file, unit_of_reorganiser
from kheo.reports.actions.reorganising import CHANGED, confirm_changes, take_in_changes
from kheo.web.reach import PageRequest, signed_in
from kheo.web.tree import changes_page

PAGE = ["GET", "HEAD", "POST"]
MOST_BYTES = 5 * 1024 * 1024


@signed_in
@require_http_methods(PAGE)
def send_file(request: PageRequest) -> HttpResponseBase:
    """Where a file of changes is chosen; a POST puts it away and shows what it would do."""
    unit_of_reorganiser(request.person)
    refusal = ""
    if request.method == "POST":
        sent = request.FILES.get("tep")
        if sent is None:
            refusal = "Chưa chọn tệp nào."
        elif (sent.size or 0) > MOST_BYTES:
            refusal = "Tệp lớn hơn 5 MB. Hãy chia thành nhiều tệp, mỗi tệp trọn các ngày của nó."
        else:
            stored = take_in_changes(sent.read(), sent.name or "", by=request.person, at=request.now)
            return redirect("preview_changes", stored.pk)
    shown = {"refusal": refusal, "trail": changes_page.trail("", request.person)}
    return render(request, "tree/change_upload.html", shown, status=409 if refusal else 200)


@signed_in
@require_http_methods(PAGE)
def preview_file(request: PageRequest, file: int) -> HttpResponseBase:
    """What a file would do; a POST records it, if that is still what was shown."""
    stored = change_file(request.person, file)
    barred = request.method == "POST"
    has_moved = False
    if barred:
        done = confirm_changes(stored.pk, mark=request.POST.get("mark", ""), by=request.person, at=request.now)
        if done.batch:
            messages.success(request, f"Đã ghi {format_int(done.events)} sự kiện, đợt số {done.batch}.")
            return redirect(f"{reverse('events')}?dot={done.batch}")
        has_moved = CHANGED in done.problems
    preview = changes_page.preview_of(stored, request.person, request.now, is_doubted=has_moved)
    shown = changes_page.context(request.GET, preview, stored.name, request.person)
    told = {"has_moved": CHANGED.message if has_moved else ""}
    return render(request, "tree/change_preview.html", shown | told, status=409 if barred else 200)
