import pytest

from kiosk.domain.procedure import Document, DocumentKind, Procedure, TimeUnit
from kiosk.domain.procedure_words import copies_in_words, fee_in_words, fee_says_more, time_in_words
from kiosk.i18n import words

VI, EN = words("vi", "catalogue"), words("en", "catalogue")


def paper(original: int, copy: int, name: str = "Giấy", note: str = "", kind: str = "submit") -> Document:
    return Document(name, DocumentKind(kind), original, copy, note)


@pytest.mark.parametrize(
    ("document", "vi", "en"),
    [
        (paper(1, 0), "1 bản chính", "1 original"),
        (paper(2, 0), "2 bản chính", "2 originals"),
        (paper(0, 1), "1 bản sao", "1 copy"),
        (paper(0, 3), "3 bản sao", "3 copies"),
        (paper(1, 1), "bản chính hoặc bản sao", "original or copy"),
        (paper(1, 2), "1 bản chính, 2 bản sao", "1 original, 2 copies"),
        (paper(1, 0, note="Bản chính hoặc bản sao có chứng thực"), "bản chính hoặc bản sao", "original or copy"),
        (paper(1, 0, name="Ảnh 4×6 cm"), "", ""),
        (paper(0, 0, kind="note"), "", ""),
    ],
)
def test_copies_are_said_in_words_and_one_of_each_means_or(document: Document, vi: str, en: str) -> None:
    assert copies_in_words(document, VI) == vi
    assert copies_in_words(document, EN) == en


def procedure(
    days: int | None = None,
    unit: TimeUnit | None = None,
    fee: int | None = None,
    fee_text: str = "",
    sure: bool = True,
) -> Procedure:
    return Procedure(
        "1.001193", "1.001193", "n", "s", "e", "f", "commune", False, (),
        time_limit_days=days, time_unit=unit, fee_vnd=fee, fee_text=fee_text, time_verified=sure, fee_verified=sure,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "vi", "en"),
    [
        (procedure(0, TimeUnit.SAME_DAY), "Trong ngày", "Same day"),
        (procedure(0, TimeUnit.SAME_DAY, sure=False), "Thường trong ngày", "Usually the same day"),
        (procedure(1, TimeUnit.WORKING_DAY), "1 ngày làm việc", "1 working day"),
        (procedure(7, TimeUnit.WORKING_DAY), "7 ngày làm việc", "7 working days"),
        (procedure(7, TimeUnit.WORKING_DAY, sure=False), "Khoảng 7 ngày làm việc", "About 7 working days"),
        (procedure(1, TimeUnit.CALENDAR_DAY), "1 ngày", "1 day"),
        (procedure(15, TimeUnit.CALENDAR_DAY), "15 ngày", "15 days"),
        (procedure(), "Hỏi tại quầy", "Ask at the counter"),
        (procedure(1, None), "Hỏi tại quầy", "Ask at the counter"),
    ],
)
def test_time_is_said_in_words_and_never_invented(given: Procedure, vi: str, en: str) -> None:
    assert time_in_words(given, VI) == vi
    assert time_in_words(given, EN) == en


@pytest.mark.parametrize(
    ("given", "vi", "en", "more"),
    [
        (procedure(fee=0, fee_text="Miễn phí"), "Miễn phí", "Free", False),
        (procedure(fee=0, fee_text="Miễn phí (HĐND tỉnh quy định)"), "Thường miễn phí", "Usually free", True),
        (procedure(fee=0, fee_text="Miễn phí", sure=False), "Thường miễn phí", "Usually free", False),
        (procedure(fee=0), "Thường miễn phí", "Usually free", False),
        (procedure(fee=50000, fee_text="50.000 đồng/thẻ"), "50.000 đồng", "50,000 VND", True),
        (procedure(fee=1500000, fee_text="x", sure=False), "Khoảng 1.500.000 đồng", "About 1,500,000 VND", True),
        (procedure(fee_text="Do HĐND tỉnh quyết định"), "Theo mức tỉnh quy định", "Set by the province", True),
        (procedure(fee_text="7.000 hoặc 10.000 đồng"), "Tùy trường hợp", "Depends on the case", True),
        (procedure(fee_text="Cổng không có thông tin"), "Hỏi tại quầy", "Ask at the counter", True),
        (procedure(), "Hỏi tại quầy", "Ask at the counter", False),
    ],
)
def test_a_fee_is_said_in_words_and_free_only_where_its_text_says_so(
    given: Procedure, vi: str, en: str, more: bool
) -> None:
    assert fee_in_words(given, VI) == vi
    assert fee_in_words(given, EN) == en
    assert fee_says_more(given) is more
