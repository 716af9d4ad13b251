import pytest

from kiosk.catalogue.rules import PROCEDURE_CODE, is_conditional, kind_of, portal_page, same_day_until_15
from kiosk.domain.procedure import DocumentKind


@pytest.mark.parametrize(
    ("note", "original", "copy", "kind"),
    [
        ("", 1, 0, DocumentKind.SUBMIT),
        ("", 0, 1, DocumentKind.SUBMIT),
        ("", 0, 0, DocumentKind.NOTE),
        ("Xuất trình rồi trả lại", 1, 0, DocumentKind.SHOW),
        ("Xuất trình; chỉ khi không khai thác được từ CSDL", 1, 0, DocumentKind.SHOW),
        ("xuất trình", 1, 1, DocumentKind.SHOW),
        ("Xuất trình bản chính để đối chiếu", 0, 1, DocumentKind.SUBMIT),
        ("Do cơ quan in từ CSDL; công dân không phải chuẩn bị", 1, 0, DocumentKind.NOTE),
    ],
)
def test_the_note_and_the_counts_say_what_happens_to_a_paper(
    note: str, original: int, copy: int, kind: DocumentKind
) -> None:
    assert kind_of(note, original, copy) is kind


@pytest.mark.parametrize(
    "note",
    [
        "Chỉ trường hợp mang thai hộ",
        "Chỉ khi ủy quyền; ông, bà thì không phải chứng thực",
        "Xuất trình; chỉ khi cơ quan không khai thác được từ CSDL quốc gia về dân cư",
        "Nếu có",
        "Khi không có chứng cứ nêu trên",
        "Theo trường hợp",
        "Hộ gia đình",
    ],
)
def test_a_note_that_limits_a_paper_to_some_makes_it_conditional(note: str) -> None:
    assert is_conditional(note)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "Xuất trình rồi trả lại; chỉ cần cung cấp số định danh nếu khai thác được từ CSDL",
        "Mẫu giấy khi nộp trực tiếp hoặc bưu chính; nộp trực tuyến thì khai biểu mẫu điện tử",
        "02 ảnh khi nộp trực tiếp",
        "Không có thì văn bản của người làm chứng; không phải nộp nếu có bản điện tử ký số",
    ],
)
def test_a_note_that_is_for_everybody_does_not(note: str) -> None:
    assert not is_conditional(note)


def test_the_15_oclock_rule_is_found_in_the_words_of_the_time() -> None:
    assert same_day_until_15("Trong ngày; hồ sơ nhận sau 15 giờ thì trả ngày làm việc tiếp theo")
    assert same_day_until_15("Trong ngày; nhận sau 15h00 thì ngày làm việc tiếp theo")
    assert not same_day_until_15("15 ngày làm việc")
    assert not same_day_until_15("sau 15 ngày")


def test_national_and_provincial_codes_are_codes_and_nothing_else_is() -> None:
    for code in ("1.001193", "3.000228", "1.014028.H38", "1.001193.000.00.00.H41"):
        assert PROCEDURE_CODE.fullmatch(code)
    for code in ("", "1.00119", "1,001193", "T-DLA-1", "1.001193.", "H12.14-240823-0001"):
        assert not PROCEDURE_CODE.fullmatch(code)


def test_only_a_page_of_the_portal_counts_as_one() -> None:
    assert portal_page("public registry; dichvucong.gov.vn p/home") == ""
    assert portal_page("x; page https://dichvucong.gov.vn/a-b/1; y") == "https://dichvucong.gov.vn/a-b/1"
