"""A consolidating officer builds a section: every button of the page works without a script and loses nothing that was typed."""

import re

import pytest
from django.urls import reverse

from kheo.reports.actions import Change, save_draft
from kheo.reports.models import PassageSource
from kheo.reports.queries.sources import draft_passages
from tests.reports.test_arrange_section import HOUSES, TALKS, fill_keeping_words, send
from tests.web.visits import enter, queries_of, text_of
from tests.world import World, head_of, later


def address(world: World, code: str = "D1", section: str = "I") -> str:
    return reverse("compose", args=[world.obligation(code).pk, section])


def form_of(page: str) -> dict[str, str]:
    """The fields as a browser would send them back, no box ticked."""
    fields = dict(re.findall(r'<input type="hidden" name="((?:luc-mo|nguon)[^"]*)" value="([^"]*)"', page))
    areas = re.findall(r'<textarea id="[^"]*" name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', page)
    return fields | dict(areas) | {"muc": "I"}


class Composer:
    """Somebody before the page: `press("lay", boxes…)` ticks and presses one button."""

    def __init__(self, world: World, who: str = "dung") -> None:
        self.world, self.client = world, enter(world, who)
        self.page = self.client.get(address(world)).content.decode()

    def press(self, button: str, *boxes: str, **typed: str) -> int:
        named = {key.replace("_", "-"): text for key, text in typed.items()}
        sent = form_of(self.page) | dict.fromkeys(boxes, "on") | named | {"viec": button}
        answer = self.client.post(address(self.world), sent)
        shown = self.client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
        self.page = shown.content.decode()
        return int(answer.status_code)

    @property
    def paragraphs(self) -> list[tuple[str, list[str]]]:
        standing, _ = draft_passages(self.world.report("D1"), "I", self.world.cycle.snapshot_id)
        return [(each.text, [source.name for source in each.sources]) for each in standing]


ONE, TWO = "Công đoàn cơ sở Một", "Công đoàn cơ sở Hai"
GROUPS = "Đã lập hai tổ tự quản."


def box(world: World, code: str, paragraph: int = 0) -> str:
    return f"lay-{world.report(code).latest_id}-{paragraph}"


@pytest.fixture
def dung(world: World) -> Composer:
    return Composer(world)


def test_ticked_paragraphs_go_into_the_section_together_with_what_was_typed(dung: Composer, world: World) -> None:
    assert dung.press("lay", box(world, "G1"), box(world, "G2"), doan_moi="Mở đầu.") == 302
    assert dung.paragraphs == [("Mở đầu.", []), (GROUPS, [TWO]), (HOUSES, [ONE])] or dung.paragraphs == [
        ("Mở đầu.", []),
        (HOUSES, [ONE]),
        (GROUPS, [TWO]),
    ]
    assert "Đã đưa 2 đoạn của cấp dưới vào bài." in text_of(dung.page.encode())


def test_a_whole_section_is_taken_with_one_box_and_marked_as_used(dung: Composer, world: World) -> None:
    whole = f"ca-{world.report('G1').latest_id}"
    assert f'name="{whole}" value="0,1"' in dung.page
    dung.press("lay", **{whole: "0,1"})
    assert dung.paragraphs == [(HOUSES, [ONE]), (TALKS, [ONE])]
    words = text_of(dung.page.encode())
    assert "2 đơn vị đã nộp và có viết mục I; 1 đơn vị đã được dùng." in words
    assert f'name="{whole}"' not in dung.page


def test_paragraphs_are_merged_moved_rewritten_left_out_and_put_back(dung: Composer, world: World) -> None:
    dung.press("lay", box(world, "G1"), box(world, "G1", 1), box(world, "G2"))
    dung.press("xuong:0")
    dung.press("len:2")
    assert [text for text, _ in dung.paragraphs] == [TALKS, GROUPS, HOUSES]
    dung.press("gop", "gop-0", "gop-1", doan_0="Đối thoại đều đặn.")
    assert dung.paragraphs == [(f"Đối thoại đều đặn. {GROUPS}", [ONE, TWO]), (HOUSES, [ONE])]
    dung.press("bo:1")
    assert dung.paragraphs == [(f"Đối thoại đều đặn. {GROUPS}", [ONE, TWO])]
    assert "1 đoạn đã rời khỏi bài, còn giữ nguồn" in text_of(dung.page.encode())
    rows = PassageSource.objects.filter(position=None).values_list("pk", flat=True)
    dung.press(f"lai:{rows[0]}")
    assert dung.paragraphs[1] == (HOUSES, [ONE])


def test_the_first_and_the_last_paragraph_stay_where_they_are(dung: Composer, world: World) -> None:
    dung.press("lay", box(world, "G1"), box(world, "G1", 1))
    dung.press("len:0")
    dung.press("xuong:1")
    assert [text for text, _ in dung.paragraphs] == [HOUSES, TALKS]


def test_a_colleagues_change_keeps_both_texts_on_the_page(dung: Composer, world: World) -> None:
    other = head_of(world, "D1")
    save_draft(world.obligation("D1").pk, cells={}, sections={"I": Change("", "Của đồng nghiệp.")}, by=other, at=later(days=1))
    assert dung.press("luu", doan_moi="Của Dũng.") == 409
    assert world.report("D1").narrative == {"I": "Của đồng nghiệp."}
    words = text_of(dung.page.encode())
    assert "Mục này vừa được sửa ở nơi khác." in words
    assert "Của đồng nghiệp." in words
    assert "Của Dũng." in words
    assert dung.press("luu") == 302
    assert world.report("D1").narrative == {"I": "Của Dũng."}


