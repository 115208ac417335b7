"""By when, how often, to whom: the deadlines of a body.

A date is a deadline only after a word of limit (`trước`, `chậm nhất`, `hạn`) or beside a period (`06 tháng (10/5)`), in an order; days of
decrees, anniversaries, effective dates, meetings and what lies before the paper itself are none.
"""

import re
from calendar import isleap
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from kheo.core.directives.addressing import addressee
from kheo.core.directives.bodies import begins_like_an_office
from kheo.core.directives.body import Body, Span
from kheo.core.directives.citations import preamble_end
from kheo.core.directives.cut_offs import window_of
from kheo.core.directives.due import Deadline, kind_of_duty
from kheo.core.directives.flat import due_in_flat_tables, due_in_stacked_tables, flat_rows
from kheo.core.directives.found import Found, Place
from kheo.core.directives.owed import Listed, led_by, listed, over_sentences, under
from kheo.core.directives.paper import Paper, bare, rule
from kheo.core.directives.point import Point
from kheo.core.directives.retold import is_of_the_paper, told_of_laws
from kheo.core.directives.sentences import Cited, Known, is_past
from kheo.core.directives.tables import due_in_tables, rows_of_tables

_ONLY_FINISHED = rule(
    r"^(?:va )?(?:xong|hoan thanh|hoan tat|thoi (?:gian|han)(?: hoan thanh)?)[\s:]+(?:xong |la )*(?:truoc|trong|cham|vao|den|\d)"
)

# An office that asks (`…, Sở Nội vụ đề nghị các đơn vị`), not what another asked (`theo đề nghị của`, `về việc yêu cầu`).
_ASKS = rule(
    r"(?<!\()(?<!do\s)(?<!da\s)(?<!theo\s)(?<!xet\s)(?<!viec\s)(?<!dung\s)(?<!ho\sso\s)\b(?:de nghi|yeu cau) (?!cua\b|tai\b|so\b)"
    # `…, Chủ tịch UBND tỉnh giao Sở …`, `chỉ đạo các …`; `Căn cứ hướng dẫn này, các đơn vị …`
    r"|(?<!duoc\s)(?<!da\s)(?<!viec\s)(?<!ban\s)(?<!kien\s)(?<!su\s)(?<!hien\s)(?<!tac\s)(?<!tiep\s)\b(?:giao|chi dao) (?=(?:so|ubnd|uy ban"
    r"|cac|giam doc|chu tich|thu truong|van phong|ban|cong an|phong|bo|thanh tra|dong chi|truong|hieu truong|chi cuc|cuc|trung tam|doi)\b)"
    # `Theo kế hoạch …, thời gian Sở … nhận hồ sơ chậm nhất là ngày …`
    r"|(?<=,\s)thoi (?:gian|han) (?=[^.;]{0,200}\b(?:cham nhat|muon nhat|truoc ngay|den het)\b)"
    r"|(?:(?<=nay,\s)|(?<=tren,\s))cac (?=(?:don vi|dia phuong|co quan|so|phong|ban|cap|truong|chi bo|dang uy|cong doan|to chuc)\b)"
    # `Thực hiện quy định tại Điều 12 …, các đơn vị gửi báo cáo …`
    r"|(?:(?<=dieu\s\d,\s)|(?<=dieu\s\d\d,\s))cac (?=(?:don vi|dia phuong|co quan|so|phong|ban|xa|phuong|truong|chi bo|dang uy|cong doan"
    r"|cap)\b(?:(?!\b(?:da|deu|dang|duoc|chua)\b)[^,;.]){0,60}\b(?:gui|nop|bao cao|hoan thanh|lap|xay dung)\b)"
)


# `Thực hiện Công văn … về việc …, đề nghị gửi báo cáo trước ngày …, Hội Chữ thập đỏ tỉnh báo cáo như sau`: what the other paper asks for
# stands without anybody who asks, and who was asked answers.
_ANSWERED = rule(
    r"[^;]{0,200}?, (?=[^,;]{3,120} (?:xin |kinh |tran trong )*(?:bao cao|tra loi|phuc dap|giai trinh|tham gia y kien)\b[^;]{0,200}$)"
)

_LEAP_DAY = (2, 29)
_COMES_AGAIN = rule(r"\b(?:0?9|chin) thang\b|\b(?:hang|moi) nam\b")  # though its period has no name, or is not said of the day
_SOON = timedelta(days=183)  # a day of the year after, in a paper of autumn or winter
_NAME = 40  # letters that tell whether an office begins

