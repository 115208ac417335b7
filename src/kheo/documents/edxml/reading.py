"""An edXML file of another office, read. Bytes of strangers: only ever run in the child process (`files.edxml`)."""

import base64
import binascii
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import TypeVar
from xml.etree.ElementTree import Element

from kheo.documents.edxml.answer import EdxmlRead, to_json
from kheo.documents.edxml.message import NAMESPACE, NEW, NO_PAPER, PRIORITIES, Attached, EdxmlMessage, Organ, Trace
from kheo.documents.edxml.parsing import local, namespace_of, parsed

# The shape of QCVN 102:2016, and that of older axes of provinces, which differ in namespace and in capitals only.
_NAMESPACES = frozenset({NAMESPACE, "http://www.go.vn/eDoc", "http://www.e-doc.vn/Schema/", ""})
_TIME = r"(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?.*)?"
# As the regulation writes it; and as people do.
_YEAR_FIRST = re.compile(rf"(\d{{4}})[/-](\d{{1,2}})[/-](\d{{1,2}}){_TIME}", re.DOTALL)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[/-](\d{{1,2}})[/-](\d{{4}}){_TIME}", re.DOTALL)
_BLANK = dict.fromkeys(map(ord, " \t\r\n\f\v"))
MOST_FILES, LARGEST_FILE, LARGEST_TOGETHER = 50, 20 << 20, 32 << 20
Value = TypeVar("Value")


def edxml_read(data: bytes) -> bytes:
    """What the file says, for the way back to the parent."""
    return to_json(read_edxml(data))


def read_edxml(data: bytes) -> EdxmlRead:
    """The message of a file, with everything in it that is wrong or that has no place in ours; or why there is none."""
    root = parsed(data)
    return root if isinstance(root, EdxmlRead) else _Reading(root).read()


def _instant(said: str) -> datetime | None:
    """As the file tells it: without a zone."""
    if found := _YEAR_FIRST.fullmatch(said):
        year, month, day, *clock = found.groups()
    elif found := _DAY_FIRST.fullmatch(said):
        day, month, year, *clock = found.groups()
    else:
        return None
    hour, minute, second = (int(part or 0) for part in clock)
    try:
        return datetime(int(year), int(month), int(day), hour, minute, second)  # noqa: DTZ001
    except ValueError:
        return None


