"""Paper, margins, page numbers."""

from collections.abc import Iterator

from kheo.documents.checker.deviation import Deviation
from kheo.documents.checker.lines import Margin, Page
from kheo.documents.checker.measuring import SLACK_MM, SLACK_POINTS, Paper, number, wanted

_SIDES = (("top", "trên"), ("bottom", "dưới"), ("left", "trái"), ("right", "phải"))


def _name(place: int) -> str:
    return f"phụ lục thứ {place}" if place else "văn bản"


def paper_size(paper: Paper) -> Iterator[Deviation]:
    """A4; only annexes may lie on their side."""
    width, height = paper.profile.page_width, paper.profile.page_height
    for place, part in enumerate(paper.parts):
        page = part.page
        sides = (height, width) if page.is_landscape else (width, height)
        if abs(page.width - sides[0]) > SLACK_MM or abs(page.height - sides[1]) > SLACK_MM:
            found = f"{number(page.width)} × {number(page.height)} mm"
            expected = f"{number(sides[0])} × {number(sides[1])} mm"
            yield paper.deviation("paper", "Khổ giấy", _name(place), found, expected, paper.measure("page_width").source)
        if page.is_landscape and place == 0:
            yield paper.deviation("orientation", "Khổ giấy", _name(place), "ngang", "dọc", paper.measure("page_width").source)


def margins(paper: Paper) -> Iterator[Deviation]:
    """The four margins of every section, and how far the page number stands from the edge."""
    for place, part in enumerate(paper.parts):
        for side, words in _SIDES:
            measure, found = paper.measure(f"margin_{side}"), getattr(part.page, side)
            if not measure.allows(found, SLACK_MM, exactly=paper.exactly):
                yield paper.deviation(
                    "margin", f"Lề {words}", _name(place), f"{number(found)} mm", f"{wanted(measure, paper)} mm", measure.source
                )
        measure = paper.measure("header_distance")
        if not measure.allows(part.page.header_distance, SLACK_MM, exactly=paper.exactly):
            found_words = f"{number(part.page.header_distance)} mm từ mép giấy"
            yield paper.deviation("page_number", "Số trang", _name(place), found_words, f"{wanted(measure, paper)} mm", measure.source)


def page_numbers(paper: Paper) -> Iterator[Deviation]:
    """In the middle of the margin, not on the first page; every annex counts its own pages."""
    measure = paper.measure("page_number")

    def wrong(place: int, found: str, expected: str) -> Deviation:
        return paper.deviation("page_number", "Số trang", _name(place), found, expected, measure.source)

    for place, part in enumerate(paper.parts):
        shown, elsewhere, where = _margins(part.page, paper)
        ordinary, first = shown.get("default"), shown.get("first")
        if not part.page.is_first_apart or (first and first.has_page_number):
            yield wrong(place, "có số ở trang đầu", "trang đầu không đánh số")
        if ordinary is None or not ordinary.has_page_number:
            yield wrong(place, f"không có số ở {where}", f"số trang ở {where}")
        else:
            yield from _number_line(paper, ordinary, place, where)
        if any(margin.has_page_number for margin in elsewhere.values()):
            yield wrong(place, "có số ở lề bên kia", f"số trang chỉ ở {where}")
        if part.page.restarts_at != 1 and (place or part.page.restarts_at is not None):
            yield wrong(place, "đánh số tiếp theo văn bản", "đánh số từ 1")


def _margins(page: Page, paper: Paper) -> tuple[dict[str, Margin], dict[str, Margin], str]:
    if paper.profile.forms.page_number_place == "top":
        return page.headers, page.footers, "lề trên"
    return page.footers, page.headers, "lề dưới"


def _number_line(paper: Paper, margin: Margin, place: int, where: str) -> Iterator[Deviation]:
    measure = paper.measure("page_number")
    for line in margin.lines:
        if line.runs and line.shape.align != "center":
            yield paper.deviation("page_number", "Số trang", _name(place), "không ở giữa", f"giữa {where}", measure.source)
        sizes = {run.size for run in line.runs if not measure.allows(run.size, SLACK_POINTS, exactly=paper.exactly)}
        if sizes and line.text.isdigit():
            found = f"cỡ {', '.join(number(size) for size in sorted(sizes))}"
            yield paper.deviation("page_number", "Số trang", _name(place), found, f"cỡ {wanted(measure, paper)}", measure.source)


RULES = (paper_size, margins, page_numbers)
