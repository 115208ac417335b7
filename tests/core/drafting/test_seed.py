"""The draft of the seed's two papers beside the campaign that people made of them, and the indicators that its tasks are offered."""

from datetime import date
from pathlib import Path

from kheo.core.definition import Definition
from kheo.core.definition.regime import BackRule, Copy, DayRule, Tier
from tests.core.drafting.test_proposing import drafted, loaded, shipped

# What the seed's draft has otherwise than the campaign that people made of the same papers: what it says, what they wrote, and why.
# Anything else is a fault, and so is another value of these.
NO_SHORT_NAME = "văn bản không đặt tên ngắn: bản nháp lấy phần đầu của tên, tối đa 40 chữ cái"
DIFFERENCES: dict[str, tuple[object, object, str]] = {
    "documents.CV.issuer": (
        "Liên đoàn Lao động thành phố Hồ Chí Minh", "Liên đoàn Lao động Thành phố Hồ Chí Minh",
        "cách viết hoa: văn bản viết bằng chữ in hoa",
    ),
    "documents.HD.issuer": (
        "Ban Dân vận Thành ủy", "Ban Dân vận Thành ủy Thành phố Hồ Chí Minh",
        "công văn gọi tắt “Ban Dân vận Thành ủy”, không nêu thành phố nào",
    ),
    "contents.N1.short": ("Không để người nghèo", "Không để ai bị bỏ lại", NO_SHORT_NAME),
    "contents.N2.short": ("Không gây phiền hà cho Nhân dân và", "Không gây phiền hà", NO_SHORT_NAME),
    "contents.N3.short": ("Không xả rác bừa bãi ra đường phố và", "Không xả rác bừa bãi", NO_SHORT_NAME),
    "contents.N4.name": (
        "Không vi phạm luật giao thông đường bộ", "Không vi phạm Luật Giao thông đường bộ",
        "cách viết hoa: tiêu đề mục II.4 viết “luật giao thông”",
    ),
    "contents.N4.short": ("Không vi phạm luật giao thông đường bộ", "Không vi phạm luật giao thông", NO_SHORT_NAME),
    "tiers.grassroots_union": (
        None, "Công đoàn cơ sở thuộc cấp trên trực tiếp: 6T 2 ngày làm việc trước reporting_units, N 2 ngày làm việc trước reporting_units",
        "văn bản không nêu hạn của cấp cơ sở, không nhắc tới khu phố: phong trào đề xuất thêm; bản nháp không tự đặt cấp, mà hỏi người xem",
    ),
    "tiers.district_federation.copies": (
        "", "Ban Dân vận quận, huyện ủy, Thành ủy Thủ Đức: 6T 12/5, N 16/11",
        "văn bản không nêu bản gửi cấp ủy quận, huyện: phong trào đề xuất thêm",
    ),
    "tiers.provincial_federation.name": (
        "Liên đoàn Lao động thành phố Hồ Chí Minh", "Liên đoàn Lao động Thành phố",
        "cách viết hoa và gọi tắt tên Liên đoàn Lao động Thành phố",
    ),
}  # fmt: skip


def in_short(value: object) -> object:
    """A value as the table has it: of a tier or of copies their names and days."""
    if isinstance(value, tuple) and all(isinstance(each, Copy) for each in value):
        return "; ".join(str(in_short(each)) for each in value)
    if not isinstance(value, Tier | Copy):
        return value
    return f"{value.name}: {', '.join(f'{period} {_rule(rule)}' for period, rule in value.due.items())}"


def _rule(rule: DayRule | BackRule) -> str:
    return f"{rule.day}/{rule.month}" if isinstance(rule, DayRule) else f"{rule.working_days} ngày làm việc trước {rule.before}"


def differences(ours: Definition, theirs: Definition) -> dict[str, tuple[object, object]]:
    """Both values of the fields of documents, contents, periods and tiers that are not the same.

    Tiers are known by the kinds of units in them.
    """
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
    return {path: (in_short(one), in_short(other)) for path, (one, other) in rows.items() if one != other}


def test_the_draft_of_the_seed_equals_the_campaign_but_for_what_is_explained(shared_dir: Path) -> None:
    text = (shared_dir / "seed" / "huong-dan-5-khong-2023.txt").read_text(encoding="utf-8")
    draft = drafted(text)
    assert draft.papers[1].issued == date(2023, 2, 28)
    found = differences(loaded(draft), shipped())
    assert found == {path: (ours, theirs) for path, (ours, theirs, _) in DIFFERENCES.items()}
    assert all(why for *_, why in DIFFERENCES.values())
    # Who stands below these tiers is not made up: a person is asked.
    assert [each.words for each in draft.left_open if each.path == ("regime", "tiers")] == [
        "Văn bản không nêu hạn của đơn vị ở dưới các cấp này; cấp nào chưa có ở đây thì chưa được hỏi."
    ]


def test_indicators_that_the_seed_asks_for_are_found_under_the_content_they_have_in_the_campaign(shared_dir: Path) -> None:
    text = (shared_dir / "seed" / "huong-dan-5-khong-2023.txt").read_text(encoding="utf-8")
    ours, theirs = loaded(drafted(text)), {each.code: each.content for each in shipped().indicators}
    assert len(ours.indicators) >= 18
    assert {each.code: each.content for each in ours.indicators}.items() <= theirs.items()


def test_of_the_tasks_of_the_seed_that_the_campaign_counts_twenty_one_of_twenty_four_get_a_right_indicator_first(shared_dir: Path) -> None:
    """Right is an indicator whose source in the campaign's file, written by people, names the place of the task."""
    right: dict[str, set[str]] = {}
    for each in shipped().indicators:
        for place in each.source.split(";") if each.aggregation != "ratio" else ():
            right.setdefault(place.strip(), set()).add(each.code)
    draft = drafted((shared_dir / "seed" / "huong-dan-5-khong-2023.txt").read_text(encoding="utf-8"))
    counted = {task.key: right[task.source] for task in draft.tasks if task.source in right}
    first = {task.key: task.proposals[0].known.indicator.code if task.proposals else "" for task in draft.tasks}
    wrong = {key: first[key] for key, codes in counted.items() if first[key] not in codes}
    assert len(counted) == 24
    # What these ask is told in other words than the indicator's name, and another name is nearer; of two the right one is second or third.
    assert wrong == {"CV-1": "C501", "HD-12": "C406", "HD-26": "D01"}
    among = [task.key for task in draft.tasks if counted.get(task.key, set()) & {each.known.indicator.code for each in task.proposals}]
    assert len(among) == 23
    sure = {task.key: first[task.key] in counted[task.key] for task in draft.tasks if task.key in counted and not task.is_doubtful}
    assert (sum(sure.values()), len(sure)) == (14, 16)
    # Of the eight that the campaign counts with nothing four are offered something all the same.
    assert len([task.key for task in draft.tasks if task.key not in counted and task.proposals]) == 4
    # What the letter orders below its last point is none of that point.
    assert [task.source for task in draft.tasks if task.key.startswith("CV-")] == [*(f"CV điểm {at}" for at in range(1, 5)), "CV đoạn cuối"]
