"""Reading grows with the length of a text and not with its square: CPU time at two lengths, so that no machine's speed counts."""

import gc
import time
from collections.abc import Callable
from itertools import cycle, islice

import pytest

from kheo.core.directives.reading import read
from kheo.core.directives.unfolding import unfolded
from tests.core.directives.papers import INVENTED, directive, pairs

MOST = 7.0  # times as long for five times as much: 5 would be a straight line
TAKES = 3  # of which the shortest counts: what else a machine does only ever adds
TEXTS = [text for _, text, _ in pairs(INVENTED)]
LONGEST = max(TEXTS, key=len)
START, END = LONGEST[: len(LONGEST) // 4], LONGEST[len(LONGEST) * 3 // 4 :]
BODIES = [text[len(text) // 4 : len(text) * 3 // 4] for text in TEXTS]
CUT_OFFS = ["Báo cáo quý gửi Sở Nội vụ trước ngày 20 của tháng cuối quý, số liệu chốt đến ngày 15 của tháng cuối quý.\n"]
ANNEXES = ["Phụ lục I\nDANH SÁCH\n\n1. Một.\n2. Hai.\n\nPhụ lục II\nBIỂU SỐ LIỆU\n\n1. Một.\n\n"]
# What stands between two limits of a list is looked at as a whole: a footnote there is as many blanks as it had letters.
NOTE_IN_A_LIST = (
    "UBND TỈNH X\nSố: 1/UBND\n\nKính gửi: Các sở\n\nSở yêu cầu:\n\n- Báo cáo 6 tháng: trước ngày 10/6/2024\n¹ {}\n\nSở theo dõi."
    "\n\n- Báo cáo năm: trước ngày 10/12/2024. Nơi nhận là Sở Y tế.\n"
)
ORDERS = ["1. Giao Sở Nội vụ chủ trì, phối hợp thực hiện.\na) Trước ngày 20/3/2031, các xã báo cáo.\nb) Rà soát.\n"]


def filled(pieces: list[str], size: int, end: str = END) -> str:
    """A paper of so many bytes, its body made of pieces in turn."""
    whole = sum(len(piece.encode()) + 2 for piece in pieces)
    return START + "\n\n".join(islice(cycle(pieces), max(1, size * len(pieces) // whole))) + end


def seconds(work: Callable[[], object]) -> float:
    """Of CPU, with nothing left over to be cleared away from what ran before."""
    gc.collect()
    began = time.process_time()
    work()
    return time.process_time() - began


def growth(work: Callable[[str], object], pieces: list[str], size: int, takes: int = TAKES) -> float:
    """How many times as long five times as much takes."""
    short, long = filled(pieces, size), filled(pieces, 5 * size)
    work(filled(pieces, 20_000))  # what is made once, is
    took = [(seconds(lambda: work(short)), seconds(lambda: work(long))) for _ in range(takes)]
    return min(each[1] for each in took) / min(each[0] for each in took)


@pytest.mark.parametrize("pieces", [CUT_OFFS, ANNEXES, ORDERS], ids=["cut-offs", "annexes", "orders"])
def test_one_thing_over_and_over_takes_time_as_it_is_long(pieces: list[str]) -> None:
    assert growth(read, pieces, 100_000) < MOST


def test_five_megabytes_of_bodies_take_at_most_seven_times_as_long_as_one() -> None:
    assert growth(read, BODIES, 1_000_000, takes=1) < MOST  # seconds long: what else a machine does is little of them


def test_the_measure_sees_what_grows_with_the_square() -> None:
    assert growth(lambda text: [text.count("\n\n\n\n", at) for at in range(0, len(text), 200)], BODIES, 60_000) > MOST


def test_a_long_footnote_between_two_limits_of_a_list_takes_no_time() -> None:
    text = NOTE_IN_A_LIST.format("Theo số liệu của Sở. " * 15)
    assert seconds(lambda: read(text)) < 1
    assert [each.value.to for each in directive(text).deadlines] == [None, "Sở Y tế"]


@pytest.mark.parametrize("words", ["Độc lập", "ngày", "ngày 12 tháng"])
def test_lines_that_a_form_left_blank_take_no_time_to_lay_out(words: str) -> None:
    line = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM " + "báo cáo " * 30 + words + " " * 19_000 + "."
    assert seconds(lambda: unfolded("\n".join([line] * 10))) < 2
