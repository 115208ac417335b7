"""What everybody may read without an account: there only where both switches are on, and of each entry what is public and nothing else."""

import json
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kheo.files.actions import store_file
from kheo.files.models import Forgetting
from kheo.journal.actions import SYSTEM
from kheo.registers.models import Entry, EntryAttachment
from kheo.registers.queries.definitions import Book
from kheo.web.public.gate import RATES
from tests.registers.books import CAMPAIGNS, POINT, photographed, recorded, shipped, shipped_as
from tests.web.visits import enter, text_of
from tests.world import OPENING, World, later

pytestmark = pytest.mark.django_db
PAGES = tuple(f"/cong-khai/{each}" for each in ("", "mo-hinh/", "diem-o-nhiem/", "diem-o-nhiem/ban-do/", "diem-o-nhiem/diem/"))
EVERYBODY = ("", "an", "bich", "lan", "chi", "kien")
MODEL = {
    "ten": "Đổi vỏ hộp lấy cây", "loai": "MH", "linh_vuc": "KT", "noi_dung": ["N3"], "chu_the": "individual", "ten_chu_the": "Lê Thị Kín",
    "doi_tuong": ["DAN"], "thuc_trang": "Trước đây vứt bừa.", "cach_lam": "Mười vỏ hộp đổi một chậu.", "dia_diem": "Khu phố 3",
    "vi_tri": (10_776_889, 106_700_806), "bat_dau": "2023-04-01", "muc_tieu": 80, "muc_tieu_don_vi": "HO", "ket_qua": 96,
    "phu_trach": "Tổ trưởng", "nguoi_huong_loi": 3, "san_pham": "Ba trăm chậu cây.", "anh_cong_khai": True,
}  # fmt: skip


@pytest.fixture
def models(world: World, settings: LazySettings) -> Book:
    settings.PUBLIC_PAGES = True
    return shipped("diem-o-nhiem", "phan-anh", "cham-lo", "mo-hinh")


def in_state(entry: Entry, state: str) -> Entry:
    """As if it had come there: what is asked here is who sees it."""
    entry.state = state
    entry.save(update_fields=["state"])
    return entry


@pytest.fixture
def model(world: World, models: Book) -> Entry:
    entry = recorded(models, world, MODEL)
    for role in ("before", "after"):
        photographed(entry, role, OPENING, taken=OPENING + timedelta(minutes=len(role)), away=1)
    EntryAttachment.objects.filter(entry=entry).update(thumbnail=F("file"))
    return in_state(entry, "cong_nhan")


def address(entry: Entry, *more: object) -> str:
    return "/".join(["/cong-khai", entry.register.code, entry.code, *map(str, more), ""])


def photos(entry: Entry) -> list[str]:
    files = EntryAttachment.objects.filter(entry=entry).values_list("pk", flat=True)
    return [address(entry, way, each) for each in files for way in ("anh", "anh-nho")]


def status(*addresses: str) -> set[int]:
    return {Client().get(each).status_code for each in addresses}


def test_off_it_is_not_there_for_anybody_and_off_is_how_an_installation_comes(world: World, model: Entry, settings: LazySettings) -> None:
    settings.PUBLIC_PAGES = False
    absent = Client().get("/khong-co-trang-nay/").content
    for who in EVERYBODY:
        client = enter(world, who) if who else Client()
        for each in (*PAGES, address(model), *photos(model)):
            answer = client.get(each)
            assert (answer.status_code, who or answer.content) == (404, who or absent), (who, each)


def test_it_comes_turned_off(settings: LazySettings) -> None:
    assert settings.PUBLIC_PAGES is False


def test_on_it_is_there_for_everybody_alike_and_nothing_can_be_sent(world: World, model: Entry) -> None:
    for who in EVERYBODY:
        client = enter(world, who) if who else Client()
        for each in (*PAGES, address(model), *photos(model)):
            assert client.get(each).status_code == 200, (who, each)
            assert client.post(each).status_code == 405, (who, each)


def test_a_register_without_a_public_page_is_not_there_and_models_have_no_map(models: Book) -> None:
    """Where a model is on the ground is nobody's to see: its field is not public."""
    for code in ("phan-anh", "cham-lo", "khong-co"):
        assert status(f"/cong-khai/{code}/", f"/cong-khai/{code}/ban-do/", f"/cong-khai/{code}/diem/") == {404}, code
        assert code not in Client().get("/cong-khai/").content.decode()
    assert status("/cong-khai/mo-hinh/ban-do/", "/cong-khai/mo-hinh/diem/") == {404}


