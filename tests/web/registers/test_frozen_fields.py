"""In the form of an entry what hands change no more stands as text, says since when, and goes back as it is."""

from collections.abc import Mapping

from kheo.core.registers.values import Kept
from kheo.journal.actions import SYSTEM
from kheo.registers.actions import publish_register
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book, book
from kheo.registers.queries.holding import texts_of, values_of
from tests.registers.books import did, recorded, shipped
from tests.registers.conftest import SMALL_REGISTER
from tests.registers.entries import made, put
from tests.web.visits import day, enter, text_of
from tests.world import OPENING, World, later

MET: Mapping[str, Kept] = {"chu_tri": "TRUONG", "so_du": 1234, "so_y_kien": 6, "tra_loi_ngay": 4, "ngay": "2023-04-01"}
SINCE = "Không sửa được nữa từ “Đã họp, còn việc”. Ghi sai thì dùng nút “Đính chính” ở trang hồ sơ."


def held(world: World) -> tuple[Book, Entry]:
    found = shipped("doi-thoai")
    entry = recorded(found, world, {"hinh_thuc": "DINHKY", "ngay": "2023-04-01"})
    return found, did(entry, "da_hop", world.person("an"), OPENING, values=MET)


def test_it_is_text_with_since_when_and_no_control(world: World) -> None:
    _, entry = held(world)
    with day(later(1)):
        page = enter(world, "an").get(f"/so/ho-so/{entry.pk}/sua/").content.decode()
    assert text_of(page.encode()).count(SINCE) == 5
    assert '<p class="frozen-value">Đối thoại định kỳ</p>' in page
    assert '<p class="frozen-value">1.234</p>' in page
    assert '<input type="hidden" name="hinh_thuc" value="DINHKY">' in page
    assert 'type="radio" name="hinh_thuc"' not in page
    assert '<input id="i-so_du"' not in page
    assert '<input id="i-da_giai_quyet"' in page


def test_what_it_was_never_asked_has_its_box_all_the_same(world: World) -> None:
    """As of an entry that a later edition wants more of."""
    _, entry = held(world)
    Entry.objects.filter(pk=entry.pk).update(people_count=None)
    with day(later(1)):
        page = enter(world, "an").get(f"/so/ho-so/{entry.pk}/sua/").content.decode()
    assert text_of(page.encode()).count(SINCE) == 4
    assert '<input id="i-so_du"' in page


def sent(page: str) -> dict[str, str]:
    """What a browser sends back of the form, as far as it is hidden, and the field that is typed."""
    parts = [part.split(">")[0] for part in page.split('<input type="hidden" ')[1:]]
    return {part.split('name="')[1].split('"')[0]: part.split('value="')[1].split('"')[0] for part in parts if 'name="' in part}


def test_what_it_holds_is_saved_as_it_was_with_what_is_typed(world: World) -> None:
    found, entry = held(world)
    with day(later(1)):
        visitor = enter(world, "an")
        form = sent(visitor.get(f"/so/ho-so/{entry.pk}/sua/").content.decode())
        answer = visitor.post(f"/so/ho-so/{entry.pk}/sua/", {**form, "ngay": "01/04/2023", "chu_tri": "TRUONG", "da_giai_quyet": "5"})
    assert answer.status_code == 302, text_of(answer.content)
    entry.refresh_from_db()
    now = values_of(found.definition, entry, texts_of(entry))
    assert now == {"hinh_thuc": "DINHKY", **MET, "da_giai_quyet": 5}


def test_where_somebody_corrected_it_meanwhile_the_form_comes_back_with_what_is_stored_and_can_be_saved(world: World) -> None:
    found, entry = held(world)
    with day(later(2)):
        visitor = enter(world, "an")
        address = f"/so/ho-so/{entry.pk}/sua/"
        typed = {"ngay": "01/04/2023", "chu_tri": "TRUONG", "da_giai_quyet": "5"}
        form = sent(visitor.get(address).content.decode())
        did(entry, "dinh_chinh", world.person("hoa"), later(1), values={"so_du": 900, "ly_do_dinh_chinh": "DEMLAI"})
        page = visitor.post(address, {**form, **typed})
        assert page.status_code == 409
        assert '<p class="frozen-value">900</p>' in page.content.decode()
        assert 'value="5"' in page.content.decode()
        assert visitor.post(address, {**sent(page.content.decode()), **typed}).status_code == 302
    entry.refresh_from_db()
    now = values_of(found.definition, entry, texts_of(entry))
    assert (now["so_du"], now["da_giai_quyet"]) == (900, 5)


def test_a_page_that_sends_something_else_all_the_same_is_refused_at_the_field(world: World) -> None:
    _, entry = held(world)
    with day(later(1)):
        visitor = enter(world, "an")
        form = sent(visitor.get(f"/so/ho-so/{entry.pk}/sua/").content.decode())
        changed = {**form, "ngay": "01/04/2023", "chu_tri": "TRUONG", "so_du": "1"}
        page = visitor.post(f"/so/ho-so/{entry.pk}/sua/", changed)
    assert page.status_code == 409
    assert 'id="p-so_du"' in page.content.decode()
    assert '<p class="frozen-value">1.234</p>' in page.content.decode()


def with_unit(world: World) -> tuple[Book, Entry]:
    """Of the small register with a unit beside it: An names one that is none of hers."""
    asked = "  - {key: noi_ban, label: Nơi cùng làm, type: unit, frozen_from: da_gui}\n"
    text = SMALL_REGISTER.read_text(encoding="utf-8").replace("\nstates:\n", f"\n{asked}states:\n", 1)
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book("so-nho")
    assert found is not None
    return found, made(found, world, noi_ban=world.units["G4"])


def test_a_unit_is_said_by_its_name_and_stays_whoever_changes_something_else(world: World) -> None:
    found, entry = with_unit(world)
    with day(later(1)):
        visitor, address = enter(world, "an"), f"/so/ho-so/{entry.pk}/sua/"
        page, number = visitor.get(address).content.decode(), world.units["G4"]
        assert f'<option value="{number}" selected>' in page  # though it is no unit of An's
        put(entry, found.definition, "da_gui")
        page = visitor.get(address).content.decode()
    assert '<p class="frozen-value">Công đoàn cơ sở Bốn</p>' in page
    assert f'<input type="hidden" name="noi_ban" value="{number}">' in page
