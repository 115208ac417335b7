"""What repeats in a paper is looked through once; nothing of it stays in memory, and the answer is the same."""

from dataclasses import astuple, fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kheo.core.directives import asked, numbered, once, tasks
from kheo.core.directives.body import Body, Span
from kheo.core.directives.dates import at_digits
from kheo.core.directives.found import Place
from kheo.core.directives.notation import NOTATION, NOTATION_BEGINS
from kheo.core.directives.once import asked_once, forget
from kheo.core.directives.paper import Paper, bare
from kheo.core.directives.reading import read
from kheo.core.directives.sentences import Cited, Known
from tests.core.directives.papers import HARD, INVENTED, THIRD, pairs

REPEATED = 4


def told(text: str) -> list[Any]:
    found = read(text)
    return [getattr(found, each.name) for each in fields(found) if each.name != "paper"]


@pytest.mark.parametrize("folder", [INVENTED, HARD, THIRD], ids=lambda each: each.name)
def test_a_paper_that_repeats_itself_is_read_as_if_every_line_were_new(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text for _, text, _ in pairs(folder)][::3]
    assert texts
    for text in texts:
        whole = text[: len(text) // 3] + text[len(text) // 3 :] * REPEATED
        quick = told(whole)
        with monkeypatch.context() as slow:
            slow.setattr(Known, "words", lambda _, sentence, goes_on: (sentence, goes_on))
            slow.setattr(tasks.WhoIsAsked, "_around", lambda _, start, end: f"{start} {end}")
            slow.setattr(once, "LONGEST", -1)
            slow.setattr(
                numbered, "_known_mention", lambda _, *words: numbered._mention(words[0], words[1], *astuple(words[2]), *words[3:])
            )
            assert told(whole) == quick


def test_a_day_behind_many_blanks_is_that_of_its_own_number_however_much_is_the_same_around_it() -> None:
    text = "".join(f"{'Kính gửi các xã. ' * 20}Quyết định số 12/QĐ-UBND{' ' * 300}ngày 0{day}/3/2024.\n" for day in (4, 5, 6))
    numbers = at_digits(NOTATION, NOTATION_BEGINS, text, 0, len(text))
    assert [each.value.date and each.value.date.day for each in numbered.numbered(text, bare(text), 0, len(text), numbers)] == [4, 5, 6]


def test_a_number_is_looked_at_once_for_the_same_words_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, text = list[int](), f"{'Kính gửi các xã. ' * 20}Quyết định số 12/QĐ-UBND ngày 05/3/2024 của UBND tỉnh.\n" * 9
    mention = numbered._mention
    monkeypatch.setattr(numbered, "_mention", lambda *words: asked.append(1) or mention(*words))
    found = list(numbered.numbered(text, bare(text), 0, len(text), at_digits(NOTATION, NOTATION_BEGINS, text, 0, len(text))))
    assert len({each.place for each in found}) == 9
    assert len(asked) < 5


def test_a_rule_is_asked_once_for_the_same_words_until_it_is_told_to_forget() -> None:
    questions = list[str]()

    @asked_once
    def rule(text: str) -> int:
        questions.append(text)
        return len(text)

    assert [rule("Lưu: VT"), rule("Lưu: VT"), rule("x" * 301), rule("x" * 301)] == [7, 7, 301, 301]
    assert questions == ["Lưu: VT", "x" * 301, "x" * 301]
    forget()
    rule("Lưu: VT")
    assert questions[-1] == "Lưu: VT"


def test_nothing_of_a_paper_stays_in_memory_when_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten = list[str]()
    monkeypatch.setattr(once, "_forgetting", [lambda: forgotten.append("all")])
    read("CÔNG VĂN")
    read("MẬT\nCÔNG VĂN")
    assert forgotten == ["all", "all"]


@pytest.mark.parametrize(
    ("days", "is_kept"),
    [([], True), ([Span(52, 67), Span(87, 102)], True), ([Span(52, 67)], False), ([Span(52, 67), Span(87, 100)], False)],
    ids=["of none", "of both", "of the first alone", "of a shorter part of the second"],
)
def test_a_sentence_is_the_same_only_where_the_days_of_documents_stand_alike_in_it(days: list[Span], is_kept: bool) -> None:
    words = "Gửi báo cáo trước ngày 05/01/2024. " * 4
    known = Known(Body(Paper(words), 0, len(words)), Cited(days), None)
    first, second = Span(35, 68), Span(70, 103)
    assert (known.words(second, goes_on=False) == known.words(first, goes_on=False)) is is_kept
    assert known.words(first, goes_on=True) != known.words(first, goes_on=False)


def test_a_sentence_of_another_s_words_is_another() -> None:
    words = "Gửi báo cáo đúng hạn. Gửi báo cáo trước ngày 05/01/2024."
    known = Known(Body(Paper(words), 0, len(words)), Cited([]), None)
    assert known.words(Span(0, 20), goes_on=False) != known.words(Span(22, 55), goes_on=False)


def test_who_is_asked_is_found_once_for_the_same_words_and_anew_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of six items the fourth is another office's; the words beside an item are looked at too, so its neighbours are found anew."""
    looked = list[str]()

    def counted(body: Body, start: int, end: int, heading_end: int, *, is_heading: bool = False) -> asked.Asked | None:
        looked.append(body.clean[start:end])
        return asked.asked_in(body, start, end, heading_end, is_heading=is_heading)

    monkeypatch.setattr(tasks, "asked_in", counted)
    one, other = "Sở Nội vụ chủ trì, tham mưu tổ chức thực hiện.", "Sở Y tế chủ trì, tham mưu tổ chức thực hiện."
    items = [*[one] * 20, other, *[one] * 20]
    text = "".join(f"- {each}\n\n" for each in items)
    found = tasks.tasks(Body(Paper(text), 0, len(text)), [], [])
    assert [each.value.asked for each in found] == [*["Sở Nội vụ"] * 20, "Sở Y tế", *["Sở Nội vụ"] * 20]
    assert (looked.count(other), looked.count(one)) == (1, 4)


def known_in(text: str) -> Known:
    """Of a body that is all of a text, dated before all its days."""
    return Known(Body(Paper(text), 0, len(text)), Cited([]), date(2024, 1, 2))


def test_what_a_draft_says_is_no_limit_though_the_paper_asks_for_the_same() -> None:
    lead, draft, other = "Thi hành nhiệm vụ được giao. ", "Dự thảo Nghị định quy định: ", "cơ quan khác lập hồ sơ; "
    asks = "các đơn vị gửi báo cáo về Sở Nội vụ trước ngày 15/11/2024"
    text = f"{lead}{draft}{other}{asks}; {other * 40}{asks}; {other}hết."
    first, second = text.index(asks), text.rindex(asks)
    known = known_in(text)
    quoted, asked_for = (known.of(Span(at, at + len(asks)), goes_on=False) for at in (first, second))
    assert not quoted
    assert [each.place for each in asked_for] == [Place(second, second + len(asks))]


def test_the_day_of_an_event_is_that_which_stands_near_though_the_same_words_ask_for_it() -> None:
    """Two lists, each with the day of its own congress, between them many days of other things."""
    asks = "Các đơn vị gửi danh sách về Sở Nội vụ trước ngày đại hội"
    parts = [f"Đại hội: ngày {day}/5/2024.\n\nCông tác chuẩn bị khẩn trương.\n\n{asks}.\n\nTổng kết sau.\n\n" for day in (12, 20)]
    text = parts[0] + "".join(f"Tổng kết ngày {1 + each % 28}/7/2024.\n\n" for each in range(60)) + parts[1]
    known = known_in(text)
    found = [known.of(Span(at, at + len(asks)), goes_on=False) for at in (text.index(asks), text.rindex(asks))]
    assert [[each.value.reckoned for each in of_one] for of_one in found] == [[date(2024, 5, 12)], [date(2024, 5, 20)]]
