"""A Word file as a package: styles, settings, properties and bytes, the same for the same content."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from kheo.documents.printable import one_line
from kheo.documents.profiles import PaperProfile
from kheo.documents.word import NAMESPACE, twips

# Parts of the library's template that say nothing about our paper: a thumbnail, theme fonts, another program's name.
_UNUSED = ("thumbnail", "extended-properties", "customXml", "numbering", "stylesWithEffects", "webSettings", "fontTable", "theme")
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_SETTING = "http://schemas.microsoft.com/office/word"


def blank_document(profile: PaperProfile) -> WordDocument:
    """An empty A4 document with the styles of the profile and nothing else."""
    document = docx.Document()
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.rsplit("/", 1)[-1] in _UNUSED]:
            del relations[key]
    _replace(document.styles.element, _styles(profile))
    _replace(document.settings.element, _settings())
    return document


def _replace(element, fragment: str) -> None:  # type: ignore[no-untyped-def]  # lxml elements of python-docx carry no types
    """The children of an element, replaced by those of the fragment."""
    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(f'<w:root xmlns:w="{NAMESPACE}">{fragment}</w:root>')):
        element.append(child)


def _settings() -> str:
    """Settings of a present-day Word file in Vietnamese; mode 15 keeps Word from opening it "in compatibility mode"."""
    return (
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{_SETTING}" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
    )


def _styles(profile: PaperProfile) -> str:
    font = profile.font
    size = round(profile.body_size * 2)
    gap = round(profile.paragraph_gap * 20)
    line = f'w:line="{round(profile.line_spacing * 240)}" w:lineRule="auto"'
    indent = f'<w:ind w:firstLine="{twips(profile.first_line_indent)}"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
        f'<w:color w:val="000000"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'
        f'</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" {line}/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:rPr>{fonts}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
    )
    body = f'<w:spacing w:before="0" w:after="{gap}" {line}/>{indent}<w:jc w:val="both"/>'
    heading = f'<w:keepNext/><w:spacing w:before="{gap}" w:after="{gap}" {line}/>{indent}<w:jc w:val="both"/>'
    small = f'<w:spacing w:before="60" w:after="{gap}" {line}/><w:jc w:val="both"/>'
    note_size = round(profile.note_size * 2)
    own = (
        _style("KheoBody", "Khéo – Nội dung", body)
        + _style("KheoBasis", "Khéo – Căn cứ", body, "<w:i/><w:iCs/>" if profile.forms.bases_italic else "")
        + _style("KheoItem", "Khéo – Gạch đầu dòng", body)
        + _style("KheoNote", "Khéo – Ghi chú", small, f'<w:i/><w:iCs/><w:sz w:val="{note_size}"/><w:szCs w:val="{note_size}"/>')
        + _style("KheoTable", "Khéo – Bảng", '<w:spacing w:before="20" w:after="20"/>')
        + _style("KheoRule", "Khéo – Đường kẻ", "", '<w:sz w:val="4"/><w:szCs w:val="4"/>')
    )
    bold = "<w:b/><w:bCs/>"
    levels = (("Heading1", "heading 1", 0, bold), ("Heading2", "heading 2", 1, bold), ("Heading3", "heading 3", 2, ""))
    heads = "".join(_style(style_id, name, f'{heading}<w:outlineLvl w:val="{level}"/>', face) for style_id, name, level, face in levels)
    return defaults + normal + own + heads


def _style(style_id: str, name: str, paragraph: str, face: str = "") -> str:
    inner = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    inner += f"<w:rPr>{face}</w:rPr>" if face else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/>{inner}</w:style>'
    )


def set_properties(document: WordDocument, *, title: str, author: str, created: datetime) -> None:
    """The core properties, from the data alone: `created` (aware) is also the day of the last change."""
    properties = document.core_properties
    moment = created.astimezone(UTC).replace(tzinfo=None)
    properties.title = one_line(title)[:255]
    properties.author = one_line(author)[:255]
    properties.last_modified_by = one_line(author)[:255]
    properties.language = "vi-VN"
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    properties.revision = 1
    properties.created = properties.modified = moment


def mark_place(document: WordDocument, number: int) -> None:
    """Where part `number` of the text will stand: at the end of the document as it is now."""
    last = document.element.body.sectPr
    last.addprevious(parse_xml(f'<w:root xmlns:w="{NAMESPACE}">{_mark(number)}</w:root>')[0])


def _mark(number: int) -> str:
    """A comment: no text of anybody can look like one, since `<` in a text is always escaped."""
    return f"<!--part {number}-->"


def to_bytes(document: WordDocument, parts: Sequence[Sequence[str]]) -> bytes:
    """The file, with the parts put in their marked places and fixed dates inside, so that the same document is the same bytes.

    The parts never become a tree of elements: moving thousands of rows into one takes a time that grows with their square.
    """
    written = io.BytesIO()
    document.save(written)
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                for number, pieces in enumerate(parts):
                    content = content.replace(_mark(number).encode(), "".join(pieces).encode(), 1)
            target.writestr(zipfile.ZipInfo(name, _ZIP_DATE), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