# `II. KẾT QUẢ CÁC PHONG TRÀO`: what stands below, up to the next heading in capitals, tells how it went, and so does a rhythm there.
_NUMBERED = re.compile(r"(?:[IVX]+|[A-D]|\d{1,2})[./)]\s*")
_OF_RESULTS = ("KẾT QUẢ", "TÌNH HÌNH", "TỒN TẠI", "ƯU ĐIỂM")
_TO_COME = re.compile("CẦN|PHẢI|DỰ KIẾN|SẢN PHẨM|ĐẦU RA|NHIỆM VỤ|PHƯƠNG HƯỚNG|GIẢI PHÁP|KIẾN NGHỊ")
_SHORTEST_HEADING = 6  # letters
_IS_ASKED = rule(r"\b(?:de nghi|yeu cau|giao (?!duc|vien|thong|dan|su|luu)|phai|can(?! bo\b)|thuc hien che do|cham nhat|gui ve)\b")


def _results(body: Body) -> Cited:
    """Where a paper tells how it went: under a heading in capitals that says so, as far as its item of the outline goes, or, without a
    number, up to the next heading in capitals or the end of the item that it stands in.
    """
    items = [item for item in body.outline if item.start < body.end]
    ends = {item.start: item.end for item in items}
    spans, since, stop = list[Span](), None, body.end
    for start, said in _headings(body):
        if since is not None and start < stop:
            spans.append(Span(since, start))
        elif since is not None:
            spans.append(Span(since, stop))
        since = start if said.startswith(_OF_RESULTS) and not _TO_COME.search(said) else None
        around = [item.end for item in items if item.start < start < item.end] if start not in ends and since is not None else []
        stop = ends.get(start) or min([*around, body.end])
    return Cited([*spans, Span(since, min(stop, body.end))] if since is not None else spans)


def _headings(body: Body) -> Iterator[tuple[int, str]]:
    """Lines in capitals with their places, without their numbers."""
    at = body.start
    for line in body.clean[body.start : body.end].split("\n"):
        said = line.strip()
        start = at + line.find(said)
        said = said[number.end() :] if (number := _NUMBERED.match(said)) else said
        if len(said) >= _SHORTEST_HEADING and said.isupper():
            yield start, said
        at += len(line) + 1


def deadlines(body: Body, dated: date | None, days_of_documents: list[Span]) -> list[Found[Deadline]]:
    """All deadlines in the order of the text. `dated`: the day of the paper; nothing before it is asked for.

    `days_of_documents`: where the days of named documents (and rows of tables, read by themselves) stand.
    """
    cited = Cited(days_of_documents)
    start = preamble_end(body)
    found: list[Found[Deadline]] = []
    last_end: int | None = None
    lead: Found[str] | None = None
    before: Span | None = None
    known, lists = Known(body, cited, dated), Listed(body)
    flat = Cited([Span(row.start, row.end) for row in flat_rows(body.paper, body.start, body.end)])
    rows = Cited([Span(row.start, row.end) for row in rows_of_tables(body.paper, body.start, body.end)])
    results, laws = _results(body), Cited(told_of_laws(body))
    for sentence in body.sentences:
        if rows.holds_start(sentence):
            continue
        if flat.holds_start(sentence):  # no stop parts its rows from what stands right below them
            if flat.behind(sentence) >= sentence.end:
                continue
            sentence = Span(flat.behind(sentence), sentence.end)
        if sentence.end <= start and _says_why(body, sentence):
            if (asked := _asks_besides(body, sentence)) is None:
                lists.look(sentence)
                continue
            sentence = asked
        goes_on = last_end is not None and body.clean[last_end : sentence.start].strip(" \n-–+•") == ";"
        goes_on = goes_on or lists.is_limit(sentence)
        of_this = known.of(sentence, goes_on)
        if of_this and results.holds_start(sentence) and not _IS_ASKED.search(body.bare, sentence.start, sentence.end):
            of_this = [each for each in of_this if each.value.when and each.value.when.year]  # a day yet to come is asked for there too
        if of_this and laws.holds_start(sentence) and not is_of_the_paper(body, sentence):
            of_this = [each for each in of_this if each.value.when and each.value.when.year]
        lead = lead if goes_on else led_by(body, sentence) if of_this else None
        of_this = _of_their_window(body, before, of_this)
        found += _with_their_work(body, before, listed(under(body, lead, of_this), lists.office(sentence)))
        lists.look(sentence)
        before = sentence if not of_this else None
        last_end = sentence.end if of_this else None
    return [in_its_year(each, dated) for each in over_sentences(body, found)]


