"""The bytes of a stranger's edXML file as elements, or why they are none and where. Only ever run in the child process."""

from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from kheo.documents.edxml.answer import EdxmlRead

DEEPEST = 40
_ROOTS = frozenset({"edxml", "edxmlenvelope"})
_SHOWN = 60  # characters of a name of the file
_BOM = b"\xef\xbb\xbf"


class _TooDeepError(Exception):
    """Refused while it is read, before the elements below take any room."""


class _Elements(TreeBuilder):
    """Builds the tree and knows which elements are open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.opened.append(tag)
        if len(self.opened) > DEEPEST:
            raise _TooDeepError
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.opened.pop()
        return super().end(tag)

    @property
    def inside(self) -> str:
        """The innermost open element, in words."""
        return f"trong phần {local(self.opened[-1])[:_SHOWN]}" if self.opened else "ở ngoài mọi phần"


def parsed(data: bytes) -> Element | EdxmlRead:
    """The element of the message, wherever other software has wrapped it; or the refusal."""
    target = _Elements()
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    try:
        parser.feed(_from_first_sign(data))
        root: Element = parser.close()
    except _TooDeepError:
        return EdxmlRead(refusal="unsafe", where=f"Lồng quá {DEEPEST} tầng {target.inside}.")
    except DefusedXmlException:
        return EdxmlRead(refusal="unsafe", where="Có khai báo <!DOCTYPE hoặc <!ENTITY ở đầu tệp.")
    except ParseError as wrong:
        line, column = wrong.position
        return EdxmlRead(refusal="not_xml", where=f"Hỏng từ dòng {line}, cột {column + 1}, {target.inside}.")
    except (ValueError, LookupError):  # an encoding that nobody knows, or letters that are none of it
        return EdxmlRead(refusal="not_xml", where="Bảng mã ghi ở đầu tệp (encoding) không dùng được.")
    found = next((each for each in root.iter() if local(each.tag).lower() in _ROOTS), None)
    return EdxmlRead(refusal="not_edxml", where=f"Phần ngoài cùng là “{local(root.tag)[:_SHOWN]}”.") if found is None else found


def _from_first_sign(data: bytes) -> bytes:
    """Without empty lines before the declaration, which XML does not allow and editors leave; two-byte encodings stay as they are."""
    return data if b"\x00" in data[:4] else data.removeprefix(_BOM).lstrip()


def namespace_of(tag: str) -> str:
    """Empty where it has none."""
    namespace, bracket, _ = tag.rpartition("}")
    return namespace[1:] if bracket else ""


def local(tag: str) -> str:
    """An element's name without its namespace."""
    return tag.rpartition("}")[2]
