"""How a run or a paragraph really looks: document defaults, then styles from the oldest to the own one, then what stands at the place."""

from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from kheo.documents.checker.package import Element, Package

_MM = 25.4 / 1440
_FONT_KEYS = ("ascii", "hAnsi", "cs", "eastAsia")
# Word's own default where nothing says otherwise (ECMA-376 Part 1, §17.3.2.38).
_DEFAULT_SIZE = "20"


@dataclass(frozen=True)
class Run:
    """A stretch of text as it looks. `fonts`: every face named for it; `size` in points; `colour` as hexadecimal or `auto`."""

    text: str
    fonts: frozenset[str]
    size: float
    bold: bool
    italic: bool
    underline: bool
    colour: str


@dataclass(frozen=True)
class Shape:
    """A paragraph as it stands. Indents in millimetres, gaps in points; `spacing` is the line spacing as a multiple, None when fixed."""

    align: str
    left: float
    right: float
    first_line: float
    before: float
    after: float
    spacing: float | None
    border_above: bool
    border_below: bool
    outline: int | None


Properties = dict[str, dict[str, str]]


def properties_of(element: Element | None) -> Properties:
    """The children of an rPr or pPr as their attributes by name; borders are named with their side."""
    found: Properties = {}
    for child in element.iterchildren() if element is not None else ():
        name = _plain(child.tag)
        if name == "pBdr":
            found |= {f"border.{_plain(side.tag)}": _attributes(side) for side in child.iterchildren()}
        else:
            found[name] = _attributes(child)
    return found


def _plain(tag: Any) -> str:
    return str(tag).rpartition("}")[2]


def _attributes(element: Element) -> dict[str, str]:
    return {_plain(key): value for key, value in element.attrib.items()}


def merged(*layers: Properties) -> Properties:
    """Later layers over earlier ones, attribute by attribute."""
    whole: Properties = {}
    for layer in layers:
        for name, attributes in layer.items():
            whole[name] = {**whole.get(name, {}), **attributes}
    return whole


class Styles:
    """The styles of a file, each with what it inherits."""

    def __init__(self, package: Package) -> None:
        root = package.styles
        self._defaults: dict[str, Properties] = {"rPr": {}, "pPr": {}}
        self._styles: dict[str, Element] = {}
        self._default_style = ""
        if root is None:
            return
        for kind in ("rPr", "pPr"):
            self._defaults[kind] = properties_of(root.find(f"{qn('w:docDefaults')}/{qn(f'w:{kind}Default')}/{qn(f'w:{kind}')}"))
        for style in root.iterchildren(qn("w:style")):
            name = style.get(qn("w:styleId"), "")
            self._styles[name] = style
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true"):
                self._default_style = name

    def of(self, kind: str, style: str | None) -> Properties:
        """What defaults and a paragraph style (None: the default one) say, as `rPr` or `pPr`."""
        chain = self._chain(self._default_style if style is None else style)
        return merged(self._defaults[kind], *(properties_of(each.find(qn(f"w:{kind}"))) for each in chain))

    def of_character(self, style: str | None) -> Properties:
        """What a character style says."""
        return merged(*(properties_of(each.find(qn("w:rPr"))) for each in self._chain(style))) if style else {}

    def _chain(self, name: str | None) -> list[Element]:
        """A style and those that it is based on, the oldest first; a circle ends where it closes."""
        found: list[Element] = []
        while name and name in self._styles and self._styles[name] not in found:
            found.append(self._styles[name])
            below = found[-1].find(qn("w:basedOn"))
            name = below.get(qn("w:val")) if below is not None else None
        return found[::-1]


def is_on(properties: Properties, name: str) -> bool:
    """Whether a property that is on or off is on."""
    return name in properties and properties[name].get("val", "true") not in ("0", "false", "none", "off")


def run_of(text: str, properties: Properties) -> Run:
    """A run as it looks; capitals by property are capitals."""
    fonts = properties.get("rFonts", {})
    named = {value for key, value in fonts.items() if key in _FONT_KEYS or key.endswith("Theme")}
    return Run(
        text=text.upper() if is_on(properties, "caps") else text,
        fonts=frozenset(named),
        size=int(properties.get("sz", {}).get("val", _DEFAULT_SIZE)) / 2,
        bold=is_on(properties, "b"),
        italic=is_on(properties, "i"),
        underline=is_on(properties, "u"),
        colour=properties.get("color", {}).get("val", "auto").lower(),
    )


def shape_of(properties: Properties) -> Shape:
    """A paragraph as it stands."""
    indent, spacing = properties.get("ind", {}), properties.get("spacing", {})
    first = _number(indent, "firstLine") - _number(indent, "hanging")
    rule, line = spacing.get("lineRule", "auto"), _number(spacing, "line", 240)
    outline = properties.get("outlineLvl", {}).get("val")
    return Shape(
        align=properties.get("jc", {}).get("val", "left"),
        left=_number(indent, "left", _number(indent, "start")) * _MM,
        right=_number(indent, "right", _number(indent, "end")) * _MM,
        first_line=first * _MM,
        before=_number(spacing, "before") / 20,
        after=_number(spacing, "after") / 20,
        spacing=line / 240 if rule == "auto" else None,
        border_above=_has_border(properties, "border.top"),
        border_below=_has_border(properties, "border.bottom"),
        outline=int(outline) if outline and outline.isdigit() and int(outline) < 9 else None,
    )


def _has_border(properties: Properties, name: str) -> bool:
    return properties.get(name, {}).get("val", "none") not in ("none", "nil")


def _number(attributes: dict[str, str], name: str, default: float = 0) -> float:
    try:
        return float(attributes.get(name, default))
    except ValueError:
        return default