def test_filters_and_pages_keep_what_was_typed(dung: Composer, world: World) -> None:
    dung.press("loc", doan_moi="Đang viết dở.", tim="co so mot", loc="chua")
    assert dung.paragraphs == [("Đang viết dở.", [])]
    words = text_of(dung.page.encode())
    assert (ONE in words, TWO in words) == (True, False)


def test_what_does_not_belong_to_the_form_is_left_out(dung: Composer, world: World) -> None:
    for boxes in (["lay-x-0"], ["lay-1-99999999999999999999"], ["lay-²-0"], [f"lay-{world.report('G2').latest_id}"]):
        assert dung.press("lay", *boxes) == 409
    assert dung.press("lai:7") == 302
    assert dung.press("gop") == 302
    assert PassageSource.objects.count() == 0


def test_a_section_that_is_not_there_is_not_found(world: World) -> None:
    for name in ("compose", "passage_sources"):
        assert enter(world, "dung").get(reverse(name, args=[world.obligation("D1").pk, "X"])).status_code == 404


def test_text_is_shown_as_text(dung: Composer, world: World) -> None:
    dung.press("luu", doan_moi="<b>đậm</b> & </textarea><script>")
    assert "<script>" not in dung.page.replace('<script type="module"', "")
    assert world.report("D1").narrative == {"I": "<b>đậm</b> & </textarea><script>"}


def test_the_page_costs_the_same_for_one_unit_and_for_many(dung: Composer, world: World) -> None:
    dung.press("lay", box(world, "G1"))
    before = queries_of(dung.client, address(world))
    send(world, "G3", *[f"Đoạn {number}." for number in range(10)])
    dung.press("lay", box(world, "G2"), box(world, "G3", 3), box(world, "G3", 4))
    assert len(dung.paragraphs) == 4
    assert queries_of(dung.client, address(world)) == before


def test_attribution_opens_to_the_grassroots_text_for_those_who_may_read_it(dung: Composer, world: World) -> None:
    dung.press("lay-gop", box(world, "G1"), box(world, "G2"))
    fill_keeping_words(world, "D1")
    minh = enter(world, "minh")
    url = reverse("compose", args=[world.obligation("LDLD").pk, "I"])
    page = minh.get(url).content.decode()
    minh.post(url, form_of(page) | {f"lay-{world.report('D1').latest_id}-0": "on", "viec": "lay"})
    seen = text_of(minh.get(reverse("passage_sources", args=[world.obligation("LDLD").pk, "I"])).content)
    district = seen.index("Liên đoàn Lao động Quận 1 mục I, lần nộp 1")
    grassroots = seen.index(f"{ONE} mục I, lần nộp 1 · viết lại {HOUSES}")
    assert district < grassroots
    fill_keeping_words(world, "LDLD")
    phuc = text_of(enter(world, "phuc").get(reverse("passage_sources", args=[world.obligation("LDLD").pk, "I"]) + "?lan=1").content)
    assert (ONE in phuc, phuc.count("nên chỉ thấy tên")) == (True, 3)
    assert f"viết lại {HOUSES}" not in phuc


@pytest.mark.parametrize("number", ["2", "x", "999999999"])
def test_sources_of_what_was_never_sent_are_not_found(world: World, number: str) -> None:
    address = reverse("passage_sources", args=[world.obligation("G1").pk, "I"])
    assert enter(world, "an").get(f"{address}?lan={number}").status_code == 404


def test_the_unit_sees_that_its_text_went_up(dung: Composer, world: World) -> None:
    dung.press("lay", box(world, "G1"))
    report = reverse("report", args=[world.obligation("G1").pk])
    an = enter(world, "an")
    assert "đã được đưa vào báo cáo" not in text_of(an.get(report).content)
    fill_keeping_words(world, "D1")
    assert f"Đoạn này đã được đưa vào báo cáo của Liên đoàn Lao động Quận 1: “{HOUSES}”" in text_of(an.get(report).content)
    above = reverse("report", args=[world.obligation("D1").pk])
    assert above not in an.get(report).content.decode()
    assert f'<a href="{above}#section:I">xem ở mục I</a>' in enter(world, "lan").get(report).content.decode()


def test_the_report_leads_here_and_says_how_much_has_a_source(dung: Composer, world: World) -> None:
    report = reverse("report", args=[world.obligation("D1").pk])
    assert f'<a href="{address(world)}">Lấy từ báo cáo cấp dưới' in dung.client.get(report).content.decode()
    dung.press("lay", box(world, "G1"))
    assert "1 đoạn có nguồn từ 1 đơn vị" in text_of(dung.client.get(report).content)
    fill_keeping_words(world, "D1")
    assert dung.client.get(address(world)).headers["Location"] == reverse("passage_sources", args=[world.obligation("D1").pk, "I"])
    assert "Nguồn của từng đoạn , mục I · 1 đoạn lấy từ cấp dưới" in text_of(dung.client.get(report).content)
