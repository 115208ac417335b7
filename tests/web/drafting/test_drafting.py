"""Papers to a draft campaign on pages: pasted, read, corrected, chosen, published by the campaign office alone."""

import gzip
import html
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from ruamel.yaml import YAML

from kheo.campaigns.actions import publish
from kheo.campaigns.models import Edition
from kheo.directives.models import Drafting
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from tests.core.drafting.test_proposing import GUIDANCE, LETTER, SHIPPED, with_limits_that_are_no_period
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


def said_on(shown: str, group: str) -> list[tuple[str, str]]:
    """The rows of a group of what a paper says beside its fields, each with the words that stand where its link leads."""
    (block,) = re.findall(rf"<summary>{group} \(\d+\)</summary>(.*?)</details>", shown, re.DOTALL)[:1]
    rows = re.findall(r'<li id="o-([^"]+)"><a href="#cho-\1">(.*?)</a>(?: <small>(.*?)</small>)?', block)
    places = {key: re.search(rf'id="cho-{key}"></span>(?:<span[^>]*></span>)*(?:<a[^>]*>)?([^<]*)', shown) for key, *_ in rows}
    return [(html.unescape(" ".join(row[1:]).strip()), html.unescape(place[1]) if (place := places[row[0]]) else "") for row in rows]


def test_all_that_a_paper_says_stands_on_the_page_each_linked_to_the_words_that_say_it(world: World, shared_dir: Path) -> None:
    """Of the seed's two papers; and the page stays within its bytes and questions."""
    lan = enter(world, "lan")
    row = begun(lan, (shared_dir / "seed" / "huong-dan-5-khong-2023.txt").read_text(encoding="utf-8"))
    shown = page(lan, row)
    letter, guidance = shown[shown.index('id="doc-1"') :].split('id="doc-2"')
    paper = shown[: shown.index('id="da-hieu"')]
    assert said_on(paper + letter, "Đầu văn bản") == [
        ("TP. Hồ Chí Minh nơi ban hành", "TP. Hồ Chí Minh"),
        ("Tổng Liên đoàn Lao động Việt Nam cơ quan cấp trên", "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"),
    ]
    assert said_on(paper + letter, "Kính gửi")[2] == ("CĐCS trực thuộc Liên đoàn Lao động TP. Hồ Chí Minh",) * 2
    assert said_on(paper + letter, "Người ký")[0] == ("Phùng Thái Quang người ký", "Phùng Thái Quang")
    assert said_on(paper + letter, "Văn bản được dẫn") == [("Hướng dẫn 11-HD/BDVTU, ngày 28/02/2023 căn cứ", "Hướng dẫn số 11-HD/BDVTU")]
    cited = said_on(paper + guidance, "Văn bản được dẫn")
    assert len(cited) == 8
    assert cited[1][0] == "Quyết định 666/QĐ-TTg, ngày 02/06/2022 ở chú thích"
    assert ("7.593 tập thể", "7.593 tập thể") in said_on(paper + guidance, "Số liệu đã nêu")
    assert len(said_on(paper + guidance, "Nơi nhận")) == 12
    assert len(said_on(paper + guidance, "Dàn bài")) == 38
    assert "<ul" in guidance[guidance.index("Dàn bài") :].partition("II. ")[0].partition("<li")[2]  # what is under I is inside I
    assert queries_of(lan, f"{LIST}{row.pk}/") <= 14
    assert len(gzip.compress(shown.encode())) < 27_000


def test_a_limit_that_is_no_period_is_shown_with_what_becomes_of_it(world: World) -> None:
    lan = enter(world, "lan")
    shown = page(lan, begun(lan, with_limits_that_are_no_period()))
    rows = said_on(shown, "Hạn không thành kỳ báo cáo")
    assert [said.rpartition("(")[0] or said for said, _ in rows][1].endswith("17:00, 20/03/2024, gửi Ban")
    assert "Tệp phong trào chỉ có chỗ cho kỳ báo cáo định kỳ" in shown


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