def test_a_recognised_model_is_read_with_its_photographs_and_nothing_that_is_not_public(model: Entry) -> None:
    page = Client().get(address(model)).content.decode()
    told = text_of(page.encode())
    assert "Công đoàn cơ sở Một" in told
    for words in ("Đổi vỏ hộp lấy cây", "Được công nhận", "Mười vỏ hộp đổi một chậu.", "96 hộ", "mục tiêu 80 hộ", "Khu phố 3"):
        assert words in told, words
    for secret in ("Lê Thị Kín", "Trước đây vứt bừa", "10,776", "106,700", "Cá nhân"):
        assert secret not in told, secret
    assert all(f'"{each}"' in page for each in photos(model))
    assert "Lê Thị Kín" not in text_of(Client().get("/cong-khai/mo-hinh/").content)


@pytest.mark.parametrize(("people", "is_few"), [(0, False), (1, True), (4, True), (5, False), (40, False)])
def test_one_to_four_people_are_not_told_apart(model: Entry, people: int, is_few: bool) -> None:
    """Nobody is told of by none, and nobody singled out by five."""
    Entry.objects.filter(pk=model.pk).update(people_count=people)
    assert ("dưới 5" in text_of(Client().get(address(model)).content)) == is_few


def test_what_is_not_recognised_or_no_more_is_nowhere(models: Book, model: Entry) -> None:
    hidden = [each.code for each in models.definition.states if each.code not in ("cong_nhan", "dien_hinh")]
    assert len(hidden) == 10
    for state in hidden:
        in_state(model, state)
        assert status(address(model), *photos(model)) == {404}, state
        assert model.title not in text_of(Client().get("/cong-khai/mo-hinh/", {"trang_thai": state}).content), state


def test_photographs_are_shown_only_where_whoever_is_in_them_agreed(model: Entry) -> None:
    for said in (False, None):
        model.extra = {key: value for key, value in {**model.extra, "anh_cong_khai": said}.items() if value is not None}
        model.save()
        assert "/anh" not in Client().get(address(model)).content.decode()
        assert status(*photos(model)) == {404}


def test_a_photograph_that_was_taken_back_or_is_of_another_entry_is_not_there(world: World, models: Book, model: Entry) -> None:
    first = EntryAttachment.objects.filter(entry=model).order_by("pk")[0]
    other = in_state(recorded(models, world, {**MODEL, "ten": "Khác"}), "cong_nhan")
    assert status(address(other, "anh", first.pk), address(model, "anh", first.pk + 999)) == {404}
    EntryAttachment.objects.filter(pk=first.pk).update(removed_at=later())
    assert status(address(model, "anh", first.pk)) == {404}


@pytest.mark.parametrize(
    "other", [{"kind": "pdf"}, {"role": "document"}, {"thumbnail": None}], ids=["a paper", "another role", "no small one"]
)
def test_only_photographs_that_the_page_is_for_are_shown_each_with_its_small_one(model: Entry, other: dict[str, object]) -> None:
    EntryAttachment.objects.filter(entry=model).update(**other)
    assert "/anh" not in Client().get(address(model)).content.decode()
    assert status(*photos(model)) == {404}


def test_no_photograph_is_shown_that_is_to_be_forgotten_or_came_from_somebody_without_an_account(model: Entry) -> None:
    first, second = EntryAttachment.objects.filter(entry=model).order_by("pk")
    Forgetting.objects.create(blob=first.file.blob, at=later(), by="", why="Hết hạn giữ")
    assert status(address(model, "anh", first.pk), address(model, "anh-nho", first.pk)) == {404}
    assert status(address(model, "anh", second.pk)) == {200}
    Entry.objects.filter(pk=model.pk).update(source="public")
    assert status(*photos(model)) == {404}


def test_a_small_picture_that_is_to_be_forgotten_takes_its_photograph_with_it(model: Entry) -> None:
    """The two are kept apart: of neither is it enough that the other is to stay."""
    first, second = EntryAttachment.objects.filter(entry=model).order_by("pk")
    small = store_file(b"small", name="nho.jpg", media_type="image/jpeg", by=SYSTEM, at=OPENING)
    EntryAttachment.objects.filter(pk=first.pk).update(thumbnail=small)
    assert status(*photos(model)) == {200}
    Forgetting.objects.create(blob=small.blob, at=later(), by="", why="Hết hạn giữ")
    assert status(address(model, "anh", first.pk), address(model, "anh-nho", first.pk)) == {404}
    Forgetting.objects.create(blob=second.file.blob, at=later(), by="", why="Hết hạn giữ")
    EntryAttachment.objects.filter(pk=second.pk).update(thumbnail=first.file)
    assert status(address(model, "anh", second.pk), address(model, "anh-nho", second.pk)) == {404}


