"""From read papers to a draft campaign: what is taken from the paper, what is proposed, what stays open."""

import tracemalloc
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from kheo.core.definition import Definition, load_definition
from kheo.core.directives.reading import Directive, read
from kheo.core.drafting.correcting import corrected
from kheo.core.drafting.indicators import Catalogue
from kheo.core.drafting.papers import TooLong, cut_papers
from kheo.core.drafting.proposing import CampaignDraft, propose
from kheo.core.drafting.writing import as_yaml
from kheo.core.registers.counted import counting_problems
from kheo.core.registers.loading import load_register
from kheo.core.text import written

SHIPPED = Path(__file__).parents[3] / "campaigns" / "5-khong.yaml"
PLANS = {"ke-hoach": "ngay_ban_hanh"}

GUIDANCE = """THÀNH ỦY TÂN BÌNH
BAN DÂN VẬN
Số 7-HD/BDVTU
ĐẢNG CỘNG SẢN VIỆT NAM
Tân Bình, ngày 02 tháng 02 năm 2024

HƯỚNG DẪN
nội dung “3 không” trong phong trào thi đua “Dân vận khéo” năm 2024

I. NỘI DUNG

1. Về nội dung “Không xả rác bừa bãi ra đường phố và kênh rạch”

- Tổ chức công trình chỉnh trang đô thị, phát triển mảng xanh.

2. Về nội dung “Không gây phiền hà cho Nhân dân và doanh nghiệp”

- Thực hiện văn nghệ quần chúng.

3. Về nội dung “Không tụ tập đông người trái phép”

- Tổ chức tiếp công dân theo quy định.

II. TỔ CHỨC THỰC HIỆN

- Định kỳ 06 tháng (ngày 20 tháng 5), năm (ngày 20 tháng 11) các đơn vị gửi báo cáo về Ban Dân vận Thành ủy.

Nơi nhận:
- Quận ủy, huyện ủy,
- Lưu VT.

TRƯỞNG BAN

Nguyễn Văn An
"""
LETTER = """TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM
LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ TÂN BÌNH
Số: 12/LĐLĐ-TG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Tân Bình, ngày 10 tháng 3 năm 2024
V/v thực hiện nội dung “3 không” năm 2024

Kính gửi:
- Liên đoàn Lao động quận, huyện;
- Hội Chữ thập đỏ Thành phố.

Căn cứ Hướng dẫn số 7-HD/BDVTU ngày 02 tháng 02 năm 2024 của Ban Dân vận Thành ủy về nội dung “3 không”;

1. Tổ chức hoạt động văn hóa tinh thần cho đoàn viên.

2. Định kỳ 06 tháng (10/5), năm (15/11) các đơn vị gửi báo cáo về Liên đoàn Lao động Thành phố.

Nơi nhận:
- Như trên;
- Lưu: VT.

TM. BAN THƯỜNG VỤ
PHÓ CHỦ TỊCH

Trần Thị Hoa
"""


def shipped() -> Definition:
    loaded = load_definition(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name)
    assert loaded.definition is not None
    return loaded.definition


def drafted(*texts: str, **chosen: str | None) -> CampaignDraft:
    read_papers = []
    for text in texts:
        for part in cut_papers(text):
            directive = read(part)
            assert isinstance(directive, Directive)
            read_papers.append(("giay.txt", directive))
    return propose(read_papers, Catalogue([shipped()]), {key.replace("_", "-"): code for key, code in chosen.items()}, plans=PLANS)


def loaded(draft: CampaignDraft) -> Definition:
    result = load_definition(as_yaml(draft), "nhap.yaml")
    assert result.problems == ()
    assert result.definition is not None
    return result.definition


def test_the_letter_that_rests_on_a_guidance_comes_first_whichever_is_given_first() -> None:
    assert [each.short for each in drafted(GUIDANCE, LETTER).papers] == ["CV", "HD"]
    assert as_yaml(drafted(GUIDANCE, LETTER)) == as_yaml(drafted(LETTER, GUIDANCE))


def test_two_papers_in_one_text_are_cut_apart_and_every_place_stays_a_place_in_the_text() -> None:
    text = LETTER + "\n" + GUIDANCE
    parts = cut_papers(text)
    assert len(parts) == 2
    for part in parts:
        directive = read(part)
        assert isinstance(directive, Directive)
        for found in directive.tasks:
            place = slice(found.place.start, found.place.end)
            assert directive.paper.text[place] == written(text)[place]


