"""Every page that somebody may look at, and how one comes there from Việc của tôi by following links."""

from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.sync_api import Page

NAVIGATION = "nav[aria-label='Các mục chính'] a"
OWN_REPORT = ".task h3 a[href^='/bao-cao/']"
DONE_REPORT = ".task-done h3 a[href^='/bao-cao/']"
BOARD = f"{NAVIGATION}:text-is('Duyệt báo cáo')"
TOTALS = f"{NAVIGATION}:text-is('Tổng hợp')"
ASKED = f"{NAVIGATION}:text-is('Kiến nghị')"
COPIES = f"{NAVIGATION}:text-is('Báo cáo gửi đến')"
PROGRESS = f"{NAVIGATION}:text-is('Tiến độ')"
SCHEDULE = f"{NAVIGATION}:text-is('Lịch')"
TREE = f"{NAVIGATION}:text-is('Cây tổ chức')"
DISCIPLINE = f"{NAVIGATION}:text-is('Chấp hành')"
STRUCTURES, TODAY = "a[href='theo-cay/']", "a[href^='?ngay=']"
WAITING = "[data-state=submitted] a[href^='/duyet/bao-cao/']"
RETURNED = "[data-state=returned] a[href^='/duyet/bao-cao/']"


@dataclass(frozen=True)
class Place:
    """`who` looks ("" for a stranger); `links` are followed from the first page on, then `tail` is joined to the address."""

    name: str
    who: str
    links: tuple[str, ...] = ()
    tail: str = ""

    def go(self, page: Page) -> str:
        """Opens it in a browser in which `who` is signed in; gives the address."""
        page.goto("/")
        for link in self.links:
            found = page.locator(link).first.get_attribute("href")
            assert found, f"{self.name}: nothing leads to {link}"
            page.goto(urljoin(page.url, found))
        if self.tail:
            page.goto(urljoin(page.url, self.tail))
        return page.url