def test_a_register_without_the_face_of_a_map_has_no_public_one(world: World, settings: LazySettings) -> None:
    settings.PUBLIC_PAGES = True
    file = (CAMPAIGNS / "registers" / "diem-o-nhiem.yaml").read_text(encoding="utf-8")
    shipped_as("diem-o-nhiem", file.replace("faces: [list, board, map, queue]", "faces: [list, board, queue]"))
    assert status("/cong-khai/diem-o-nhiem/") == {200}
    assert status("/cong-khai/diem-o-nhiem/ban-do/", "/cong-khai/diem-o-nhiem/diem/") == {404}
    assert "/ban-do/" not in Client().get("/cong-khai/diem-o-nhiem/").content.decode()


def test_states_that_are_not_public_are_not_even_counted(model: Entry) -> None:
    in_state(model, "tu_bao_xong")
    told = text_of(Client().get("/cong-khai/mo-hinh/").content)
    assert "Tự báo hoàn thành" not in told
    in_state(model, "cong_nhan")
    assert "Được công nhận" in text_of(Client().get("/cong-khai/mo-hinh/").content)


def test_points_lie_on_the_map_once_verified_and_what_a_sender_wrote_is_not_told(world: World, models: Book) -> None:
    points = shipped("diem-o-nhiem")
    seen, sent = recorded(points, world, POINT), recorded(points, world, {**POINT, "ten": "Nhà bà Bảy", "dia_chi": "Nhà số 7"})
    Entry.objects.filter(pk=sent.pk).update(source="public", latitude=10_790_000)
    told = json.loads(Client().get("/cong-khai/diem-o-nhiem/diem/").content)
    assert told["spots"] == []
    for each in (seen, sent):
        in_state(each, "da_giai_toa")
    box = {"tay": 106_600_000, "nam": 10_700_000, "dong": 106_800_000, "bac": 10_900_000}
    found = {each["title"]: each for each in json.loads(Client().get("/cong-khai/diem-o-nhiem/diem/", box).content)["spots"]}
    assert set(found) == {"Chân cầu Số 3", f"điểm ô nhiễm {sent.code}"}
    assert found["Chân cầu Số 3"] == {
        "at": [10_776_889, 106_700_806], "count": 1, "url": address(seen), "title": "Chân cầu Số 3",
        "state": "Đã giải tỏa", "tone": "accepted",
    }  # fmt: skip
    pages = text_of(Client().get(address(sent)).content) + text_of(Client().get("/cong-khai/diem-o-nhiem/").content)
    assert "bà Bảy" not in pages
    assert "số 7" not in pages


def test_a_page_of_somebody_who_is_signed_in_is_kept_by_nobody_between(world: World, model: Entry) -> None:
    """It bears their name at its top: a server between would show it to the next visitor."""
    assert enter(world, "an").get(address(model)).headers["Cache-Control"] == "private, max-age=300"


def test_who_turns_page_after_page_is_stopped_and_search_engines_keep_nothing(model: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Client().get(address(model))
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    monkeypatch.setitem(RATES, "look", "3/m/key")
    cache.clear()
    assert [Client().get("/cong-khai/").status_code for _ in range(4)] == [200, 200, 200, 429]


def test_a_page_is_light_and_costs_the_same_however_many_entries_it_shows(world: World, models: Book, model: Entry) -> None:
    sizes, costs = [], []
    for many in (1, 20):
        while Entry.objects.filter(state="cong_nhan").count() < many:
            in_state(recorded(models, world, {**MODEL, "ten": f"Mô hình {Entry.objects.count()}"}), "cong_nhan")
        Client().get("/cong-khai/mo-hinh/")
        with CaptureQueriesContext(connection) as asked:
            sizes.append(len(Client().get("/cong-khai/mo-hinh/").content))
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 18
    assert sizes[1] < 40_000


def test_what_units_wrote_is_shown_as_words(world: World, models: Book) -> None:
    evil = "<x-evil a=1>{{7*7}}"
    entry = in_state(recorded(models, world, {**MODEL, "ten": evil, "cach_lam": evil, "dia_diem": evil}), "cong_nhan")
    for each in (address(entry), "/cong-khai/mo-hinh/"):
        page = Client().get(each).content.decode()
        assert "&lt;x-evil" in page
        assert "<x-evil" not in page
