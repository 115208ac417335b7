"""Every paper of a cycle, of several shapes: long names, one late unit or two hundred, nothing written, blanks, units below."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache

from kheo.core.consolidated import ClosedUnit, UnitRef
from kheo.core.days import ZONE, due_instant
from kheo.core.figures import NA, Figure
from kheo.core.timeliness import Timeliness
from kheo.documents.call_in_letter import CallIn, LateUnit, call_in_document
from kheo.documents.consolidated_report import LetterFacts, report_document
from kheo.documents.official import OfficialDocument
from kheo.documents.profiles import PaperProfile
from kheo.documents.receipt_paper import ReceiptFacts, receipt_document
from kheo.documents.relay_letter import relay_document
from kheo.documents.submission_list import Sending, Submissions, submission_list_document
from kheo.documents.unit_report import SentReport, SumsBelow, unit_report_document
from tests.documents.relayed import draft
from tests.documents.sample import AS_OF, CITY, DUE, LETTER, ORIGINS, consolidated, definition, letter_sign, units

ASKED = definition()
HASH = "3f9a1c" * 10 + "77b2"
RECEIVED = datetime(2023, 11, 15, 8, 30, 5, tzinfo=ZONE)
LONGEST = units(25)[24]
PARTY_LETTER = replace(
    LETTER, issuer="Ban Dân vận Thành ủy Thành phố Hồ Chí Minh", superior="Thành ủy Thành phố Hồ Chí Minh", recipient_line="",
    capacity=None, principal="", post="Trưởng Ban", abbreviation="BDVTU", number="127", signed_on=date(2023, 11, 20),
)  # fmt: skip


def _figures() -> dict[str, Figure]:
    """One of each kind: numbers, zero, blank, not applicable; a money total with its parts."""
    figures: dict[str, Figure] = {cell.key: place * 37 % 900 + 1 for place, cell in enumerate(ASKED.cells)}
    figures |= {"A04": 0, "C103": None, "C301": NA, "C102": 22_105_000_000, "B08": 9_500_000_000}
    return figures


def sent(**changes: object) -> SentReport:
    """A unit's second submission, as sent."""
    whole = SentReport(
        unit=UnitRef("G1", "Công đoàn cơ sở Công ty Một", "grassroots_union"),
        cycle_name="năm 2023",
        number=2,
        received_at=RECEIVED,
        due_at=due_instant(DUE),
        kind=Timeliness.ON_TIME,
        hash=HASH,
        reason="",
        signer="Trần Thị Hoa",
        figures=_figures(),
        ratios={"C307": Decimal("0.9512"), "C504": None},
        previous={"B02": 12, "C101": 900, "C102": None},
        previous_name="năm 2022",
        narrative={
            "I": "Đã ban hành kế hoạch.\nĐã tổ chức 02 hội nghị.",
            "II.1": "1. Hỗ trợ vốn vay cho đoàn viên.",
            "V": "Đề nghị hướng dẫn sớm.",
        },
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def late(count: int) -> tuple[LateUnit, ...]:
    """So many late units, some of them reminded, the last with the longest name."""
    known = [LONGEST, *units(max(count, 2))][:count]
    return tuple(
        LateUnit(
            unit,
            ("draft", "not_started")[place % 2],
            DUE,
            place % 9 + 1,
            "nhắc ngày 12/11/2023: Nguyễn Thị An" if place % 3 else "",
            instead=CITY.name if place % 7 == 1 else "",
        )
        for place, unit in enumerate(known)
    )


def call_in(count: int) -> CallIn:
    return CallIn("năm 2023", AS_OF, 226, late(count))


def receipt(**changes: object) -> ReceiptFacts:
    """A receipt."""
    whole = ReceiptFacts(
        number="2023-N/G1/2", unit=LONGEST, recipient=CITY.name, cycle_name="năm 2023", revision=2, received_at=RECEIVED,
        due_at=due_instant(DUE), kind=Timeliness.ON_TIME, days_late=0, signer="Trần Thị Hoa", reason="", counts=(41, 3, 1, 2), hash=HASH,
    )  # fmt: skip
    return replace(whole, **changes)  # type: ignore[arg-type]


# How a report stands, days, hours after the due instant at which it came, state.
_STANDINGS: tuple[tuple[Timeliness, int, int | None, str], ...] = (
    (Timeliness.ON_TIME, 0, -5, "Đã chấp nhận"),
    (Timeliness.LATE, 3, 50, "Đã nộp"),
    (Timeliness.LATE, 1, 2, "Bị trả lại"),
    (Timeliness.OVERDUE, 2, None, "Đang soạn"),
    (Timeliness.EXTENDED, 0, -2, "Đã nộp"),
)


def submissions(count: int) -> Submissions:
    """So many units: on time, late by days, late by minutes, not at all, within an extension, by a successor, and not wanted any more."""

    def sending(place: int, unit: UnitRef) -> Sending:
        if place % 12 == 11:
            return Sending(unit, DUE, None, Timeliness.OVERDUE, 2, "Không thu nữa", closed="Đã giải thể theo Quyết định 12/QĐ.")
        kind, days, hours, state = _STANDINGS[place % 5]
        came = None if hours is None else due_instant(DUE) + timedelta(hours=hours)
        return Sending(unit, DUE, came, kind, days, state, instead=CITY.name if place % 12 == 10 else "")

    return Submissions("năm 2023", CITY, AS_OF, tuple(sending(place, unit) for place, unit in enumerate(units(count))))


LATE_RECEIPT = {
    "kind": Timeliness.LATE,
    "days_late": 3,
    "reason": "thêm số liệu của đơn vị sáp nhập.",
    "first": (RECEIVED, Timeliness.EXTENDED),
    "promised_at": due_instant(DUE) - timedelta(days=3),
    "instead": CITY.name,
}


@cache
def every_paper(profile: PaperProfile) -> dict[str, OfficialDocument]:
    """By name, each paper of each shape, laid out for a profile."""
    letters: dict[str, LetterFacts] = {"city": LETTER, "party": PARTY_LETTER}
    below = SumsBelow(11, 12, {"B02": 240, "C101": 3100})
    reports = {
        "plain": sent(),
        "nothing written": sent(narrative={}, previous=None, previous_name=""),
        "late, with a reason": sent(kind=Timeliness.LATE, reason="nhập nhầm số tiền", received_at=RECEIVED + timedelta(days=4)),
        "units below": sent(below=below),
        "hidden and explained": sent(hidden=frozenset({"C501", "C503"}), remarks={"C101": "Tăng vì có thêm 02 công ty sáp nhập."}),
        "by a successor": sent(instead=CITY.name, first=(RECEIVED - timedelta(days=9), Timeliness.ON_TIME), kind=Timeliness.LATE),
        "nothing answered": sent(figures={}, ratios={}),
    }
    made = {f"unit report, {name}": unit_report_document(ASKED, each, LETTER, profile) for name, each in reports.items()}
    for who, letter in letters.items():
        sign = letter_sign(letter.abbreviation, "VP", profile)
        made |= {
            f"call-in of {count} by the {who}": call_in_document(ASKED, call_in(count), letter, profile) for count in (1, 2, 8, 9, 200)
        }
        made |= {f"list of {count} by the {who}": submission_list_document(ASKED, submissions(count), letter) for count in (0, 1, 25, 200)}
        made |= {
            f"order passed down to {count} by the {who}": relay_document(draft(count, notation=sign), letter, profile)
            for count in (1, 3, 30)
        }
        made[f"receipt by the {who}"] = receipt_document(ASKED, receipt(), letter)
        made[f"consolidated by the {who}"] = report_document(ASKED, consolidated(), letter, profile)
        made[f"consolidated by the {who}, with sources"] = report_document(ASKED, consolidated(), letter, profile, ORIGINS)
    made["consolidated of none, with sources"] = report_document(ASKED, consolidated(0), LETTER, profile, ORIGINS)
    made["order passed down as a plan"] = relay_document(draft(kind="Kế hoạch", notation=""), LETTER, profile)
    made["receipt, late"] = receipt_document(ASKED, receipt(**LATE_RECEIPT), LETTER)
    closed = tuple(ClosedUnit(unit, "đã giải thể theo Quyết định 12/QĐ.") for unit in units(2))
    made["consolidated with closed ones"] = report_document(ASKED, replace(consolidated(), closed_units=closed), LETTER, profile)
    made["consolidated of none"] = report_document(ASKED, consolidated(0), LETTER, profile)
    made["consolidated of many"] = report_document(ASKED, consolidated(60, missing=30), LETTER, profile)
    return made
