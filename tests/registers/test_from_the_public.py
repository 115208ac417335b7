"""What somebody without an account sends: where it stands, whom it reaches, what is kept of the sender."""

from datetime import date

import pytest
import yaml
from django.db import connection

from kheo.core.registers.values import Kept
from kheo.core.reorganising import Established, Place, Transferred
from kheo.core.spoken_codes import hash_of
from kheo.core.unit_kinds import Line
from kheo.files.models import Blob
from kheo.files.receiving import SentFile
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.org.actions import load_units, record_events
from kheo.org.queries import receiver_of, units_by_code
from kheo.registers.access import queue
from kheo.registers.actions import (
    AskedBack,
    Made,
    Received,
    Refused,
    Sending,
    attaching,
    edit_entry,
    publish_register,
    receive_entry,
)
from kheo.registers.models import DeadlineRun, Deed, Entry, EntryAttachment, PublicEntry
from kheo.registers.queries.definitions import Book, book, books
from kheo.registers.queries.holding import texts_of, values_of
from tests.registers.books import CAMPAIGNS, did, said, shipped, tried
from tests.registers.public import CODE, HEAP, OTHER, WISH, sent
from tests.registers.test_attachments import photo
from tests.reports.test_evidence import PDF
from tests.world import OPENING, World, later


@pytest.fixture
def petitions(world: World) -> Book:
    return shipped("phan-anh")


@pytest.fixture
def points(world: World) -> Book:
    return shipped("diem-o-nhiem")


def test_it_stands_in_the_first_state_at_the_unit_and_in_its_queue(world: World, petitions: Book) -> None:
    entry = sent(petitions, world)
    assert (entry.state, entry.owner_id, entry.source, entry.created_by_id) == ("tiep_nhan", world.units["G1"], "public", None)
    held = values_of(petitions.definition, entry, texts_of(entry))
    assert held == {**WISH, "kenh": "TRUCTUYEN", "ngay_nhan": "2023-04-01"}
    assert DeadlineRun.objects.get(entry=entry).due_on == date(2023, 4, 7)
    for name, waits in (("an", True), ("hoa", True), ("binh", False), ("chi", False), ("kien", False)):
        assert (entry in queue(world.person(name), books()).entries) == waits, name


def test_of_the_sender_nothing_is_kept_but_what_the_code_hashes_to(world: World, petitions: Book) -> None:
    """In no table: neither the code, nor anybody's name, nor where it came from."""
    entry = sent(petitions, world)
    filing = PublicEntry.objects.get()
    assert (filing.entry_id, filing.hash, filing.chosen_id) == (entry.pk, hash_of(CODE), world.units["G1"])
    assert {field.name for field in PublicEntry._meta.fields} == {"id", "entry", "hash", "chosen"}
    deed, row = Deed.objects.get(entry=entry), JournalEntry.objects.get(act="entry_create")
    assert (deed.person_id, deed.who) == (None, "Người gửi")
    assert (row.actor_id, row.actor_name, row.post) == (None, "Người gửi", "qua mã theo dõi")
    assert WISH["noi_dung"] not in str(row.detail)
    assert CODE not in everything_stored()
    assert CODE.replace("-", "") not in everything_stored()


