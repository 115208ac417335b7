"""Evidence with a report: photographs drawn anew, plain PDFs, limits of the campaign, and never anything behind the wall."""

import io
from typing import Any

import pytest
from PIL import Image

from kheo.files.models import Blob, StoredFile
from kheo.files.queries import content_of
from kheo.files.receiving import SentFile
from kheo.journal.models import JournalEntry
from kheo.org.access import Unreachable
from kheo.reports.access import evidence_to_read
from kheo.reports.actions import (
    Proved,
    Receipt,
    Refusal,
    add_evidence,
    caption_evidence,
    proving,
    remove_evidence,
    return_report,
    submit_report,
)
from kheo.reports.models import Attachment
from kheo.reports.queries.evidence import Proof, evidence_of, evidence_sent
from kheo.reports.queries.verifying import faults
from tests.documents.test_heic import heic
from tests.world import GOOD, World, fill, head_of, later, submit
from tests.years import NEXT_YEAR, year_after

PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def photo(shade: int = 90, size: tuple[int, int] = (80, 60)) -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x013B] = "Nguyen Thi Lan"
    Image.new("RGB", size, (shade, 20, 20)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def add(
    world: World, *files: tuple[str, bytes], content: str = "chung", caption: str = "", who: str = "an", **more: Any
) -> Proved | Refusal:
    sent = [SentFile(name, data) for name, data in files]
    at = more.get("at", later())
    return add_evidence(world.obligation("G1").pk, content=content, files=sent, caption=caption, by=world.person(who, at), at=at)


def added(outcome: Proved | Refusal) -> Proved:
    assert isinstance(outcome, Proved), outcome
    return outcome


def test_a_photograph_begins_the_report_and_is_kept_without_its_metadata(world: World) -> None:
    outcome = added(add(world, ("IMG_1.heif.JPG", photo()), caption="Ra quân ngày 5/11"))
    report = world.report("G1")
    assert (outcome.version, outcome.problems, report.state, report.version) == (1, (), "draft", 1)
    row = Attachment.objects.get(pk=outcome.added[0])
    assert row.thumbnail
    for file in (row.file, row.thumbnail):
        assert b"Nguyen Thi Lan" not in content_of(file)
        assert file.media_type == "image/jpeg"
    assert (row.file.name, row.file.sender, row.caption) == ("IMG_1.heif.jpg", "Nguyễn Thị An", "Ra quân ngày 5/11")
    assert evidence_of(report) == (Proof(row.pk, "chung", True, "IMG_1.heif.jpg", len(content_of(row.file)), "Ra quân ngày 5/11"),)
    assert not any(b"Nguyen" in bytes(blob.content) for blob in Blob.objects.all())


def test_a_photograph_of_an_iphone_is_kept_as_a_jpeg(world: World) -> None:
    outcome = added(add(world, ("IMG_0042.HEIC", heic(Image.new("RGB", (96, 64), "navy"))), caption="Ra quân"))
    assert outcome.problems == ()
    row = Attachment.objects.get()
    assert (row.kind, row.file.name, row.file.media_type) == ("photo", "IMG_0042.jpg", "image/jpeg")
    assert content_of(row.file).startswith(b"\xff\xd8\xff")
    assert b"Nguyen Thi Lan" not in content_of(row.file)


def test_a_file_is_what_its_content_says_and_the_others_are_told_all_at_once(world: World) -> None:
    mixed = (("a.jpg", PDF), ("b.png", b"<svg onload=alert(1)>"), ("c.pdf", b"PK\x03\x04"), ("d.webp", photo()[:300]))
    outcome = added(add(world, *mixed, ("e.heic", photo(7))))
    assert [row.kind for row in Attachment.objects.order_by("pk")] == ["pdf", "photo"]
    assert [row.file.name for row in Attachment.objects.order_by("pk")] == ["a.pdf", "e.jpg"]
    assert [problem.split("”")[0] for problem in outcome.problems] == ["“b.png", "“c.pdf", "“d.webp"]


def test_a_walled_content_takes_nothing_whoever_asks(world: World) -> None:
    for who in ("an", "hoa"):
        assert add(world, ("a.jpg", photo()), content="N5", who=who) == Refusal("Nội dung này chỉ nhận con số; không nhận ảnh hay tệp.")
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()


def test_only_the_wall_keeps_it_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: with the check taken out the same file is stored."""
    monkeypatch.setattr(proving, "takes_files", lambda content: True)
    assert added(add(world, ("a.jpg", photo()), content="N5")).added


def test_limits_of_the_campaign_hold_for_the_content_and_for_the_report(world: World) -> None:
    tight = year_after(world, "\nevidence: {files_per_report: 3, files_per_content: 2, pdf_megabytes: 1}\n")
    assert added(add(tight, ("1.jpg", photo(1)), ("2.jpg", photo(2)), at=NEXT_YEAR)).added
    full = added(add(tight, ("3.jpg", photo(3)), ("4.jpg", photo(4)), at=NEXT_YEAR))
    assert full.added == ()
    assert full.problems == (
        "Nội dung này nhận tối đa 2 tệp, đã có 2; lần này chọn 2.",
        "Cả báo cáo nhận tối đa 3 tệp, đã có 2; lần này chọn 2.",
    )
    large = PDF.replace(b"%%EOF", b"%" * 1_100_000 + b"\n%%EOF")
    assert added(add(tight, ("to.pdf", large), at=NEXT_YEAR)).problems == ("“to.pdf” lớn quá 1 MB (đang có 1 MB).",)
    assert Attachment.objects.count() == 2


def test_what_was_chosen_wrong_is_told(world: World) -> None:
    assert add(world) == Refusal("Anh/chị chưa chọn ảnh hay tệp PDF nào.")
    assert add(world, ("a.jpg", photo()), caption="a" * 201) == Refusal("Chú thích dài 201 ký tự, tối đa 200.")
    with pytest.raises(KeyError):
        add(world, ("a.jpg", photo()), content="N9")


def recaption(world: World, number: int, before: str, words: str, who: str = "an", minutes: int = 1) -> Proved | Refusal:
    owed, at = world.obligation("G1").pk, later(minutes=minutes)
    return caption_evidence(owed, attachment=number, before=before, caption=words, by=world.person(who, at), at=at)


def test_a_caption_is_written_anew_and_the_journal_tells_that_but_not_the_words(world: World) -> None:
    number = added(add(world, ("a.jpg", photo()), caption="Ra quan")).added[0]
    assert recaption(world, number, "Ra quan", "  Ra quân 5/11 ") == Proved(2, ())
    assert recaption(world, number, "Ra quan", "Ra quân 5/11", minutes=2) == Proved(2, ())
    assert [each.caption for each in evidence_of(world.report("G1"))] == ["Ra quân 5/11"]
    row = JournalEntry.objects.latest("number")
    assert (row.act, row.actor_name) == ("caption_evidence", "Nguyễn Thị An")
    assert row.detail == {"version": 2, "content": "chung", "captioned": [number]}
    assert list(faults()) == []


def test_a_caption_that_somebody_else_wrote_meanwhile_is_not_written_over(world: World) -> None:
    number = added(add(world, ("a.jpg", photo()), caption="Một")).added[0]
    recaption(world, number, "Một", "Của Hoa", "hoa")
    refused = recaption(world, number, "Một", "Của An", minutes=2)
    assert refused == Refusal("Người khác vừa sửa chú thích này thành “Của Hoa”. Chú thích của anh/chị chưa lưu: “Của An”.")
    assert [each.caption for each in evidence_of(world.report("G1"))] == ["Của Hoa"]
    assert recaption(world, number, "Của Hoa", "Của An", minutes=3) == Proved(3, ())


def test_a_caption_is_refused_that_is_too_long_or_of_a_file_taken_back(world: World) -> None:
    number = added(add(world, ("a.jpg", photo()))).added[0]
    assert recaption(world, number, "", "a" * 201) == Refusal("Chú thích dài 201 ký tự, tối đa 200.")
    remove_evidence(world.obligation("G1").pk, attachment=number, by=world.person("an"), at=later(minutes=1))
    assert recaption(world, number, "", "Muộn", minutes=2) == Refusal("Tệp này đã được bỏ khỏi báo cáo, nên không sửa được chú thích.")


def test_a_caption_that_was_sent_stays_as_sent(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    number = added(add(world, ("a.jpg", photo()), caption="Cũ")).added[0]
    send(world)
    assert recaption(world, number, "Cũ", "Mới", minutes=10) == Refusal("Không lưu được: báo cáo đang ở trạng thái “Đã nộp”.")
    owed, version = world.obligation("G1").pk, world.report("G1").version
    return_report(owed, reason="Sửa.", version=version, by=world.person("binh"), at=later(minutes=11))
    assert isinstance(recaption(world, number, "Cũ", "Mới", minutes=12), Proved)
    revision = world.report("G1").latest
    assert revision
    assert [each.caption for each in evidence_sent(revision)] == ["Cũ"]
    assert list(faults()) == []


@pytest.mark.parametrize("who", ["binh", "lan", "kien", "chi", "quan"])
def test_nobody_outside_the_unit_adds_or_removes(world: World, who: str) -> None:
    number = added(add(world, ("a.jpg", photo()))).added[0]
    assert add(world, ("b.jpg", photo()), who=who) == Refusal("Anh/chị không có quyền lưu báo cáo này.")
    refused = remove_evidence(world.obligation("G1").pk, attachment=number, by=world.person(who), at=later())
    assert refused == Refusal("Anh/chị không có quyền lưu báo cáo này.")
    assert recaption(world, number, "", "Khác", who) == Refusal("Anh/chị không có quyền lưu báo cáo này.")
    assert Attachment.objects.filter(removed_at=None, caption="").count() == 1


def send(world: World) -> None:
    hoa, report = world.person("hoa"), world.report("G1")
    receipt = submit_report(world.obligation("G1").pk, version=report.version, by=hoa, at=later(minutes=9))
    assert isinstance(receipt, Receipt), receipt


def test_what_was_sent_is_frozen_with_its_hash_and_stays_when_it_is_taken_back(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    number = added(add(world, ("a.jpg", photo()), caption="Ra quân")).added[0]
    send(world)
    revision, row = world.report("G1").latest, Attachment.objects.get(pk=number)
    assert revision
    assert revision.enclosures["attachments"] == [
        {
            "id": number,
            "content": "chung",
            "kind": "photo",
            "name": "a.jpg",
            "size": row.file.blob.size,
            "sha256": row.file.blob.sha256,
            "caption": "Ra quân",
        }
    ]
    assert add(world, ("b.jpg", photo())) == Refusal("Không lưu được: báo cáo đang ở trạng thái “Đã nộp”.")
    return_report(
        world.obligation("G1").pk, reason="Sửa.", version=world.report("G1").version, by=world.person("binh"), at=later(minutes=10)
    )
    remove_evidence(world.obligation("G1").pk, attachment=number, by=world.person("an"), at=later(minutes=11))
    assert evidence_of(world.report("G1")) == ()
    assert evidence_sent(revision)[0].id == number
    assert evidence_to_read(world.person("binh"), world.obligation("G1").pk, number).pk == number
    assert list(faults()) == []


def test_what_was_taken_back_before_it_was_sent_is_not_there_any_more(world: World) -> None:
    number = added(add(world, ("a.jpg", photo()))).added[0]
    owed, an = world.obligation("G1").pk, world.person("an")
    assert evidence_to_read(an, owed, number)
    assert remove_evidence(owed, attachment=number, by=an, at=later(minutes=1)) == Proved(2, ())
    assert remove_evidence(owed, attachment=number, by=an, at=later(minutes=2)) == Proved(2, ())
    for who in ("an", "hoa", "binh"):
        with pytest.raises(Unreachable):
            evidence_to_read(world.person(who), owed, number)
    assert [entry.act for entry in JournalEntry.objects.filter(object_id=owed, act__contains="evidence").order_by("number")] == [
        "add_evidence",
        "remove_evidence",
    ]


def test_a_file_of_another_report_is_not_there(world: World) -> None:
    number = added(add(world, ("a.jpg", photo()))).added[0]
    submit(world, "G2")
    with pytest.raises(Unreachable):
        evidence_to_read(world.person("binh"), world.obligation("G2").pk, number)
    head = head_of(world, "G3")
    owed = fill(world, "G3", GOOD, by=head).obligation_id
    with pytest.raises(Attachment.DoesNotExist):
        remove_evidence(owed, attachment=number, by=head, at=later())


def test_a_forged_file_is_found_by_the_journal(world: World) -> None:
    number = added(add(world, ("a.jpg", photo()))).added[0]
    assert list(faults()) == []
    Attachment.objects.filter(pk=number).update(removed_at=later())
    assert ["Minh chứng không như nhật ký ghi" in fault for fault in faults()] == [True]


def test_a_caption_with_personal_data_waits_for_the_signers_word(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    number = added(add(world, ("a.jpg", photo()), caption="Chị Lan 0912345678")).added[0]
    owed, report, hoa = world.obligation("G1").pk, world.report("G1"), world.person("hoa")
    refused = submit_report(owed, version=report.version, by=hoa, at=later(minutes=3))
    assert isinstance(refused, Refusal)
    assert [each.target for each in refused.problems if each.severity == "confirm"] == [f"caption:{number}"]
    assert isinstance(submit_report(owed, version=report.version, confirmed=[f"caption:{number}"], by=hoa, at=later(minutes=3)), Receipt)
