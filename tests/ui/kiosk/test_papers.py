"""A paper's row says what somebody in the hall needs, and blames nobody."""

import pytest

from kiosk.domain.procedure import Document, DocumentKind
from kiosk.flows.kiosk_state import KioskState
from kiosk.i18n import words
from ui.kiosk.gallery import BIRTH, sample_catalogue
from ui.kiosk.papers import missing_in_words, note_here, row_state, title_and_rest

VI = words("vi", "kiosk")


def birth(*have: int) -> KioskState:
    return KioskState(procedure=sample_catalogue().find(BIRTH), have=have)


@pytest.mark.parametrize(
    ("kind", "note", "here"),
    [
        ("submit", "Mẫu giấy khi nộp trực tiếp hoặc bưu chính; nộp trực tuyến thì khai biểu mẫu điện tử", ""),
        ("show", "Xuất trình rồi trả lại; chỉ cần cung cấp số định danh nếu khai thác được từ CSDL", None),
        ("show", "Xuất trình", ""),
        ("show", "Xuất trình bản chính hoặc bản sao", "Xuất trình bản chính hoặc bản sao"),
        ("submit", "02 ảnh khi nộp trực tiếp (kiến thức chung)", "02 ảnh khi nộp trực tiếp"),
        ("submit", "Kiến thức chung", ""),
        ("submit", "Chỉ trường hợp mang thai hộ", "Chỉ trường hợp mang thai hộ"),
    ],
)
def test_a_note_keeps_what_matters_at_the_counter(kind: str, note: str, here: str | None) -> None:
    document = Document("Giấy", DocumentKind(kind), original=1, note=note)
    expected = "chỉ cần cung cấp số định danh nếu khai thác được từ CSDL" if here is None else here
    assert note_here(document) == expected


def test_a_long_names_bracket_goes_below() -> None:
    long = "Giấy tờ tùy thân (hộ chiếu/thẻ CCCD/thẻ căn cước/căn cước điện tử)"
    assert title_and_rest(long) == ("Giấy tờ tùy thân", "hộ chiếu/thẻ CCCD/thẻ căn cước/căn cước điện tử")
    assert title_and_rest("Văn bản ủy quyền (chứng thực)") == ("Văn bản ủy quyền (chứng thực)", "")


def test_nothing_is_called_missing_before_a_paper_was_ticked() -> None:
    state = birth()
    assert state.procedure is not None
    assert row_state(state, state.procedure, 1, VI) == ("missing", "")
    assert missing_in_words(state.procedure, state, VI) == ("Chưa đủ giấy vẫn lấy số được.", "")


def test_what_is_missing_is_said_in_words_and_a_number_can_be_had() -> None:
    state = birth(0, 5)
    assert state.procedure is not None
    assert missing_in_words(state.procedure, state, VI) == ("Còn thiếu 1: Giấy chứng sinh.", "Vẫn lấy số được.")
    assert row_state(state, state.procedure, 1, VI) == ("missing", "Chưa có")
    assert row_state(state, state.procedure, 0, VI) == ("have", "Đã có")
    assert row_state(state, state.procedure, 2, VI) == ("missing", "")


def test_all_papers_are_there() -> None:
    state = birth(0, 1, 5)
    assert state.procedure is not None
    assert missing_in_words(state.procedure, state, VI) == ("Đủ giấy tờ rồi.", "")
