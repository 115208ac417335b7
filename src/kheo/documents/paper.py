"""Profiles of official paper: geometry and sizes as data. A profile changes when a decree does, the layout code does not."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PaperProfile:
    """Lengths in millimetres, type sizes in points. `valid_from` and `source` say which rule the numbers come from."""

    name: str
    source: str
    valid_from: str
    needs_check: str
    font: str
    page_width: float
    page_height: float
    margin_top: float
    margin_bottom: float
    margin_left: float
    margin_right: float
    header_distance: float
    page_number: float
    country: str
    motto: str
    country_size: float
    motto_size: float
    superior_size: float
    issuer_size: float
    number_size: float
    place_date_size: float
    kind_size: float
    subject_size: float
    addressee_size: float
    body_size: float
    recipients_title_size: float
    recipients_size: float
    signature_size: float
    annex_number_size: float
    annex_title_size: float
    annex_reference_size: float
    table_size: float
    annex_table_size: float
    smallest_table_size: float
    first_line_indent: float
    paragraph_gap: float
    line_spacing: float
    head_left_share: float
    head_least_left_share: float
    foot_left_share: float

    @property
    def text_width(self) -> float:
        """Width of the text on a portrait page."""
        return self.page_width - self.margin_left - self.margin_right

    @property
    def landscape_width(self) -> float:
        """Width of the text on a landscape page."""
        return self.page_height - self.margin_left - self.margin_right


# Nghị định 30/2020/NĐ-CP, Phụ lục I. Union documents follow its geometry; the detailed annex of QĐ 933/QĐ-TLĐ
# (in force since 14/5/2024) could not be read, so a văn thư has to confirm the profile for union use.
ND30 = PaperProfile(
    name="nd30",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I",
    valid_from="2020-03-05",
    needs_check="Thể thức văn bản công đoàn theo QĐ 933/QĐ-TLĐ: cần văn thư xác nhận.",
    font="Times New Roman",
    page_width=210,
    page_height=297,
    margin_top=20,
    margin_bottom=20,
    margin_left=30,
    margin_right=15,
    header_distance=10,
    page_number=13,
    country="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    motto="Độc lập - Tự do - Hạnh phúc",
    country_size=12,
    motto_size=13,
    superior_size=12,
    issuer_size=12,
    number_size=13,
    place_date_size=13,
    kind_size=14,
    subject_size=14,
    addressee_size=14,
    body_size=14,
    recipients_title_size=12,
    recipients_size=11,
    signature_size=14,
    annex_number_size=14,
    annex_title_size=14,
    annex_reference_size=14,
    table_size=12,
    annex_table_size=10,
    smallest_table_size=8,
    first_line_indent=12.7,
    paragraph_gap=6,
    line_spacing=1.0,
    head_left_share=0.42,
    head_least_left_share=0.36,
    foot_left_share=0.48,
)
