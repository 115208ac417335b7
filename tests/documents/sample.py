"""A city's consolidated report, invented but of real size: 26 units with long names, blanks, late reports and hidden cells."""

import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from kheo.core.consolidated import (
    CellCounts,
    ChildLine,
    Consolidated,
    FigureTotal,
    NarrativeText,
    ObligationCounts,
    Origin,
    RatioTotal,
    TakenFrom,
    UnitRef,
)
from kheo.core.days import ZONE, due_instant, is_on_time
from kheo.core.definition import Choice, Content, DayRule, Definition, Document, Indicator, OutlineSection, Period, Regime, Tier
from kheo.core.definition.formula import parse_formula
from kheo.core.privacy import is_small
from kheo.documents.consolidated_report import LetterFacts, consolidated_report
from kheo.documents.profiles import PaperProfile, profile_named

CITY = UnitRef("LDLD-TP", "Liên đoàn Lao động Thành phố Hồ Chí Minh", "federation")
AS_OF = datetime(2023, 11, 17, 10, 32, tzinfo=ZONE)
DUE = date(2023, 11, 15)

ND30 = profile_named("nd30")
LETTER = LetterFacts(
    issuer="Liên đoàn Lao động Thành phố Hồ Chí Minh",
    superior="Tổng Liên đoàn Lao động Việt Nam",
    place="TP. Hồ Chí Minh",
    recipient_line="Ban Dân vận Thành ủy Thành phố Hồ Chí Minh",
    capacity="on_behalf",
    principal="Ban Thường vụ",
    post="Phó Chủ tịch",
    name="",
    recipients=("Như trên", "Thường trực LĐLĐ Thành phố (để báo cáo)", "Văn phòng LĐLĐ Thành phố", "Lưu: VT, TG"),
    abbreviation="LĐLĐ",
)

# code, name, unit, aggregation, content, breakdown, (numerator, denominator), largest figure of one unit
_INDICATORS: tuple[tuple[str, str, str, str, str, str | None, tuple[str, str] | None, int], ...] = (
    ("A01", "Đơn vị có kế hoạch phát động", "đơn vị", "last", "chung", None, None, 40),
    ("A02", "Tỷ lệ đơn vị trực thuộc đã phát động", "%", "ratio", "chung", None, ("A01", "system:expected"), 0),
    ("A04", "Hội nghị, cuộc triển khai, quán triệt", "cuộc", "sum", "chung", None, None, 90),
    ("A05", "Lượt người được phổ biến", "lượt", "sum", "chung", None, None, 20000),
    ("A06", "Tỷ lệ báo cáo gửi đúng hạn", "%", "ratio", "chung", None, ("system:on_time", "system:expected"), 0),
    ("B01", "Mô hình, công trình đăng ký mới", "mô hình", "sum", "chung", "fields", None, 400),
    ("B02", "Mô hình đang duy trì", "mô hình", "last", "chung", None, None, 900),
    ("B04", "Tập thể đăng ký", "tập thể", "sum", "chung", None, None, 300),
    ("B05", "Cá nhân đăng ký", "người", "sum", "chung", None, None, 1500),
    ("B07", "Mô hình ngừng, không hiệu quả", "mô hình", "sum", "chung", None, None, 0),
    ("B08", "Kinh phí thực hiện", "đồng", "sum", "chung", "money", None, 9_500_000_000),
    ("D01", "Tập thể được tuyên dương, khen thưởng", "tập thể", "sum", "chung", None, None, 250),
    ("D02", "Cá nhân được tuyên dương, khen thưởng", "người", "sum", "chung", None, None, 400),
    ("C101", "Lượt đoàn viên, NLĐ khó khăn được chăm lo", "lượt", "sum", "N1", None, None, 15000),
    ("C102", "Trị giá chăm lo", "đồng", "sum", "N1", None, None, 22_000_000_000),
    ("C103", "NLĐ mất việc được hỗ trợ", "lượt", "sum", "N1", None, None, 3000),
    ("C104", "Hộ được hỗ trợ vay vốn", "hộ", "sum", "N1", None, None, 700),
    ("C105", "Số vốn vay hỗ trợ", "đồng", "sum", "N1", None, None, 15_000_000_000),
    ("C106", "Phương tiện sinh kế trao tặng", "suất", "sum", "N1", None, None, 60),
    ("C107", "Người được giới thiệu việc làm", "người", "sum", "N1", None, None, 900),
    ("C109", "Nhà tình thương xây mới", "căn", "sum", "N1", None, None, 12),
    ("C110", "Nhà được sửa chữa", "căn", "sum", "N1", None, None, 25),
    ("C111", "Thẻ BHYT trao tặng", "thẻ", "sum", "N1", None, None, 2500),
    ("C112", "Hoạt động văn hóa tinh thần", "cuộc", "sum", "N1", None, None, 80),
    ("C301", "Điểm ô nhiễm đầu kỳ", "điểm", "last", "N3", None, None, 40),
    ("C302", "Điểm phát sinh mới", "điểm", "sum", "N3", None, None, 9),
    ("C303", "Điểm tái phát sinh", "điểm", "sum", "N3", None, None, 0),
    ("C304", "Điểm đã xử lý", "điểm", "sum", "N3", None, None, 35),
    ("C307", "Tỷ lệ xử lý điểm ô nhiễm", "%", "ratio", "N3", None, ("C304", "C301 + C302 + C303"), 0),
    ("C311", "Đất hiến nâng cấp đường, hẻm", "m²", "sum", "N3", None, None, 120000),
    ("C501", "Cuộc đối thoại với người dân, NLĐ", "cuộc", "sum", "N5", None, None, 14),
    ("C503", "Buổi tiếp công dân", "buổi", "sum", "N5", None, None, 9),
    ("C504a", "Đơn thuộc thẩm quyền đã nhận", "đơn", "sum", "N5", None, None, 30),
    ("C504b", "Đơn giải quyết đúng hạn", "đơn", "sum", "N5", None, None, 28),
    ("C504", "Tỷ lệ đơn giải quyết đúng hạn", "%", "ratio", "N5", None, ("C504b", "C504a"), 0),
)
_LARGEST = {facts[0]: facts[7] for facts in _INDICATORS}


