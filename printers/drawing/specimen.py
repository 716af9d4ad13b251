"""A ticket that nobody gets: drawn once before the hall opens, so that the first citizen's is as quick as the next."""

from kiosk.domain.receipt import (
    Align,
    CutBlock,
    NumberBlock,
    QrBlock,
    QueueBlock,
    Receipt,
    RuleBlock,
    Size,
    TableBlock,
    TextBlock,
)

_ADDRESS = "https://example.invalid/"
_LENGTHS = (40, 50, 60, 80)
"""Letters of ticket addresses as centres have them: the sizes of code these make are got ready."""


def specimen() -> Receipt:
    """Return a receipt with all that a ticket has: typefaces at their sizes, door, doorway, lines, codes."""
    return Receipt(
        (
            TextBlock("Trung tâm", align=Align.CENTRE),
            TextBlock("Bản in lại", align=Align.CENTRE, bold=True),
            NumberBlock("A0123", "Số của bạn"),
            NumberBlock("A4567", "Số của bạn"),
            NumberBlock("A089", "Số của bạn"),
            QueueBlock("A", "Đăng ký", "Hộ tịch"),
            RuleBlock(),
            TableBlock((("Mời tới", "Quầy 1 hoặc 2\nkhu A"), ("Phía trước", "0123456789 người\nchờ 10–20 phút"))),
            TextBlock("Còn thiếu: Giấy.", bold=True),
            TextBlock("Hỏi cán bộ ở quầy."),
            *(QrBlock(_ADDRESS.ljust(length, "a"), "Quét mã này", "để xem") for length in _LENGTHS),
            TextBlock("0:00, Thứ Hai 01/01/2026", Size.SMALL, right="Máy 1"),
            TextBlock("Bản hướng dẫn.", Size.SMALL, Align.CENTRE),
            CutBlock(),
        )
    )
