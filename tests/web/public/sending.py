"""Short words for sending something through the public form, and coming back to it."""

import re
from typing import Any

from django.test import Client

from tests.web.visits import text_of
from tests.world import World

WISH = {"tom_tat": "Đèn hẻm hỏng", "noi_dung": "Hỏng hai tuần.", "linh_vuc": "GIAOTHONG", "nguoi_gui_la": "business"}
HEAP = {"ten": "Chân cầu Số 3", "dia_chi": "Khu phố 2", "loai_rac": "SINHHOAT"}
CODE = re.compile(r'<code class="receipt-number follow-code">([0-9A-Z-]{19})</code>')
EVIL = "\"'><x-evil a=1>{{7*7}}</textarea></script>"
EVERYBODY = (None, "an", "hoa", "binh", "lan", "kien", "chi", "quan", "phuc")
FOLLOW = "/gop-y/theo-doi/"
ADDRESSES = ("/gop-y/", "/gop-y/phan-anh/", "/gop-y/diem-o-nhiem/", FOLLOW, "/gop-y/khieu-nai-to-cao/")


def ticket(client: Client, world: World, code: str = "phan-anh") -> str:
    page = client.get(f"/gop-y/{code}/?noi={world.units['G1']}").content.decode()
    found = re.search(r'name="phieu" value="([^"]+)"', page)
    assert found, page
    return found[1]


def send(client: Client, world: World, code: str = "phan-anh", **more: Any) -> Any:
    values = {"noi": world.units["G1"], "phieu": ticket(client, world, code), **(WISH if code == "phan-anh" else HEAP), **more}
    return client.post(f"/gop-y/{code}/", values)


def code_in(answer: Any) -> str:
    found = CODE.search(answer.content.decode())
    assert answer.status_code == 200
    assert found, text_of(answer.content)
    return found[1]


def followed(client: Client, code: str, **more: Any) -> Any:
    return client.post(FOLLOW, {"ma": code, **more})
