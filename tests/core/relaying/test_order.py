"""What a directive orders, as it is passed down."""

from datetime import date

from kheo.core.directives.reading import Directive, read
from kheo.core.relaying.order import order_of

TEXT = """CÔNG ĐOÀN A

Số: 05/CĐA-VP

Quận 1, ngày 02 tháng 3 năm 2023

V/v giữ gìn vệ sinh

Kính gửi: Các công đoàn cơ sở.

1. Nội dung “Không xả rác bừa bãi ra đường phố”

- Vận động đoàn viên giữ gìn vệ sinh. Gửi báo cáo về Công đoàn A trước ngày 15/11/2023.

2. Nội dung “Không vi phạm luật giao thông”

- Tuyên truyền luật giao thông.
"""


def test_a_task_is_told_without_the_sentence_that_says_by_when() -> None:
    """The unit asks for a day of its own; the superior's beside it would be asked for as well."""
    found = read(TEXT)
    assert isinstance(found, Directive)
    order = order_of(found)
    assert (order.number, order.issued_on) == ("05/CĐA-VP", date(2023, 3, 2))
    assert [each.when.date for each in order.deadlines if each.when] == [date(2023, 11, 15)]
    assert [(each.text, each.content) for each in order.tasks] == [
        ("Vận động đoàn viên giữ gìn vệ sinh.", 1), ("Tuyên truyền luật giao thông.", 2),
    ]  # fmt: skip
