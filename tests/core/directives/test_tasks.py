"""Who is asked for a task, in the ways orders are written, and where the last task of a paper ends."""

import pytest

from tests.core.directives.papers import answer, directive
from tests.core.directives.test_rules import FOOT, HEAD

ALL = "Các sở, ban, ngành"  # to whom the paper of HEAD is addressed


def asked(body: str, lead: str = "Nội dung như sau:") -> list[str | None]:
    return [each["asked"] for each in answer(f"{HEAD}{lead}\n\n{body}{FOOT}")["tasks"]]


@pytest.mark.parametrize(
    ("order", "who"),
    [
        ("Các Chi đoàn trực thuộc tổ chức sinh hoạt chuyên đề trong tháng 3.", "Các Chi đoàn trực thuộc"),
        ("Trước ngày 20/3/2024, các Chi đoàn báo cáo kết quả về Đoàn xã.", "các Chi đoàn"),
        ("Định kỳ 06 tháng (15/6), năm (15/12) các cơ quan, đơn vị gửi báo cáo.", "các cơ quan, đơn vị"),
        ("Căn cứ Kế hoạch này, Ủy ban nhân dân các xã xây dựng kế hoạch của mình.", "Ủy ban nhân dân các xã"),
        ("Phân công Ban Tuyên giáo chủ trì, phối hợp với Văn phòng chuẩn bị nội dung.", "Ban Tuyên giáo"),
        ("Kinh phí bảo đảm từ ngân sách, giao Sở Tài chính hướng dẫn việc sử dụng.", "Sở Tài chính"),
        ("Cấp tỉnh: Phòng Bảo trợ xã hội tham mưu, hoàn thành trước 20/3/2024.", "Phòng Bảo trợ xã hội"),
        ("Cấp xã: tổ chức điều tra từ ngày 01/9.", "Cấp xã"),
        ("Kiểm tra, đôn đốc\nBan Chỉ đạo kiểm tra ít nhất 06 đơn vị.", "Ban Chỉ đạo"),
        ("Sở Tài chính\nBố trí vốn giải phóng mặt bằng.", "Sở Tài chính"),
        ("Sở Y tế (cơ quan thường trực) chuẩn bị tài liệu họp.", "Sở Y tế"),
        ("Ban Quản lý dự án đầu tư xây dựng huyện hoàn thiện thủ tục.", "Ban Quản lý dự án đầu tư xây dựng huyện"),
        ("Các tổ chức chính trị - xã hội tỉnh cử 01 đồng chí tham gia đoàn.", "Các tổ chức chính trị - xã hội tỉnh"),
        ("Ban Thi đua - Khen thưởng thẩm định hồ sơ.", "Ban Thi đua - Khen thưởng"),
        ("Sở Nội vụ đề nghị Ủy ban Mặt trận Tổ quốc tỉnh tuyên truyền.", "Ủy ban Mặt trận Tổ quốc tỉnh"),
        # Nobody is named: not what is spoken about, nor a heading that only sounds like an office.
        ("Tham mưu, đề xuất phương án gửi đơn vị, địa phương để tổng hợp báo cáo.", ALL),
        ("Phương hướng: tiếp tục đẩy mạnh thi đua.", ALL),
        ("Phòng, chống thiên tai: chủ động ứng phó, trực ban 24/24 giờ.", ALL),
        ("Trong quá trình thực hiện, kịp thời báo cáo cá nhân có thành tích.", ALL),
    ],
)
def test_who_is_asked_is_found_where_the_order_says_it(order: str, who: str) -> None:
    assert asked(f"1. {order}\n\n2. Thực hiện nghiêm.")[0] == who


@pytest.mark.parametrize(
    ("heading", "who"),
    [
        ("Đối với các cơ sở Đoàn", "các cơ sở Đoàn"),
        ("Giao Sở Nội vụ:", "Sở Nội vụ"),
        ("Trách nhiệm của Văn phòng Ủy ban", "Văn phòng Ủy ban"),
        ("Phân công nhiệm vụ cho Công an tỉnh", "Công an tỉnh"),
        ("Các phòng, đơn vị trực thuộc", "Các phòng, đơn vị trực thuộc"),
        ("Phòng, chống dịch bệnh", ALL),
        ("Phương hướng, nhiệm vụ", ALL),
    ],
)
def test_a_heading_says_it_for_all_that_stands_below(heading: str, who: str) -> None:
    assert asked(f"1. {heading}\n- Rà soát văn bản.\n- Báo cáo kết quả.\n\n2. Thực hiện nghiêm.") == [who, who, ALL]


