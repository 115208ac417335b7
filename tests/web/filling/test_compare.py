"""Any two submissions held against each other: figures, words, answers; nobody learns of walled figures here."""

from django.http import HttpResponse
from django.urls import reverse

from kheo.core.checking import label_of
from kheo.reports.actions import Change, Proved, caption_evidence, remove_evidence, return_report, save_draft, submit_report
from kheo.reports.models import Attachment
from kheo.reports.queries.comparing import ENCLOSED, LINES, enclosed_changes
from kheo.reports.queries.drift import COUNTED
from kheo.reports.queries.enclosures import PROVIDERS
from kheo.reports.queries.evidence import KIND as EVIDENCE
from tests.reports.test_evidence import add, added, photo, send
from tests.web.visits import enter, queries_of, text_of
from tests.world import GOOD, World, fill, later, submit


def see(world: World, who: str = "an", query: str = "") -> HttpResponse:
    answer: HttpResponse = enter(world, who).get(reverse("compare_revisions", args=[world.obligation("G1").pk]) + query)
    return answer


def again(world: World, day: int, words: str = "", **cells: int) -> None:
    owed, version = world.obligation("G1").pk, world.report("G1").version
    return_report(owed, reason="Xem lại.", version=version, by=world.person("binh"), at=later(days=day))
    before = world.report("G1")
    changes = {key: Change(before.figures[key], value) for key, value in cells.items()}
    sections = {"I": Change(before.narrative["I"], words)} if words else {}
    save_draft(owed, cells=changes, sections=sections, by=world.person("an"), at=later(days=day))
    submit_report(owed, version=world.report("G1").version, by=world.person("hoa"), at=later(days=day, minutes=5))


def test_one_submission_has_nothing_to_be_held_against(world: World) -> None:
    submit(world, "G1")
    assert "Chưa có hai lần nộp để so" in text_of(see(world).content)


def test_the_last_two_are_compared_and_any_two_on_demand(world: World) -> None:
    submit(world, "G1")
    again(world, 1, B02=6)
    again(world, 2, words="Đã triển khai tốt ở <mọi> nơi.", C201=11)
    last = see(world)
    assert "1 ô số liệu Chỉ tiêu Lần 2 Lần 3 C201 Ý kiến tiếp nhận 10 11" in text_of(last.content)
    assert "Đã triển khai tốt<ins> ở &lt;mọi&gt; nơi</ins>." in last.content.decode()
    first = text_of(see(world, query="?tu=1&den=2").content)
    assert ("B02 Mô hình đang duy trì 5 6" in first, "C201 Ý kiến" in first) == (True, False)
    assert "2 ô số liệu Chỉ tiêu Lần 1 Lần 3" in text_of(see(world, "binh", "?tu=1&den=3").content)
    back = see(world, query="?tu=3&den=1").content.decode()
    assert "<del>11</del>" in back
    assert "Hai lần này không khác gì nhau" in text_of(see(world, query="?tu=2&den=2").content)


def test_numbers_that_are_no_submission_do_no_harm(world: World) -> None:
    submit(world, "G1")
    again(world, 1, B02=6)
    for query in ("?tu=99&den=x", "?tu=-1", "?tu=" + "9" * 50):
        assert "Lần 1 Lần 2" in text_of(see(world, query=query).content)


def test_walled_figures_are_not_told_above(world: World) -> None:
    submit(world, "G1", {**GOOD, "C501": 3})
    again(world, 1, C501=4)
    for who, told in (("an", True), ("binh", True), ("kien", False)):
        page = see(world, who).content.decode()
        assert ("<del>3</del>" in page, "<ins>4</ins>" in page, "C501" in page) == (told, told, True)


