"""An edXML file that somebody sent, read in the child process."""

from kheo.documents.edxml.answer import EdxmlRead, from_json
from kheo.documents.edxml.reading import LARGEST_FILE, LARGEST_TOGETHER, edxml_read
from kheo.files.child import Failure, Reader, shared_reader

LARGEST_EDXML = 48 << 20
_WORDS = {
    "large": f"Tệp lớn quá: tối đa {LARGEST_EDXML >> 20} MB, mỗi tệp kèm {LARGEST_FILE >> 20} MB, tất cả {LARGEST_TOGETHER >> 20} MB.",
    "memory": "Tệp cần quá nhiều bộ nhớ để mở.",
    "time": "Mở tệp quá lâu nên đã dừng.",
    "broken": "Tệp hỏng, không mở được.",
    "not_xml": "Tệp không phải XML, hoặc bị cắt cụt. Hãy tải lại tệp edXML từ phần mềm đã gửi.",
    "not_edxml": "Tệp XML này không phải edXML theo QCVN 102:2016.",
    "unsafe": "Tệp có phần khai báo DTD, thực thể hoặc lồng quá sâu: Khéo không nhận, vì phần ấy có thể hại máy.",
    "no_header": "Tệp edXML không có phần MessageHeader nên không biết là văn bản nào.",
}


def read_message(data: bytes, reader: Reader | None = None) -> EdxmlRead:
    """What the file says, or why it says nothing; never raises for anything that was sent."""
    if len(data) > LARGEST_EDXML:
        return EdxmlRead(refusal="large")
    answer = (reader or shared_reader()).run(edxml_read, data)
    if not isinstance(answer, Failure):
        return from_json(answer)
    return EdxmlRead(refusal=answer.why if answer.why in ("memory", "time", "large") else "broken")


def words_of_edxml_refusal(refusal: str, where: str = "") -> str:
    """Why a file was not read and where it is wrong, for the person who sent it."""
    return f"{_WORDS[refusal]} {where}".rstrip()