def definition() -> Definition:
    """A campaign of four contents, one of them walled."""
    day = DayRule(day=15, month=11)
    period = Period(id="N", code="{year}-N", name="năm {year}", opens=DayRule(day=16, month=11, year=-1), closes=day, cutoff=day)
    return Definition(
        schema_version=1,
        campaign="5-khong",
        name="Nội dung “5 không” trong phong trào thi đua “Dân vận khéo”",
        year_from=2023,
        documents=(
            Document(
                short="CV",
                kind="Công văn",
                number="199/LĐLĐ-TG",
                issued_on=date(2023, 3, 15),
                issuer=CITY.name,
                title="phối hợp thực hiện nội dung “5 không” trong phong trào thi đua “Dân vận khéo” năm 2023",
            ),
            Document(
                short="HD",
                kind="Hướng dẫn",
                number="11-HD/BDVTU",
                issued_on=date(2023, 2, 28),
                issuer="Ban Dân vận Thành ủy Thành phố Hồ Chí Minh",
                title="nội dung “5 không” trong phong trào thi đua “Dân vận khéo” năm 2023",
            ),
        ),
        contents=(
            Content(id="chung", name="Kết quả chung của phong trào thi đua", short="Kết quả chung"),
            Content(
                id="N1", name="Nội dung “Không để người nghèo, người yếu thế tụt hậu, bị bỏ quên”", short="Chăm lo người nghèo, yếu thế"
            ),
            Content(id="N3", name="Nội dung “Không xả rác bừa bãi ra đường phố và kênh rạch”", short="Không xả rác"),
            Content(
                id="N5",
                name="Nội dung “Không tụ tập gây rối, ảnh hưởng an ninh chính trị, trật tự an toàn nơi cư trú và trên đường phố”",
                short="Đối thoại, tiếp dân",
                walled=True,
            ),
        ),
        lists={
            "fields": tuple(Choice(code=code, name=name) for code, name in _FIELDS),
            "money": (Choice(code="NS", name="Ngân sách"), Choice(code="CD", name="Công đoàn"), Choice(code="XHH", name="Xã hội hóa")),
        },
        indicators=tuple(_indicator(*facts[:7]) for facts in _INDICATORS),
        outline=(
            OutlineSection(id="I", title="Công tác lãnh đạo, chỉ đạo, triển khai"),
            OutlineSection(id="II", title="Kết quả thực hiện các nội dung"),
            OutlineSection(id="II.1", title="Chăm lo người nghèo, người yếu thế", content="N1"),
            OutlineSection(id="II.3", title="Không xả rác", content="N3"),
            OutlineSection(id="III", title="Hạn chế, khó khăn và nguyên nhân"),
            OutlineSection(id="IV", title="Mô hình, điển hình tiêu biểu"),
            OutlineSection(id="V", title="Đề xuất, kiến nghị"),
        ),
        regime=Regime(
            periods=(period,),
            tiers=(Tier(id="district", name="Liên đoàn Lao động cấp huyện", kinds=("district",), line="union", due={"N": day}),),
            non_working_day="same",
            calendar="vn",
        ),
    )


