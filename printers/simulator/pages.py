"""Code pages of the printer, as charts of sixteen letters a row from 80 to FF; what is not known is Latin-1.

30 and 31 are TCVN-3, small letters and capitals, as receipt-print-hq/escpos-printer-db (MIT) charts them.
"""

_CHARTS = {
    30: """
        ................ ................ ........ăâêôơưđ. .....àảãáạ.ằẳẵắ.
        ......ặầẩẫấậè.ẻẽ éẹềểễếệìỉ...ĩíịò .ỏõóọồổỗốộờởỡớợù .ủũúụừửữứựỳỷỹýỵ.
    """,
    31: """
        ................ ................ .ĂÂ....Đ..ÊÔƠƯ.. .....ÀẢÃÁẠ.ẰẲẴẮ.
        ......ẶẦẨẪẤẬÈ.ẺẼ ÉẸỀỂỄẾỆÌỈ...ĨÍỊÒ .ỎÕÓỌỒỔỖỐỘỜỞỠỚỢÙ .ỦŨÚỤỪỬỮỨỰỲỶỸÝỴ.
    """,
}
_PAGES = {number: "".join(chart.split()) for number, chart in _CHARTS.items()}
UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"


def letter_of(byte: int, page: int) -> str:
    """Return what a byte prints as on a page."""
    if byte < 0x80 or page not in _PAGES:
        return chr(byte)
    letter = _PAGES[page][byte - 0x80]
    return UNPRINTABLE if letter == "." else letter
