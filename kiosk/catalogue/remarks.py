"""What editors noted for each other about a source ("cổng ghi 1", "kiến thức chung") is not for citizens to read.

The remarks stay in the source file, where they help whoever verifies a row; screens and paper get the rest.
"""

import re

_EDITORS = (
    r"kiến thức chung|chưa kiểm chứng|nguồn thứ cấp|bản crawl|bản ghi|bản trước còn|ví dụ điển hình|ghi đơn vị"
    r"|cổng (?:quốc gia )?(?:ghi|không|chỉ còn)"
)
_BRACKET = re.compile(rf"\s*\([^()]*(?:{_EDITORS})[^()]*\)", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[–-]\s*kiến thức chung\b", re.IGNORECASE)
_BY_PORTAL = re.compile(r" theo cổng\b", re.IGNORECASE)
_ONLY_AMOUNT = re.compile(r"^Cổng ghi (?=\d{1,3}\.\d{3}\b)")
"""At the beginning of a fee the amount is all there is: it stays, what vouches for it goes."""
_REMARK = re.compile(_EDITORS, re.IGNORECASE)


def for_citizens(text: str) -> str:
    """Return a fee, a time or a note without the editors' remarks: brackets first, then whole parts between semicolons.

    Half a doubtful part would read like a fact, so it goes as a whole; nothing may be left.
    """
    text = _ONLY_AMOUNT.sub("", _BY_PORTAL.sub("", _ASIDE.sub("", _BRACKET.sub("", text))))
    left = "; ".join(part for part in text.split("; ") if part and not _REMARK.search(part))
    return left if text.startswith(left) else left[:1].upper() + left[1:]
