"""A paper as the bytes of an edXML file."""

import base64
import io
import zipfile
from collections.abc import Mapping
from datetime import date
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from kheo.core.problems import Problem
from kheo.documents.edxml.message import NAMESPACE, NEW, NO_PAPER, Attached, EdxmlMessage, Organ, message_problems

_XLINK = "http://www.w3.org/1999/xlink"
_ACTOR = "http://schemas.xmlsoap.org/soap/actor/next"
_MIDNIGHT = (1980, 1, 1, 0, 0, 0)  # of the files inside: the same paper gives the same bytes


class CannotWriteError(ValueError):
    """Asked to write what `message_problems` finds fault with; `problems` are for people."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def write_edxml(message: EdxmlMessage) -> bytes:
    """The file, UTF-8; the same message gives the same bytes. Raises CannotWriteError with every problem.

    Elements stand in the order of QCVN 102:2016, under the prefix `edXML`; attachments outside the envelope, without a prefix, each a
    zip of the one file in base64.
    """
    if problems := message_problems(message):
        raise CannotWriteError(problems)
    root = ElementTree.Element("edXML", {"xmlns": NAMESPACE, "xmlns:edXML": NAMESPACE, "xmlns:xlink": _XLINK})
    envelope = ElementTree.SubElement(root, "edXML:edXMLEnvelope")
    header = ElementTree.SubElement(envelope, "edXML:edXMLHeader")
    _head(ElementTree.SubElement(header, "edXML:MessageHeader"), message)
    _traces(header, message)
    body = ElementTree.SubElement(envelope, "edXML:edXMLBody")
    manifest = ElementTree.SubElement(body, "edXML:edXMLManifest", {"version": "1.0"})
    encoded = ElementTree.SubElement(root, "AttachmentEncoded") if message.attached else None
    for each in message.attached:
        name = str(uuid5(NAMESPACE_URL, f"{message.known_as}/{each.name}"))
        link = {"xlink:href": f"cid:{name}", "xlink:role": "XLinkRole", "xlink:type": "simple"}
        about = {"ContentType": each.media_type, "ContentId": f"cid:{name}", "Description": each.description, "AttachmentName": each.name}
        _texts(ElementTree.SubElement(manifest, "edXML:Reference", link), about)
        assert encoded is not None
        inside = about | {"ContentId": name, "ContentTransferEncoded": _packed(each)}
        _texts(ElementTree.SubElement(encoded, "Attachment"), inside, prefix="")
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _head(head: ElementTree.Element, message: EdxmlMessage) -> None:
    _organ(head, "From", message.sender)
    for each in message.recipients:
        _organ(head, "To", each)
    _texts(head, {"DocumentId": message.known_as})
    _under(head, "Code", {"CodeNumber": message.code_number, "CodeNotation": message.code_notation})
    _under(head, "PromulgationInfo", {"Place": message.place, "PromulgationDate": _day(message.issued_on)})
    _under(head, "DocumentType", {"Type": message.type_code, "TypeName": message.type_name})
    _texts(head, {"Subject": message.subject, "Content": message.content})
    signer = {"Competence": message.competence, "Position": message.signer_position, "FullName": message.signer_name}
    _under(head, "SignerInfo", signer)
    _texts(head, {"DueDate": _day(message.due_on) if message.due_on else ""})
    if message.to_places:
        places = ElementTree.SubElement(head, "edXML:ToPlaces")
        for place in message.to_places:
            _texts(places, {"Place": place})
    counts = {"PromulgationAmount": message.copies, "PageAmount": message.pages}
    _under(head, "OtherInfo", {"Priority": str(message.priority)} | {key: str(count) for key, count in counts.items() if count})


def _day(day: date) -> str:
    return f"{day.year:04}/{day.month:02}/{day.day:02}"


def _organ(head: ElementTree.Element, role: str, organ: Organ) -> None:
    _under(head, role, {"OrganId": organ.code, "OrganizationInCharge": organ.above, "OrganName": organ.name})


def _traces(header: ElementTree.Element, message: EdxmlMessage) -> None:
    """The way so far; a new paper (business type 0) that no sheet of paper follows."""
    about = {"id": str(uuid5(NAMESPACE_URL, message.known_as)), "version": "1.0", "mustUnderstand": "1", "actor": _ACTOR}
    traces = ElementTree.SubElement(header, "edXML:TraceHeaderList", about)
    for each in message.traces:
        _under(traces, "TraceHeader", {"OrganId": each.organ, "Timestamp": f"{_day(each.at)} {each.at:%H:%M:%S}"})
    _under(traces, "Bussiness", {"BussinessDocType": NEW, "BussinessDocReason": "Văn bản điện tử mới", "Paper": NO_PAPER})


def _under(parent: ElementTree.Element, name: str, texts: Mapping[str, str]) -> None:
    _texts(ElementTree.SubElement(parent, f"edXML:{name}"), texts)


def _texts(parent: ElementTree.Element, texts: Mapping[str, str], prefix: str = "edXML:") -> None:
    """Elements that hold a text each; what is not said has none."""
    for name, text in texts.items():
        if text:
            ElementTree.SubElement(parent, prefix + name).text = text


def _packed(each: Attached) -> str:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo(each.name, _MIDNIGHT), each.data, zipfile.ZIP_DEFLATED)
    return base64.b64encode(file.getvalue()).decode("ascii")
