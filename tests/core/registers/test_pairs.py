"""When and where a photograph was taken, held against its role and the place of its entry: every border, and what is told."""

from datetime import UTC, datetime, timedelta

import pytest

from kheo.core.days import ZONE
from kheo.core.places import Spot, metres_between
from kheo.core.registers.models import AttachmentDef
from kheo.core.registers.pairs import SLACK, Sight, sight_of, sight_problems, unchecked

NOW = datetime(2023, 4, 2, 2, tzinfo=UTC)
PLACE = Spot(10_776_889, 106_700_806)
NEAR = Spot(10_777_389, 106_700_806)  # 56 m to the north
FAR = Spot(10_777_889, 106_700_806)
AFTER = AttachmentDef.model_validate({"role": "after", "name": "Ảnh sau", "takes": "photo", "after": "before", "within_m": 50})
ANY = AttachmentDef.model_validate({"role": "document", "name": "Tệp", "takes": "any"})
EARLY, NOON, LATE = (Sight(NOW.replace(hour=hour)) for hour in (0, 1, 2))


def test_a_time_that_has_not_come_is_not_believed_but_a_clock_may_be_an_hour_fast() -> None:
    for fast, believed in ((timedelta(0), True), (SLACK, True), (SLACK + timedelta(seconds=1), False)):
        taken = (NOW + fast).isoformat()
        assert (sight_of(taken, None, None, now=NOW).taken_at is not None) == believed, fast


def test_a_time_without_an_offset_is_by_the_clock_of_vietnam() -> None:
    assert sight_of("2023-04-02T08:30:00", None, None, now=NOW).taken_at == datetime(2023, 4, 2, 8, 30, tzinfo=ZONE)
    assert sight_of("2023-04-02T01:30:00+00:00", None, None, now=NOW).taken_at == datetime(2023, 4, 2, 1, 30, tzinfo=UTC)


def test_a_distance_is_known_where_both_places_are() -> None:
    assert sight_of(None, NEAR, PLACE, now=NOW) == Sight(None, metres_between(NEAR, PLACE))
    assert sight_of(None, NEAR, None, now=NOW) == sight_of(None, None, PLACE, now=NOW) == Sight()


@pytest.mark.parametrize(
    ("sight", "earlier", "is_taken"),
    [
        (LATE, [EARLY, NOON], True),
        (NOON, [EARLY, NOON], False),  # the very same instant is not later
        (NOON, [EARLY, LATE], False),  # later than one of them is not later than all
        (Sight(), [LATE], True),  # what tells nothing has done nothing wrong
        (EARLY, [], True),
        (EARLY, [Sight()], True),
    ],
)
def test_a_photograph_of_afterwards_is_later_than_all_that_it_comes_after(sight: Sight, earlier: list[Sight], is_taken: bool) -> None:
    told = sight_problems(AFTER, sight, earlier, "Ảnh trước")
    assert (told == ()) == is_taken
    assert all("không sau “Ảnh trước”" in each for each in told)
    assert sight_problems(ANY, sight, earlier, "Ảnh trước") == ()


@pytest.mark.parametrize(("metres", "is_taken"), [(None, True), (0, True), (50, True), (51, False)])
def test_a_photograph_from_just_within_the_distance_is_taken_and_from_a_metre_beyond_is_not(metres: int | None, is_taken: bool) -> None:
    told = sight_problems(AFTER, Sight(None, metres), [], "")
    assert (told == ()) == is_taken
    assert all("chụp cách vị trí của hồ sơ 51 m; chỉ nhận trong vòng 50 m" in each for each in told)
    assert sight_problems(ANY, Sight(None, metres), [], "") == ()


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert len(sight_problems(AFTER, Sight(EARLY.taken_at, 51), [LATE], "Ảnh trước")) == 2


def test_what_could_not_be_checked_is_said_only_where_it_is_asked() -> None:
    assert unchecked(AFTER, Sight(), PLACE, PLACE) == ("ảnh không ghi giờ chụp", "ảnh không ghi nơi chụp")
    assert unchecked(AFTER, Sight(), None, None) == ("ảnh không ghi giờ chụp", "lúc nhận ảnh hồ sơ chưa có vị trí để so")
    assert unchecked(AFTER, Sight(NOW, 5), PLACE, PLACE) == ()
    assert unchecked(ANY, Sight(), PLACE, NEAR) == ()


def test_a_place_that_was_moved_is_a_doubt_only_where_the_photograph_may_lie_beyond_the_distance_now() -> None:
    moved = metres_between(PLACE, NEAR)
    enough = AFTER.model_copy(update={"within_m": moved + 5})
    assert unchecked(enough, Sight(NOW, 5), PLACE, NEAR) == ()
    (told,) = unchecked(enough, Sight(NOW, 6), PLACE, NEAR)
    assert told == f"vị trí của hồ sơ đã sửa sau khi nhận ảnh, cách chỗ cũ {moved} m"
    assert unchecked(AFTER, Sight(NOW, 50), PLACE, FAR) != ()


def test_a_place_that_is_known_no_more_is_a_doubt_whatever_the_distance() -> None:
    for then, now in ((None, PLACE), (PLACE, None)):
        assert unchecked(AFTER, Sight(NOW, 5), then, now) == ("vị trí của hồ sơ đã sửa sau khi nhận ảnh",)
