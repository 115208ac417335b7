"""Papers for the tests of the books: what An of G1 writes of a letter of D1."""

from datetime import UTC, date, datetime
from typing import Any

from kheo.core.paper_books.facts import ArrivalFacts, PaperFacts
from kheo.directives.actions import Arrived, Brought, Issued, register_arrival, register_issue
from kheo.directives.models import Arrival, Issue
from kheo.files.actions import Arrival as File
from tests.world import World

MORNING = datetime(2023, 4, 3, 2, tzinfo=UTC)  # 09:00 on Monday 03/04/2023
TODAY = date(2023, 4, 3)


def a_paper(**other: Any) -> PaperFacts:
    """199/LĐLĐ-TG of the federation, 15/03/2023."""
    facts: dict[str, Any] = {
        "full_number": "199/LĐLĐ-TG",
        "issuer": "Liên đoàn Lao động Thành phố",
        "issued_on": date(2023, 3, 15),
        "kind": "Công văn",
        "subject": "thực hiện 5 không của phong trào thi đua Dân vận khéo",
        "signer": "Trần Thị Diệu Thúy",
    }
    return PaperFacts(**{**facts, **other})


def arrive(world: World, code: str = "G1", *, who: str = "an", at: datetime = MORNING, **other: Any) -> Arrival:
    """Write it into a unit's book, whatever stands there already."""
    arrived_on = other.pop("arrived_on", TODAY)
    noted = {key: other.pop(key) for key in ("handler", "handler_id", "passed_on", "due_on") if key in other}
    file = File(b"x", "van-ban.txt", "text/plain") if other.pop("with_file", False) else None
    arrival = ArrivalFacts(arrived_on, **noted)
    made = register_arrival(world.units[code], a_paper(**other), arrival, Brought(file=file), even_so=True, by=world.person(who, at), at=at)
    assert isinstance(made, Arrived), made
    return made.arrival


def issue(world: World, code: str = "D1", *, who: str = "dung", at: datetime = MORNING, **other: Any) -> Issue:
    """A plan of a unit's own goes out."""
    paper = a_paper(**{"kind": "Kế hoạch", "issuer": "Liên đoàn Lao động Quận 1", "issued_on": TODAY, **other})
    made = register_issue(world.units[code], paper, "KH-LĐLĐ", by=world.person(who, at), at=at)
    assert isinstance(made, Issued), made
    return made.issue