def test_the_draft_loads_and_has_each_tier_with_its_days_and_its_line() -> None:
    regime = loaded(drafted(LETTER, GUIDANCE)).regime
    assert [
        (tier.kinds, tier.line, {period: (rule.day, rule.month) for period, rule in tier.due.items()})  # type: ignore[union-attr]
        for tier in regime.tiers
    ] == [
        (("district_federation",), "union", {"6T": (10, 5), "N": (15, 11)}),
        (("provincial_federation",), "party", {"6T": (20, 5), "N": (20, 11)}),
    ]


TWO_LEVELS = """LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ TÂN BÌNH
Số: 21/KH-LĐLĐ
Tân Bình, ngày 10 tháng 3 năm 2024

KẾ HOẠCH
Thực hiện phong trào “Dân vận khéo” năm 2024

I. NỘI DUNG
1. Nội dung 1: “Không xả rác”
- Tổ chức ra quân tổng vệ sinh
2. Nội dung 2: “Không gây phiền hà”
- Tổ chức tiếp công dân.

II. CHẾ ĐỘ BÁO CÁO
1. Liên đoàn Lao động các quận, huyện báo cáo 6 tháng (15/5), năm (20/11) gửi về Liên đoàn Lao động Thành phố.
2. Công đoàn cơ sở báo cáo 6 tháng trước ngày 05/5, báo cáo năm trước ngày 10/11, gửi về Liên đoàn Lao động quận, huyện.

Nơi nhận:
- Lưu: VT.

TM. BAN THƯỜNG VỤ
PHÓ CHỦ TỊCH

Trần Thị Hoa
"""


def test_a_paper_that_names_who_reports_at_each_level_gives_a_tier_for_each_the_lower_first() -> None:
    tiers = loaded(drafted(TWO_LEVELS)).regime.tiers
    assert [(tier.kinds, {period: (rule.day, rule.month) for period, rule in tier.due.items()}) for tier in tiers] == [  # type: ignore[union-attr]
        (("grassroots_union",), {"6T": (5, 5), "N": (10, 11)}),
        (("district_federation",), {"6T": (15, 5), "N": (20, 11)}),
    ]


def test_who_receives_a_report_is_never_taken_for_who_reports() -> None:
    words = TWO_LEVELS.replace("1. Liên đoàn Lao động các quận, huyện báo cáo", "1. Báo cáo").replace("2. Công đoàn cơ sở", "2. Các đơn vị")
    draft = drafted(words)
    assert [tier["kinds"] for tier in draft.data["regime"]["tiers"]] == [[]]
    assert any("không nói đơn vị nào báo cáo" in each.words for each in draft.left_open)


def test_days_of_counting_that_no_paper_says_are_marked_as_proposed_and_leave_no_day_out() -> None:
    draft = drafted(LETTER, GUIDANCE)
    half, year = loaded(draft).regime.periods
    assert (half.proposed, year.proposed) == (True, True)
    assert half.opens == year.opens
    assert (year.closes.day, year.closes.month) == (year.opens.day, year.opens.month)
    assert [each.path for each in draft.left_open if each.path[:2] == ("regime", "periods")] == [
        ("regime", "periods", 0),
        ("regime", "periods", 1),
    ]


def test_a_content_whose_name_says_a_word_of_the_wall_is_walled_and_a_person_is_asked() -> None:
    draft = drafted(LETTER, GUIDANCE)
    assert {content.id: content.walled for content in loaded(draft).contents} == {"chung": False, "N1": False, "N2": False, "N3": True}
    assert any(each.path == ("contents", 3) and "tụ tập" in each.words for each in draft.left_open)


def test_a_task_of_a_walled_content_is_offered_only_what_walled_contents_were_asked() -> None:
    both = GUIDANCE.replace("Tổ chức tiếp công dân theo quy định", "Tổ chức tiếp công dân, công trình chỉnh trang đô thị, mảng xanh")
    task = next(each for each in drafted(LETTER, both).tasks if each.content == "N3")
    assert [each.known.indicator.code for each in task.proposals] == ["C503a", "C503"]
    assert all(each.known.walled for each in task.proposals)


