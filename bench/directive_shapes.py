"""Papers of 5 MB in every shape that somebody could send: what real ones grow to, and what is made to be slow.

    .venv/bin/python -m bench.directive_shapes [WORD]

Prints the CPU time of each shape (of those whose name holds WORD), from its bytes to what was understood, and how many times that is of a
plain pass over the same bytes (decode, normal form, letters without marks, words): machines are noisy, ratios less so. Goal: each < 2 s.
"""

import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from itertools import count, cycle, islice

from kheo.core.directives.encodings import TCVN3, decode
from kheo.core.directives.paper import bare
from kheo.core.directives.reading import read
from tests.core.directives.papers import HARD, INVENTED, pairs

LARGE = 5_000_000  # bytes
GOAL = 2.0  # seconds of CPU
_TABLE_HEAD = "| STT | Nhiệm vụ | Đơn vị chủ trì | Thời gian hoàn thành |\n"
# One piece over and over. What is told apart by place (`{n}`: the number of the piece) is numbered.
_PIECES = {
    "a letter": "a",
    "a capital": "A",
    "a letter with marks": "ế",
    "marks alone": "\u0301",
    "blanks": " ",
    "tabs": "\t",
    "line ends": "\n",
    "Windows line ends": "\r\n",
    "lines of blanks": "   \n",
    "digits": "7",
    "digits and blanks": "12 ",
    "digits and letters": "1a",
    "points": ".",
    "dashes": "- ",
    "dashes in lines": "- a\n",
    "bars": "|",
    "bars and blanks": "| ",
    "opened brackets": "(",
    "brackets": "(a) ",
    "opened quotation marks": "“",
    "quotation marks": "“Không có ai” ",
    "semicolons": "; ",
    "stars": "* ",
    "hashes": "# a\n",
    "days": "01/02/2024 ",
    "days as words": "ngày 01 tháng 02 năm 2024, ",
    "days without years": "ngày 01 tháng 02, ",
    "days after limits": "trước ngày 01/02/2031 ",
    "days sent": "gửi về Sở Nội vụ trước ngày 01/02/2031, ",
    "days in lines": "gửi báo cáo về Sở Nội vụ trước ngày 01/02/2031.\n",
    "numbers of papers": "{n}/QĐ-UBND, ",
    "numbers in a row": "Quyết định số {n}/QĐ-UBND ngày 01/02/2024; ",
    "laws": "Luật Đất đai năm 2024, ",
    "laws without years": "Luật Đất đai, ",
    "groups of letters": "12/A-B-C-D-",
    "words of limit": "trước chậm nhất ",
    "words of sending": "gửi về ",
    "words of belonging": "Quyết định của ",
    "rhythms": "định kỳ hằng tháng, ",
    "rhythms in lines": "Định kỳ hằng quý báo cáo về Sở Nội vụ;\n",
    "months": "hoàn thành trong tháng 6/2024, ",
    "spans of days": "trong thời hạn 15 ngày kể từ ngày ký, ",
    "offices": "gửi Sở Nội vụ, Sở Tài chính, ",
    "papers numbered": "Số: {n}/KH-UBND\n",
    "numbers without end": "Số: ",
    "addressees": "Kính gửi: Các sở;\n",
    "list of addressees": "- Sở thứ {n};\n",
    "copies": "Nơi nhận:\n- Sở thứ {n};\n",
    "titles": "KẾ HOẠCH\nVề việc thứ {n}\n",
    "lines in capitals": "ỦY BAN NHÂN DÂN\n",
    "capitals without lines": "ỦY BAN NHÂN DÂN ",
    "signers": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n",
    "names": "Nguyễn Văn An\n",
    "names without lines": "Nguyễn Văn An ",
    "articles": "Điều {n}. Các sở, ban, ngành thực hiện.\n",
    "items": "{n}. Sở Nội vụ chủ trì, phối hợp thực hiện.\n",
    "items all first": "1. Sở Nội vụ chủ trì, phối hợp thực hiện.\n",
    "items of two levels": "1. Giao Sở Nội vụ:\na) Tham mưu thực hiện;\nb) Báo cáo.\n",
    "titled items": "1. Về nội dung “Không thứ {n}”\n",
    "decimals": "1.{n}. Thực hiện.\n",
    "footnotes": "¹ Quyết định số {n}/QĐ-UBND\n",
    "footnotes apart": "¹ Quyết định số {n}/QĐ-UBND\n\n",
    "figures": "7.593 tập thể, ",
    "page numbers": "{n}\n",
    "annexes": "PHỤ LỤC {n}\nDanh mục văn bản: Quyết định số {n}/QĐ-UBND ngày 01/02/2024.\n",
    "attached": "(Kèm theo Kế hoạch số {n}/KH-UBND)\n",
    "subjects": "V/v thứ {n}\n",
    "rows of tables": "| {n} | Ban hành kế hoạch | Sở Nội vụ | Trước 15/4/2031 |\n",
    "heads of tables": _TABLE_HEAD,
    "slips": "giải quyết gải quyết Khôi thi đua khôn được ",
    "letters in days": "O1/l2/2O24 ",
    "addresses": "a@b.vn ",
    "emphasis": "**a** ",
    "all words differ": "từ{n} ",
    "all words differ in lines": "Sở thứ{n} thực hiện việc{n}.\n",
}


