"""What a web page writes around a paper: its own title, menus, the card of the document (`Số hiệu`, `Ngày ban hành`, `Tình trạng`).

Whoever copies a paper from such a page copies these lines too. They stand above the head and tell numbers and days, partly those of other
papers, so nothing of the head is looked for in them. The head itself begins with an office, the state or the Party in capitals (NĐ
30/2020 phụ lục I, sơ đồ bố trí; HD 36-HD/VPTW).
"""

import re

from kheo.core.directives.bodies import begins_like_an_office, is_no_more_than_an_office
from kheo.core.directives.dates import WHOLE
from kheo.core.directives.kinds import ANY_KIND
from kheo.core.directives.marks import ABOUT, MOTTO, PARTY, STATE, URGENCY, YOUTH
from kheo.core.directives.paper import Line, Paper, rule
from kheo.core.directives.people import is_upper

_IN_HEAD = 90  # lines with text in which a head ends at the latest
# A number, a subject, a day with its place, a stamp of arrival: of a head as well, if a scan gives the columns in another order.
_OF_A_HEAD = re.compile(
    rf"^\W*(?:s[o0]\s*[:.;]?\s*[\d.…/]|{ABOUT}|(?:cong\s+van\s+)?den\b|[a-z .,\-–]{{0,40}},\s*ngay\s[^\n]{{0,12}}\bthang\b"
    rf"|ngay\s+{WHOLE}\W*$)"
)
# The page's own title in capitals (`CÔNG VĂN KÊU GỌI …`): the paper's stands below the head.
_TITLE = re.compile(rf"^\W*(?:{ANY_KIND})\b")
# What stands in bodies: where it comes before the state's name, the head is lost and that name is of a form below.
_BODY = rule(r"^\W*(?:kinh (?:gui|goi|trinh)|can cu|noi nhan|dieu \d{1,3}[.:]|[ivx]{1,4}[.\-)] )")


def head_begins(paper: Paper, lines: list[Line]) -> int:
    """Where the head begins; 0 where the text begins with it or no state's name tells a head. `lines`: those with text."""
    top = lines[:_IN_HEAD]
    state = next((index for index, line in enumerate(top) if _names_the_state(paper, line)), None)
    if state is None:
        return 0
    if not any(is_upper(paper.clean[line.start : line.end]) for line in top[: state + 1]):
        return _small_head_begins(paper, top[: state + 1])
    begins, pending = 0, False
    for line in top[: state + 1]:
        said, bared = paper.clean[line.start : line.end].strip(), paper.bare[line.start : line.end]
        if _BODY.match(bared) and not is_upper(said):
            return 0
        if _is_of_a_head(said, bared):
            return begins
        if not is_upper(said, 0.75) or _TITLE.match(bared):
            begins, pending = line.end, True
    return begins if pending else 0


def _small_head_begins(paper: Paper, lines: list[Line]) -> int:
    """Of a head without any words in capitals, down to its motto: at the first of the offices and names of the state right above that."""
    for index in range(len(lines) - 1, -1, -1):
        said, bared = (text[lines[index].start : lines[index].end] for text in (paper.clean, paper.bare))
        if not (is_no_more_than_an_office(said) or _OF_A_HEAD.match(bared) or any(known.search(bared) for known in (MOTTO, STATE, PARTY))):
            return lines[index].end
    return 0


def _names_the_state(paper: Paper, line: Line) -> bool:
    """In capitals, as heads have it; on a line of its own or beside an office."""
    bared = paper.bare[line.start : line.end]
    found = next((match for known in (STATE, PARTY, MOTTO) if (match := known.search(bared))), None)
    return found is not None and (found.re is MOTTO or is_upper(paper.clean[line.start + found.start() : line.start + found.end()], 0.9))


def _is_of_a_head(said: str, bared: str) -> bool:
    if _OF_A_HEAD.match(bared) or URGENCY.match(bared) or MOTTO.search(bared):
        return True
    if not is_upper(said, 0.75):
        # Two columns on one line: an office in capitals and then the state's name.
        return any(known.search(bared) for known in (STATE, PARTY)) and is_upper(said[: len(said) // 2], 0.75)
    return begins_like_an_office(said) or any(known.search(bared) for known in (STATE, PARTY, YOUTH))
