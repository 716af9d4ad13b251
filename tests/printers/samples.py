"""Receipts as the hall prints them (LOOK, pictures 07 and 07b), made by hand so that printers/ is tested alone."""

from kiosk.domain.receipt import (
    Align,
    ChecklistBlock,
    CutBlock,
    NumberBlock,
    QrBlock,
    QueueBlock,
    Receipt,
    RuleBlock,
    Size,
    SpaceBlock,
    TableBlock,
    TextBlock,
)

ADDRESS = "https://moi.vamduoc.camau.gov.vn/t/7Q4KZ2M9XT3HB6WD"
"""As long as a real ticket's: 80 random bits make 16 letters (DESIGN §9)."""


def ticket(number: str = "A027", address: str = ADDRESS) -> Receipt:
    """The ticket of picture 07."""
    return Receipt(
        (
            TextBlock("Trung tâm Phục vụ hành chính công\nxã Vàm Đước, tỉnh Cà Mau", align=Align.CENTRE),
            NumberBlock(number, "Số thứ tự"),
            QueueBlock("A", "Đăng ký khai sinh", "Hộ tịch", icon="baby-carriage"),
            RuleBlock(),
            TableBlock((("Mời tới", "Quầy 1 hoặc 2\nkhu A, bên phải cửa"), ("Phía trước", "3 người\nchờ 10–20 phút"))),
            RuleBlock(),
            TextBlock("Còn thiếu: Giấy chứng sinh.", bold=True),
            TextBlock("Hỏi cán bộ ở quầy cách bổ sung."),
            RuleBlock(),
            QrBlock(address, "Quét mã này", "để xem lượt, xem giấy tờ, đánh giá sau"),
            TextBlock("8:42, Thứ Hai 23/11/2026", size=Size.SMALL, right="Máy 1"),
            CutBlock(),
        ),
        job="01930d3c-7a00-7000-8000-000000000027",
    )


def ticket_in_english() -> Receipt:
    """The same in the other language of this issue; an offline number, a queue without an icon."""
    return Receipt(
        (
            TextBlock("Public Administrative Service Centre of Vàm Đước, Cà Mau", align=Align.CENTRE),
            NumberBlock("A2-015", "Your number"),
            QueueBlock("A", "Birth registration", "Civil status"),
            RuleBlock(),
            TableBlock(
                (("Please go to", "Counter 1 or 2\narea A, right of the door"), ("Ahead", "3 people\n10–20 minutes"))
            ),
            RuleBlock(),
            QrBlock(ADDRESS, "Scan this", "to see your place and the papers, and to rate later"),
            TextBlock("8:42, Monday 23/11/2026", size=Size.SMALL, right="Kiosk 1"),
            CutBlock(),
        )
    )


def checklist() -> Receipt:
    """The checklist of picture 07b."""
    return Receipt(
        (
            TextBlock("Trung tâm Phục vụ hành chính công xã Vàm Đước, tỉnh Cà Mau", align=Align.CENTRE),
            NumberBlock("Đăng ký khai sinh", "Giấy tờ cần có"),
            TextBlock("Trường hợp: cha hoặc mẹ đi, có giấy chứng sinh"),
            RuleBlock(),
            TableBlock((("Lệ phí", "Miễn phí"), ("Trả kết quả", "Trong ngày\nNộp sau 15 giờ: ngày làm việc kế tiếp"))),
            RuleBlock(),
            TextBlock("Giấy tờ phải nộp", bold=True),
            ChecklistBlock(
                (
                    ("Tờ khai đăng ký khai sinh\n1 bản chính, theo mẫu. Đã có", True),
                    (
                        "Giấy chứng sinh\n1 bản chính. Chưa có\nKhông có thì thay bằng văn bản của người làm chứng, "
                        "hoặc giấy cam đoan về việc sinh.",
                        False,
                    ),
                )
            ),
            RuleBlock(dashed=True),
            TextBlock("Chỉ đưa xem rồi nhận lại", bold=True),
            ChecklistBlock(
                (
                    ("Giấy tờ tùy thân\nCăn cước, hộ chiếu… Đã có", True),
                    ("Giấy tờ chứng minh cư trú\nKhỏi mang: cơ quan tự tra dữ liệu dân cư", None),
                )
            ),
            RuleBlock(),
            QrBlock(
                "https://dichvucong.gov.vn/p/1.001193", "Nộp trực tuyến", "Cổng Dịch vụ công quốc gia\nMã 1.001193"
            ),
            RuleBlock(),
            TextBlock(
                "Chỉ cần đúng các giấy tờ này, không phải nộp thêm giấy nào khác.", bold=True, align=Align.CENTRE
            ),
            TextBlock("Theo Quyết định 163/QĐ-BTP", size=Size.SMALL, align=Align.CENTRE),
            SpaceBlock(2),
            CutBlock(),
        )
    )


LONG_NAME = (
    "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường hợp chuyển đổi "
    "quyền sử dụng đất nông nghiệp mà không theo phương án dồn điền, đổi thửa; chuyển nhượng, thừa kế, tặng cho "
    "quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất, góp vốn bằng quyền sử dụng đất, quyền sở hữu tài sản "
    "gắn liền với đất; cho thuê, cho thuê lại quyền sử dụng đất trong dự án xây dựng kinh doanh kết cấu hạ tầng; "
    "bán hoặc tặng cho hoặc để thừa kế hoặc góp vốn bằng tài sản gắn liền với đất thuê của Nhà nước theo hình thức "
    "thuê đất trả tiền hàng năm"
)
"""The longest name of the national portal's catalogue: 569 letters."""


def long_names() -> Receipt:
    """Names as long as the catalogue's longest (569 characters), wherever a name may stand; a little Khmer."""
    return Receipt(
        (
            NumberBlock(LONG_NAME, "Giấy tờ cần có"),
            QueueBlock("Đ", LONG_NAME[:180], "Đất đai, xây dựng", icon="map-2"),
            TableBlock((("Lệ phí", LONG_NAME[:90]), ("Trả kết quả", "Trong 10 ngày làm việc"), ("Nộp", "Quầy 12"))),
            ChecklistBlock(((LONG_NAME, False), (f"Văn bản\n{LONG_NAME}", None))),
            TextBlock("សូមរង់ចាំលេខរបស់អ្នកនៅលើអេក្រង់ Mời xem số trên màn hình"),
            QrBlock(ADDRESS, LONG_NAME[:60], LONG_NAME[:120]),
            CutBlock(),
        )
    )