_FIELDS = (
    ("KT", "Kinh tế"),
    ("VHXH", "Văn hóa – xã hội"),
    ("QPAN", "Quốc phòng – an ninh"),
    ("HTCT", "Xây dựng hệ thống chính trị"),
    ("ASXH", "An sinh xã hội"),
    ("KHAC", "Loại hình khác"),
)


def _indicator(
    code: str, name: str, unit: str, aggregation: str, content: str, breakdown: str | None, sides: tuple[str, str] | None
) -> Indicator:
    numerator, denominator = sides or (None, None)
    facts = {"code": code, "name": name, "unit": unit, "aggregation": aggregation, "content": content, "source": "HD II.1a"}
    decimals = 2 if unit == "m²" else 0
    return Indicator.model_validate(
        {**facts, "breakdown": breakdown, "numerator": numerator, "denominator": denominator, "decimals": decimals}
    )


def units(count: int) -> tuple[UnitRef, ...]:
    """Child units, some with the longest names that there are."""
    districts = [f"Liên đoàn Lao động Quận {number}" for number in (1, 3, 4, 5, 6, 7, 8, 10, 11, 12)]
    districts += [f"Liên đoàn Lao động quận {name}" for name in ("Bình Tân", "Bình Thạnh", "Gò Vấp", "Phú Nhuận", "Tân Bình", "Tân Phú")]
    districts += [f"Liên đoàn Lao động huyện {name}" for name in ("Bình Chánh", "Cần Giờ", "Củ Chi", "Hóc Môn", "Nhà Bè")]
    districts += ["Liên đoàn Lao động thành phố Thủ Đức", "Công đoàn Ngành Giáo dục Thành phố Hồ Chí Minh"]
    districts += ["Công đoàn các Khu chế xuất và Công nghiệp Thành phố Hồ Chí Minh"]
    districts += ["Công đoàn Tổng Công ty Cơ khí Giao thông Vận tải Sài Gòn – Trách nhiệm hữu hạn Một thành viên"]
    districts += [f"Công đoàn cơ sở trực thuộc số {number}" for number in range(1, count + 1)]
    return tuple(UnitRef(f"U{index:03d}", name, "district") for index, name in enumerate(districts[:count], start=1))