def everything_stored() -> str:
    """Every row of every table of the registers and the journal, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename ~ '^(registers|journal|files)_'")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} AS t")
            found.append(cursor.fetchone()[0])
    return " ".join(found)


def test_what_is_sent_twice_is_one_entry(world: World, petitions: Book) -> None:
    entry = sent(petitions, world)
    again = receive_entry(petitions, Sending(world.units["G1"], {**WISH, "tom_tat": "Khác"}, CODE), at=later(1))
    assert isinstance(again, Received)
    assert (again.entry.pk, again.is_again, again.entry.title) == (entry.pk, True, "Đèn hẻm hỏng")
    other = sent(petitions, world, code=OTHER)
    assert (Entry.objects.count(), other.code) == (2, "PA-2023-0002")


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_kept(world: World, petitions: Book) -> None:
    wrong: dict[str, Kept] = {"tom_tat": "x" * 201, "linh_vuc": "KHONGCO"}
    done = receive_entry(petitions, Sending(world.units["G1"], wrong, CODE), at=OPENING)
    assert isinstance(done, Refused)
    assert {each.key for each in done.problems} == {"tom_tat", "linh_vuc", "noi_dung", "nguoi_gui_la"}
    nowhere = receive_entry(petitions, Sending(987_654_321, WISH, CODE), at=OPENING)
    assert isinstance(nowhere, Refused)
    assert [each.message for each in nowhere.problems] == ["Hãy chọn nơi nhận."]
    assert not Entry.objects.exists()
    assert not PublicEntry.objects.exists()


def test_what_the_form_does_not_ask_is_not_taken(world: World, petitions: Book) -> None:
    """Whatever somebody adds to the form: not the answer, not the opinion, not another channel or day."""
    more: dict[str, Kept] = {"y_kien": "HAILONG", "van_ban": "1/TB", "chuc_vu_ky": "x", "kenh": "VANBAN", "ngay_nhan": "2020-01-01", "x": 1}
    entry = sent(petitions, world, {**WISH, **more})
    held = values_of(petitions.definition, entry, texts_of(entry))
    assert held.keys() == {*WISH, "kenh", "ngay_nhan"}
    assert (held["kenh"], held["ngay_nhan"], entry.satisfaction) == ("TRUCTUYEN", "2023-04-01", "")


@pytest.mark.parametrize("code", ["mo-hinh", "tin-bai", "don-thu", "doi-thoai", "cham-lo"])
def test_a_register_that_says_nothing_of_the_public_takes_nothing_from_it(world: World, code: str) -> None:
    done = receive_entry(shipped(code), Sending(world.units["G1"], WISH, CODE), at=OPENING)
    assert isinstance(done, Refused)
    assert done.message == "Sổ này không nhận qua biểu mẫu."


def test_a_complaint_or_somebodys_number_is_asked_back_and_nothing_is_kept_of_the_asking(world: World, petitions: Book) -> None:
    for text in ("Tôi tố cáo tổ trưởng", "Gọi số 0912 345 678"):
        wanted = Sending(world.units["G1"], {**WISH, "noi_dung": text}, CODE)
        done = receive_entry(petitions, wanted, at=OPENING)
        assert isinstance(done, AskedBack)
        assert [each.key for each in done.problems] == ["noi_dung"]
        assert text not in everything_stored()
    entry = sent(petitions, world, {**WISH, "noi_dung": "Gọi số 0912 345 678"}, looked_again=True)
    assert texts_of(entry)["noi_dung"] == "Gọi số 0912 345 678"


def test_a_point_without_a_place_on_the_map_gets_one_from_the_unit_before_it_goes_on(world: World, points: Book) -> None:
    entry = sent(points, world, HEAP)
    assert (entry.latitude, entry.place_id, entry.occurred_on) == (None, None, date(2023, 4, 1))
    assert "Chưa điền “Vị trí”" in said(tried(entry, "xac_minh", world.person("binh"), later(1), values={"muc_do": "NHO"}))
    held = {**values_of(points.definition, entry), "vi_tri": (10_776_889, 106_700_806)}
    assert isinstance(edit_entry(entry.pk, held, version=entry.version, by=world.person("an"), at=later(2)), Made)
    done = did(entry, "xac_minh", world.person("binh"), later(3), values={"muc_do": "NHO"})
    assert done.place_id is not None


def test_photographs_are_drawn_anew_and_come_with_the_entry(world: World, points: Book) -> None:
    raw = photo(taken="2023:04:01 08:00:00", at=(10.7769, 106.7009), model="Nguyen Thi Lan")
    entry = sent(points, world, {**HEAP, "vi_tri": (10_776_900, 106_700_900)}, files=[SentFile("a.jpg", raw), SentFile("b.jpg", photo(2))])
    rows = list(EntryAttachment.objects.filter(entry=entry).order_by("pk"))
    assert [(row.role, row.kind, row.metres_off) for row in rows] == [("before", "photo", 0), ("before", "photo", None)]
    kept = b"".join(bytes(each) for each in Blob.objects.values_list("content", flat=True))
    assert b"Nguyen Thi Lan" not in kept
    assert b"Nguyen Thi Lan" in raw
    assert not set(rows[0].file.__dict__) & {"ip", "address"}


def test_what_a_file_was_called_is_not_kept(world: World, points: Book) -> None:
    """People and telephones name files after themselves; in what is refused the name is theirs to read, and it is kept nowhere."""
    named = [SentFile("Nguyen Thi Lan 0912345678.jpg", photo(1)), SentFile("Screenshot_Zalo_Lan.jpg", photo(2))]
    entry = sent(points, world, HEAP, files=named)
    rows = EntryAttachment.objects.filter(entry=entry).order_by("pk")
    assert [row.file.name for row in rows] == ["anh-1.jpg", "anh-2.jpg"]
    for word in ("Nguyen Thi Lan", "0912345678", "Zalo"):
        assert word not in everything_stored()


def test_the_senders_words_stay_theirs_though_the_register_takes_nothing_more(world: World, petitions: Book) -> None:
    entry = sent(petitions, world)
    source = yaml.safe_load((CAMPAIGNS / "registers" / "phan-anh.yaml").read_text(encoding="utf-8"))
    text = yaml.safe_dump({key: value for key, value in source.items() if key != "from_public"}, allow_unicode=True)
    assert publish_register(text, "phan-anh.yaml", by=SYSTEM, at=later(1)).problems == ()
    entry.refresh_from_db()
    now = book("phan-anh")
    assert now is not None
    assert now.edition_id == entry.edition_id, "it was brought over"
    held = {**values_of(now.definition, entry, texts_of(entry)), "noi_dung": "Không có gì."}
    done = edit_entry(entry.pk, held, version=entry.version, by=world.person("an"), at=later(2))
    assert isinstance(done, Refused)
    assert "là lời người gửi, không sửa được" in said(done)
    assert texts_of(entry)["noi_dung"] == WISH["noi_dung"]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([SentFile("a.pdf", PDF)], "“a.pdf” không hợp loại"),
        ([SentFile("a.jpg", b"khong phai anh")], "“a.jpg”"),
        ([SentFile(f"{number}.jpg", b"x") for number in range(5)], "nhiều nhất 4 ảnh"),
        ([SentFile("a.jpg", photo(1)), SentFile("b.jpg", photo(1))], "đã có trong hồ sơ này"),
    ],
)
def test_photographs_that_do_not_fit_stop_the_whole(world: World, points: Book, files: list[SentFile], told: str) -> None:
    done = receive_entry(points, Sending(world.units["G1"], HEAP, CODE, files), at=OPENING)
    assert isinstance(done, Refused)
    assert any(told in each.message and each.key == "files" for each in done.problems)
    assert not Entry.objects.exists()
    assert not Blob.objects.exists()


def test_what_strangers_send_does_not_take_the_room_of_the_unit(world: World, points: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(points, world, HEAP, files=[SentFile("a.jpg", photo(1))])
    monkeypatch.setattr(attaching, "PUBLIC_MEGABYTES", 0)
    done = receive_entry(points, Sending(world.units["G1"], HEAP, OTHER, [SentFile("b.jpg", photo(2))]), at=OPENING)
    assert isinstance(done, Refused)
    assert "Hãy gửi không kèm ảnh" in said(done)
    sent(points, world, HEAP, code=OTHER)


def test_no_photographs_where_the_register_takes_none_from_the_public(world: World, petitions: Book) -> None:
    done = receive_entry(petitions, Sending(world.units["G1"], WISH, CODE, [SentFile("a.jpg", photo())]), at=OPENING)
    assert isinstance(done, Refused)
    assert "không nhận ảnh" in said(done)


# --- Whom it reaches

CITY = """code,name,kind,parent_code
79,Thành phố Hồ Chí Minh,municipality,
W1,Phường Bến Nghé,ward,79
W2,Phường Đa Kao,ward,79
W3,Phường An Khánh,ward,79
"""


def test_a_ward_is_answered_for_by_its_union_its_team_or_the_top(world: World, petitions: Book) -> None:
    assert not load_units(CITY.encode(), "wards.csv", on=date(2020, 1, 1), by=SYSTEM, at=OPENING).problems
    units, day = units_by_code(date(2020, 1, 1)), OPENING.date()
    under, top = Place(Line.UNION, units["LDLD"]), Place(Line.AREA_TEAM, None)
    done = record_events(
        [
            Established(day=day, unit=-1, name="Công đoàn phường Bến Nghé", kind="ward_union", code="CDP1", places=(under, top)),
            Established(day=day, unit=-2, name="Tổ công tác số 7", kind="area_team", code="T7", places=(under, top)),
            Transferred(day=day, unit=units["W1"], place=Place(Line.AREA_TEAM, -1)),
            Transferred(day=day, unit=units["W2"], place=Place(Line.AREA_TEAM, -2)),
        ],
        by=SYSTEM,
        at=OPENING,
    )
    assert done.problems == ()
    known = units_by_code(day)
    reached = {code: receiver_of(known[code], day) for code in ("W1", "W2", "W3", "79", "G1", "LDLD")}
    assert reached == {
        "W1": known["CDP1"], "W2": known["T7"], "W3": known["LDLD"], "79": known["LDLD"], "G1": known["G1"], "LDLD": known["LDLD"],
    }  # fmt: skip
    assert receiver_of(units_by_code(day)["BDV"], day) is None
    entry = receive_entry(petitions, Sending(known["W1"], WISH, CODE), at=OPENING)
    assert isinstance(entry, Received)
    assert entry.entry.owner_id == known["CDP1"]
    assert entry.entry.address == "Phường Bến Nghé"
