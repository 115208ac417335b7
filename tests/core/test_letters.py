"""What is sent: plain text and simple HTML that say the same, with everything escaped."""

from datetime import date

from kheo.core.letters import LinkedLine, code_letter, digest_letter, trial_letter

HOME, SETTINGS = "https://kheo.example.vn/", "https://kheo.example.vn/thong-bao/cach-nhan/"


def test_a_digest_names_the_number_and_each_line_with_its_link() -> None:
    todo = [LinkedLine("Báo cáo năm 2023: chưa bắt đầu.", f"{HOME}bao-cao/1/")]
    letter = digest_letter("Nguyễn Thị An", date(2023, 11, 13), todo, [], home=HOME, settings=SETTINGS)
    assert (letter.subject, letter.gist, letter.url) == ("Khéo: 1 việc cần làm, ngày 13/11/2023", "1 việc cần làm", HOME)
    assert letter.text == (
        "Chào anh/chị Nguyễn Thị An,\n\nViệc cần làm:\n- Báo cáo năm 2023: chưa bắt đầu.\n  https://kheo.example.vn/bao-cao/1/\n\n"
        "Mở Khéo: https://kheo.example.vn/\n\n"
        f"Anh/chị nhận thư này vì đã chọn nhận nhắc việc qua thư. Đổi hoặc tắt: {SETTINGS}\n"
    )
    assert f'<li><a href="{HOME}bao-cao/1/">Báo cáo năm 2023: chưa bắt đầu.</a></li>' in letter.html
    assert "Tin mới" not in letter.text + letter.html


def test_news_stand_after_what_is_to_do_and_are_not_counted() -> None:
    letter = digest_letter("A", date(2023, 11, 13), [LinkedLine("Việc", HOME)], [LinkedLine("Tin", HOME)], home=HOME, settings=SETTINGS)
    assert letter.gist == "1 việc cần làm"
    assert letter.text.index("Việc cần làm") < letter.text.index("Tin mới")
    assert letter.html.index("Việc cần làm") < letter.html.index("Tin mới")


def test_names_and_lines_cannot_become_markup_or_headers() -> None:
    hostile = "<script>alert(1)</script>\r\nBcc: x@y.vn"
    letter = digest_letter(hostile, date(2023, 11, 13), [LinkedLine(hostile, 'https://a/"onclick="')], [], home=HOME, settings=SETTINGS)
    assert "<script" not in letter.html
    assert '"onclick' not in letter.html
    assert "\n" not in letter.subject
    assert "Bcc" in letter.text
    assert not [line for line in letter.text.splitlines() if line.startswith("Bcc")], "no name adds a line of its own"


def test_a_code_and_a_trial_say_what_they_are() -> None:
    code = code_letter("012345", 30, page=SETTINGS, link=f"{SETTINGS}?ma=012345")
    assert (code.subject, code.gist, code.url) == ("Khéo: mã xác nhận 012345", "xác nhận số điện thoại này", f"{SETTINGS}?ma=012345")
    assert "trong 30 phút" in code.text
    assert trial_letter(home=HOME).text.startswith("Đây là tin thử.")
