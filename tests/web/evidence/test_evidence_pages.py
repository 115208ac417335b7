"""The pages of evidence: add, look, take back, without any script; and files that can do no harm where they are opened."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kheo.reports.models import Attachment
from tests.reports.test_evidence import PDF, photo
from tests.web.visits import enter, queries_of, text_of
from tests.world import GOOD, World, fill


def page(world: World, content: str = "chung") -> str:
    return reverse("evidence", args=[world.obligation("G1").pk, content])


def send(world: World, client: Client, *files: tuple[str, bytes], caption: str = "") -> None:
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    client.post(page(world), {"files": sent, "caption": caption})


def file_of(world: World, name: str = "evidence_file") -> str:
    return reverse(name, args=[world.obligation("G1").pk, Attachment.objects.latest("pk").pk])


def test_an_officer_adds_a_photograph_and_sees_it_with_its_content(world: World) -> None:
    client = enter(world, "an")
    assert 'accept="image/*,application/pdf"' in client.get(page(world)).content.decode()
    send(world, client, ("IMG.JPG", photo()), caption="Ra quân <5/11>")
    shown = client.get(page(world)).content.decode()
    assert "Đã có 1/5 tệp" in shown
    assert "Ra quân &lt;5/11&gt;" in shown
    report = client.get(reverse("report", args=[world.obligation("G1").pk])).content.decode()
    assert f'<img src="{file_of(world, "evidence_thumbnail")}" alt="Ảnh minh chứng: Ra quân &lt;5/11&gt;"' in report
    assert "Thêm, bỏ minh chứng" in report


def test_a_walled_content_has_no_such_page_and_no_such_button(world: World) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    client = enter(world, "an")
    assert client.get(page(world, "N5")).status_code == 404
    assert client.post(page(world, "N5"), {"files": SimpleUploadedFile("a.jpg", photo())}).status_code == 404
    assert client.get(page(world, "N9")).status_code == 404
    shown = client.get(reverse("report", args=[world.obligation("G1").pk])).content.decode()
    assert page(world) in shown
    assert page(world, "N5") not in shown


def test_files_that_are_no_evidence_are_told_one_by_one(world: World) -> None:
    client = enter(world, "an")
    answer = client.post(page(world), {"files": [SimpleUploadedFile("a.svg", b"<svg>"), SimpleUploadedFile("b.doc", b"\xd0\xcf\x11\xe0")]})
    assert answer.status_code == 409
    words = text_of(answer.content)
    assert "“a.svg” là trang web hoặc ảnh vẽ" in words
    assert "“b.doc” là tệp Word, Excel đời cũ" in words


def test_a_file_that_is_far_too_large_is_not_even_read(world: World) -> None:
    answer = enter(world, "an").post(page(world), {"files": SimpleUploadedFile("to.pdf", b"%PDF-" + b"0" * (26 << 20))})
    assert "“to.pdf” lớn quá 25 MB." in text_of(answer.content)


@pytest.mark.parametrize(("name", "data"), [("a.jpg", photo()), ("b.pdf", PDF)])
def test_a_file_can_do_no_harm_where_it_is_opened(world: World, name: str, data: bytes) -> None:
    client = enter(world, "an")
    send(world, client, (name, data))
    answer = client.get(file_of(world))
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store, private"  # whoever signs in next at this computer finds nothing in its browser
    is_photo = name.endswith("jpg")
    assert answer["Content-Type"] == ("image/jpeg" if is_photo else "application/pdf")
    assert answer["Content-Disposition"].startswith("inline" if is_photo else 'attachment; filename="b.pdf"')
    assert client.get(file_of(world, "evidence_thumbnail")).status_code == (200 if is_photo else 404)


def test_taking_back_asks_for_a_post_and_leads_back(world: World) -> None:
    client = enter(world, "an")
    send(world, client, ("a.jpg", photo()))
    address = file_of(world, "remove_evidence")
    assert client.get(address).status_code == 405
    answer = client.post(address, follow=True)
    assert "Đã bỏ ảnh khỏi báo cáo." in text_of(answer.content)
    assert client.get(file_of(world)).status_code == 404


def test_a_caption_is_written_anew_on_the_page(world: World) -> None:
    client = enter(world, "an")
    send(world, client, ("a.jpg", photo()), caption="Ra quan")
    address = file_of(world, "caption_evidence")
    assert client.get(address).status_code == 405
    shown = client.post(address, {"before": "Ra quan", "caption": "Ra quân <5/11>"}, follow=True).content.decode()
    assert "Đã lưu chú thích." in shown
    assert 'maxlength="200" value="Ra quân &lt;5/11&gt;"' in shown


def test_a_caption_that_is_not_taken_stands_as_typed_beside_what_was_written_meanwhile(world: World) -> None:
    client = enter(world, "an")
    send(world, client, ("a.jpg", photo()), caption="Của Hoa")
    answer = client.post(file_of(world, "caption_evidence"), {"before": "Cũ", "caption": "Của An"})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Người khác vừa sửa chú thích này thành “Của Hoa”." in text_of(answer.content)
    assert 'name="before" value="Của Hoa"' in shown
    assert 'value="Của An" aria-invalid="true"' in shown
    assert f'href="#caption-{Attachment.objects.latest("pk").pk}"' in shown


def test_queries_do_not_grow_with_the_files(world: World) -> None:
    client = enter(world, "an")
    send(world, client, ("a.jpg", photo(1)))
    few = queries_of(client, page(world)), queries_of(client, reverse("report", args=[world.obligation("G1").pk]))
    send(world, client, ("b.jpg", photo(2)), ("c.jpg", photo(3)), ("d.pdf", PDF))
    assert (queries_of(client, page(world)), queries_of(client, reverse("report", args=[world.obligation("G1").pk]))) == few