def test_what_two_people_correct_in_different_fields_is_kept_of_both(world: World) -> None:
    lan, minh = enter(world, "lan"), enter(world, "minh")
    row = begun(lan)
    sent(lan, row, **{"f.name": "Tên một", "was.f.name": row.name})
    late = minh.post(f"{LIST}{row.pk}/", {"version": "1", "f.campaign": "ba-khong", "was.f.campaign": "3-khong"}, follow=True)
    row.refresh_from_db()
    assert row.typed == {"name": "Tên một", "campaign": "ba-khong"}
    assert re.search(r"Đã lưu\. \S.* cũng vừa sửa chỗ khác; giữ cả hai", text_of(late.content))


def test_of_two_who_correct_the_same_field_the_second_is_told_and_loses_nothing(world: World) -> None:
    lan, minh = enter(world, "lan"), enter(world, "minh")
    row = begun(lan)
    sent(lan, row, **{"f.name": "Tên một", "was.f.name": row.name})
    form = {"version": "1", "f.name": "Tên hai", "was.f.name": row.name, "f.campaign": "ba-khong", "was.f.campaign": "3-khong"}
    late = minh.post(f"{LIST}{row.pk}/", form)
    shown = late.content.decode()
    assert late.status_code == 409
    row.refresh_from_db()
    assert row.typed == {"name": "Tên một", "campaign": "ba-khong"}
    assert 'name="f.name" value="Tên hai"' in shown
    assert 'name="was.f.name" value="Tên một"' in shown
    assert "vừa ghi “Tên một”. Chữ của anh/chị chưa lưu" in text_of(late.content)
    assert sent(minh, row, **{"f.name": "Tên hai", "was.f.name": "Tên một"}) == 302
    row.refresh_from_db()
    assert row.typed["name"] == "Tên hai"


def test_what_was_typed_after_somebody_published_or_gave_up_is_still_on_the_page(world: World) -> None:
    lan = enter(world, "lan")
    row = begun(lan)
    Drafting.objects.filter(pk=row.pk).update(state="published", edition=Edition.objects.first())
    late = lan.post(f"{LIST}{row.pk}/", {"version": "1", "f.name": "Tên hai", "was.f.name": row.name})
    assert late.status_code == 409
    assert "chưa lưu; chép lại nếu cần: Tên phong trào: Tên hai" in text_of(late.content)


def test_saving_a_field_confirms_no_indicator_that_nobody_looked_at(world: World) -> None:
    lan = enter(world, "lan")
    row = begun(lan)
    shown = page(lan, row)
    whole = dict(re.findall(r'name="(t\.[^"]+)" value="([^"]*)" checked', shown))
    whole |= dict(re.findall(r'name="(was\.t\.[^"]+)" value="([^"]*)"', shown))
    assert whole
    assert sent(lan, row, **whole, **{"f.name": "Tên một", "was.f.name": row.name}) == 302
    row.refresh_from_db()
    assert (row.typed, row.chosen) == ({"name": "Tên một"}, {})


@pytest.mark.usefixtures("catalogue")
def test_a_yes_to_a_task_keeps_the_indicator_that_was_shown_and_asks_no_more(world: World) -> None:
    lan = enter(world, "lan")
    row = begun(lan)
    left = left_of(page(lan, row))
    keys = [html.unescape(each) for each in re.findall(r'name="seen" value="(t\.[^"]+)"', page(lan, row))]
    assert sent(lan, row, seen=keys[:1]) == 302
    assert left_of(page(lan, row)) == left - 1
    text = lan.get(f"{LIST}{row.pk}/nhap.yaml").content.decode()
    assert f"Chỉ tiêu {keys[0].partition('=')[2]} là đề xuất" not in text


