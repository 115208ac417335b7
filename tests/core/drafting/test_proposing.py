"""From read papers to a draft campaign: what is taken from the paper, what is proposed, what stays open."""

from datetime import date
from pathlib import Path

import pytest

from kheo.core.definition import Definition, load_definition
from kheo.core.directives.reading import Directive, read
from kheo.core.drafting.indicators import Catalogue
from kheo.core.drafting.papers import cut_papers
from kheo.core.drafting.proposing import CampaignDraft, propose
from kheo.core.drafting.writing import as_yaml
from kheo.core.text import written

SHIPPED = Path(__file__).parents[3] / "campaigns" / "5-khong.yaml"

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
    return propose(read_papers, Catalogue([shipped()]), {key.replace("_", "-"): code for key, code in chosen.items()})


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
    assert [each.known.indicator.code for each in task.proposals] == ["C503", "C503a"]
    assert all(each.known.walled for each in task.proposals)


def test_a_task_that_nothing_fits_has_no_indicator_and_is_listed_as_open() -> None:
    draft = drafted(LETTER, GUIDANCE)
    task = next(each for each in draft.tasks if "văn nghệ quần chúng" in each.found.value.text)
    assert task.proposals == []
    assert any(task.source in each.words for each in draft.left_open)


def test_a_proposal_says_how_alike_it_is_and_why() -> None:
    task = next(each for each in drafted(LETTER, GUIDANCE).tasks if "chỉnh trang" in each.found.value.text)
    best = task.proposals[0]
    assert (best.known.indicator.code, best.score) == ("C309", 95)
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


# What the seed's draft has otherwise than the campaign that people made of the same papers, and why. Anything else is a fault.
DIFFERENCES = {
    "documents.CV.issuer": "cách viết hoa: văn bản viết bằng chữ in hoa",
    "documents.HD.issuer": "công văn gọi tắt “Ban Dân vận Thành ủy”, không nêu thành phố nào",
    "contents.N1.short": "văn bản không đặt tên ngắn",
    "contents.N2.short": "văn bản không đặt tên ngắn",
    "contents.N3.short": "văn bản không đặt tên ngắn",
    "contents.N4.name": "cách viết hoa: tiêu đề mục II.4 viết “luật giao thông”",
    "contents.N4.short": "văn bản không đặt tên ngắn",
    "tiers.grassroots_union": "văn bản không nêu hạn của cấp cơ sở: phong trào đề xuất thêm",
    "tiers.district_federation.copies": "văn bản không nêu bản gửi cấp ủy quận, huyện: phong trào đề xuất thêm",
    "tiers.provincial_federation.name": "cách viết hoa và gọi tắt tên Liên đoàn Lao động Thành phố",
}


def differences(ours: Definition, theirs: Definition) -> set[str]:
    """The fields of documents, contents, periods and tiers that are not the same. Tiers are known by the kinds of units in them."""
    rows: dict[str, tuple[object, object]] = {
        field: (getattr(ours, field), getattr(theirs, field)) for field in ("campaign", "name", "year_from", "year_to")
    }
    for name, fields in (("documents", "kind number issued_on issuer title"), ("contents", "name short walled")):
        key = "short" if name == "documents" else "id"
        mine, other = ({getattr(each, key): each for each in getattr(side, name)} for side in (ours, theirs))
        rows[name] = (list(mine), list(other))
        for code in mine.keys() & other.keys():
            rows |= {f"{name}.{code}.{f}": (getattr(mine[code], f), getattr(other[code], f)) for f in fields.split()}
    for period in theirs.regime.periods:
        rows[f"periods.{period.id}"] = (next((each for each in ours.regime.periods if each.id == period.id), None), period)
    for tier in theirs.regime.tiers:
        own = next((each for each in ours.regime.tiers if each.kinds == tier.kinds), None)
        if own is None:
            rows[f"tiers.{tier.kinds[0]}"] = (None, tier)
            continue
        rows |= {f"tiers.{tier.kinds[0]}.{f}": (getattr(own, f), getattr(tier, f)) for f in ("name", "line", "due", "copies", "proposed")}
    return {path for path, (one, other) in rows.items() if one != other}


def test_the_draft_of_the_seed_equals_the_campaign_but_for_what_is_explained(shared_dir: Path) -> None:
    text = (shared_dir / "seed" / "huong-dan-5-khong-2023.txt").read_text(encoding="utf-8")
    draft = drafted(text)
    assert draft.papers[1].issued == date(2023, 2, 28)
    assert differences(loaded(draft), shipped()) == set(DIFFERENCES)


def test_indicators_that_the_seed_asks_for_are_found_under_the_content_they_have_in_the_campaign(shared_dir: Path) -> None:
    text = (shared_dir / "seed" / "huong-dan-5-khong-2023.txt").read_text(encoding="utf-8")
    ours, theirs = loaded(drafted(text)), {each.code: each.content for each in shipped().indicators}
    assert len(ours.indicators) >= 18
    assert {each.code: each.content for each in ours.indicators}.items() <= theirs.items()


@pytest.mark.parametrize("mark", ["MẬT", "Mật", "Độ mật: Tối mật"])
def test_a_mark_of_secrecy_above_the_second_head_of_a_text_belongs_to_the_second_paper(mark: str) -> None:
    first, second = cut_papers(LETTER + f"\n{mark}\n" + GUIDANCE)
    assert mark not in first
    assert mark in second
