"""Citizens read fees and times, not what editors noted about the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue.remarks import for_citizens
from kiosk.catalogue.store import load
from tools.command_line import DEMO_CATALOGUE


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Miễn phí", "Miễn phí"),
        ("Cấp lần đầu không thu lệ phí (kiến thức chung; cổng không có thông tin)", "Cấp lần đầu không thu lệ phí"),
        ("Cổng không có thông tin (không thu – kiến thức chung)", ""),
        ("Cổng ghi 3", ""),
        ("12 ngày làm việc; cổng ghi 22 ở dòng trực tiếp (vùng khó khăn +10)", "12 ngày làm việc"),
        ("Tối đa 45 ngày theo cổng (đổi thẻ đơn giản ngắn hơn)", "Tối đa 45 ngày (đổi thẻ đơn giản ngắn hơn)"),
        ("Cổng ghi 5.000 (danh sách) và 7.000 đồng/lần", "5.000 (danh sách) và 7.000 đồng/lần"),
        ("Không phụ thuộc nơi cư trú (kiến thức chung).", "Không phụ thuộc nơi cư trú."),
        ("Bản ghi có 7 trường hợp; đây là trường hợp tàu đóng mới.", "Đây là trường hợp tàu đóng mới."),
        ("Nộp qua Cổng Dịch vụ công; nhận tại quầy", "Nộp qua Cổng Dịch vụ công; nhận tại quầy"),
    ],
)
def test_remarks_go_and_facts_stay(text: str, left: str) -> None:
    assert for_citizens(text) == left


@given(st.text(alphabet="ab ;().–"))
def test_a_text_without_remarks_keeps_its_words(text: str) -> None:
    assert for_citizens(text).lower().replace("; ", "") == "".join(text.split("; ")).lower()


def test_the_procedures_that_are_shown_hold_no_remark() -> None:
    procedures = load(DEMO_CATALOGUE).procedures
    texts = [t for p in procedures for t in (p.fee_text, p.time_text, p.note, *(d.note for d in p.documents))]
    assert [t for t in texts if for_citizens(t) != t] == []