def test_a_task_that_nothing_fits_has_no_indicator_and_is_listed_as_open() -> None:
    draft = drafted(LETTER, GUIDANCE)
    task = next(each for each in draft.tasks if "văn nghệ quần chúng" in each.found.value.text)
    assert task.proposals == []
    assert any(task.source in each.words for each in draft.left_open)


def test_a_proposal_says_how_alike_it_is_and_why() -> None:
    task = next(each for each in drafted(LETTER, GUIDANCE).tasks if "chỉnh trang" in each.found.value.text)
    best = task.proposals[0]
    assert (best.known.indicator.code, best.score) == ("C309", 100)
    assert best.reason == "cùng nói “Công trình chỉnh trang đô thị mảng xanh”; cùng nội dung ở 5-khong"
    assert len(task.proposals) <= 3


def test_what_a_person_chose_replaces_the_proposal_and_none_takes_it_out() -> None:
    task = next(each for each in drafted(LETTER, GUIDANCE).tasks if "chỉnh trang" in each.found.value.text)
    key = task.key.replace("-", "_")
    assert "C311" in [each.code for each in loaded(drafted(LETTER, GUIDANCE, **{key: "C311"})).indicators]
    codes = [each.code for each in loaded(drafted(LETTER, GUIDANCE, **{key: None})).indicators]
    assert "C309" not in codes


def test_an_addressee_of_no_known_kind_is_named_as_open_and_not_guessed() -> None:
    assert any("Hội Chữ thập đỏ Thành phố" in each.words for each in drafted(LETTER, GUIDANCE).left_open)


def test_a_paper_without_periods_gives_a_draft_that_says_so_and_is_not_green() -> None:
    draft = drafted(GUIDANCE.replace("- Định kỳ 06 tháng (ngày 20 tháng 5), năm (ngày 20 tháng 11) các", "- Các"))
    assert any(each.path == ("regime", "periods") for each in draft.left_open)
    problems = load_definition(as_yaml(draft), "nhap.yaml").problems
    assert any("cần ít nhất một kỳ báo cáo" in str(each) for each in problems)


@pytest.mark.parametrize(
    ("said", "cutoff"),
    [("trước ngày 25 hằng tháng", (20, 0)), ("trước ngày 05 hằng tháng", ("last", 0))],
)
def test_a_monthly_report_counts_its_own_month_or_up_to_some_days_before_its_day(said: str, cutoff: tuple[int | str, int]) -> None:
    monthly = GUIDANCE.replace("Định kỳ 06 tháng (ngày 20 tháng 5), năm (ngày 20 tháng 11) các đơn vị", f"Các đơn vị {said}")
    draft = drafted(monthly)
    (period,) = draft.data["regime"]["periods"]
    assert (period["frequency"], (period["cutoff"]["day"], period["cutoff"]["month"])) == ("month", cutoff)


def test_the_days_of_counting_that_the_paper_says_are_those_of_the_period_with_where_it_says_them() -> None:
    first = "06 tháng (ngày 20 tháng 5, số liệu tính từ ngày 15/11 năm trước đến ngày 14/5)"
    said = f"{first}, năm (ngày 20 tháng 11, số liệu chốt đến ngày 14/11)"
    draft = drafted(GUIDANCE.replace("06 tháng (ngày 20 tháng 5), năm (ngày 20 tháng 11)", said))
    half, year = draft.data["regime"]["periods"]
    assert (half["cutoff"], half["opens"]) == ({"day": 14, "month": 5}, {"day": 15, "month": 11, "year": -1})
    assert (year["cutoff"], year["opens"]) == ({"day": 14, "month": 11}, {"day": 15, "month": 11, "year": -1})
    assert [each["source"].split(" (")[0] for each in (half, year)] == 2 * ["Ngày chốt số liệu theo HD mục II, gạch đầu dòng thứ 1"]
    assert not any("không nêu thời gian lấy số liệu" in each.words for each in draft.left_open)


@pytest.mark.parametrize(("said", "cutoff"), [("15 hằng tháng", (15, 0)), ("26 tháng trước", (26, -1))])
def test_a_day_of_every_month_up_to_which_is_counted_is_the_one_before_the_report(said: str, cutoff: tuple[int, int]) -> None:
    words = f"Các đơn vị trước ngày 25 hằng tháng (số liệu chốt đến ngày {said})"
    draft = drafted(GUIDANCE.replace("Định kỳ 06 tháng (ngày 20 tháng 5), năm (ngày 20 tháng 11) các đơn vị", words))
    (period,) = draft.data["regime"]["periods"]
    assert (period["cutoff"]["day"], period["cutoff"]["month"]) == cutoff