def test_what_was_enclosed_is_compared_by_kind_in_words(world: World) -> None:
    old = {
        "explanations": {"B02": "Do mở rộng.", "C501": "Bí mật"},
        "attachments": [{"content": "chung", "name": "anh.jpg", "caption": ""}],
    }
    new = {
        "answers": [{"target": "B02", "kind": "kept", "text": "Đúng sổ."}],
        "explanations": {"B02": "Do mở thêm tổ.", "C501": "Khác"},
        "sources": {"I": [{"at": 0, "from": [{"name": "CĐCS Một"}, {"name": "CĐCS Hai"}, {"name": "CĐCS Một"}]}]},
        "attachments": [{"content": "chung", "name": "anh.jpg", "caption": ""}, {"content": "chung", "name": "so.pdf", "caption": "Sổ"}],
        "instead": {"unit": 7, "name": "CĐCS Hai"},
        "personal_data": {"by": "Trần Thị Hoa", "places": ["section:I", "caption:3"]},
        "proposals": [{"proposal": 1, "section": "II", "text": "Đề nghị hướng dẫn.", "wanted": None}],
        "later": [1],
    }
    found = {each.name: (each.removed, each.added) for each in enclosed_changes(world.definition, old, new, frozenset({"C501"}))}
    assert found == {
        "Trả lời nhận xét": ((), ("B02 Mô hình đang duy trì: Giữ nguyên. Đúng sổ.",)),
        "Giải trình số liệu": (("B02 Mô hình đang duy trì: Do mở rộng.",), ("B02 Mô hình đang duy trì: Do mở thêm tổ.",)),
        "Nguồn của lời văn": ((), ("Mục I. Kết quả nổi bật: CĐCS Một, CĐCS Hai",)),
        "Đơn vị nộp thay": ((), ("CĐCS Hai nộp thay đơn vị cũ",)),
        "Xác nhận chỗ giống dữ liệu cá nhân": (
            (),
            ("Mục I. Kết quả nổi bật: Trần Thị Hoa đã xác nhận", "Chú thích minh chứng 3: Trần Thị Hoa đã xác nhận"),
        ),
        "Kiến nghị cần trả lời": ((), (f"{label_of(world.definition, 'section:II')}: Đề nghị hướng dẫn.",)),
        "later": ((), ("có kèm theo",)),
    }


def test_everything_that_is_enclosed_has_a_name_and_words_of_its_own() -> None:
    enclosed = {*PROVIDERS, "personal_data", COUNTED} - {EVIDENCE}  # evidence is compared file by file
    assert enclosed == set(ENCLOSED) == set(LINES)


def caption(world: World, number: int, words: str) -> None:
    before = Attachment.objects.get(pk=number).caption
    done = caption_evidence(world.obligation("G1").pk, attachment=number, before=before, caption=words, by=world.person("an"), at=later())
    assert isinstance(done, Proved), done


def test_evidence_that_came_went_or_says_something_else_is_shown_to_both_sides(world: World) -> None:
    """Three photographs of one name, as telephones call them: files are told apart by themselves."""
    fill(world, "G1", GOOD, by=world.person("an"))
    first = added(add(world, ("image.jpg", photo(1)), ("image.jpg", photo(2)), caption="Ra quân <5/11>")).added
    send(world)
    owed, an = world.obligation("G1").pk, world.person("an")
    return_report(owed, reason="Sửa ảnh.", version=world.report("G1").version, by=world.person("binh"), at=later(minutes=10))
    remove_evidence(owed, attachment=first[0], by=an, at=later(minutes=11))
    caption(world, first[1], "Dọn kênh")
    new = added(add(world, ("image.jpg", photo(3)))).added[0]
    send(world)
    link = '<a href="' + reverse("evidence_file", args=[owed, 0]).replace("/0/", "/{}/") + '">image.jpg</a>'
    lines = (
        f"<li><del>Bỏ ảnh {link.format(first[0])}</del> (Ra quân &lt;5/11&gt;)</li>"
        f"<li>Sửa chú thích ảnh {link.format(first[1])}: <del>Ra quân &lt;5/11&gt;</del> → <ins>Dọn kênh</ins></li>"
        f"<li><ins>Thêm ảnh {link.format(new)}</ins></li>"
    )
    assert lines in see(world, "an").content.decode()
    assert lines in enter(world, "binh").get(reverse("review_report", args=[owed])).content.decode()


def test_the_number_of_queries_does_not_depend_on_the_submissions(world: World) -> None:
    submit(world, "G1")
    again(world, 1, B02=6)
    client, address = enter(world, "an"), reverse("compare_revisions", args=[world.obligation("G1").pk])
    two = queries_of(client, address)
    again(world, 2, B02=7)
    again(world, 3, B02=8)
    assert queries_of(client, address) == two
