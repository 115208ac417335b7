"""What an entry's page tells of others: points close by, and how far a model has spread."""

from django.urls import reverse

from kheo.registers.actions import Made
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from tests.registers.books import POINT, did, recorded, shipped, tried
from tests.registers.entries import made
from tests.registers.test_places import cleared
from tests.registers.test_spreading import learned
from tests.web.registers.test_acting import see
from tests.web.visits import enter, queries_of, text_of
from tests.world import World, head_of, later


def point(book: Book, world: World, north: int, name: str, who: str = "an", unit: str = "G1") -> Entry:
    """A point so many millionths of a degree north of the first."""
    return recorded(book, world, {**POINT, "ten": name, "vi_tri": (10_776_889 + north, 106_700_806)}, who, unit)


def test_points_close_by_are_named_with_their_distance_to_who_reads_them(world: World) -> None:
    points = shipped("diem-o-nhiem")
    entry = point(points, world, 0, "Chân cầu")
    assert "Có thể trùng" not in see(world, "binh", entry)
    other = point(points, world, 411, "Dưới chân cầu")
    point(points, world, 711, "Xa hơn")
    point(points, world, 100, "Của đơn vị khác", "chi", "G4")
    page = see(world, "an", entry)
    assert f"Có thể trùng; mở ra xem trước khi làm tiếp: Dưới chân cầu {other.code} · Công đoàn cơ sở Một · cách 46 m" in page
    assert "Xa hơn" not in page
    assert "Của đơn vị khác" not in page
    assert "Của đơn vị khác" in see(world, "lan", entry)
    gone = did(other, "trung", world.person("hoa"), later(1), reason="Cùng một điểm", other=entry.code)
    assert "Có thể trùng" not in see(world, "an", gone)
    assert "Có thể trùng" not in see(world, "an", entry)


def test_an_earlier_episode_of_the_same_place_is_no_duplicate(world: World) -> None:
    points = shipped("diem-o-nhiem")
    again = tried(cleared(points, world), "tai_phat", head_of(world, "G2"), later(days=20), reason="Lại có rác")
    assert isinstance(again, Made)
    assert again.further is not None
    assert "Có thể trùng" not in see(world, "lan", again.further)
    point(points, world, 100, "Cạnh chợ")
    assert "Có thể trùng; mở ra xem trước khi làm tiếp: Cạnh chợ DO-2023-0003" in see(world, "lan", again.further)


def test_the_whole_way_that_a_model_went_is_told_from_every_place_on_it(world: World, small_book: Book) -> None:
    first, second = made(small_book, world), made(small_book, world, "chi", "G4")
    learned(world, second, first, "chi", 10)
    assert "Đã lan tới" not in see(world, "lan", second)  # its own link says as much
    third = made(small_book, world)
    learned(world, third, second, "an", 20)
    page = see(world, "lan", third)
    told = (
        f"Những nơi lan xa nhất Công đoàn cơ sở Một {first.code} · làm đầu tiên "
        f"Công đoàn cơ sở Bốn {second.code} · học từ Công đoàn cơ sở Một · xác minh 01/04/2023 "
        f"Công đoàn cơ sở Một (hồ sơ này) {third.code} · học từ Công đoàn cơ sở Bốn · xác minh 01/04/2023"
    )
    assert "Đã lan tới 2 nơi" in page
    assert told in page
    own = see(world, "an", first)
    assert "Đã lan tới 2 nơi" in own
    assert f"{third.code} · học từ một đơn vị khác · xác minh 01/04/2023 Và 1 nơi khác." in own
    assert "Công đoàn cơ sở Bốn" not in own


def test_what_lies_around_costs_the_same_queries_however_much_it_is(world: World, small_book: Book) -> None:
    points = shipped("diem-o-nhiem")
    entry, client = point(points, world, 0, "Chân cầu"), enter(world, "lan")
    address = reverse("entry", args=[entry.pk])
    point(points, world, 100, "Điểm hai", "chi", "G4")
    few = queries_of(client, address)
    for number in range(3):
        point(points, world, 101 + number, f"Điểm {number}", "chi", "G4")
    assert queries_of(client, address) == few
    last = made(small_book, world)
    costs = []
    for number in range(4):
        fresh = made(small_book, world, "chi" if number % 2 == 0 else "an", "G4" if number % 2 == 0 else "G1")
        learned(world, fresh, last, "chi" if number % 2 == 0 else "an", 10 + 10 * number)
        last = fresh
        costs.append(queries_of(client, reverse("entry", args=[fresh.pk])))
    assert len(set(costs[1:])) == 1
    assert costs[-1] <= 36


def test_the_way_is_drawn_with_names_that_lead_and_days(world: World, small_book: Book) -> None:
    first, second = made(small_book, world), made(small_book, world, "chi", "G4")
    learned(world, second, first, "chi", 10)
    third, fourth = made(small_book, world), made(small_book, world, "chi", "G4")
    learned(world, third, second, "an", 20)
    learned(world, fourth, third, "chi", 30, verifier="")
    body = enter(world, "lan").get(reverse("entry", args=[third.pk])).content.decode()
    drawn = body[body.index("<svg viewBox") : body.index("</svg>", body.index("<svg viewBox"))]
    assert 'aria-label="Từ nơi làm đầu tiên đã lan tới 2 nơi, xa nhất 2 bước; danh sách ở dưới."' in drawn
    assert drawn.count("<circle") == 4
    assert drawn.count("is-claimed") == 2  # the dot and the way of what nobody has verified
    assert f'<a href="/so/ho-so/{second.pk}/"><text class="value"' in drawn
    assert f'href="/so/ho-so/{third.pk}/"' not in drawn  # the page itself
    assert f"{fourth.code} · học từ Công đoàn cơ sở Một · ghi 01/04/2023, chờ xác minh" in text_of(body.encode())
    assert "style=" not in drawn


def test_those_that_went_farthest_stand_in_one_table(world: World, small_book: Book) -> None:
    first, second, third = made(small_book, world), made(small_book, world, "chi", "G4"), made(small_book, world)
    address = reverse("entries_spread", args=["so-nho"])
    assert "Chưa có nơi nào được học theo và xác minh." in text_of(enter(world, "lan").get(address).content)
    learned(world, second, first, "chi", 10)
    learned(world, third, second, "an", 20)
    page = text_of(enter(world, "lan").get(address).content)
    assert "Được nơi khác học theo 1 Nơi học theo 2 Xa nhất 2 bước" in page
    assert f"{first.title} {first.code} · Công đoàn cơ sở Một 2 2 01/04/2023" in page
    # Chi does not read the first: it is not told there.
    assert first.code not in text_of(enter(world, "chi").get(address).content)
    few = queries_of(enter(world, "lan"), address)
    for number in range(3):
        learned(world, made(small_book, world, "chi", "G4"), made(small_book, world), "chi", 30 + 2 * number)
    assert queries_of(enter(world, "lan"), address) == few


def test_a_register_in_which_nothing_is_learned_has_no_such_table(world: World) -> None:
    shipped("diem-o-nhiem")
    assert enter(world, "lan").get(reverse("entries_spread", args=["diem-o-nhiem"])).status_code == 404