def filled(start: str, piece: str, end: str = "") -> bytes:
    """A text of 5 MB between its start and its end."""
    size = LARGE - len((start + end).encode())
    if "{n}" not in piece:
        return (start + piece * (size // len(piece.encode())) + end).encode()
    pieces: list[str] = []
    for number in count(1):
        pieces.append(piece.replace("{n}", str(number)))
        size -= len(pieces[-1].encode())
        if size < 0:
            break
    return (start + "".join(pieces) + end).encode()


def _middle(text: str) -> str:
    return text[len(text) // 4 : len(text) * 3 // 4]


def _in_turn(parts: list[str]) -> str:
    """Parts in turn up to 5 MB."""
    size = sum(len(part.encode()) for part in parts)
    return "\n\n".join(islice(cycle(parts), max(1, LARGE * len(parts) // size)))


def _legacy(text: str) -> bytes:
    """A text as an ABC font writes it: letters that it lacks go without their marks."""
    codes = {ord(letter): byte for byte, letter in TCVN3.items()}
    return unicodedata.normalize("NFC", text).translate(codes).encode("latin-1", "replace")


def shapes() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Name of each shape, and what makes its bytes."""
    texts = [text for folder in (INVENTED, HARD) for _, text, _ in pairs(folder)]
    paper = max(texts, key=len)
    start, end = paper[: len(paper) // 4], paper[len(paper) * 3 // 4 :]
    heads = [text[: text.find("\n\n", 200)] for text in texts]
    feet = [text[-500:] for text in texts]
    bodies = [_middle(text) for text in texts]
    yield "body: one over and over", lambda: filled(start, _middle(paper) + "\n\n", end)
    yield "body: all in turn", lambda: (start + _in_turn(bodies) + end).encode()
    yield "body: all, on one line", lambda: (start + _in_turn(bodies).replace("\n", " ") + end).encode()
    yield "body: all, a word on each line", lambda: (start + _in_turn(bodies).replace(" ", "\n") + end).encode()
    yield "body: all, without blanks", lambda: (start + "".join(_in_turn(bodies).split()) + end).encode()
    yield "body: all, in capitals", lambda: (start + _in_turn(bodies).upper() + end).encode()
    yield "body: all, without marks", lambda: (start + bare(_in_turn(bodies)) + end).encode()
    yield "body: all, in two columns", lambda: (start + _in_turn(bodies).replace("\n", " " * 40) + end).encode()
    yield "papers: whole, in turn", lambda: _in_turn(texts).encode()
    yield "papers: heads in turn", lambda: _in_turn(heads).encode()
    yield "papers: feet in turn", lambda: _in_turn(feet).encode()
    yield "papers: paper, then annexes", lambda: (paper + "\n\nPHỤ LỤC 1\n" + _in_turn(texts)).encode()
    yield "papers: letters taken apart (NFD)", lambda: unicodedata.normalize("NFD", _in_turn(texts)).encode()[:LARGE]
    yield "papers: TCVN3", lambda: _legacy(_in_turn([*texts, *texts]))[:LARGE]
    yield "papers: UTF-16", lambda: _in_turn(texts).encode("utf-16")
    for name, piece in _PIECES.items():
        yield f"alone: {name}", lambda piece=piece: filled("", piece)  # type: ignore[misc]
        yield f"in a paper: {name}", lambda piece=piece: filled(start, piece, end)  # type: ignore[misc]
        yield f"in a paper, under an item: {name}", lambda piece=piece: filled(start + "\n1. Các sở: ", piece, end)  # type: ignore[misc]
    yield "in a paper: a table of limits", lambda: filled(start + _TABLE_HEAD, _PIECES["rows of tables"], end)


def _plain(data: bytes) -> int:
    """A pass over the text that no reading can do without."""
    text = unicodedata.normalize("NFC", decode(data).text)
    return len(bare(text)) + len(text.split())


def timed(work: Callable[[], object]) -> float:
    """Seconds of CPU."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    """All shapes, then the slowest."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    slow = []
    for name, make in shapes():
        if word not in name:
            continue
        data = make()
        plain = timed(lambda data=data: _plain(data))  # type: ignore[misc]
        whole = timed(lambda data=data: read(decode(data).text))  # type: ignore[misc]
        slow.append((whole, name))
        print(f"{name:<55} {whole:6.2f} s  {whole / max(plain, 0.001):6.1f} x {'' if whole < GOAL else ' over the goal'}", flush=True)
    over = [each for each in slow if each[0] >= GOAL]
    print(f"{len(slow)} shapes, slowest {max(slow)[0]:.2f} s ({max(slow)[1]}); over {GOAL} s: {len(over)}")


if __name__ == "__main__":
    main()
