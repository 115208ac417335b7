"""A cell that counts links: one that is taken back after it was sent goes with a reason, and the report tells what it sent and why."""

from kheo.registers.actions import Made, Refused, drop_link, link_entries, verify_link
from kheo.registers.models import EntryLink
from kheo.reports.queries.drift import behind, causes_of
from tests.counted import KEPT, counting_campaign, counting_world, drifts_of
from tests.registers.entries import made
from tests.world import GOOD, OPENING, later, submit

REPEATED = "records: {register_code: so-nho, fact: link, link: hoc_theo}"


def test_a_link_that_was_counted_does_not_vanish_silently(db: None) -> None:
    stock, flow = (f"aggregation: {how}, content: chung, source: CV 1, " for how in ("last", "sum"))
    world, book = counting_world(counting_campaign().replace(stock + KEPT, flow + REPEATED))
    ours, theirs = made(book, world), made(book, world, "chi", "G4")
    linked = link_entries(ours.pk, "hoc_theo", theirs.code, on=OPENING.date(), by=world.person("an"), at=later(1))
    assert isinstance(linked, Made)
    assert isinstance(verify_link(EntryLink.objects.get().pk, by=world.person("binh"), at=later(2)), Made)
    owed = world.obligation("G1")
    submit(world, "G1", {**GOOD, "B01.KT": 0, "B01.VH": 0, "B02": 1}, at=later(days=2))
    revision = world.report("G1").latest
    assert revision is not None
    assert behind(owed, revision).drift == {}
    standing = EntryLink.objects.get(known_to=None)
    assert isinstance(drop_link(standing.pk, by=world.person("hoa"), at=later(days=3)), Refused)
    assert behind(owed, revision).drift == {}
    assert isinstance(drop_link(standing.pk, reason="Học ở nơi khác", by=world.person("hoa"), at=later(days=3)), Made)
    assert behind(owed, revision).drift == {"B02": "nộp 1, nay 0: 1 hồ sơ được sửa"}
    (changed,) = causes_of(owed, revision, drifts_of(owed, revision))["B02"]
    assert (changed.entry.pk, changed.act, changed.reason) == (ours.pk, "bỏ nối", "Học ở nơi khác")
