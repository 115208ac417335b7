"""The call-in letter in one click: from the board and the page of progress, as a Word file, once; the list of letters."""

import pytest
from django.test import Client
from django.urls import reverse

from kheo.documents.checker import check_paper
from kheo.documents.profiles import profile_named
from kheo.reports.models import CallIn
from tests.documents.reading import lines_of
from tests.web.visits import enter, queries_of, text_of
from tests.world import World, submit


def page(world: World, code: str = "D1") -> str:
    return reverse("recipient_papers", args=[world.cycle.pk, world.units[code]])


def click(world: World, who: str = "binh", code: str = "D1") -> tuple[Client, str]:
    client = enter(world, who)
    answer = client.post(reverse("call_in", args=[world.cycle.pk, world.units[code]]))
    return client, answer.headers.get("Location", str(answer.status_code))


def test_one_click_gives_the_letter_as_a_word_file(world: World) -> None:
    client, where = click(world)
    answer = client.get(where)
    assert (answer.status_code, answer["Content-Disposition"].split(";")[1]) == (
        200,
        ' filename="cong-van-don-doc-2023-6t-ldld-quan-1.docx"',
    )
    assert check_paper(answer.content, profile_named("union1013")) == ()
    assert "V/v đôn đốc gửi báo cáo" in " ".join(lines_of(answer.content))
    assert client.get(where.replace(".docx", ".pdf")).content.startswith(b"%PDF-")
    assert client.get(where.replace(".docx", ".odt")).status_code == 404


def test_clicking_twice_makes_one_letter(world: World) -> None:
    assert click(world)[1] == click(world)[1]
    assert CallIn.objects.count() == 1


def test_when_nobody_is_late_the_page_says_so_and_no_letter_is_made(world: World) -> None:
    for code in ("G1", "G2", "G3"):
        submit(world, code)
    client, where = click(world)
    assert where == page(world)
    assert "Không có đơn vị nào quá hạn mà chưa gửi báo cáo, nên không cần công văn đôn đốc." in text_of(client.get(where).content)
    assert not CallIn.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("dung", "404"), ("kien", "404"), ("lan", "404"), ("an", "404")])
def test_others_cannot_make_one(world: World, who: str, status: str) -> None:
    assert click(world, who)[1] == status
    assert not CallIn.objects.exists()


def test_the_page_lists_the_letters_with_what_came_since(world: World) -> None:
    click(world)
    submit(world, "G1")
    said = text_of(enter(world, "binh").get(page(world)).content)
    assert "2 trong 3 đơn vị đã quá hạn mà chưa gửi báo cáo." in said
    assert "Lê Văn Bình 3 1 Word · PDF" in said


def test_the_button_stands_on_the_board_and_on_the_page_of_progress_only_for_those_who_may(world: World) -> None:
    action = reverse("call_in", args=[world.cycle.pk, world.units["D1"]])
    for name in ("board", "progress"):
        address = reverse(name, args=[world.cycle.pk, world.units["D1"]])
        assert f'action="{action}"' in enter(world, "binh").get(address).content.decode()
        assert f'action="{action}"' not in enter(world, "kien").get(address).content.decode()
    for code in ("G1", "G2", "G3"):
        submit(world, code)
    for name in ("board", "progress"):
        address = reverse(name, args=[world.cycle.pk, world.units["D1"]])
        assert f'action="{action}"' not in enter(world, "binh").get(address).content.decode()


def test_a_letter_is_only_its_recipient_s(world: World) -> None:
    _, where = click(world)
    assert enter(world, "chi").get(where).status_code == 404
    assert enter(world, "dung").get(where).status_code == 200
    other = where.replace(f"/{world.units['D1']}/", f"/{world.units['LDLD']}/")
    assert enter(world, "lan").get(other).status_code == 404


def test_the_page_costs_the_same_with_one_letter_and_with_three(world: World) -> None:
    click(world)
    one = queries_of(enter(world, "binh"), page(world))
    for code in ("G1", "G2"):
        submit(world, code)
        click(world)
    assert CallIn.objects.count() == 3
    assert queries_of(enter(world, "binh"), page(world)) == one
