"""What an entry's page tells of the page whose address it holds."""

from datetime import date

import pytest

from kheo.core.registers.looking import Seen, Verdict
from kheo.registers.models import PageLook
from kheo.registers.pages import Looked
from kheo.web.registers.pages_told import look_words
from tests.registers.books import shipped
from tests.registers.test_look_at_pages import GONE, READ, published, ran
from tests.web.registers.test_entry_page import page_of
from tests.web.visits import text_of
from tests.world import World


def test_an_address_leads_to_its_page_and_what_a_machine_saw_stands_beside_it(world: World) -> None:
    entry = published(shipped("mo-hinh", "tin-bai"), world, "https://bao.example.vn/a?b=1&c=2")
    link = '<a href="https://bao.example.vn/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">'
    told = page_of(world, "an", entry)
    assert (link in told, "Còn truy cập" in told, "Liên kết hỏng" in told) == (True, False, False)
    ran(READ, 2)
    told = text_of(page_of(world, "an", entry).encode())
    assert "Còn truy cập xem ngày" in told
    assert f"Dấu vân trang lần đọc đầu (SHA-256): {'a' * 64}" in told
    ran(GONE, 9)
    told = text_of(page_of(world, "an", entry).encode())
    assert "(404: không có trang này), xem ngày" in told
    assert "Liên kết hỏng Máy xem liên kết 404: không có trang này" in told  # in its story


MONDAY, AGAIN = date(2023, 5, 8), date(2023, 5, 9)


@pytest.mark.parametrize(
    ("seen", "verdict", "status", "why", "words"),
    [
        (Seen.READ, Verdict.READABLE, 200, "", ("Còn truy cập", "xem ngày 08/05/2023.")),
        (Seen.FAULT, Verdict.READABLE, None, "timeout",
         ("Máy chưa rõ", "trước đó còn truy cập; ngày 08/05/2023 chưa mở được (chờ quá lâu không có trả lời), xem lại ngày 09/05/2023.")),
        (Seen.FAULT, Verdict.UNSURE, 503, "",
         ("Máy chưa rõ", "ngày 08/05/2023 chưa mở được (503: máy chủ báo lỗi), xem lại ngày 09/05/2023.")),
        (Seen.CLOSED, Verdict.UNSURE, 403, "", ("Máy chưa rõ", "ngày 08/05/2023 không xem được (403: không cho máy xem). Anh/chị mở thử.")),
        (Seen.BARRED, Verdict.UNSURE, None, "inside",
         ("Máy chưa rõ", "ngày 08/05/2023 không xem được (địa chỉ nằm trong mạng nội bộ, người ngoài không mở được). Anh/chị mở thử.")),
        (Seen.CLOSED, Verdict.READABLE, 200, "front_page",
         ("Máy chưa rõ",
          "trước đó còn truy cập; ngày 08/05/2023 không xem được (200: trang bị chuyển về trang đầu của báo). Anh/chị mở thử.")),
        (Seen.GONE, Verdict.BROKEN, 404, "", ("Liên kết hỏng", "từ ngày 01/05/2023 (404: không có trang này), xem ngày 08/05/2023.")),
    ],
)  # fmt: skip
def test_every_outcome_is_told_in_one_sentence(seen: Seen, verdict: Verdict, status: int | None, why: str, words: tuple[str, str]) -> None:
    look = PageLook(seen=seen, verdict=verdict, status=status, why=why, on=MONDAY, since=date(2023, 5, 1), again_on=AGAIN)
    assert look_words(look) == words


def test_a_page_that_reads_otherwise_than_at_first_says_so() -> None:
    look = PageLook(seen=Seen.READ, verdict=Verdict.READABLE, status=200, on=MONDAY, again_on=AGAIN, digest="b", first_digest="a")
    assert look_words(look) == ("Còn truy cập", "xem ngày 08/05/2023. Nội dung trang đã khác lần đọc đầu.")


def test_what_somebody_wrote_before_it_had_to_be_an_address_leads_nowhere(world: World) -> None:
    entry = published(shipped("mo-hinh", "tin-bai"), world)
    type(entry).objects.filter(pk=entry.pk).update(extra={**entry.extra, "dia_chi": "javascript:alert(1)"})
    assert 'href="javascript' not in page_of(world, "an", entry)
    assert "javascript:alert(1)" in page_of(world, "an", entry)


def test_the_hash_is_of_the_first_reading(world: World) -> None:
    entry = published(shipped("mo-hinh", "tin-bai"), world)
    ran(Looked(Seen.READ, 200, digest="a" * 64), 2)
    ran(Looked(Seen.READ, 200, digest="b" * 64), 9)
    told = text_of(page_of(world, "an", entry).encode())
    assert ("a" * 64 in told, "b" * 64 in told, "Nội dung trang đã khác lần đọc đầu." in told) == (True, False, True)
