"""The published files of changes, in small: who keeps its identity, who is new, what is told."""

from datetime import date

from kheo.core.change_files import plan_changes, read_changes
from kheo.core.change_files.differences import COLUMNS, SHORT_COLUMNS
from kheo.core.change_files.reform import COLUMNS as REFORM
from kheo.core.reorganising import Closed, CodeChanged, Decision, Established, KindChanged, Merged, Place, Plan, Renamed, Split, Transferred
from kheo.core.unit_kinds import Line
from tests.core.reorganising.ledger import Ledger, begin

ON = date(2025, 7, 1)
DECREE = Decision("1/NQ")
ADMIN = Line.ADMIN


def province() -> Ledger:
    """Provinces 1 (01) and 2 (02); districts 3 (001, in 1), 4 (002, in 2); communes 5, 6, 7 (00001-3, in 3), 8 (00004, in 4)."""
    ledger = Ledger()
    plan = ledger.record(
        begin(-1, "01", None, kind="province", line=ADMIN),
        begin(-2, "02", None, kind="province", line=ADMIN),
        begin(-3, "001", -1, kind="rural_district", line=ADMIN),
        begin(-4, "002", -2, kind="rural_district", line=ADMIN),
        *(begin(-4 - number, f"0000{number}", -3, kind="commune", line=ADMIN) for number in (1, 2, 3)),
        begin(-8, "00004", -4, kind="commune", line=ADMIN),
    )
    assert plan.problems == ()
    return ledger


def name(code: str) -> str:
    return f"Công đoàn {code}"


def plan(columns: tuple[str, ...], *lines: str) -> Plan:
    changes, problems = read_changes("\n".join([",".join(columns), *lines]), "nhà nước.csv")
    assert changes is not None, problems
    return plan_changes(changes, province().standing(ON))


def reform(*lines: str) -> Plan:
    rest = [f"2025-07-01,province,0{number},{name(f'0{number}')},0{number},Tỉnh {number},renamed,1/NQ," for number in (1, 2)]
    return plan(REFORM, *rest, *lines)


def old(code: str, new: str, called: str, change: str, level: str = "commune", decree: str = "1/NQ") -> str:
    return f"2025-07-01,{level},{code},{name(code)},{new},{called},{change},{decree},high"


ENDS = [old("001", "", "", "abolished", "district"), old("002", "", "", "abolished", "district")]
FAR = old("00004", "00004", "Xã Bốn", "renamed", decree="2/NQ")


def test_one_whole_old_unit_goes_on_renamed_recoded_and_moved_and_several_or_parts_make_a_new_one() -> None:
    found = reform(
        *ENDS,
        old("00001", "00009", "Phường Chín", "merged_whole"),
        old("00002", "00002", "Xã Hai", "merged_whole"),
        old("00003", "00002", "Xã Hai", "split_part"),
        old("00003", "00010", "Xã Mười", "split_part"),
        FAR,
    )
    assert found.problems == found.doubts == ()
    about = {"day": ON, "decision": DECREE}
    assert [event for event in found.events if event.row in range(4, 10)] == [
        Closed(**about, unit=3, row=4),  # type: ignore[arg-type]
        Closed(**about, unit=4, row=5),  # type: ignore[arg-type]
        Renamed(**about, unit=5, name="Phường Chín", row=6),  # type: ignore[arg-type]
        KindChanged(**about, unit=5, kind="ward", row=6),  # type: ignore[arg-type]
        CodeChanged(**about, unit=5, code="00009", row=6),  # type: ignore[arg-type]
        Transferred(**about, unit=5, place=Place(ADMIN, 1), row=6),  # type: ignore[arg-type]
        Established(**about, unit=-1, name="Xã Hai", kind="commune", code="00002", places=(Place(ADMIN, 1),), row=7),  # type: ignore[arg-type]
        Merged(**about, unit=-1, predecessors=(6,), row=7),  # type: ignore[arg-type]
        Established(**about, unit=-2, name="Xã Mười", kind="commune", code="00010", places=(Place(ADMIN, 1),), row=9),  # type: ignore[arg-type]
        Split(**about, unit=7, successors=((-1, None), (-2, None)), row=8),  # type: ignore[arg-type]
    ]


def test_a_district_may_become_a_special_zone_and_keeps_its_identity() -> None:
    keeps = [old(f"0000{number}", f"0000{number}", f"Xã {number}", "renamed") for number in (1, 2, 3)]
    moved = old("00004", "00004", "Xã Bốn", "renamed", decree="2/NQ")
    found = reform(ENDS[0], old("002", "00099", "Đặc khu Hai", "district_to_special_zone", "district", "2/NQ"), *keeps, moved)
    assert found.problems == ()
    zone = [event for event in found.events if event.unit == 4]
    assert [type(event) for event in zone] == [Renamed, KindChanged, CodeChanged]  # it stands under the province already
    assert {(event.row, event.decision) for event in zone} == {(5, Decision("2/NQ"))}