PLACES = (
    Place("sign-in", ""),
    Place("sign-in-refused", "", tail="/tai-khoan/dang-nhap/?next=/tien-do/1/1/"),
    Place("not-found", "", tail="/khong-co-trang-nay/"),
    Place("without-network", "", tail="/khong-mang/"),
    Place("password", "an", tail="/tai-khoan/doi-mat-khau/"),
    Place("sign-out", "an", tail="/tai-khoan/dang-xuat/"),
    Place("home-officer", "an"),
    Place("report", "an", (OWN_REPORT,)),
    Place("history", "an", (OWN_REPORT,), "lich-su/"),
    Place("evidence", "an", (OWN_REPORT,), "minh-chung/N3/"),
    Place("submit-officer", "an", (OWN_REPORT,), "nop"),
    Place("workbook-upload", "an", tail="/nop-excel/"),
    Place("workbook-upload-for", "an", (OWN_REPORT,), "nop-excel"),
    Place("tokens", "an", tail="/tai-khoan/ma-truy-cap/"),
    Place("home-head", "hoa"),
    Place("submit", "hoa", (OWN_REPORT,), "nop"),
    Place("home-done", "chi"),
    Place("report-accepted", "chi", (DONE_REPORT,)),
    Place("receipt", "chi", (DONE_REPORT,), "bien-nhan/1/"),
    Place("revise", "chi", (DONE_REPORT,), "bo-sung"),
    Place("history-accepted", "chi", (DONE_REPORT,), "lich-su/"),
    Place("compare", "chi", (DONE_REPORT,), "so-sanh/"),
    Place("home-reviewer", "binh"),
    Place("phrases", "binh", (BOARD, WAITING, "a[href$='/cau-hay-dung/']")),
    Place("board", "binh", (BOARD,)),
    Place("papers", "binh", (BOARD,), "giay-to/"),
    Place("board-filtered", "binh", (BOARD,), "?trang-thai=accepted"),
    Place("review", "binh", (BOARD, WAITING)),
    Place("review-return", "binh", (BOARD, WAITING), "?buoc=tra-lai"),
    Place("review-accept", "binh", (BOARD, WAITING), "?buoc=chap-nhan"),
    Place("report-district", "dung", (OWN_REPORT,)),
    Place("compose", "dung", (OWN_REPORT, "a[href*='/muc/V/']")),
    Place("passage-sources", "dung", (OWN_REPORT,), "nguon/V/"),
    Place("proposals-of-report", "an", (OWN_REPORT, "a[href^='/kien-nghi/bao-cao/']")),
    Place("proposals", "binh", (ASKED,)),
    Place("proposal", "binh", (ASKED, "table a[href^='/kien-nghi/']")),
    Place("dispatch", "dung", (OWN_REPORT, "a[href^='/ban-gui/']")),
    Place("dispatches", "phuong", (COPIES,)),
    Place("report-changed-below", "dung", ("a[href$='#cap-duoi-thay-doi']",)),
    Place("board-city", "bich", (BOARD,)),
    Place("home-office", "lan"),
    Place("consolidated", "lan", (TOTALS,)),
    Place("structure-choose", "lan", (TOTALS, STRUCTURES)),
    Place("structure-refused", "lan", (TOTALS, STRUCTURES), "?ngay=khong"),
    Place("structure", "lan", (TOTALS, STRUCTURES, TODAY)),
    Place("structure-walled", "lan", (TOTALS, STRUCTURES, TODAY), "?noi-dung=N5"),
    Place("trend", "lan", (TOTALS, STRUCTURES, TODAY, "a[href='dien-bien/']")),
    Place("consolidated-walled", "lan", (TOTALS,), "?noi-dung=N5"),
    Place("units", "lan", (TOTALS,), "o/B01/"),
    Place("units-ratio", "lan", (TOTALS,), "o/C202R/"),
    Place("units-of-a-class", "lan", (TOTALS,), "o/B04/?xem=number"),
    Place("progress", "lan", (PROGRESS,)),
    Place("progress-district", "binh", (PROGRESS,)),
    Place("schedule", "lan", (SCHEDULE,)),
    Place("schedule-unit", "an", (SCHEDULE,)),
    Place("schedule-district", "binh", (SCHEDULE,)),
    Place("extend", "binh", (SCHEDULE, "a[href$='/gia-han/']")),
    Place("ask-extension", "an", (OWN_REPORT, "a[href^='/lich/xin/']")),
    Place("discipline", "lan", (DISCIPLINE,)),
    Place("discipline-rounds", "lan", (DISCIPLINE,), "?xem=vong"),
    Place("discipline-relay", "lan", (DISCIPLINE,), "?xem=chuyen"),
    Place("discipline-called-in", "lan", (DISCIPLINE,), "?xem=don-doc"),
    Place("discipline-burden", "kien", (DISCIPLINE,), "?xem=ganh-nang"),
    Place("tree", "an", (TREE,)),
    Place("tree-opened", "lan", (TREE, ".node-open")),
    Place("tree-searched", "lan", (TREE,), "?tim=quan+1"),
    Place("tree-nothing-found", "an", (TREE,), "?tim=khong+co+ten+nay"),
    Place("unit", "an", (TREE, ".node-open", ".node-name")),
    Place("unit-above", "lan", (TREE, ".node-name")),
    Place("flows", "lan", (TREE, ".node-name", "a[href*='/sap-xep/']")),
    Place("events", "lan", (TREE, "a[href='/cay/su-kien/']")),
    Place("gaps", "an", (TREE, "a[href='/cay/chua-co-cong-doan/']")),
    Place("changes-file", "lan", (TREE, "a[href='/cay/su-kien/']", "a[href='/cay/su-kien/tu-tep/']")),
    Place("changes-file-keeper", "quan", (f"{NAVIGATION}:text-is('Sắp xếp đơn vị')",)),
    Place("home-auditor", "kien"),
    Place("home-keeper", "quan"),
    Place("notices", "dung", tail="/thong-bao/"),
    Place("notices-none", "quan", tail="/thong-bao/"),
    Place("notice-settings", "an", tail="/thong-bao/cach-nhan/"),
)