class _Reading:
    """One file on its way into a message; remembers what was read, so that the rest can be told."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.problems: list[str] = []
        self.met: set[Element] = set()

    def read(self) -> EdxmlRead:
        head = self.one(self.root, "MessageHeader")
        if head is None:
            return EdxmlRead(refusal="no_header")
        if (namespace := namespace_of(self.root.tag)) not in _NAMESPACES:
            self.problems.append(f"Không gian tên “{namespace[:80]}” không phải của QCVN 102:2016; Khéo đọc theo tên các phần.")
        message = self.message(head)
        self.business()
        for name in ("edXMLManifest", "Manifest"):  # the files themselves say the same; what only the list names is told
            self.pass_over(name)
        return EdxmlRead(message, tuple(self.problems), tuple(self.rest(self.root, "")))

    def message(self, head: Element) -> EdxmlMessage:
        issued = self.day(self.text(head, "PromulgationInfo", "PromulgationDate"), "PromulgationDate")
        if issued is None and not any("PromulgationDate" in each for each in self.problems):
            self.problems.append("Thiếu ngày ban hành (PromulgationDate).")
        sender = next((self.organ(each) for each in self.every(head, "From")), Organ("", ""))
        message = EdxmlMessage(
            sender=sender,
            recipients=tuple(self.organ(each) for each in self.every(head, "To")),
            code_number=self.text(head, "Code", "CodeNumber"),
            code_notation=self.text(head, "Code", "CodeNotation"),
            place=self.text(head, "PromulgationInfo", "Place"),
            issued_on=issued or date.min,
            type_name=self.text(head, "DocumentType", "TypeName"),
            subject=self.text(head, "Subject"),
            type_code=self.text(head, "DocumentType", "Type"),
            content=self.text(head, "Content"),
            competence=self.text(head, "SignerInfo", "Competence"),
            signer_position=self.text(head, "SignerInfo", "Position"),
            signer_name=self.text(head, "SignerInfo", "FullName"),
            due_on=self.day(self.text(head, "DueDate"), "DueDate"),
            to_places=tuple(self.said(each) for each in self.every(head, "ToPlaces", "Place")),
            priority=self.priority(head),
            copies=self.count(self.text(head, "OtherInfo", "PromulgationAmount"), "PromulgationAmount"),
            pages=self.count(self.text(head, "OtherInfo", "PageAmount"), "PageAmount"),
            document_id=self.text(head, "DocumentId"),
            traces=tuple(self.traces()),
            attached=tuple(self.attached()),
        )
        missing = (("Code", message.code_notation), ("Subject", message.subject), ("From", sender.name or sender.code))
        self.problems += [f"Thiếu phần {name}, hoặc phần ấy để trống." for name, found in missing if not found]
        return message

    def business(self) -> None:
        """A new paper says nothing more; one that is taken back, changed or replaced, or that paper follows, is told with its texts."""
        for each in self.every(self.root, "Bussiness"):
            kind = next((child for child in each if local(child.tag).lower() == "bussinessdoctype"), None)
            if kind is not None and (kind.text or "").strip() == NEW:
                self.met.update(child for child in each if local(child.tag).lower() in ("bussinessdoctype", "bussinessdocreason"))
            self.met.update(child for child in each if local(child.tag).lower() == "paper" and (child.text or "").strip() == NO_PAPER)
        if any((each.text or "").strip() or len(each) for each in self.every(self.root, "DigitalSignature")):
            self.pass_over("DigitalSignature")
            self.problems.append("Tệp có chữ ký số; Khéo không kiểm chữ ký này.")

    def priority(self, head: Element) -> int:
        found = self.count(self.text(head, "OtherInfo", "Priority"), "Priority") or 0
        if found not in PRIORITIES.values():
            self.problems.append(f"Priority “{found}” không phải độ khẩn từ 0 (thường) đến 3 (hỏa tốc).")
            return 0
        return found

    def organ(self, element: Element) -> Organ:
        return Organ(*(self.text(element, name) for name in ("OrganId", "OrganName", "OrganizationInCharge")))

    def traces(self) -> Iterator[Trace]:
        for each in self.every(self.root, "TraceHeader"):
            organ, said = self.text(each, "OrganId"), self.text(each, "Timestamp")
            at = _instant(said)
            if at is None:
                self.problems.append(f"Timestamp “{said[:40]}” của {organ or 'một nơi chuyển'} không phải ngày giờ.")
            else:
                yield Trace(organ, at)

    def attached(self) -> Iterator[Attached]:
        """The files inside, unpacked where the sender packed each into a zip of its own; what the list names and is not there is told."""
        named = dict(self.references())
        room, seen = LARGEST_TOGETHER, set[str]()
        for number, each in enumerate(self.every(self.root, "Attachment"), 1):
            if number > MOST_FILES:
                self.problems.append(f"Nhiều tệp kèm quá: chỉ đọc {MOST_FILES} tệp đầu.")
                break
            content_id = _content_id(self.text(each, "ContentId"))
            name = self.text(each, "AttachmentName") or named.get(content_id, "") or f"tep-{number}"
            seen |= {content_id, name}
            data = self.bytes_of(self.text(each, "ContentTransferEncoded"), name, min(room, LARGEST_FILE))
            media_type, description = self.text(each, "ContentType"), self.text(each, "Description")
            if data is not None:
                room -= len(data)
                yield Attached(_plain(name), media_type, data, description)
        for content_id, name in named.items():
            if content_id not in seen and name not in seen:
                self.problems.append(f"Danh mục nêu tệp “{name or content_id}” mà trong tệp edXML không có.")

    def references(self) -> Iterator[tuple[str, str]]:
        """Identifier and name of each file that the list names; some name the identifier only in the link."""
        for each in self.every(self.root, "Reference"):
            link = next((value for key, value in each.attrib.items() if local(key).lower() == "href"), "")
            name = self.text(each, "AttachmentName")
            yield _content_id(self.text(each, "ContentId") or link) or name, name

    def bytes_of(self, encoded: str, name: str, room: int) -> bytes | None:
        plain = encoded.translate(_BLANK).rstrip("=")
        if not plain:
            self.problems.append(f"Tệp kèm “{name}” rỗng (ContentTransferEncoded).")
            return None
        try:
            packed = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
        except (binascii.Error, ValueError):
            self.problems.append(f"Tệp kèm “{name}” không đúng mã base64 (ContentTransferEncoded).")
            return None
        found = _unpacked(packed, name, room)
        if isinstance(found, str):
            self.problems.append(f"Tệp kèm “{name}” {found}")
            return None
        return found

    def day(self, said: str, name: str) -> date | None:
        at = _instant(said)
        if said and at is None:
            self.problems.append(f"{name} “{said[:40]}” không phải ngày dạng năm/tháng/ngày.")
        return at.date() if at else None

    def count(self, said: str, name: str) -> int | None:
        if said.isascii() and said.isdigit() and len(said) < 7:
            return int(said)
        if said:
            self.problems.append(f"{name} “{said[:40]}” không phải số.")
        return None

    # How elements are found: by their names, whatever the case and the prefix, and marked as met.

    def every(self, parent: Element, *way: str) -> Iterator[Element]:
        """The elements at the end of a way; its first step may stand anywhere below."""
        first, *more = way
        for each in parent.iter():
            if each is not parent and local(each.tag).lower() == first.lower():
                found = [each]
                for step in more:
                    found = [child for one in found for child in one if local(child.tag).lower() == step.lower()]
                yield from found

    def one(self, parent: Element, *way: str) -> Element | None:
        return next(self.every(parent, *way), None)

    def text(self, parent: Element, *way: str) -> str:
        """The text of the first such element that is directly on the way."""
        found = [parent]
        for step in way:
            found = [child for one in found for child in one if local(child.tag).lower() == step.lower()]
        return self.said(found[0]) if found else ""

    def said(self, element: Element) -> str:
        """All of its text, also what stands in elements that somebody put inside for their looks."""
        self.met.update(element.iter())
        return "".join(element.itertext()).strip()

    def pass_over(self, name: str) -> None:
        for each in self.every(self.root, name):
            self.met.update(each.iter())

    def rest(self, element: Element, way: str) -> Iterator[tuple[str, str]]:
        """Texts that nothing of ours holds, with the way to them."""
        here = f"{way}/{local(element.tag)}" if way else local(element.tag)
        said = (element.text or "").strip()
        if said and element not in self.met:
            yield here, said
        for child in element:
            yield from self.rest(child, here)
            if element not in self.met and (after := (child.tail or "").strip()):
                yield here, after


def _content_id(said: str) -> str:
    """The identifier of a file inside, without what some put around it."""
    return re.sub(r"(?i)^cid:", "", said.strip("<> "))


def _plain(name: str) -> str:
    """A file's name without the folders that somebody put before it."""
    return re.split(r"[/\\]", name)[-1].strip() or "tep"


def _unpacked(packed: bytes, name: str, room: int) -> bytes | str:
    """The one file of a zip that holds just it; anything else as it is. A text: why it is not taken."""
    too_large = f"lớn quá: nhận tối đa {LARGEST_FILE >> 20} MB một tệp, {LARGEST_TOGETHER >> 20} MB tất cả."
    if packed.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(packed)) as box:
                inside = box.infolist()
                if len(inside) == 1 and _plain(inside[0].filename) == _plain(name):
                    with box.open(inside[0]) as file:
                        data = file.read(room + 1)
                    return data if len(data) <= room else too_large
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):  # torn, odd, or locked
            return "là tệp nén hỏng hoặc có mật khẩu."
    return packed if len(packed) <= room else too_large
