"""A campaign whose directive is replaced: the small world in the window that begins on 16/11/2023, and the link that ends it."""

from datetime import UTC, date, datetime

from kheo.core.paper_books.facts import LinkRole
from kheo.directives.actions import link_papers
from kheo.directives.models import Directive, DirectiveLink
from kheo.journal.actions import SYSTEM
from kheo.reports.actions import Ended, end_campaign, open_cycle
from tests.directives.papers import arrive
from tests.world import CALENDAR, OPENING, World, later

DAY = date(2023, 11, 16)  # the window 2024-6T begins on it, 2023-6T before it
WRITTEN = later(days=3)
AFTER = later(days=5)
WORDS = "Phong trào kết thúc từ ngày 16/11/2023 theo Công văn 7/LĐLĐ-TG ngày 30/03/2023"


def directive(world: World, number: str = "1/LĐLĐ", **other: object) -> Directive:
    """A paper in the book of the federation; the first is the one on which the campaign rests."""
    found = arrive(world, "LDLD", who="minh", at=WRITTEN, full_number=number, **other).directive
    assert found is not None
    return found


def replaced(world: World, number: str = "7/LĐLĐ-TG", old: Directive | None = None, day: date = DAY) -> DirectiveLink:
    """The campaign's paper is replaced by one of 30/03/2023, from the day."""
    new = directive(world, number, issued_on=date(2023, 3, 30))
    made = link_papers(new.pk, (old or directive(world)).pk, LinkRole.REPLACES, from_day=day, by=world.person("lan"), at=WRITTEN)
    assert isinstance(made, DirectiveLink), made
    return made


def end(world: World, link: DirectiveLink, *, who: str = "lan", at: datetime = AFTER) -> Ended:
    """The office ends the campaign."""
    done = end_campaign(world.cycle.campaign_id, link.pk, by=world.person(who), at=at)
    assert isinstance(done, Ended), done
    return done


def opens(cycle: str, *, at: datetime = OPENING) -> object:
    """What opening one more cycle says."""
    return open_cycle("mini", cycle, calendar=CALENDAR, by=SYSTEM, at=at)


NEW_YEAR = datetime(2024, 1, 1, tzinfo=UTC)