def test_a_homonym_of_another_province_is_doubtful_and_the_decree_decides() -> None:
    found = reform(
        *ENDS,
        *(old(f"0000{number}", "00002", "Xã Hai", "merged_whole") for number in (1, 2, 3)),
        old("00004", "00002", "Xã Hai", "merged_whole"),
    )
    assert found.problems == ()
    assert [(doubt.line, doubt.key) for doubt in found.doubts] == [(9, "new_code")]
    (new,) = [event for event in found.events if isinstance(event, Established)]
    assert new.places == (Place(ADMIN, 1),)


def test_a_commune_that_the_table_forgets_is_told() -> None:
    keeps = [old(f"0000{number}", f"0000{number}", f"Xã {number}", "renamed") for number in (1, 2)]
    found = reform(*ENDS, *keeps, FAR)
    told = "“Công đoàn 00003” (00003) thuộc “Công đoàn 001”, mà ngày 01/07/2025 đơn vị này không hoạt động nữa."
    assert [(problem.line, problem.message) for problem in found.problems] == [(4, told)]


def test_tells_unknown_levels_changes_names_and_codes() -> None:
    found = reform(
        *ENDS,
        old("00001", "00001", "Xã Một", "renamed", level="village"),
        old("00002", "00002", "Xã Hai", "vanished"),
        old("00003", "00003", "Ấp Ba", "renamed"),
        f"2025-07-01,commune,00004,{name('00099')},00004,Xã Bốn,renamed,2/NQ,high",
        old("00055", "00055", "Xã Lạ", "renamed"),
    )
    told = {(problem.line, problem.key) for problem in found.problems if problem.key}
    assert told == {(6, "level"), (7, "change"), (8, "new_name"), (9, "old_code"), (10, "old_code")}


def difference(code: str, change: str, new: dict[str, str] | None = None, called: str = "") -> str:
    cells = {"effective_date": "2025-07-01", "code": code, "change": change, "old_name": called or name(code), "decree": "1/NQ"} | (
        new or {}
    )
    return ",".join(cells.get(column, "") for column in COLUMNS)


def test_differences_between_two_official_lists() -> None:
    found = plan(
        COLUMNS,
        difference("00001", "dissolved"),
        difference("00002", "renamed+kind_changed+parent_changed", {"new_name": "Phường Hai", "new_kind": "ward", "new_parent": "009"}),
        difference("009", "created", {"old_name": "", "new_name": "Quận Chín", "new_kind": "urban_district", "new_parent": "01"}),
    )
    assert found.problems == ()
    about = {"day": ON, "decision": DECREE}
    assert list(found.events) == [
        Closed(**about, unit=5, row=2),  # type: ignore[arg-type]
        Renamed(**about, unit=6, name="Phường Hai", row=3),  # type: ignore[arg-type]
        KindChanged(**about, unit=6, kind="ward", row=3),  # type: ignore[arg-type]
        Transferred(**about, unit=6, place=Place(ADMIN, -1), row=3),  # type: ignore[arg-type]
        Established(**about, unit=-1, name="Quận Chín", kind="urban_district", code="009", places=(Place(ADMIN, 1),), row=4),  # type: ignore[arg-type]
    ]


def test_a_code_is_believed_only_with_the_name_it_has_that_day() -> None:
    """Codes are used again: a table made for another year must not change somebody else. Tone marks may be placed either way."""
    found = plan(COLUMNS, difference("00001", "dissolved", called="Xã Khác"), difference("00002", "dissolved", called="CÔNG  ĐOÀN 00002"))
    assert [(problem.line, problem.key, problem.message) for problem in found.problems] == [
        (2, "code", "Mã “00001” ngày 01/07/2025 là “Công đoàn 00001”, không phải “Xã Khác”.")
    ]


def test_tells_unknown_changes_and_parents() -> None:
    found = plan(
        COLUMNS,
        difference("00001", "moved"),
        difference("00002", "created+renamed"),
        difference("00003", "parent_changed", {"new_parent": "777"}),
        difference("00004", "created", {"new_name": "Xã X", "new_kind": "commune", "new_parent": "001"}),
    )
    assert {(problem.line, problem.key) for problem in found.problems if problem.key} == {
        (2, "change"),
        (3, "change"),
        (4, "new_parent"),
        (5, "code"),
    }


def test_the_short_table_of_2026_has_no_parents() -> None:
    line = f"2025-07-01,00001,commune,renamed+kind_changed,{name('00001')},Phường Một,commune,ward,1/NQ"
    found = plan(SHORT_COLUMNS, line)
    assert [type(event) for event in found.events] == [Renamed, KindChanged]
