"""A read paper as plain data for `kheo directive read --json`: the keys of the annotated set in `shared/data/directives/README.md`."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kheo.core.directives.citation import Citation
from kheo.core.directives.due import CutOff, Deadline
from kheo.core.directives.found import Found, Place
from kheo.core.directives.paper import Paper
from kheo.core.directives.reading import Directive

_PERIODS = ("once", "month", "quarter", "half-year", "year")  # the annotated set has words for these


def told(directive: Directive) -> dict[str, Any]:
    """One object; None where the text does not say it. `evidence` has, for every item, its line, place, text and how sure it is."""
    number = directive.notation.value if directive.notation else None
    date = directive.date.value.date if directive.date else None
    return {
        "number": number.number if number else None,
        "symbol": number.symbol if number else None,
        "full_number": number.full if number else None,
        "date": date.isoformat() if date else None,
        "place": _value(directive.place),
        "issuer": _value(directive.issuer),
        "issuer_superior": _value(directive.superior),
        "doc_type": _value(directive.kind),
        "subject": _value(directive.subject),
        "signer_name": _value(directive.signer),
        "signer_title": _value(directive.signer_title),
        "recipients": [] if directive.is_wired else [each.value for each in directive.addressees],
        "wired_to": [each.value for each in directive.addressees] if directive.is_wired else [],
        "distribution": [each.value for each in directive.copies],
        "cited_documents": [_citation(each.value) for each in directive.citations],
        "deadlines": [_deadline(each.value) for each in directive.deadlines],
        "top_level_items": len(directive.top_level) or None,
        "urgency": _value(directive.urgency),
        "received_stamp": _stamp(directive),
        "contents": [each.value for each in directive.contents],
        "tasks": [asdict(each.value) for each in directive.tasks],
        "figures": [asdict(each.value) for each in directive.figures],
        "corrections": [
            {"original": each.value.original, "proposed": each.value.proposed, "why": each.value.why} for each in directive.slips
        ],
        "outline": _outline(directive),
        "evidence": _evidence(directive),
    }


def _value(found: Found[str] | None) -> str | None:
    return found.value if found else None


def _citation(cited: Citation) -> dict[str, Any]:
    told = {
        "type": cited.kind,
        "number": cited.number,
        "date": cited.date.date.isoformat() if cited.date and cited.date.date else None,
        "role": cited.role,
    }
    more = {"name": cited.name, "year": cited.year}
    return {**told, **{key: value for key, value in more.items() if value is not None}}


def _deadline(deadline: Deadline) -> dict[str, Any]:
    when = deadline.when
    told = {
        "text": deadline.text,
        "date": when.date.isoformat() if when and when.date else None,
        "month_day": when.month_day if when and when.year is None else None,
        "period": deadline.period if deadline.period in _PERIODS else None,
        "to": deadline.to,
        "kind": deadline.kind,
    }
    month = deadline.month
    more = {
        "period_other": deadline.period if deadline.period not in _PERIODS else None,
        "time": deadline.time,
        "day": deadline.day,
        "month": month if month and "Q" not in month else None,
        "quarter": month if month and "Q" in month else None,
        "within": deadline.within,
        "reckoned": deadline.reckoned.isoformat() if deadline.reckoned else None,
        "cut_off": _cut_off(deadline.cut_off.value) if deadline.cut_off else None,
    }
    return {**told, **{key: value for key, value in more.items() if value is not None}}


def _cut_off(cut: CutOff) -> dict[str, Any]:
    """`date`, `month_day` or `day` (of every month) of the last day that is counted; `begins` the first, where it is said."""
    when = cut.when
    told = {
        "date": when.date.isoformat() if when and when.date else None,
        "month_day": when.month_day if when and when.year is None else None,
        "day": cut.day,
        "begins": (cut.begins.date.isoformat() if cut.begins.date else cut.begins.month_day) if cut.begins else None,
    }
    return {key: value for key, value in told.items() if value is not None}


def _stamp(directive: Directive) -> dict[str, Any] | None:
    if directive.stamp is None:
        return None
    stamp = directive.stamp.value
    return {"by": stamp.by, "number": stamp.number, "date": stamp.date.date.isoformat() if stamp.date and stamp.date.date else None}


def _outline(directive: Directive) -> list[dict[str, Any]]:
    paper = directive.paper
    return [
        {
            "kind": item.kind,
            "number": item.number,
            "heading": paper.told(item.text_start, item.heading_end),
            "line": paper.line_of(item.start),
            "parent": item.parent,
        }
        for item in directive.outline
    ]


def _evidence(directive: Directive) -> dict[str, Any]:
    singles = {
        "number": directive.notation,
        "date": directive.date,
        "place": directive.place,
        "issuer": directive.issuer,
        "issuer_superior": directive.superior,
        "doc_type": directive.kind,
        "subject": directive.subject,
        "signer_name": directive.signer,
        "signer_title": directive.signer_title,
        "urgency": directive.urgency,
        "received_stamp": directive.stamp,
    }
    rows: dict[str, Sequence[Found[Any]]] = {
        "wired_to" if directive.is_wired else "recipients": directive.addressees,
        "distribution": directive.copies,
        "cited_documents": directive.citations,
        "deadlines": directive.deadlines,
        "contents": directive.contents,
        "tasks": directive.tasks,
        "figures": directive.figures,
        "corrections": directive.slips,
    }
    evidence: dict[str, Any] = {name: _place(directive.paper, found.place, found.sure) for name, found in singles.items() if found}
    evidence.update({name: [_place(directive.paper, found.place, found.sure) for found in row] for name, row in rows.items() if row})
    counted = [due.value.cut_off for due in directive.deadlines if due.value.cut_off]
    if counted:
        evidence["cut_offs"] = [_place(directive.paper, each.place, each.sure) for each in counted]
    if directive.outline:
        evidence["outline"] = [_place(directive.paper, Place(item.start, item.heading_end), item.sure) for item in directive.outline]
    if directive.top_level:
        evidence["top_level_items"] = [
            _place(directive.paper, Place(item.start, item.heading_end), item.sure) for item in directive.top_level
        ]
    return evidence


def _place(paper: Paper, place: Place, sure: float) -> dict[str, Any]:
    return {
        "line": paper.line_of(place.start),
        "start": place.start,
        "end": place.end,
        "text": paper.text[place.start : place.end],
        "confidence": sure,
    }