def consolidated(count: int = 26, *, missing: int = 3, own: bool = True, asked: Definition | None = None) -> Consolidated:
    """Figures of `count` children (the last one being the city's own), `missing` of them without an accepted report."""
    chance = random.Random(7)
    asked = asked or definition()
    names = units(count - own if count else 0)
    silent = {unit.code for unit in names[3 :: max(1, len(names) // missing)][:missing]} if missing and names else set()
    raw = {unit.code: _raw(asked, chance) for unit in (*names, *((CITY,) if own and count else ())) if unit.code not in silent}
    parts = _parts(asked, raw, chance)
    hidden = {
        indicator.code: _hidden_units({code: figures[indicator.code] for code, figures in raw.items()})
        for indicator in asked.indicators_of("N5")
        if indicator.aggregation != "ratio"
    }
    lines = [_line(unit, raw.get(unit.code), hidden, asked, chance, is_own=False) for unit in names]
    if own and count:
        lines.append(_line(CITY, raw[CITY.code], {}, asked, chance, is_own=True))
    return Consolidated(
        campaign="5-khong",
        edition=2,
        edition_hash="3f9a" * 16,
        cycle="2023-N",
        cycle_name="năm 2023",
        unit=CITY,
        recipient=UnitRef("BDV", "Ban Dân vận Thành ủy Thành phố Hồ Chí Minh", "party_board"),
        as_of=AS_OF,
        obligations=_obligations(lines),
        figures=_totals(asked, raw, parts, len(lines), 1),
        previous=_totals(asked, raw, parts, len(lines), Decimal("0.889")),
        previous_name="năm 2022",
        children=tuple(lines),
        missing_units=tuple(unit for unit in names if unit.code in silent),
        narratives=_narratives(names),
    )


def _raw(asked: Definition, chance: random.Random) -> dict[str, int | None]:
    figures: dict[str, int | None] = {}
    for indicator in asked.indicators:
        if indicator.aggregation != "ratio":
            largest = _LARGEST.get(indicator.code, 10**10 if indicator.unit == "đồng" else 150)
            step = 1_000_000 if largest > 10**9 else 1
            figures[indicator.code] = None if chance.random() < 0.05 else chance.randint(0, largest // step) * step
    return figures


Raw = Mapping[str, Mapping[str, int | None]]
Parts = dict[str, dict[str, int | None]]


def _sum(raw: Raw, code: str) -> int | None:
    numbers = [value for figures in raw.values() if (value := figures[code]) is not None]
    return sum(numbers) if numbers else None


def _parts(asked: Definition, raw: Raw, chance: random.Random) -> Parts:
    """Breakdowns that add up to the totals, with one part that no unit filled in."""
    parts: Parts = {}
    for indicator in asked.indicators:
        if indicator.breakdown:
            total, choices = _sum(raw, indicator.code) or 0, asked.lists[indicator.breakdown]
            cuts = sorted(chance.randint(0, total) for _ in choices[2:])
            shares: list[int | None] = [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]
            parts[indicator.code] = dict(zip((choice.code for choice in choices), [*shares, None], strict=True))
    return parts


def _totals(asked: Definition, raw: Raw, parts: Parts, expected: int, scale: Decimal | int) -> dict[str, FigureTotal | RatioTotal]:
    totals: dict[str, FigureTotal | RatioTotal] = {}
    for indicator in asked.indicators:
        if indicator.aggregation == "ratio":
            continue
        values = [figures[indicator.code] for figures in raw.values()]
        blank = sum(value is None for value in values)
        zero = sum(value == 0 for value in values)
        cells = CellCounts(len(values) - blank - zero, zero, blank, 0, expected - len(values))
        total = _sum(raw, indicator.code)
        by = (
            {indicator.breakdown: {key: _scaled(part, scale) for key, part in parts[indicator.code].items()}} if indicator.breakdown else {}
        )
        totals[indicator.code] = FigureTotal(
            indicator.code, _scaled(total, scale), indicator.unit, indicator.aggregation, indicator.decimals, cells, by
        )
    for indicator in asked.indicators:
        if indicator.numerator and indicator.denominator:
            sides = (_side(indicator.numerator, totals, expected), _side(indicator.denominator, totals, expected))
            totals[indicator.code] = _ratio(indicator.code, *sides)
    return totals


def _side(formula: str, totals: Mapping[str, FigureTotal | RatioTotal], expected: int) -> int:
    system = {"system:on_time": expected * 2 // 3, "system:expected": expected}
    value = parse_formula(formula).evaluate(lambda code: system[code] if code in system else _value(totals, code))
    return value or 0


def _scaled(value: int | None, scale: Decimal | int) -> int | None:
    return None if value is None else int(value * scale)


def _value(totals: Mapping[str, FigureTotal | RatioTotal], code: str) -> int:
    total = totals[code]
    assert isinstance(total, FigureTotal)
    return total.value or 0


def _ratio(code: str, over: int, under: int) -> RatioTotal:
    return RatioTotal(code, Decimal(over) / Decimal(under) if under else None, over, under or None, "%")


def _hidden_units(values: Mapping[str, int | None]) -> frozenset[str]:
    """All small counts, and the next smallest where only one would be hidden."""
    hidden = {key for key, value in values.items() if is_small(value)}
    others = [(value, key) for key, value in values.items() if value and key not in hidden]
    return frozenset(hidden | {min(others)[1]} if len(hidden) == 1 and others else hidden)


def _line(
    unit: UnitRef,
    raw: Mapping[str, int | None] | None,
    hidden: Mapping[str, frozenset[str]],
    asked: Definition,
    chance: random.Random,
    *,
    is_own: bool,
) -> ChildLine:
    received = datetime(2023, 11, 14, 8, tzinfo=ZONE) + timedelta(hours=chance.randint(0, 52))
    if raw is None:
        nothing = {indicator.code: None for indicator in asked.indicators}
        state = ("draft", "not_started", "returned")[int(unit.code[1:]) % 3]
        return ChildLine(unit, state, DUE, None, None, nothing, frozenset(), missing=12)
    covered = frozenset(code for code, codes in hidden.items() if unit.code in codes)
    figures: dict[str, int | Decimal | None] = {code: None if code in covered else value for code, value in raw.items()}
    figures |= {each.code: Decimal(chance.randint(0, 10_000)) / 10_000 for each in asked.indicators if each.aggregation == "ratio"}
    on_time = is_on_time(received, due_instant(DUE))
    return ChildLine(unit, "accepted", DUE, received, on_time, figures, covered, chance.choice((0, 0, 0, 2)), is_own)


def _obligations(lines: list[ChildLine]) -> ObligationCounts:
    states = [line.state for line in lines]
    accepted = states.count("accepted")
    on_time = sum(line.on_time is True for line in lines)
    unfinished = [states.count(state) for state in ("submitted", "returned", "draft", "not_started")]
    submitted, returned, draft, not_started = unfinished
    return ObligationCounts(len(lines), accepted, submitted, returned, draft, not_started, sum(unfinished), on_time)


def _narratives(names: tuple[UnitRef, ...]) -> tuple[NarrativeText, ...]:
    if not names:
        return ()
    first, last = names[0], names[-1]
    care = (
        "Đã phối hợp với Tổ chức tài chính vi mô CEP hỗ trợ vốn vay cho đoàn viên, người lao động có hoàn cảnh khó khăn "
        "để tổ chức sản xuất, kinh doanh; duy trì “Tủ thuốc công nhân” tại 12 doanh nghiệp.\n"
        "Tổ chức phiên chợ nghĩa tình cho người lao động bị giảm giờ làm."
    )
    return (
        NarrativeText("I", CITY, "Ban Thường vụ đã ban hành công văn triển khai, tổ chức 02 hội nghị quán triệt và 01 đợt kiểm tra."),
        NarrativeText("II.1", first, care),
        NarrativeText("II.1", last, "Xây dựng mô hình “Bữa cơm công đoàn” tại các xí nghiệp trực thuộc."),
        NarrativeText("II.3", first, "Vận động doanh nghiệp phân loại rác tại nguồn."),
        NarrativeText("III", CITY, "Một số đơn vị chưa cụ thể hóa nội dung thi đua thành tiêu chí; việc tuyên dương điển hình còn chậm."),
        NarrativeText("III", last, "Nhân sự làm công tác dân vận thay đổi nhiều."),
        NarrativeText("V", CITY, "Đề nghị Ban Dân vận Thành ủy thống nhất biểu mẫu số liệu từ đầu năm."),
    )


_FIVE, _SIX = "Công đoàn Quận 5", "Công đoàn Quận 6"
ORIGINS = (
    Origin("I", 1, "Đã tổ chức 02 hội nghị.", (TakenFrom(_FIVE, 2, "I"),), is_reworded=False),
    Origin("I", 3, "Chăm lo " * 40, (TakenFrom(_FIVE, 2, "I"),), is_reworded=True),
    Origin(
        "II.1", 2, "Gộp hai ý.", (TakenFrom(_FIVE, 1, "II.1", ("Công ty Một", "Công ty Hai")), TakenFrom(_SIX, 1, "II.1")), is_reworded=True
    ),
    Origin("II.1", 4, "Gộp liền nhau.", (TakenFrom(_FIVE, 1, "II.1"), TakenFrom(_SIX, 1, "II.1")), is_reworded=False),
)  # fmt: skip


def paper_of(asked: Definition, data: Consolidated, letter: LetterFacts = LETTER, profile: PaperProfile = ND30) -> bytes:
    """The consolidated report as a Word file."""
    return consolidated_report(asked, data, letter, profile)


def letter_sign(abbreviation: str, office: str, profile: PaperProfile) -> str:
    """After the number of a letter: issuer and office; "" where letters have a code of their own, which the profile says."""
    return "" if profile.forms.letter_type else f"{abbreviation}-{office}"
