"""What Khéo answers when it will not go on, in the words of the person who must put it right."""

import errno

REASONS = {
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.ENOSPC: "hết chỗ trên đĩa",
    errno.EDQUOT: "hết phần đĩa được cấp",
    errno.EROFS: "đĩa chỉ cho đọc",
    errno.ENOENT: "không có thư mục đó",
    errno.EEXIST: "đã có tệp trùng tên",
    errno.ENOTDIR: "một phần của đường dẫn là tệp, không phải thư mục",
    errno.EISDIR: "đó là thư mục",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EIO: "đĩa có lỗi",
    errno.EADDRINUSE: "một chương trình khác đang dùng",
    errno.EADDRNOTAVAIL: "máy này không có địa chỉ đó",
}


class Refused(Exception):
    """Khéo will not go on, for a reason that its keeper can put right; said in Vietnamese and in English."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(vietnamese)
        self.vietnamese = vietnamese
        self.english = english


def reason_of(fault: OSError) -> str:
    """Why the system would not, in Vietnamese where we have the words."""
    return REASONS.get(fault.errno or 0) or fault.strerror or str(fault)
