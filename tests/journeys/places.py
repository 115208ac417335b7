"""Every page that somebody may look at, and how one comes there from Việc của tôi by following links."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.sync_api import FilePayload, Page

from kheo.demo.plan.cast import AN_UNIT, CHI_UNIT, CITY

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
PEOPLE = f"{NAVIGATION}:text-is('Người')"
DISCIPLINE = f"{NAVIGATION}:text-is('Chấp hành')"
REGISTERS, MODELS = f"{NAVIGATION}:text-is('Sổ')", "a[href='/so/mo-hinh/']"
POINTS = "a[href='/so/diem-o-nhiem/']"
PAPERS = f"{NAVIGATION}:text-is('Văn bản')"
ARRIVED = (PAPERS, "tbody a[href*='/den/van-ban/']")
ISSUES = (PAPERS, ".tabs a[href^='/van-ban/di/']")
ISSUED = (*ISSUES, "tbody a[href*='/di/van-ban/']")
PASSED = ".actions a:text-is('Văn bản chỉ đạo')"
STRUCTURES, TODAY = "a[href='theo-cay/']", "a[href^='?ngay=']"
WAITING = "[data-state=submitted] a[href^='/duyet/bao-cao/']"
RETURNED = "[data-state=returned] a[href^='/duyet/bao-cao/']"


@dataclass(frozen=True)
class Place:
    """`who` looks ("" for a stranger); `links` are followed from the first page on, then `tail` is joined to the address.

    `does`: what leads on to a page that only a form leads to; nothing of it is recorded.
    """

    name: str
    who: str
    links: tuple[str, ...] = ()
    tail: str = ""
    does: Callable[[Page], None] | None = None

    def go(self, page: Page) -> str:
        """Opens it in a browser in which `who` is signed in; gives the address."""
        page.goto("/")
        for link in self.links:
            found = page.locator(link).first.get_attribute("href")
            assert found, f"{self.name}: nothing leads to {link}"
            page.goto(urljoin(page.url, found))
        if self.tail:
            page.goto(urljoin(page.url, self.tail))
        if self.does:
            self.does(page)
        return page.url


EVENTS = "a[href='/cay/su-kien/']"
FILE = "a[href='/cay/su-kien/tu-tep/']"
HEAD = "day,event,code,name,kind,parent_code,line,new_code,successors,decision,decision_day,note\n"
ENDING = f"{HEAD}2024-03-01,closed,{AN_UNIT},,,,,,,15/QĐ-LĐLĐ,2024-02-20,\n2024-03-01,renamed,{CHI_UNIT},Công đoàn Mới,,,,,,,,\n"
LONG = HEAD + "".join(f"2024-03-01,established,MOI-{number},Công đoàn mới {number},grassroots_union,{CITY},,,,,,\n" for number in range(60))
WRONG = f"{HEAD}2024-03-01,closed,KHONG-CO,,,,,,,,,\n2024-03-01,renamed,{AN_UNIT},,,,,,,,,\n"


def sends(text: str) -> Callable[[Page], None]:
    """A file of changes is chosen and previewed."""

    def does(page: Page) -> None:
        file = FilePayload(name="thay-doi.csv", mimeType="text/csv", buffer=text.encode())
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Xem trước").click()
        page.get_by_role("heading", name="Xem trước sắp xếp đơn vị").wait_for()

    return does


def sends_and_lists(page: Page) -> None:
    """One list of a long file alone."""
    sends(LONG)(page)
    page.get_by_role("link", name="Xem cả 60").click()
    page.get_by_role("navigation", name="Các trang").wait_for()


def foresees(page: Page) -> None:
    """More time for a whole tier, as it is shown before it is granted."""
    page.get_by_label("Hạn mới").fill("15/11/2023")
    page.get_by_label("Lý do gia hạn").fill("Trụ sở bị ngập.")
    page.get_by_label("Cả cấp").first.check()
    page.get_by_role("button", name="Gia hạn").click()
    page.get_by_role("heading", name="Xem trước khi gia hạn").wait_for()


def chooses(page: Page) -> None:
    """The first ward or unit that was found."""
    page.locator(".unit-card a").first.click()
    page.get_by_role("button", name="Gửi", exact=True).wait_for()


def sends_a_wish(page: Page) -> None:
    """Somebody without an account sends something, to the page on which the code stands once."""
    chooses(page)
    page.get_by_label("Tóm tắt").fill("Đèn hẻm hỏng")
    page.get_by_label("Nội dung, mong muốn").fill("Đèn đầu hẻm hỏng hai tuần, mong được sửa.")
    page.get_by_label("Lĩnh vực").select_option("GIAOTHONG")
    page.get_by_label("Người dân").check()
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.get_by_role("heading", name="Mã theo dõi").wait_for()


def follows_a_wish(page: Page) -> None:
    """And comes back with it."""
    sends_a_wish(page)
    page.get_by_role("button", name="Xem hồ sơ này").click()
    page.get_by_role("heading", name="Đến đâu rồi").wait_for()


def sends_entries(page: Page) -> None:
    """A table of a right row and a wrong one, as it is looked at before anything is written."""
    file = FilePayload(name="mo-hinh.csv", mimeType="text/csv", buffer="Tên mô hình,Ngày ghi\nVườn rau,\nHẻm xanh,hôm qua\n".encode())
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_text("chưa đúng").first.wait_for()


def writes_entries(page: Page) -> None:
    """The right row of it is written, the wrong one left."""
    sends_entries(page)
    page.get_by_label("Chỉ ghi các dòng đúng").check()
    page.get_by_role("button", name="Ghi vào sổ").click()
    page.get_by_text("Đã ghi").first.wait_for()


def picks(page: Page) -> None:
    """Some entries of a list, and what could be done with them."""
    page.locator("input[name=pick]").first.check()
    page.locator("button[data-pick-needed]").click()
    page.get_by_role("heading", level=1, name="Làm gì với").wait_for()


def picks_and_chooses(page: Page) -> None:
    """And how it would come out."""
    picks(page)
    page.locator(".act-list button").first.click()
    page.get_by_role("heading", name="Sẽ làm với").wait_for()


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
    Place("structure-outside", "lan", (TOTALS, STRUCTURES, TODAY), "ngoai-cay/"),
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
    Place("extension-foreseen", "binh", (SCHEDULE, "a[href$='/gia-han/']"), does=foresees),
    Place("ask-extension", "an", (OWN_REPORT, "a[href^='/lich/xin/']")),
    Place("discipline", "lan", (DISCIPLINE,)),
    Place("discipline-rounds", "lan", (DISCIPLINE,), "?xem=vong"),
    Place("discipline-relay", "lan", (DISCIPLINE,), "?xem=chuyen"),
    Place("discipline-called-in", "lan", (DISCIPLINE,), "?xem=don-doc"),
    Place("discipline-following", "kien", (DISCIPLINE,), "?xem=so-voi-so"),
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
    Place("changes-preview", "lan", (TREE, EVENTS, FILE), does=sends(ENDING)),
    Place("changes-preview-list", "lan", (TREE, EVENTS, FILE), does=sends_and_lists),
    Place("changes-preview-wrong", "lan", (TREE, EVENTS, FILE), does=sends(WRONG)),
    Place("undo-event", "lan", (TREE, EVENTS, "a[href$='/huy/']")),
    Place("undo-batch", "lan", (TREE, EVENTS, "a[href^='?dot=']", "a[href*='/dot/']")),
    Place("events-keeper", "quan", (f"{NAVIGATION}:text-is('Sắp xếp đơn vị')",)),
    Place("unit-keeper", "quan", (f"{NAVIGATION}:text-is('Sắp xếp đơn vị')", ".node-name[href]")),
    Place("undo-event-keeper", "quan", (f"{NAVIGATION}:text-is('Sắp xếp đơn vị')", "a[href$='/huy/']")),
    Place("changes-preview-keeper", "quan", (f"{NAVIGATION}:text-is('Sắp xếp đơn vị')", FILE), does=sends(ENDING)),
    Place("people", "hoa", (PEOPLE,)),
    Place("people-district", "binh", (PEOPLE,)),
    Place("people-keeper", "quan", (PEOPLE,)),
    Place("invite", "dung", (PEOPLE, "a[href$='/moi/']")),
    Place("invite-head", "hoa", (PEOPLE, "a[href$='/moi/']")),
    Place("leave-post", "hoa", (PEOPLE, "a[href$='/thoi/']")),
    Place("own-posts", "dung", tail="/tai-khoan/chuc-trach/"),
    Place("reset-password", "hoa", (PEOPLE, "a[href$='/mat-khau/']")),
    Place("forgot-password", "", tail="/tai-khoan/quen-mat-khau/"),
    Place("forgot-password-sent", "", tail="/tai-khoan/quen-mat-khau/?da-gui=1"),
    Place("reset-code", "", tail="/tai-khoan/dat-mat-khau/"),
    Place("invitation-code", "", tail="/nhan/"),
    Place("units-table", "lan", (TREE, EVENTS, "a[href='/cay/nhap-danh-sach/']")),
    Place("public", "", tail="/gop-y/"),
    Place("public-complaints", "", tail="/gop-y/khieu-nai-to-cao/"),
    Place("public-place", "", tail="/gop-y/phan-anh/?tim=quan+1"),
    Place("public-form", "", tail="/gop-y/diem-o-nhiem/?tim=quan+1", does=chooses),
    Place("public-sent", "", tail="/gop-y/phan-anh/?tim=quan+1", does=sends_a_wish),
    Place("public-followed", "", tail="/gop-y/phan-anh/?tim=quan+1", does=follows_a_wish),
    Place("public-code", "", tail="/gop-y/theo-doi/"),
    Place("shown", "", tail="/cong-khai/mo-hinh/"),
    Place("shown-map", "", tail="/cong-khai/diem-o-nhiem/ban-do/"),
    Place("register-words", "binh", (REGISTERS, MODELS, "tbody th a"), "loi/ghi-chu/"),
    Place("registers", "an", (REGISTERS,)),
    Place("register-list", "binh", (REGISTERS, MODELS)),
    Place("register-list-filtered", "binh", (REGISTERS, MODELS), "?lop=waiting_on_us&xep=-muc_tieu&linh_vuc=*"),
    Place("register-save-list", "binh", (REGISTERS, MODELS), "danh-sach/luu/?lop=waiting_on_us&xep=-muc_tieu"),
    Place("register-saved-lists", "binh", (REGISTERS, MODELS), "danh-sach/"),
    Place("register-board", "binh", (REGISTERS, MODELS), "bang/"),
    Place("register-figures", "lan", (REGISTERS, MODELS), "so-lieu/"),
    Place("register-figure", "lan", (REGISTERS, MODELS), "so-lieu/dang_ky/"),
    Place("register-calendar", "lan", (REGISTERS, MODELS), "lich/"),
    Place("registers-left", "lan", (REGISTERS,), "don-vi-cu/"),
    Place("register-map", "nga", (REGISTERS, MODELS), "ban-do/"),
    Place("register-spread", "nga", (REGISTERS, MODELS, "a[href$='/lan-xa/']")),
    Place("register-entry-own", "nga", (REGISTERS, POINTS, "tbody th a")),
    Place("register-edit", "nga", (REGISTERS, POINTS, "tbody th a", "a[href$='/sua/']")),
    Place("register-act", "nga", (REGISTERS, MODELS, "tbody th a", "a[href*='/viec/']")),
    Place("register-line", "nga", (REGISTERS, MODELS, "tbody th a", "a[href*='/dong/']")),
    Place("register-link", "nga", (REGISTERS, MODELS, "tbody th a", "a[href*='/lien-ket/']")),
    Place("register-photos", "nga", (REGISTERS, MODELS, "tbody th a", "a[href*='/anh/']")),
    Place("register-many", "nga", (REGISTERS, MODELS), does=picks),
    Place("register-many-confirm", "nga", (REGISTERS, MODELS), does=picks_and_chooses),
    Place("register-import-done", "nga", (REGISTERS, MODELS), "nhap/", does=writes_entries),
    Place("register-queue", "binh", (REGISTERS,), "viec/"),
    Place("register-entry", "binh", (REGISTERS, MODELS, "tbody th a")),
    Place("register-take", "an", (REGISTERS, MODELS), "tai/"),
    Place("register-import", "an", (REGISTERS, MODELS), "nhap/"),
    Place("register-import-seen", "an", (REGISTERS, MODELS), "nhap/", does=sends_entries),
    Place("register-new", "an", (REGISTERS, "a[href='/so/mo-hinh/ghi-moi/']")),
    Place("register-quick", "an", (REGISTERS, "a[href='/so/diem-o-nhiem/ghi-tai-cho/']")),
    Place("book-arrivals", "an", (PAPERS,)),
    Place("book-arrival-enter", "an", (PAPERS, "a[href$='/ghi']")),
    Place("book-arrival", "an", ARRIVED),
    Place("book-arrival-correct", "an", (*ARRIVED, "a[href$='/sua']")),
    Place("book-follow-up", "an", (PAPERS, ".tabs a[href^='/van-ban/theo-doi/']")),
    Place("book-printed", "an", (PAPERS, "a[href^='/van-ban/in/']")),
    Place("book-first-number", "minh", (PAPERS, "a[href^='/van-ban/so-bat-dau/']")),
    Place("book-issues", "minh", ISSUES),
    Place("book-issue-enter", "an", (*ISSUES, "a[href$='/ghi']")),
    Place("book-issue", "minh", ISSUED),
    Place("book-issue-correct", "minh", (*ISSUED, "a[href$='/sua']")),
    Place("book-issue-edxml", "minh", (*ISSUED, "a[href$='/edxml']")),
    Place("passings", "dung", (*ARRIVED, PASSED)),
    Place("passing", "dung", (*ARRIVED, PASSED, "tbody th a")),
    Place("relay", "dung", (*ARRIVED, "a[href*='/chuyen-xuong/tu/']")),
    Place("relay-issue", "minh", (*ISSUED, "a[href*='/chuyen-xuong/di/']")),
    Place("chain", "minh", (*ISSUED, PASSED, "tbody a[href*='/chuoi/']")),
    Place("draftings", "lan", tail="/van-ban/doc/"),
    Place("home-auditor", "kien"),
    Place("home-keeper", "quan"),
    Place("notices", "dung", tail="/thong-bao/"),
    Place("notices-none", "quan", tail="/thong-bao/"),
    Place("notice-settings", "an", tail="/thong-bao/cach-nhan/"),
)
