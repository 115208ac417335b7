"""What moving a tier's due date comes to, in words."""

from datetime import date

from kheo.core.extending import Foreseen


def test_only_what_there_is_is_said() -> None:
    plain = Foreseen("Các đơn vị cơ sở", 1200, 0, 0, 0, {date(2023, 5, 8)}, date(2023, 5, 9))
    assert plain.words == "Gia hạn cả cấp các đơn vị cơ sở: 1.200 báo cáo dời hạn từ hết 08/05/2023 đến hết 09/05/2023."


def test_late_ones_those_in_time_and_those_with_more_time_are_each_counted() -> None:
    days = {date(2023, 5, 9), date(2023, 5, 8)}
    assert Foreseen("Công đoàn cơ sở", 7, 2, 3, 1, days, date(2023, 5, 12)).words == (
        "Gia hạn cả cấp Công đoàn cơ sở: 7 báo cáo dời hạn từ hết 08/05/2023–09/05/2023 đến hết 12/05/2023; "
        "trong đó 2 báo cáo đã nộp trễ sẽ thành trong hạn gia hạn; 3 báo cáo đã nộp trong hạn không đổi; "
        "1 báo cáo đang có hạn bằng hoặc xa hơn thì giữ hạn ấy."
    )
