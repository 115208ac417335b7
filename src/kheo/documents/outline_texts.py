"""What the units wrote, placed by the outline of the definition. Texts are theirs, word for word, each with its unit named."""

from kheo.core.consolidated import Consolidated
from kheo.core.definition import Definition, OutlineSection
from kheo.documents.official import Block, Heading, Paragraph, Span, body
from kheo.documents.printable import one_line, paragraphs

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """1 -> I, 4 -> IV, 12 -> XII (up to 89)."""
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def texts_of(section: OutlineSection, data: Consolidated) -> tuple[Block, ...]:
    """The texts under one section: first those of the consolidating unit itself, as its own words, then each unit's with its name."""
    own: list[Block] = []
    others: list[Block] = []
    for text in data.narratives:
        lines = paragraphs(text.text)
        if text.section != section.id or not lines:
            continue
        if text.unit.code == data.unit.code:
            own.extend(body(line) for line in lines)
        else:
            name = Span(f"{one_line(text.name)}: ", bold=True, italic=True)
            others.append(Paragraph((name, Span(lines[0])), "item"))
            others.extend(body(line) for line in lines[1:])
    return (*own, *others)


def leading_sections(definition: Definition) -> tuple[OutlineSection, ...]:
    """Sections that open the report: those about no content before the first one that is about a content, and whatever stands before

    the section that heads the contents (`I` before `II` with its `II.1`, `II.2` ...), also where it is about the campaign as a whole.
    """
    free = (section for section in _free_sections(definition) if _place(definition, section) < _first_content(definition))
    heads = {section.id.rpartition(".")[0] for section in definition.outline if section.content and "." in section.id}
    first_head = next((index for index, section in enumerate(definition.outline) if section.id in heads), 0)
    before = definition.outline[:first_head]
    parents = {section.id.rpartition(".")[0] for section in definition.outline}
    opening = (section for section in before if section.content and section.id not in parents)
    return tuple(sorted({*free, *opening}, key=lambda section: _place(definition, section)))


def closing_sections(definition: Definition) -> tuple[OutlineSection, ...]:
    """Sections about no content that stand after: shortcomings, proposals and whatever else the definition asks for."""
    return tuple(section for section in _free_sections(definition) if _place(definition, section) >= _first_content(definition))


def _free_sections(definition: Definition) -> tuple[OutlineSection, ...]:
    """Sections about no content, without those that only head sections about contents (`II` above `II.1`, `II.2` ...)."""
    heads = {section.id.rsplit(".", depth)[0] for section in definition.outline if section.content for depth in (1, 2, 3, 4)}
    return tuple(section for section in definition.outline if section.content is None and section.id not in heads)


def _place(definition: Definition, section: OutlineSection) -> int:
    return definition.outline.index(section)


def _first_content(definition: Definition) -> int:
    places = [index for index, section in enumerate(definition.outline) if section.content is not None]
    return places[0] if places else 0


def closing_blocks(definition: Definition, data: Consolidated, first_number: int) -> tuple[Block, ...]:
    """The closing sections under roman numbers from `first_number`; a section with nothing written says so."""
    blocks: list[Block] = []
    number, inner, parents = first_number - 1, 0, set[str]()
    for section in closing_sections(definition):
        if section.id.rpartition(".")[0] in parents:
            inner += 1
            blocks.append(Heading(str(inner), section.title, 2))
        else:
            number, inner = number + 1, 0
            parents.add(section.id)
            blocks.append(Heading(roman(number), section.title.upper(), 1))
        has_inner = any(other.id.startswith(f"{section.id}.") for other in definition.outline)
        blocks.extend(texts_of(section, data) or (() if has_inner else (body("Các đơn vị không nêu nội dung này."),)))
    return tuple(blocks)
