"""What stands in every head and says nothing of this paper: the state's name, its motto, the Party's name; urgency and secrecy.

NĐ 30/2020 phụ lục I mục II.1 and mục III (urgency); HD 36-HD/VPTW (the Party's head); Luật Bảo vệ bí mật nhà nước 2018 điều 8 (secrecy).
Rules work on bare text and hold over line breaks: two narrow columns break the long names.
"""

import re

# In two interleaved columns its words may stand on two lines with the other column between them.
STATE = re.compile(r"cong\s+h[oa]{2}\s+xa\s+ho[il1](?:\s+chu\s+nghia\s+viet(?:\s+nam)?)?|chu\s+nghia\s+viet\s+nam")
REST_OF_STATE = re.compile(r"\bnam[^\S\n]*(?=\n|$)")
YOUTH = re.compile(r"(?:^|\n|\s{2})\W*doan\s+(?:tncs|thanh\s+nien\s+cong\s+san)\s+ho\s+chi\s+minh\W*(?=\n|$|\s{2})")
MOTTO = re.compile(r"doc\s+lap\s*[-–—.]*\s*tu\s+do\s*[-–—.]*\s*hanh\s+phuc")
PARTY = re.compile(r"dang\s+cong\s+san\s+viet\s+nam")
DRAFT = re.compile(r"(?:^|\n|\s{2})\W*(?:ban\s+)?du\s+thao(?:\s+(?:lan\s+)?(?:thu\s+)?\w{1,4})?\W*(?=\n|$|\s{2})")
HASTE = r"hoa\s+toc(?:\s+hen\s+gio)?|thuong\s+khan|khan(?:\s+cap)?"
GRADES = r"(?:(?:tuyet|toi)\s+)?mat|(?:(?:t u y e t|t o i) +)?m a t"
URGENCY = re.compile(rf"(?:^|\n|\s{{2}})\W*(?:do\s+khan\s*:\s*)?({HASTE})\W*(?=\n|$|\s{{2}})")
# With its urgency, the copy's letter (A, B), or the words before it: whoever marks a paper writes it in many ways.
SECRECY = re.compile(
    rf"(?:^|\n|\t|\s{{2}})\W*(?:(?:{HASTE})\W+)?(?:do\s+mat\s*:\s*|tai\s+lieu\s+)?({GRADES})"
    rf"(?:\W*\([a-z]\))?(?:\W+(?:{HASTE}|{GRADES}))*\W*(?=\n|$|\t|\s{{2}})"
)
