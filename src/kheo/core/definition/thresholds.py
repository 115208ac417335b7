"""When a figure is asked about, when it must be explained, and how many files may prove a content: numbers of the campaign."""

from typing import Annotated, Any

from pydantic import Field

from kheo.core.definition.words import ContentId, Frozen, IndicatorCode

Times = Annotated[int, Field(strict=True, ge=2, le=1000)]
Widths = Annotated[int, Field(strict=True, ge=1, le=20)]
Files = Annotated[int, Field(strict=True, ge=0, le=100)]
Megabytes = Annotated[int, Field(strict=True, ge=1, le=25)]


class ChangeThreshold(Frozen):
    """So many times as much, or as little, as the unit's last period; a difference that chance explains is never asked about."""

    question: Times | None = Field(3, description="Gấp (hoặc giảm) từ bao nhiêu lần kỳ trước thì hỏi lại; bỏ trống: không hỏi.")
    explain: Times | None = Field(None, description="Từ bao nhiêu lần thì phải giải trình mới nộp được; bỏ trống: không bắt buộc.")


class PeerThreshold(Frozen):
    """So many times as far from similar units as units usually scatter (`core.oddness`: 1 is a modified z-score of 3.5)."""

    question: Widths | None = Field(
        1, description="Ra ngoài khoảng thường gặp của các đơn vị tương tự mấy lần thì hỏi lại (1: vừa ra ngoài)."
    )
    explain: Widths | None = Field(None, description="Xa gấp mấy lần khoảng ấy thì phải giải trình; bỏ trống: không bắt buộc.")


class IndicatorThresholds(Frozen):
    """What holds for one indicator instead of the general thresholds; what is left out stays general."""

    change: ChangeThreshold | None = Field(None, description="Mức riêng của chỉ tiêu này so với kỳ trước.")
    peers: PeerThreshold | None = Field(None, description="Mức riêng của chỉ tiêu này so với các đơn vị tương tự.")


class Plausibility(Frozen):
    """What is asked again before a report is sent. Walled contents take no part."""

    change: ChangeThreshold = Field(ChangeThreshold(), description="So với kỳ trước của chính đơn vị.")
    peers: PeerThreshold = Field(PeerThreshold(), description="So với các đơn vị cùng loại.")
    indicators: dict[IndicatorCode, IndicatorThresholds] = Field(default_factory=dict, description="Mức riêng, theo mã chỉ tiêu.")

    def change_of(self, code: str) -> ChangeThreshold:
        """The threshold against last period of one indicator."""
        own = self.indicators.get(code)
        return (own.change if own else None) or self.change

    def peers_of(self, code: str) -> PeerThreshold:
        """The threshold against similar units of one indicator."""
        own = self.indicators.get(code)
        return (own.peers if own else None) or self.peers


class Evidence(Frozen):
    """How many photographs and PDFs may go with a report. A walled content never takes any: no number here opens it."""

    files_per_report: Files = Field(20, description="Tối đa bao nhiêu tệp minh chứng cho một báo cáo; 0: không nhận tệp.")
    files_per_content: Files = Field(5, description="Tối đa bao nhiêu tệp cho mỗi nội dung.")
    contents: dict[ContentId, Files] = Field(default_factory=dict, description="Số tệp riêng của từng nội dung, theo mã nội dung.")
    photo_megabytes: Megabytes = Field(15, description="Ảnh gửi lên tối đa bao nhiêu MB; ảnh được lưu lại nhỏ hơn nhiều.")
    pdf_megabytes: Megabytes = Field(10, description="Tệp PDF tối đa bao nhiêu MB.")

    def files_of(self, content: str) -> int:
        """How many files one open content takes."""
        return min(self.contents.get(content, self.files_per_content), self.files_per_report)


THRESHOLDS: dict[str, Any] = {"change": ChangeThreshold, "peers": PeerThreshold}