def test_every_draft_counts_who_has_a_plan_from_the_register_of_plans_from_its_first_papers_day_on() -> None:
    made = loaded(drafted(LETTER, GUIDANCE))
    rules = {each.code: each.records for each in made.indicators if each.records}
    assert {code: [(each.field, each.operator, each.operands) for each in rule.where] for code, rule in rules.items()} == {
        "A01": [("ngay_ban_hanh", "at_least", ("2024-02-02",))],
        "A02a": [("ngay_ban_hanh", "at_least", ("2024-02-02",))],
        "A02b": [],
        "A03": [("co_tieu_chi", "equals", (True,)), ("ngay_ban_hanh", "at_least", ("2024-02-02",))],
    }
    assert [(each.numerator, each.denominator) for each in made.indicators if each.code == "A02"] == [("A02a", "A02b")]
    book = load_register((SHIPPED.parent / "registers" / "ke-hoach.yaml").read_bytes(), "ke-hoach.yaml", campaign=shipped()).definition
    assert book
    assert list(counting_problems(made, {"ke-hoach": book})) == []
    without = corrected(drafted(LETTER, GUIDANCE), {"counts_plans": "không"}, ()).draft
    assert not any(each.records for each in loaded(without).indicators)


ONCE = """- Các đơn vị xây dựng kế hoạch thực hiện, gửi về Ban Dân vận Thành ủy trước ngày 15/3/2024.

- Góp ý dự thảo gửi về Ban trước 17 giờ 00 ngày 20/3/2024.

"""


def with_limits_that_are_no_period() -> str:
    return GUIDANCE.replace("- Định kỳ", f"{ONCE}- Định kỳ")


def test_limits_for_which_a_campaign_has_no_place_are_listed_at_the_top_of_its_file_with_day_and_addressee() -> None:
    draft = drafted(LETTER, with_limits_that_are_no_period())
    head = [line for line in as_yaml(draft).splitlines() if line.startswith("#")]
    assert [line for line in head if "không thành kỳ" in line or "2024" in line] == [
        "# 2 hạn không thành kỳ báo cáo: tệp này không có chỗ cho chúng, hãy giao khi chuyển văn bản xuống:",
        "#   - HD mục II, gạch đầu dòng thứ 1: Các đơn vị xây dựng kế hoạch thực hiện, gửi về Ban Dân vận Thành ủy trước ngày 15/3/2024 "
        "(15/03/2024, gửi Ban Dân vận Thành ủy)",
        "#   - HD mục II, gạch đầu dòng thứ 2: Góp ý dự thảo gửi về Ban trước 17 giờ 00 ngày 20/3/2024 (17:00, 20/03/2024, gửi Ban)",
    ]
    assert loaded(draft).regime.periods


@pytest.mark.parametrize("sign", ["\x08", "\x1b[31m", "\x7f", "\x9b", "\u202e", "\ufffe"])
def test_signs_that_no_file_may_hold_do_not_make_a_draft_unreadable(sign: str) -> None:
    text = GUIDANCE.replace("báo cáo", f"b{sign}áo cáo", 1).replace("a", f"a{sign}")
    directive = read(text)
    assert isinstance(directive, Directive)
    told = as_yaml(propose([(f"giấy{sign}\nten: x.txt", directive)], Catalogue([]), plans={}))
    assert "name" in YAML(typ="safe").load(told)
    assert f"# {sign}" not in told


def test_a_text_of_thousands_of_heads_is_refused_before_it_is_cut() -> None:
    heads = "Nơi nhận:\nSố: 1/A\n"
    assert len(cut_papers(heads * 20)) == 21
    tracemalloc.start()
    try:
        with pytest.raises(TooLong):
            cut_papers(heads * 2_000)
        assert tracemalloc.get_traced_memory()[1] < 10 << 20  # each part has the blanks before it: together 36 MB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("mark", ["MẬT", "Mật", "Độ mật: Tối mật"])
def test_a_mark_of_secrecy_above_the_second_head_of_a_text_belongs_to_the_second_paper(mark: str) -> None:
    first, second = cut_papers(LETTER + f"\n{mark}\n" + GUIDANCE)
    assert mark not in first
    assert mark in second
