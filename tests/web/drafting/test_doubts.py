"""What was read with doubt is marked on the page of a draft."""

import re

from tests.web.drafting.test_drafting import begun, page
from tests.web.visits import enter
from tests.world import World


def test_what_was_read_with_doubt_is_marked_to_be_looked_at_and_nothing_else_is(world: World) -> None:
    head = "SỞ NỘI VỤ\nSố: 12/KH-SNV\nLong An, ngày 02 tháng 3 năm 2024\nKẾ HOẠCH\nThi đua yêu nước năm 2024\n\n"
    plain = head + "{task}\n2. Sở Y tế báo cáo.\n\n"
    foot = "Nơi nhận:\n- Sở Y tế;\n- {copy};\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Ba\n"
    client = enter(world, "lan")
    sure = page(client, begun(client, (plain + foot).format(task="1. Sở Tư pháp rà soát.", copy="Sở Tài chính")))
    assert "xem lại</small>" not in sure
    doubted = page(client, begun(client, (plain + foot).format(task="1. Rà soát.", copy="tài chính của")))
    assert "<small>chưa rõ ai làm, xem lại</small>" in doubted
    assert re.search(r"tài chính của</a>\s*<small>đọc chưa chắc, xem lại</small>", doubted)
