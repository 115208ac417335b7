"""What stands in every head and says nothing of this paper: the state's name, its motto, the Party's name; urgency and secrecy.

NĐ 30/2020 phụ lục I mục II.1 and mục III (urgency); HD 36-HD/VPTW (the Party's head); Luật Bảo vệ bí mật nhà nước 2018 điều 8 (secrecy).
Rules work on bare text and hold over line breaks: two narrow columns break the long names.
"""

import re

# In two interleaved columns its words may stand on two lines with the other column between them.
STATE = re.compile(r"cong\s+h[oa]{2}\s+xa\s*ho[il1](?:\s+chu\s+nghia\s+viet(?:\s+nam)?)?|chu\s+nghia\s+viet\s+nam")
REST_OF_STATE = re.compile(r"\bnam[^\S\n]*(?=\n|$)")
# Beside the name of a provincial union in one line, it is the other column's.
YOUTH = re.compile(
    r"(?:^|\n|\s{2}|(?<=doan\s)(?:[^\W\d]+\s+){1,4}?)\W*(?P<name>doan\s+(?:tncs|thanh\s+nien\s+cong\s+san)\s+ho\s+chi\s+minh)\W*(?=\n|$|\s{2})"
)
# Before the subject of a letter (`V/v`), whose other forms are words.
ABOUT = r"v\s?/\s?v"
MOTTO = re.compile(r"doc\s+lap\s*[-–—.]*\s*tu\s+do\s*[-–—.]*\s*hanh\s+phuc")
PARTY = re.compile(r"dang\s+cong\s+san\s+viet\s+nam")
# Under the name of a council: `KHÓA XV, KỲ HỌP THỨ 18`, `(Từ ngày 07/12 đến ngày 09/12/2020)`.
SESSION = re.compile(
    r"(?:^|\n)\W*(?:khoa\s+(?:thu\s+)?[ivxl\d]{1,6}\b[^\n]{0,40}?)?ky\s+hop\s+(?:lan\s+)?(?:thu\s+|bat\s+thuong|chuyen\s+de)[^\n]{0,60}(?=\n|$)"
    r"|(?:^|\n)\W*khoa\s+[ivxl\d]{1,6}\W[^\n]{0,12}nhiem\s+ky\s+\d{4}[^\n]{0,12}(?=\n|$)"
)
DRAFT = re.compile(r"(?:^|\n|\s{2})\W*(?:ban\s+)?du\s+thao(?:\s+(?:lan\s+)?(?:thu\s+)?\w{1,4})?\W*(?=\n|$|\s{2})")
HASTE = r"hoa\s+toc(?:\s+hen\s+gio)?|thuong\s+khan|khan(?:\s+cap)?"
GRADES = r"(?:(?:tuyet|toi)\s+)?mat|(?:(?:t u y e t|t o i) +)?m a t"
URGENCY = re.compile(rf"(?:^|\n|\s{{2}})\W*(?:do\s+khan\s*:\s*)?({HASTE})\W*(?=\n|$|\s{{2}})")
# With its urgency, the copy's letter (A, B), or the words before it: whoever marks a paper writes it in many ways.
SECRECY = re.compile(
    rf"(?:^|\n|\t|\s{{2}})\W*(?:(?:{HASTE})\W+)?(?:do\s+mat\s*:\s*|tai\s+lieu\s+)?({GRADES})"
    rf"(?:\W*\([a-z]\))?(?:\W+(?:{HASTE}|{GRADES}))*\W*(?=\n|$|\t|\s{{2}})"
)
