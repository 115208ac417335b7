"""A campaign definition as immutable data: what is asked, in which words, of whom and by when.

Nothing here is about one campaign. The rules that no type can express are in `rules` and `forbidden`; `loading` applies both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StrictBool

from kheo.core.definition.records import RecordRule
from kheo.core.definition.regime import CycleDates, Period, Regime, Tier, find_cycle
from kheo.core.definition.thresholds import Evidence, Plausibility
from kheo.core.definition.words import (
    CampaignId,
    ChoiceCode,
    ContentId,
    Day,
    FormulaText,
    Frozen,
    IndicatorCode,
    Line,
    Name,
    SectionId,
    Short,
    Title,
    Year,
)

SCHEMA_VERSION: Literal[1] = 1
Aggregation = Literal["sum", "last", "ratio"]


class Document(Frozen):
    """A document that the campaign rests on (căn cứ)."""

    short: Short = Field(description="Cách gọi tắt trong cột “nguồn” của chỉ tiêu, ví dụ HD.")
    kind: Short = Field(description="Tên loại văn bản, ví dụ Công văn, Hướng dẫn.")
    number: Short = Field(description="Số, ký hiệu văn bản.")
    issued_on: Day = Field(description="Ngày ban hành, viết năm-tháng-ngày.")
    issuer: Title = Field(description="Cơ quan ban hành.")
    title: Title = Field(description="Trích yếu, không lặp lại tên loại.")

    @property
    def citation(self) -> str:
        """As a legal basis cites it (NĐ 30/2020/NĐ-CP, Phụ lục I: days below 10 and months 1, 2 in two digits)."""
        day = self.issued_on
        month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
        return f"{self.kind} số {self.number} ngày {day.day:02d} tháng {month} năm {day.year} của {self.issuer} về {self.title}"


class Choice(Frozen):
    """One entry of a list."""

    code: ChoiceCode = Field(description="Mã của mục.")
    name: Title = Field(description="Tên của mục.")


class Content(Frozen):
    """A content of the campaign (nội dung). A walled one takes numbers per unit only, and small counts are hidden outside the unit."""

    id: ContentId = Field(description="Mã nội dung.")
    name: Title = Field(description="Tên đầy đủ của nội dung.")
    short: Short = Field(description="Tên ngắn, dùng làm tiêu đề trên màn hình.")
    walled: StrictBool = Field(False, description="Nội dung chỉ nhận con số theo đơn vị; số nhỏ được che ngoài đơn vị.")


class Meaning(Frozen):
    """What is counted under a code has changed: from this version on it may not be held against earlier ones."""

    version: Annotated[int, Field(strict=True, ge=2, le=99)] = Field(
        description="Cách hiểu thứ mấy; không ghi khoá meaning là cách hiểu thứ 1."
    )
    why: Line = Field(description="Khác cách hiểu trước ở chỗ nào, từ đâu; một câu, hiện bên chỗ “không so sánh được”.", min_length=1)


class Indicator(Frozen):
    """An indicator (chỉ tiêu): `sum` adds over units and periods, `last` adds over units at the last period, `ratio` is computed."""

    code: IndicatorCode = Field(description="Mã chỉ tiêu.")
    name: Title = Field(description="Tên chỉ tiêu.")
    unit: Short = Field(description="Đơn vị tính.")
    aggregation: Aggregation = Field(
        description="Cách cộng: sum (cộng các đơn vị và các kỳ), last (cộng các đơn vị, lấy kỳ cuối), ratio (tỷ lệ, tính lại từ tử và mẫu)."
    )
    content: ContentId = Field(description="Mã nội dung mà chỉ tiêu thuộc về.")
    source: Line = Field("", description="Chỗ nêu trong văn bản căn cứ.")
    breakdown: Name | None = Field(None, description="Tên danh mục dùng để tách số liệu.")
    decimals: Annotated[int, Field(strict=True, ge=0, le=4)] = Field(0, description="Số chữ số sau dấu phẩy khi nhập, 0–4.")
    numerator: FormulaText | None = Field(None, description="Tử số của tỷ lệ.")
    denominator: FormulaText | None = Field(None, description="Mẫu số của tỷ lệ.")
    hint: Line = Field("", description="Một dòng giải thích cho người nhập.")
    meaning: Meaning | None = Field(
        None, description="Chỉ ghi khi điều phải đếm đã đổi mà mã giữ nguyên: số liệu không so với các kỳ hiểu theo cách trước."
    )
    records: RecordRule | None = Field(None, description="Đếm từ sổ: hồ sơ nào, vào lúc nào; ô được điền sẵn.")


class Check(Frozen):
    """A relation that the figures must keep. The message holds {left} and {right}, replaced by the numbers themselves."""

    id: Name = Field(description="Mã của phép kiểm tra.")
    left: FormulaText = Field(description="Vế trái.")
    operator: Literal["==", "<=", ">="] = Field(description="Quan hệ phải có giữa hai vế: ==, <= hoặc >=.")
    right: FormulaText = Field(description="Vế phải.")
    message: Line = Field(description="Lời báo khi không đúng; {left} và {right} được thay bằng con số.", min_length=1)
    severity: Literal["error", "question"] = Field(description="error: phải sửa mới nộp được; question: hỏi lại, được giữ nguyên.")
    asks_if_counted: StrictBool = Field(
        False, description="Với error: chỉ hỏi lại khi mọi số ở hai vế do sổ đếm và ghi đúng số của sổ; số tự nhập thì vẫn phải sửa."
    )

    @property
    def may_fail(self) -> bool:
        """Whether a sent report can fail it."""
        return self.severity == "question" or self.asks_if_counted


class OutlineSection(Frozen):
    """A section of the narrative (đề cương báo cáo)."""

    id: SectionId = Field(description="Số mục.")
    title: Title = Field(description="Tiêu đề mục.")
    hint: Line = Field("", description="Một dòng gợi ý nội dung cần viết.")
    content: ContentId | None = Field(None, description="Mã nội dung mà mục này nói về.")
    required: StrictBool = Field(False, description="Bắt buộc phải viết.")
    max_chars: Annotated[int, Field(strict=True, ge=1, le=20_000)] = Field(3000, description="Số ký tự tối đa.")
    recommended_chars: Annotated[int, Field(strict=True, ge=1, le=20_000)] | None = Field(
        None, description="Nên viết khoảng bao nhiêu ký tự; chỉ là gợi ý."
    )


@dataclass(frozen=True)
class Cell:
    """A place for one figure. The total of a breakdown is computed, never typed. `position` is its place in the vector."""

    key: str
    indicator: str
    part: str | None
    is_total: bool
    position: int


@dataclass(frozen=True)
class _Index:
    cells: tuple[Cell, ...]
    input_cells: tuple[Cell, ...]
    totals: tuple[tuple[str, tuple[str, ...]], ...]
    by_key: Mapping[str, Cell]
    by_indicator: Mapping[str, tuple[Cell, ...]]
    indicators: Mapping[str, Indicator]
    contents: Mapping[str, Content]
    by_content: Mapping[str, tuple[Indicator, ...]]


class Definition(Frozen):
    """One edition of a campaign. Lookups raise KeyError for codes it does not have."""

    schema_version: Literal[1] = Field(description="Phiên bản của cách viết tệp này: 1.")
    campaign: CampaignId = Field(description="Mã phong trào, không đổi qua các lần sửa.")
    name: Title = Field(description="Tên phong trào.")
    year_from: Year = Field(description="Năm đầu tiên áp dụng.")
    year_to: Year | None = Field(None, description="Năm cuối cùng áp dụng; bỏ trống nếu dùng đến khi có hướng dẫn mới.")
    documents: tuple[Document, ...] = Field((), description="Văn bản căn cứ.")
    contents: tuple[Content, ...] = Field(description="Các nội dung.")
    list_names: dict[Name, Title] = Field(default_factory=dict, description="Tên gọi của từng danh mục.")
    lists: dict[Name, tuple[Choice, ...]] = Field(default_factory=dict, description="Các danh mục dùng để tách số liệu.")
    indicators: tuple[Indicator, ...] = Field(description="Các chỉ tiêu, theo thứ tự hiển thị.")
    checks: tuple[Check, ...] = Field((), description="Các phép kiểm tra số liệu.")
    outline: tuple[OutlineSection, ...] = Field((), description="Đề cương phần lời của báo cáo.")
    regime: Regime = Field(description="Chế độ báo cáo: kỳ, cấp, hạn nộp.")
    plausibility: Plausibility = Field(Plausibility(), description="Khi nào hỏi lại một con số, khi nào phải giải trình.")
    evidence: Evidence = Field(Evidence(), description="Ảnh và PDF minh chứng: được gửi bao nhiêu, lớn đến đâu.")

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells in definition order: of a breakdown the total first, then its parts; a ratio has none."""
        return self._index.cells

    @property
    def input_cells(self) -> tuple[Cell, ...]:
        """The cells that people fill in."""
        return self._index.input_cells

    @property
    def totals(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Of every breakdown the key of its total and those of its parts, in definition order."""
        return self._index.totals

    def cell(self, key: str) -> Cell:
        """The cell of a key such as `B01` or `B01.KT`."""
        return self._index.by_key[key]

    def cells_of(self, code: str) -> tuple[Cell, ...]:
        """The cells of one indicator: none for a ratio, one for a plain one, total and parts for a breakdown."""
        return self._index.by_indicator[code]

    def indicator(self, code: str) -> Indicator:
        """The indicator of a code."""
        return self._index.indicators[code]

    def content_of(self, content_id: str) -> Content:
        """The content of an id."""
        return self._index.contents[content_id]

    def indicators_of(self, content_id: str) -> tuple[Indicator, ...]:
        """The indicators of one content, in definition order."""
        return self._index.by_content[content_id]

    def period(self, period_id: str) -> Period:
        """The period of an id."""
        return {period.id: period for period in self.regime.periods}[period_id]

    def tier_of(self, kind: str) -> Tier | None:
        """The tier in which units of a kind report, None when they do not."""
        return next((tier for tier in self.regime.tiers if kind in tier.kinds), None)

    def cycle(self, code: str) -> CycleDates | None:
        """The cycle that a code such as `2023-6T` names, None when this edition has no such cycle."""
        found = find_cycle(self.regime, code)
        if found is None or found.year < self.year_from or (self.year_to is not None and found.year > self.year_to):
            return None
        return found

    @cached_property
    def _index(self) -> _Index:
        cells: list[Cell] = []
        by_indicator: dict[str, tuple[Cell, ...]] = {}
        for indicator in self.indicators:
            own = _cells_of(indicator, self.lists, len(cells))
            by_indicator[indicator.code] = own
            cells.extend(own)
        return _Index(
            cells=tuple(cells),
            input_cells=tuple(cell for cell in cells if not cell.is_total),
            totals=tuple((own[0].key, tuple(part.key for part in own[1:])) for own in by_indicator.values() if own and own[0].is_total),
            by_key={cell.key: cell for cell in cells},
            by_indicator=by_indicator,
            indicators={indicator.code: indicator for indicator in self.indicators},
            contents={content.id: content for content in self.contents},
            by_content={
                content.id: tuple(indicator for indicator in self.indicators if indicator.content == content.id)
                for content in self.contents
            },
        )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy; the index is left behind, since pydantic would carry it over although the copy differs."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("_index", None)
        return copied


def _cells_of(indicator: Indicator, lists: Mapping[str, tuple[Choice, ...]], start: int) -> tuple[Cell, ...]:
    if indicator.aggregation == "ratio":
        return ()
    if indicator.breakdown is None:
        return (Cell(indicator.code, indicator.code, None, False, start),)
    parts = lists[indicator.breakdown]
    total = Cell(indicator.code, indicator.code, None, True, start)
    return (
        total,
        *(Cell(f"{indicator.code}.{part.code}", indicator.code, part.code, False, start + 1 + index) for index, part in enumerate(parts)),
    )