def test_the_walls_the_tiers_the_periods_and_the_outline_are_edited_on_the_page(world: World) -> None:
    lan = enter(world, "lan")
    row = begun(lan)
    typed = {
        "f.contents.1.walled": "có", "was.f.contents.1.walled": "không",
        "m.f.regime.asked": "1", "f.regime.asked": ["N", "Q"], "was.f.regime.asked": "6T, N",
        "f.regime.tiers.2.name": "Cơ sở", "f.regime.tiers.2.kinds": "grassroots_union", "f.regime.tiers.2.due.N": "25/11",
        "f.regime.tiers.0.gone": "có", "f.outline.1.gone": "có", "f.outline.0.required": "không",
        "f.outline.8.id": "II.9", "f.outline.8.title": "Kinh phí",
    }  # fmt: skip
    assert sent(lan, row, **typed) == 302
    text = lan.get(f"{LIST}{row.pk}/nhap.yaml").content.decode()
    data = YAML(typ="safe", pure=True).load(text)
    assert [each["id"] for each in data["contents"] if each.get("walled")] == ["N1", "N3"]
    assert [each["id"] for each in data["regime"]["periods"]] == ["N", "Q"]
    assert [(each["id"], each["kinds"]) for each in data["regime"]["tiers"]] == [
        ("tier_3", ["grassroots_union"]), ("tier_2", ["provincial_federation"]),
    ]  # fmt: skip
    assert [each["id"] for each in data["outline"]] == ["I", "II.1", "II.2", "II.3", "II.9", "III", "IV", "V"]
    assert "required" not in data["outline"][0]
    shown = page(lan, row)
    assert 'href="#o-regime.tiers.1.due.Q"' in shown  # the city's tier has no day for the quarter: said with the way to its field


def test_all_that_is_wrong_is_said_at_once_naming_each_field(world: World) -> None:
    lan = enter(world, "lan")
    row = begun(lan)
    bad = {"f.regime.tiers.0.due.6T": "31/2", "f.outline.0.max_chars": "nhiều", "f.year_from": "23", "m.f.regime.tiers.1.kinds": "1"}
    sent(lan, row, **bad)
    told = text_of(page(lan, row).encode())
    for words in (
        "Cấp báo cáo 1: hạn kỳ 6 tháng đầu năm: không hiểu “31/2”; viết 10/5 hoặc 15/1 năm sau.",
        "Mục I: tối đa ký tự: không hiểu “nhiều”; viết một số từ 1 đến 20000.",
        "Từ năm: không hiểu “23”; viết bốn chữ số.",
        "Cấp báo cáo 2: loại đơn vị: chưa chọn.",
    ):
        assert words in told
    assert 'value="31/2"' in page(lan, row)


def left_of(shown: str) -> int:
    found = re.search(r"<b data-left>(\d+)</b>", shown)
    return int(found[1]) if found else 0


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


def test_the_page_of_a_draft_asks_no_more_with_more_papers_tasks_or_corrections(world: World, catalogue: None) -> None:
    lan = enter(world, "lan")
    short, long = begun(lan, LETTER), begun(lan)
    few = queries_of(lan, f"{LIST}{short.pk}/")
    assert queries_of(lan, f"{LIST}{long.pk}/") == few <= 14
    for number in range(3):
        assert sent(lan, long, **{"documents.0.number": f"{number}-HD/BDVTU"}) == 302
    assert queries_of(lan, f"{LIST}{long.pk}/") == few


def test_the_page_of_a_draft_is_light_and_grows_with_its_papers_alone(world: World, catalogue: None) -> None:
    """A campaign of 87 indicators is offered from without being sent: a second one costs the page nothing."""
    lan = enter(world, "lan")
    row = begun(lan)
    shown = page(lan, row).encode()
    assert len(shown) < 85_000
    assert len(gzip.compress(shown)) < 12_000
    again = SHIPPED.read_text(encoding="utf-8").replace("campaign: 5-khong", "campaign: 6-khong")
    assert publish(again, SHIPPED.name, by=SYSTEM, at=later(days=1)).edition
    assert abs(len(page(lan, row).encode()) - len(shown)) < 500
    # What a paper says beside its tasks stands there once.
    prose = "".join(f"Năm {2000 + each} công đoàn các cấp đã đạt kết quả khá trong công tác tuyên truyền.\n" for each in range(200))
    assert len(page(lan, begun(lan, f"{LETTER}\n{GUIDANCE}\n{prose}")).encode()) - len(shown) < 1.5 * len(prose.encode())


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
