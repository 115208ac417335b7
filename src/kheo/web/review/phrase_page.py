"""The page of a recipient's phrases."""

from typing import Any

from kheo.reports.actions import Done, Refusal, write_phrase
from kheo.reports.queries.phrases import REMARK, RETURN, phrases
from kheo.web.numbers import number_in
from kheo.web.reach import PageRequest

KINDS = {REMARK: "Trong nhận xét", RETURN: "Trong lý do trả lại"}


def write(request: PageRequest, unit: int) -> Done | Refusal:
    """What the form asks for: `cau` is the text, `so` names a phrase that is there, `bo` forgets it."""
    number = number_in(request.POST, "so")
    phrase = number if number > 0 else None
    kind = request.POST.get("loai", "")
    text = "" if phrase and "bo" in request.POST else request.POST.get("cau", "")
    if phrase and not text.strip() and "bo" not in request.POST:
        return Refusal("Câu không được để trống. Muốn bỏ thì bấm Bỏ.")
    kind = kind if kind in KINDS else REMARK
    return write_phrase(unit, kind=kind, text=text, phrase=phrase, by=request.person, at=request.now)


def context(unit: int, desk: str, typed: str, refusal: Refusal | None) -> dict[str, Any]:
    """For `review/phrases.html`."""
    found = phrases(unit)
    groups = [{"kind": kind, "name": name, "phrases": [each for each in found if each.kind == kind]} for kind, name in KINDS.items()]
    return {"unit": unit, "desk": desk, "groups": groups, "typed": typed, "refusal": refusal}
