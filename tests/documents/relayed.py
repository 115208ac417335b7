"""Papers that pass a directive down: a letter to three, one to thirty, a plan."""

from dataclasses import replace
from datetime import date, datetime

from kheo.core.days import ZONE
from kheo.core.directives.dates import When
from kheo.core.directives.deadlines import Deadline
from kheo.core.relaying.dates import move_dates
from kheo.core.relaying.order import OrderAbove, OrderedTask
from kheo.core.relaying.rule import RelayRule
from kheo.documents.relay_letter import Recipient, RelayDraft
from tests.core.calendars import vn
from tests.documents.sample import units

MADE = datetime(2023, 3, 20, 9, 0, tzinfo=ZONE)
CITY_NAME = "Liên đoàn Lao động Thành phố Hồ Chí Minh"
SUBJECT = "phối hợp thực hiện nội dung “5 không” trong phong trào thi đua “Dân vận khéo” năm 2023"
_REPORT = "Gửi báo cáo kết quả thực hiện nội dung “5 không” {} về Liên đoàn Lao động Thành phố"
ORDER = OrderAbove(
    kind="Công văn",
    number="199/LĐLĐ-TG",
    issued_on=date(2023, 3, 15),
    issuer=CITY_NAME,
    subject=SUBJECT,
    contents=(
        "Không để người nghèo, người yếu thế tụt hậu, bị bỏ quên",
        "Không gây phiền hà cho Nhân dân và doanh nghiệp",
        "Không xả rác bừa bãi ra đường phố và kênh rạch",
    ),
    tasks=(
        OrderedTask("Tập trung tổ chức các hoạt động chăm lo đời sống cho đoàn viên công đoàn và người lao động.", 1),
        OrderedTask("Vận động hỗ trợ vốn vay đối với hộ nghèo để học nghề, tổ chức sản xuất, kinh doanh.", 1),
        OrderedTask("Giải quyết thủ tục đúng hẹn, nâng tỷ lệ hài lòng của người dân và doanh nghiệp.", 2),
        OrderedTask("Vận động viết bài hiến kế; giới thiệu các gương điển hình trên các phương tiện truyền thông."),
    ),
    deadlines=(
        Deadline(_REPORT.format("06 tháng"), When(5, 10), "half-year", CITY_NAME, "report"),
        Deadline(_REPORT.format("năm"), When(11, 15), "year", CITY_NAME, "report"),
        Deadline("Báo cáo đột xuất khi có yêu cầu", None, None, CITY_NAME, "report"),
    ),
)


def draft(count: int = 3, **changes: object) -> RelayDraft:
    """A draft to so many units below."""
    whom = tuple(Recipient(each.name, each.code, each.kind) for each in units(count))
    dates = move_dates(ORDER.deadlines, RelayRule(5), "district_federation", MADE.date(), vn())
    return replace(RelayDraft(ORDER, dates, whom, MADE, plan_due=date(2023, 4, 14), notation="LĐLĐ-VP"), **changes)  # type: ignore[arg-type]