def in_its_year(each: Found[Deadline], dated: date | None) -> Found[Deadline]:
    """`trước ngày 25 tháng 11`, asked for once: with the next such day after that of the paper, unless that is far off."""
    when = each.value.when
    if dated is None or when is None or when.year is not None or each.value.period != "once" or _COMES_AGAIN.search(bare(each.value.text)):
        return each
    for year in (dated.year, dated.year + 1):
        if (when.month, when.day) == _LEAP_DAY and not isleap(year):
            continue
        day = date(year, when.month, when.day)
        if day >= dated and (year == dated.year or day - dated < _SOON):
            return replace(each, value=replace(each.value, reckoned=day))
    return each


def _of_their_window(body: Body, before: Span | None, found: list[Found[Deadline]]) -> list[Found[Deadline]]:
    """`Báo cáo quý I từ ngày … đến ngày …; gửi … trước ngày …`: of which report a limit is stands in the part before."""
    window = window_of(body.bare, before) if found and before else None
    if before is None or window is None or body.clean[before.end : found[0].place.start].strip() != ";":
        return found
    due, place = found[0].value, Place(before.start, found[0].place.end)
    period = due.period if window.period is None or (due.when and due.when.year) else window.period
    told = replace(due, period=period, text=body.paper.verbatim(place.start, place.end))
    return [replace(found[0], value=told, place=place), *found[1:]]


def _with_their_work(body: Body, before: Span | None, found: list[Found[Deadline]]) -> list[Found[Deadline]]:
    """`Kêu gọi toàn bộ tàu thuyền vào nơi tránh trú; hoàn thành trước 15 giờ …`: what is to be finished stands in the part before."""
    if not found or before is None or not _ONLY_FINISHED.match(bare(found[0].value.text)):
        return found
    place = Place(before.start, found[0].place.end)
    if body.clean[before.end : found[0].place.start].strip() != ";":
        return found
    to = None if found[0].value.to else addressee(body.clean, body.bare, before.start, before.end, before.end)
    told = replace(found[0].value, text=body.paper.verbatim(place.start, place.end), to=to.value if to else found[0].value.to)
    return [replace(found[0], value=told, place=place), *found[1:]]


def deadlines_of_tables(paper: Paper, start: int, end: int, dated: date | None) -> list[Found[Deadline]]:
    """Those of tables between two places; nothing before the day of the paper."""
    return [
        Found(
            Deadline(
                each.task,
                each.when,
                each.period,
                each.to,
                kind_of_duty(bare(each.task)),
                day=each.day,
                month=each.month,
                within=each.within.told() if each.within else None,
            ),
            each.place,
            0.8,
        )
        for find in (due_in_tables, due_in_flat_tables, due_in_stacked_tables)
        for each in find(paper, start, end)
        if not is_past(Point(each.place.start, each.place.end, each.when, each.period, month=each.month), dated)
    ]


def _asks_besides(body: Body, sentence: Span) -> Span | None:
    """`Thực hiện Hướng dẫn …, Ban Dân vận đề nghị các đơn vị gửi báo cáo trước ngày …`: from where a letter of one sentence asks."""
    asks = _ASKS.search(body.bare, sentence.start, sentence.end)
    if asks and body.bare[: asks.start()].endswith(", ") and _is_answered(body, asks.end(), sentence.end):
        return None
    return Span(asks.start(), sentence.end) if asks else None


def _is_answered(body: Body, start: int, end: int) -> bool:
    said = _ANSWERED.match(body.bare, start, end)
    return bool(said and begins_like_an_office(body.clean[said.end() : said.end() + _NAME]) and body.clean[said.end()].isupper())


def _says_why(body: Body, sentence: Span) -> bool:
    return bool(
        re.match(
            r"\W*(?:can cu|thuc hien|theo|xet|tren co so|tiep theo|phuc dap|tra loi|tiep nhan|de thuc hien)\b",
            body.bare[sentence.start : sentence.end],
        )
    )