def test_the_words_before_a_list_say_it_for_the_whole_list() -> None:
    lead = "Để thực hiện tốt, Sở Nội vụ đề nghị thủ trưởng các đơn vị, trường học thực hiện một số nội dung sau:"
    assert asked("1. Rà soát văn bản.\n2. Sở Y tế kiểm tra.", lead) == ["thủ trưởng các đơn vị, trường học", "Sở Y tế"]


def test_what_an_office_did_already_is_no_task() -> None:
    assert asked("1. Sở Tư pháp đã thẩm định dự thảo và báo cáo.\n2. Sở Y tế thẩm định dự thảo.") == ["Sở Y tế"]


def test_a_task_is_the_surer_the_plainer_the_paper_says_who_is_asked() -> None:
    body = "1. Sở Y tế\n- Kiểm tra.\n2. Trước ngày 20/3/2024, Sở Tư pháp báo cáo.\n3. Sở Nội vụ theo dõi.\n4. Thực hiện nghiêm."
    sure = {task.value.asked: task.sure for task in directive(f"{HEAD}Như sau:\n\n{body}{FOOT}").tasks}
    assert sure["Sở Nội vụ"] > sure["Sở Y tế"] > sure["Sở Tư pháp"] > sure[ALL]


@pytest.mark.parametrize(
    "closing",
    [
        "Trên đây là hướng dẫn của Sở Nội vụ.",
        "Đề nghị các đơn vị nghiêm túc triển khai thực hiện./.",
        "Yêu cầu các cơ quan, địa phương nghiêm túc thực hiện./.",
        "Nhận được Công văn này, yêu cầu các đơn vị triển khai thực hiện./.",
        "Sở Nội vụ đề nghị thủ trưởng các đơn vị khẩn trương triển khai./.",
        "Sở Nội vụ trân trọng cảm ơn sự phối hợp./.",
        "Quyết định này có hiệu lực kể từ ngày ký.",
        "Mọi vướng mắc xin liên hệ Phòng Tổ chức.",
        "Rất mong được sự quan tâm phối hợp./.",
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_the_last_task_ends_before_the_words_with_which_the_paper_closes(closing: str, gap: str) -> None:
    told = answer(f"{HEAD}Như sau:\n\n1. Rà soát văn bản.\n\n2. Báo cáo kết quả.{gap}{closing}{FOOT}")
    assert [each["text"] for each in told["tasks"]] == ["Rà soát văn bản.", "Báo cáo kết quả."]


def test_what_stands_under_the_last_heading_is_the_task_and_not_the_closing() -> None:
    told = answer(f"{HEAD}Như sau:\n\n1. Rà soát văn bản.\n\n2. Tổ chức thực hiện\nYêu cầu các xã triển khai, báo cáo kết quả./.{FOOT}")
    assert told["tasks"][-1]["text"].startswith("Tổ chức thực hiện Yêu cầu các xã triển khai")
    assert told["tasks"][-1]["asked"] == "các xã"


def test_another_task_may_have_a_sentence_that_asks_without_ending_there() -> None:
    told = answer(f"{HEAD}Như sau:\n\n1. Rà soát văn bản.\nĐề nghị các đơn vị gửi kết quả về Sở.\n\n2. Báo cáo.{FOOT}")
    assert told["tasks"][0]["text"] == "Rà soát văn bản. Đề nghị các đơn vị gửi kết quả về Sở."


@pytest.mark.parametrize(
    ("body", "text", "who"),
    [
        (
            "Đề nghị Thường trực HĐND tỉnh xem xét, quyết định./.",
            "Đề nghị Thường trực HĐND tỉnh xem xét, quyết định",
            "Thường trực HĐND tỉnh",
        ),
        (
            "Giao các Bộ: Công an, Tư pháp có ý kiến về hồ sơ.",
            "Giao các Bộ: Công an, Tư pháp có ý kiến về hồ sơ",
            "các Bộ: Công an, Tư pháp",
        ),
        ("Giao các Sở: Rà soát, báo cáo số liệu.", "Giao các Sở: Rà soát, báo cáo số liệu", "các Sở"),
    ],
)
def test_a_paper_without_items_orders_in_its_sentences(body: str, text: str, who: str) -> None:
    told = answer(f"{HEAD}Sở Nội vụ nhận được hồ sơ của tỉnh.\n\n{body}{FOOT}")["tasks"]
    assert [(each["text"], each["asked"]) for each in told] == [(text, who)]


def test_a_sentence_that_asks_everybody_to_obey_is_no_task() -> None:
    assert answer(f"{HEAD}Bộ đã ban hành Thông tư.\n\nYêu cầu các sở, ngành nghiêm túc thực hiện.{FOOT}")["tasks"] == []


def test_below_the_last_item_an_order_of_its_own_is_a_task_and_the_words_of_closing_are_none() -> None:
    closing = "Đề nghị các đơn vị phối hợp với Sở. Giao cho Sở Y tế theo dõi, báo cáo. Trên đây là các nội dung cần làm."
    told = answer(f"{HEAD}Như sau:\n\n1. Rà soát văn bản.\n\n2. Báo cáo kết quả.\n\n{closing}{FOOT}")["tasks"]
    assert [each["text"] for each in told] == ["Rà soát văn bản.", "Báo cáo kết quả.", "Giao cho Sở Y tế theo dõi, báo cáo"]
    assert told[-1]["asked"] == "Sở Y tế"


def test_the_words_above_a_part_say_who_is_asked_in_it_and_a_single_office_there_is_whose_paper_it_is() -> None:
    start = "I. KẾT QUẢ ĐẠT ĐƯỢC\n\n- Đã làm tốt.\n\n"
    part = "II. NHIỆM VỤ\n\n1. Rà soát văn bản.\n2. Báo cáo kết quả."
    assert asked(f"{start}Để khắc phục hạn chế, các cấp ủy thực hiện tốt các nội dung sau:\n\n{part}") == ["các cấp ủy"] * 2
    assert asked(f"{start}Để khắc phục hạn chế, Ban Dân vận hướng dẫn thực hiện như sau:\n\n{part}") == [ALL] * 2


def test_money_is_given_so_that_somebody_does_something_with_it() -> None:
    assert asked("1. Bố trí 10 triệu đồng để Sở Y tế thực hiện hỗ trợ.\n2. Rà soát văn bản để Sở Y tế thực hiện.") == ["Sở Y tế", ALL]


def test_what_an_article_itself_puts_in_force_is_no_task() -> None:
    told = answer(f"{HEAD}Quyết định:\n\nĐiều 1. Ban hành Quy chế thi đua.\n\nĐiều 2. Sở Y tế tổ chức thực hiện.{FOOT}")["tasks"]
    assert [each["asked"] for each in told] == ["Sở Y tế"]


def test_of_a_report_the_work_is_its_author_s() -> None:
    head = HEAD.replace("Kính gửi", "BÁO CÁO\nTình hình thi đua\n\nKính gửi")
    told = answer(f"{head}Như sau:\n\n1. Rà soát văn bản.\n2. Giao Sở Y tế kiểm tra.{FOOT}")["tasks"]
    assert [each["asked"] for each in told] == [None, "Sở Y tế"]


@pytest.mark.parametrize("closing", ["Trên đây là hướng dẫn của Sở.", "Mọi vướng mắc xin liên hệ Phòng Tổ chức.", "Trân trọng cảm ơn./."])
def test_words_of_closing_inside_the_last_paragraph_are_no_part_of_its_task(closing: str) -> None:
    told = answer(f"{HEAD}Như sau:\n\n1. Rà soát văn bản.\n\n2. Báo cáo kết quả. {closing}{FOOT}")["tasks"]
    assert [each["text"] for each in told] == ["Rà soát văn bản.", "Báo cáo kết quả."]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Các Trung tâm hàng năm chỉ đạo tổ chuyên môn rà soát.", "Các Trung tâm"),
        ("Sở Nội vụ hằng quý chủ trì rà soát.", "Sở Nội vụ"),
        ("UBND các xã định kỳ kiểm tra việc thực hiện.", "UBND các xã"),
    ],
)
def test_how_often_is_no_part_of_who_is_asked(words: str, who: str) -> None:
    told = answer(f"KẾ HOẠCH\nThi đua\n\n1. {words}\n\n2. Sở Y tế phối hợp.\n\nNơi nhận:\n- Như trên;\n")["tasks"]
    assert told[0]["asked"] == who
