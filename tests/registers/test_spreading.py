"""How a model spread: verified links from one entry to the next, and nothing else."""

from kheo.registers.actions import Made, link_entries, verify_link
from kheo.registers.models import Entry, EntryLink, StateSpan
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.spreading import farthest, firsts, origin_of, spread_of
from tests.registers.entries import done, made
from tests.world import OPENING, World, later


def learned(world: World, mine: Entry, theirs: Entry, who: str, minutes: int, verifier: str = "bich") -> None:
    assert isinstance(link_entries(mine.pk, "hoc_theo", theirs.code, on=OPENING.date(), by=world.person(who), at=later(minutes)), Made)
    if verifier:
        link = EntryLink.objects.get(entry=mine, known_to__isnull=True)
        assert isinstance(verify_link(link.pk, by=world.person(verifier), at=later(minutes + 1)), Made)


def test_the_picture_is_the_tree_of_what_learned_from_what(world: World, small_book: Book) -> None:
    first, second = made(small_book, world), made(small_book, world, "chi", "G4")
    third, fourth, unseen = made(small_book, world), made(small_book, world, "chi", "G4"), made(small_book, world, "chi", "G4")
    learned(world, second, first, "chi", 10)
    learned(world, third, second, "an", 20)
    learned(world, fourth, first, "chi", 30)
    learned(world, unseen, first, "chi", 40, verifier="")
    found = spread_of(first.pk, "hoc_theo")
    assert [(each.code, each.origin, each.depth) for each in found.replicas] == [
        (first.code, None, 0), (second.code, first.pk, 1), (fourth.code, first.pk, 1), (third.code, second.pk, 2),
    ]  # fmt: skip
    assert (found.places, found.depth) == (3, 2)
    assert {key: [each.code for each in below] for key, below in found.below.items()} == {
        None: [first.code], first.pk: [second.code, fourth.code], second.pk: [third.code],
    }  # fmt: skip
    origins = [origin_of(each.pk, "hoc_theo") for each in (first, third, unseen)]
    assert origins == [first.pk, first.pk, unseen.pk]


def test_what_was_cancelled_has_spread_nothing(world: World, small_book: Book) -> None:
    first, second, third = made(small_book, world), made(small_book, world, "chi", "G4"), made(small_book, world)
    learned(world, second, first, "chi", 10)
    learned(world, third, second, "an", 20)
    done(second, "huy", world.person("chi"), later(50), reason="Ghi nhầm")
    assert spread_of(first.pk, "hoc_theo").places == 0
    assert origin_of(third.pk, "hoc_theo") == third.pk


def test_what_is_only_said_is_in_the_picture_and_counts_in_nothing(world: World, small_book: Book) -> None:
    first, second = made(small_book, world), made(small_book, world, "chi", "G4")
    third, beyond = made(small_book, world), made(small_book, world, "chi", "G4")
    learned(world, second, first, "chi", 10)
    learned(world, third, second, "an", 20, verifier="")
    learned(world, beyond, third, "chi", 30)
    found = spread_of(first.pk, "hoc_theo", claimed=True)
    assert [(each.code, each.counts) for each in found.replicas] == [(first.code, True), (second.code, True), (third.code, False)]
    assert (found.places, found.depth) == (1, 1)
    assert [each.code for each in spread_of(first.pk, "hoc_theo").replicas] == [first.code, second.code]


def test_the_farthest_are_firsts_with_all_that_came_of_them(world: World, small_book: Book) -> None:
    first, second, third = made(small_book, world), made(small_book, world, "chi", "G4"), made(small_book, world)
    other, pupil = made(small_book, world), made(small_book, world, "chi", "G4")
    learned(world, second, first, "chi", 10)
    learned(world, third, second, "an", 20)
    learned(world, pupil, other, "chi", 30)
    learned(world, made(small_book, world), pupil, "an", 40, verifier="")
    found = farthest(small_book.register.pk, "hoc_theo")
    assert [(each.entry, each.places, each.depth, each.last) for each in found] == [
        (first.pk, 2, 2, later(20).date()), (other.pk, 1, 1, later(30).date()),
    ]  # fmt: skip
    assert set(firsts(found)) == {first.pk, other.pk}
    done(third, "huy", world.person("hoa"), later(50), reason="Ghi nhầm")
    assert [(each.entry, each.places, each.depth) for each in farthest(small_book.register.pk, "hoc_theo")] == [
        (first.pk, 1, 1), (other.pk, 1, 1),
    ]  # fmt: skip


def test_a_link_and_its_verifying_change_no_state(world: World, small_book: Book) -> None:
    """Decidim #12912: linking must not silently change state."""
    first, second = made(small_book, world), made(small_book, world, "chi", "G4")
    learned(world, second, first, "chi", 10)
    for entry in (first, second):
        before = (entry.state, entry.meaning, entry.in_state_since, entry.version)
        entry.refresh_from_db()
        assert (entry.state, entry.meaning, entry.in_state_since, entry.version) == before
        assert StateSpan.objects.filter(entry=entry).count() == 1
