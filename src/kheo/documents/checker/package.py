"""Opening a .docx that may come from anybody: bounded, without entities, nothing fetched and nothing run."""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml

from kheo.documents.checker.deviation import NotAPaper

LARGEST_FILE = 32 * 1024 * 1024
LARGEST_PART = 64 * 1024 * 1024
MOST_PARTS = 500
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

# An element of the tree that the parser gives; its library carries no types.
Element = Any


@dataclass(frozen=True)
class Package:
    """The parts of the file that have to do with its look."""

    document: Element
    styles: Element | None
    # By relation id: the headers and footers that sections name.
    margins: dict[str, Element]


def open_package(content: bytes) -> Package:
    """The parts of a .docx; NotAPaper says why it is none, is too large or cannot be read."""
    if len(content) > LARGEST_FILE:
        raise NotAPaper(f"Tệp lớn quá {LARGEST_FILE >> 20} MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if len(package.infolist()) > MOST_PARTS:
                raise NotAPaper("Tệp có quá nhiều phần bên trong.")
            document = _part(package, "word/document.xml")
            if document is None:
                raise NotAPaper("Không phải tệp Word (.docx): không có nội dung văn bản.")
            relations = _relations(package)
            return Package(document, _part(package, "word/styles.xml"), {key: _part(package, name) for key, name in relations.items()})
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as fault:
        raise NotAPaper("Không mở được tệp: không phải tệp Word (.docx), hoặc tệp bị hỏng hay có mật khẩu.") from fault


def _part(package: zipfile.ZipFile, name: str) -> Element | None:
    if name not in package.namelist():
        return None
    with package.open(name) as stream:
        content = stream.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise NotAPaper(f"Phần {name} của tệp lớn quá {LARGEST_PART >> 20} MB.")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise NotAPaper("Tệp có khai báo thực thể XML, không đọc.")
    try:
        return parse_xml(content)
    except (SyntaxError, ValueError) as fault:
        raise NotAPaper(f"Phần {name} của tệp bị hỏng.") from fault


def _relations(package: zipfile.ZipFile) -> dict[str, str]:
    """Relation id to part name, of the headers and footers that are really there."""
    root = _part(package, "word/_rels/document.xml.rels")
    found = {}
    for each in root.iterchildren(f"{{{_RELATIONS}}}Relationship") if root is not None else ():
        name = posixpath.normpath(posixpath.join("word", each.get("Target", "")))
        if each.get("Type", "").rsplit("/", 1)[-1] in ("header", "footer") and name in package.namelist():
            found[each.get("Id", "")] = name
    return found
