"""A reorganisation drawn: as SVG in the page, for wide and for narrow screens, and as a file that stands alone."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kheo.core.flows import NARROW, WIDE, Frame, Name, Picture, Source, Target, picture
from kheo.core.short_words import short_name
from kheo.org.queries import Flow, OldUnit

# How a file looks that no sheet comes with: ink on white paper, as the page is in the light.
_FILE_STYLES = {
    'class="ribbon is-part"': 'fill="none" stroke="#764700" stroke-opacity="0.55" stroke-width="8" stroke-dasharray="6 4"',
    'class="ribbon"': 'fill="none" stroke="#0b6074" stroke-opacity="0.55" stroke-width="8"',
    'class="end"': 'text-anchor="end" fill="#516066"',
    'class="value"': 'font-weight="600" fill="#182226"',
}
_HEAD = 64  # room for the title and what the lines mean


def drawn(flows: Sequence[Flow], said: str) -> SafeString:
    """The picture twice, for wide and for narrow screens, as SVG in the page; the table beside it says the same."""
    label = escape(f"{said}; chi tiết trong bảng bên dưới")
    narrow = [
        Target(flow.id, short_name(flow.name), tuple(Source(old.id, short_name(old.name), old.is_part) for old in flow.old))
        for flow in flows
    ]
    text = _svg(_wide(flows), WIDE, label, "flows-wide") + _svg(narrow, NARROW, label, "flows-narrow")
    return mark_safe(text)  # noqa: S308  # numbers of ours, and every text in it is escaped


def _wide(flows: Sequence[Flow]) -> list[Target]:
    return [Target(flow.id, short_name(flow.name), tuple(Source(old.id, _short(old), old.is_part) for old in flow.old)) for flow in flows]


def _svg(targets: Sequence[Target], frame: Frame, label: str, kind: str) -> str:
    made = picture(targets, frame)
    parts = _ribbons(made) + _names(made.old, "end", frame.left) + _names(made.new, "value", frame.right)
    return f'<svg class="{kind}" viewBox="0 0 {made.width} {made.height}" role="img" aria-label="{label}">{parts}</svg>'


def _short(old: OldUnit) -> str:
    return f"{short_name(old.name)} · {short_name(old.above_name)}" if old.above_name else short_name(old.name)


def _ribbons(made: Picture) -> str:
    kinds = {True: 'class="ribbon is-part"', False: 'class="ribbon"'}
    return "".join(f'<path {kinds[each.is_part]} d="{each.path}"/>' for each in made.ribbons)


def _names(names: Sequence[Name], kind: str, x: int) -> str:
    return "".join(f'<text class="{kind}" x="{x}" y="{name.y + 5}">{escape(name.text)}</text>' for name in names)


def picture_file(flows: Sequence[Flow], title: str, said: str) -> bytes:
    """All of them in one picture that opens, prints and goes into a document anywhere; `title` above it, `said` below that."""
    made = picture(_wide(flows), WIDE)
    parts = _ribbons(made) + _names(made.old, "end", WIDE.left) + _names(made.new, "value", WIDE.right)
    for kind, style in _FILE_STYLES.items():
        parts = parts.replace(kind, style)
    height = made.height + _HEAD
    head = f'<text x="16" y="28" font-size="20" font-weight="600" fill="#182226">{escape(title)}</text>'
    head += f'<text x="16" y="50" fill="#516066">{escape(said)}</text>'
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{made.width}" height="{height}" viewBox="0 0 {made.width} {height}" '
        f'font-family="Arial, sans-serif" font-size="13"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{head}<g transform="translate(0 {_HEAD})">{parts}</g></svg>'
    )
    return text.encode()
