"""Papers to a draft campaign on pages: pasted, read, corrected, chosen, published by the campaign office alone."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kheo.campaigns.actions import publish
from kheo.campaigns.models import Edition
from kheo.directives.models import Drafting
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from tests.core.drafting.test_proposing import GUIDANCE, LETTER, SHIPPED
from tests.web.visits import enter, queries_of, text_of
from tests.world import World, later

pytestmark = pytest.mark.django_db
LIST = "/van-ban/doc/"


@pytest.fixture
def catalogue(world: World) -> None:
    """The campaign of last year is published: its indicators are offered."""
    publish(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name, by=SYSTEM, at=later(days=1))


def begun(client: Client, text: str = LETTER + "\n" + GUIDANCE) -> Drafting:
    assert client.post(LIST, {"text": text}).status_code == 302
    return Drafting.objects.latest("pk")


def sent(client: Client, row: Drafting, **more: str | list[str]) -> int:
    row.refresh_from_db()
    return client.post(f"{LIST}{row.pk}/", {"version": str(row.version), **more}).status_code


def page(client: Client, row: Drafting) -> str:
    answer = client.get(f"{LIST}{row.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_pasted_papers_become_a_draft_with_every_item_linked_to_its_place_and_back(world: World) -> None:
    lan = enter(world, "lan")
    shown = page(lan, begun(lan))
    for key in ("documents.0.number", "contents.1.name", "regime.tiers.0.due.6T", "HD-1"):
        assert f'id="cho-{key}"' in shown
        assert f'href="#cho-{key}"' in shown
        assert f'id="o-{key}"' in shown
    links = set(re.findall(r'class="draft-said" href="#([^"]+)"', shown))
    assert links <= set(re.findall(r' id="([^"]+)"', shown))


def test_the_papers_stand_on_the_page_word_for_word(world: World) -> None:
    lan = enter(world, "lan")
    shown = page(lan, begun(lan))
    papers = re.findall(r'<div class="draft-text">(.*?)</div>', shown, re.DOTALL)
    told = [html.unescape(re.sub(r"<[^>]+>", "", paper)) for paper in papers]
    assert "".join(told).split() == (LETTER + GUIDANCE).split()


def test_a_secret_paper_is_refused_and_nothing_of_it_is_kept_or_shown(world: World) -> None:
    lan, kept = enter(world, "lan"), JournalEntry.objects.count()
    for text in ("MẬT\n" + GUIDANCE, LETTER + "\nMẬT\n" + GUIDANCE):
        answer = lan.post(LIST, {"text": text})
        assert answer.status_code == 409
        assert "không nhận văn bản mật" in text_of(answer.content)
        assert "chỉnh trang" not in answer.content.decode()
    assert (Drafting.objects.count(), JournalEntry.objects.count()) == (0, kept)


def test_a_file_that_is_no_paper_is_said_by_its_name_and_nothing_is_kept(world: World) -> None:
    answer = enter(world, "lan").post(LIST, {"text": "", "files": [SimpleUploadedFile("cu.doc", b"\xd0\xcf\x11\xe0" + b"0" * 50)]})
    assert answer.status_code == 409
    assert "cu.doc: Tệp Word cũ" in text_of(answer.content)
    assert Drafting.objects.count() == 0


def test_a_text_file_is_read_as_what_was_pasted(world: World) -> None:
    lan = enter(world, "lan")
    assert lan.post(LIST, {"files": [SimpleUploadedFile("hd.txt", GUIDANCE.encode())]}).status_code == 302
    assert Drafting.objects.get().papers[0]["file"] == "hd.txt"


def test_a_correction_is_kept_with_what_it_was_who_and_when_and_is_in_the_journal(world: World) -> None:
    lan = enter(world, "lan")
    row = begun(lan)
    assert sent(lan, row, **{"f.documents.0.issued_on": "11/03/2024", "was.f.documents.0.issued_on": "10/03/2024"}) == 302
    row.refresh_from_db()
    (kept,) = row.corrections
    assert {key: kept[key] for key in ("key", "was", "now")} == {"key": "documents.0.issued_on", "was": "", "now": "11/03/2024"}
    assert kept["by"]
    assert kept["at"]
    assert JournalEntry.objects.latest("pk").act == "correct_drafting"
    assert "issued_on: 2024-03-11" in lan.get(f"{LIST}{row.pk}/nhap.yaml").content.decode()


def test_what_was_sent_unchanged_is_no_correction(world: World) -> None:
    lan = enter(world, "lan")
    row = begun(lan)
    assert sent(lan, row, **{"f.name": row.name, "was.f.name": row.name}) == 302
    row.refresh_from_db()
    assert (row.corrections, row.version) == ([], 1)


def test_a_day_that_is_none_is_said_at_its_field_and_holds_the_draft_back(world: World) -> None:
    lan = enter(world, "lan")
    row = begun(lan)
    sent(lan, row, **{"f.documents.0.issued_on": "31/02/2024"})
    assert 'id="sai-documents.0.issued_on"' in page(lan, row)
    assert "Công bố phong trào" not in page(lan, row)


def test_of_two_who_correct_at_once_the_second_is_told_and_overwrites_nothing(world: World) -> None:
    lan = enter(world, "lan")
    row = begun(lan)
    sent(lan, row, **{"f.name": "Tên một"})
    late = lan.post(f"{LIST}{row.pk}/", {"version": "1", "f.name": "Tên hai"})
    assert late.status_code == 409
    row.refresh_from_db()
    assert row.typed["name"] == "Tên một"


def test_a_slip_is_mended_in_the_text_with_one_click_and_the_original_is_kept(world: World) -> None:
    lan = enter(world, "lan")
    row = begun(lan, LETTER.replace("Hội Chữ thập đỏ Thành phố", "Công đoàn Ngành, Sở, Khôi thi đua"))
    shown = page(lan, row)
    (slip,) = [html.unescape(each) for each in re.findall(r'name="slip" value="([^"]*Khôi[^"]*)"', shown)]
    assert sent(lan, row, slip=slip) == 302
    row.refresh_from_db()
    assert "Khối thi đua" in row.papers[0]["text"]
    assert [(each["was"], each["now"]) for each in row.corrections] == [("Khôi", "Khối")]


def test_an_open_place_that_was_looked_at_is_asked_no_more(world: World) -> None:
    lan = enter(world, "lan")
    row = begun(lan)
    keys = re.findall(r'name="seen" value="([^"]+)"', page(lan, row))
    assert sent(lan, row, seen=keys[:1]) == 302
    assert re.findall(r'name="seen" value="([^"]+)"', page(lan, row)) == keys[1:]


@pytest.mark.usefixtures("catalogue")
def test_another_indicator_may_be_chosen_for_a_task_or_none(world: World) -> None:
    lan = enter(world, "lan")
    row = begun(lan)
    assert sent(lan, row, **{"t.HD-1": "other", "o.t.HD-1": "C311", "was.t.HD-1": "?"}) == 302
    assert "- code: C311" in lan.get(f"{LIST}{row.pk}/nhap.yaml").content.decode()
    assert sent(lan, row, **{"t.HD-1": "", "was.t.HD-1": "other"}) == 302
    assert "- code: C311" not in lan.get(f"{LIST}{row.pk}/nhap.yaml").content.decode()


@pytest.mark.usefixtures("catalogue")
def test_the_campaign_office_publishes_a_green_draft_once_and_sees_before_how_many_are_asked(world: World) -> None:
    lan = enter(world, "lan")
    row = begun(lan)
    shown = page(lan, row)
    assert "Công bố phong trào" in shown
    assert re.search(r"Liên đoàn Lao động Thành phố: <b>[1-9]\d*</b> đơn vị", shown)
    before = Edition.objects.count()
    for _ in range(2):
        lan.post(f"{LIST}{row.pk}/cong-bo", {"version": "1"})
    row.refresh_from_db()
    assert (row.state, Edition.objects.count()) == ("published", before + 1)
    assert row.edition is not None
    assert row.edition.campaign.code == "3-khong"
    assert 'name="f.name"' in page(lan, row)
    assert "Lưu</button>" not in page(lan, row)


def test_a_draft_whose_check_is_not_green_is_not_published_even_by_a_forged_form(world: World) -> None:
    lan = enter(world, "lan")
    row = begun(lan, GUIDANCE.replace("Định kỳ 06 tháng (ngày 20 tháng 5), năm (ngày 20 tháng 11) các", "Các"))
    before = Edition.objects.count()
    assert lan.post(f"{LIST}{row.pk}/cong-bo", {"version": "1"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, Edition.objects.count()) == ("open", before)
    assert "cần ít nhất một kỳ báo cáo" in text_of(page(lan, row).encode())


@pytest.mark.usefixtures("catalogue")
def test_a_code_that_no_campaign_has_is_said_and_holds_the_draft_back(world: World) -> None:
    lan = enter(world, "lan")
    row = begun(lan)
    assert sent(lan, row, **{"t.HD-1": "other", "o.t.HD-1": "Z999"}) == 302
    assert "Không có chỉ tiêu mã “Z999”" in page(lan, row)
    assert "Công bố phong trào" not in page(lan, row)


def test_an_officer_drafts_for_the_own_unit_and_neither_publishes_nor_sees_others(world: World) -> None:
    an, lan = enter(world, "an"), enter(world, "lan")
    own, other = begun(an), begun(lan)
    assert "Thường trực phong trào công bố" in page(an, own)
    assert an.post(f"{LIST}{own.pk}/cong-bo", {"version": "1"}).status_code == 404
    assert an.get(f"{LIST}{other.pk}/").status_code == 404
    assert f"{LIST}{other.pk}/" not in an.get(LIST).content.decode()


def test_a_discarded_draft_leaves_the_list_and_stays_in_the_books(world: World) -> None:
    lan = enter(world, "lan")
    row = begun(lan)
    assert lan.post(f"{LIST}{row.pk}/bo", {"version": "1"}).status_code == 302
    assert lan.get(f"{LIST}{row.pk}/").status_code == 404
    assert f"{LIST}{row.pk}/" not in lan.get(LIST).content.decode()
    assert Drafting.objects.get().state == "discarded"


def test_the_list_costs_no_more_with_more_drafts(world: World) -> None:
    lan = enter(world, "lan")
    begun(lan)
    one = queries_of(lan, LIST)
    begun(lan)
    begun(lan)
    assert queries_of(lan, LIST) == one


def test_whoever_only_reviews_reads_or_keeps_the_system_has_no_such_page(world: World) -> None:
    row = begun(enter(world, "lan"))
    assert [enter(world, name).get(LIST).status_code for name in ("kien", "quan", "an", "hoa", "lan")] == [404, 404, 200, 200, 200]
    for name in ("kien", "quan", "chi"):
        client = enter(world, name)
        for address in ("", "nhap.yaml"):
            assert client.get(f"{LIST}{row.pk}/{address}").status_code == 404
        for address in ("", "bo", "cong-bo"):
            assert client.post(f"{LIST}{row.pk}/{address}", {"version": "1"}).status_code == 404


def test_the_book_of_arrivals_leads_here_for_those_who_may_draft_and_nobody_else(world: World) -> None:
    book = f"/van-ban/den/{world.units['LDLD']}/"
    assert f'href="{LIST}"' in enter(world, "lan").get(book).content.decode()
    assert f'href="{LIST}"' not in enter(world, "kien").get(book).content.decode()
