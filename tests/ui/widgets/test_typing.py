"""A tone pressed on our keyboard goes where Vietnamese writes it."""

import unicodedata

import pytest
from PySide6.QtCore import Qt

from ui.theme import Metrics, Theme
from ui.widgets import BACKSPACE, CodeSlots, Keyboard, Keypad, SearchField, apply_key
from ui.widgets.typing import TONES

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def keyboard(qtbot: object, theme: Theme) -> Keyboard:
    board = Keyboard(theme, clear="Xóa hết", space="dấu cách", hide="Ẩn bàn phím")
    qtbot.addWidget(board)
    board.resize(1080, board.sizeHint().height())
    board.show()
    return board


@pytest.mark.parametrize(
    ("before", "tone", "after"),
    [
        ("so", "hook", "sỏ"),
        ("sổ đo", "hook", "sổ đỏ"),
        ("thuy", "hook", "thủy"),
        ("xoa", "acute", "xóa"),
        ("toan", "grave", "toàn"),
        ("giay", "acute", "giáy"),
        ("giây", "acute", "giấy"),
        ("đươc", "dot", "được"),
        ("quê", "hook", "quể"),
        ("qua", "grave", "quà"),
        ("gi", "grave", "gì"),
        ("già", "acute", "giá"),
        ("khuya", "hook", "khuỷa"),
        ("ngươi", "grave", "người"),
        ("TIÊNG", "acute", "TIẾNG"),
        ("á", "acute", "a"),
        ("bh", "acute", "bh"),
        ("", "acute", ""),
        ("khai ", "acute", "khai "),
    ],
)
def test_a_tone_finds_its_vowel(before: str, tone: str, after: str) -> None:
    result = apply_key(before, TONES[tone])
    assert result == after
    assert unicodedata.is_normalized("NFC", result)


def test_letters_are_added_and_taken_away() -> None:
    text = ""
    for key in ("s", "ô", TONES["hook"], " ", "đ", BACKSPACE):
        text = apply_key(text, key)
    assert text == "sổ "
    assert apply_key("", BACKSPACE) == ""


def test_every_key_says_what_is_on_it(qtbot: object, keyboard: Keyboard) -> None:
    typed: list[str] = []
    keyboard.key.connect(lambda key: typed.append(key))
    for name in ("1", "ă", "q", "space", "backspace", "dot"):
        qtbot.mouseClick(keyboard.keys[name], LEFT)
    assert typed == ["1", "ă", "q", " ", BACKSPACE, TONES["dot"]]


def test_clear_and_hide_are_told(qtbot: object, keyboard: Keyboard) -> None:
    with qtbot.waitSignals([keyboard.cleared, keyboard.hidden]):
        qtbot.mouseClick(keyboard.keys["clear"], LEFT)
        qtbot.mouseClick(keyboard.keys["hide"], LEFT)


@pytest.mark.parametrize(("dpi", "size"), [(80, (1080, 1920)), (80, (1920, 1080)), (72, (1080, 1920))])
def test_every_key_can_be_hit(qtbot: object, dpi: float, size: tuple[int, int]) -> None:
    theme = Theme("light", Metrics.from_dpi(dpi, *size), reduced_motion=True)
    board = Keyboard(theme, clear="Xóa hết", space="dấu cách", hide="Ẩn bàn phím")
    qtbot.addWidget(board)
    board.resize(size[0], board.sizeHint().height())
    board.show()
    law, gap = theme.mm(12.7), theme.touch("gap_min")
    keys = list(board.keys.values())
    for key in keys:
        assert key.width() >= law, key.objectName()
        assert key.height() >= law, key.objectName()
        assert board.rect().contains(key.geometry())
    for key in keys:
        around = key.geometry().adjusted(1 - gap, 1 - gap, gap - 1, gap - 1)
        assert [other.objectName() for other in keys if other is not key and around.intersects(other.geometry())] == []


def test_the_keyboard_never_takes_the_focus(keyboard: Keyboard) -> None:
    assert {key.focusPolicy() for key in keyboard.keys.values()} == {Qt.FocusPolicy.NoFocus}


def test_keys_without_words_have_a_name(keyboard: Keyboard) -> None:
    assert all(key.accessibleName() or key.text() for key in keyboard.keys.values())


def test_the_search_field_takes_keys_of_both_keyboards(qtbot: object, theme: Theme) -> None:
    field = SearchField(theme, "Tìm theo tên", "khai sinh", active=True)
    qtbot.addWidget(field)
    field.show()
    seen: list[str] = []
    field.changed.connect(lambda text: seen.append(text))
    field.type_key("s")
    field.type_key("ô")
    field.type_key(TONES["hook"])
    qtbot.keyClicks(field, " d")
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert field.text() == "sổ "
    assert seen == ["s", "sô", "sổ", "sổ ", "sổ d", "sổ "]


def test_a_resting_search_field_is_a_button(qtbot: object, theme: Theme) -> None:
    field = SearchField(theme, "Tìm theo tên", "khai sinh")
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.clicked):
        qtbot.mouseClick(field, LEFT)
    with qtbot.waitSignal(field.clicked):
        qtbot.keyClick(field, Qt.Key.Key_Space)
    assert field.text() == ""


def test_setting_the_text_is_no_typing(qtbot: object, theme: Theme) -> None:
    field = SearchField(theme, "Tìm", "", active=True)
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(field.changed, wait=0):
        field.setText("khai sinh")
    assert field.text() == "khai sinh"


def test_the_keypad_gives_digits(qtbot: object, theme: Theme) -> None:
    pad = Keypad(theme, clear="Xóa hết")
    qtbot.addWidget(pad)
    pad.show()
    typed: list[str] = []
    pad.key.connect(lambda key: typed.append(key))
    for name in ("4", "0", "backspace"):
        qtbot.mouseClick(pad.keys[name], LEFT)
    assert typed == ["4", "0", BACKSPACE]
    with qtbot.waitSignal(pad.cleared):
        qtbot.mouseClick(pad.keys["clear"], LEFT)
    assert min(key.height() for key in pad.keys.values()) >= theme.mm(12.7)


def test_slots_keep_a_secret_from_screen_readers(qtbot: object, theme: Theme) -> None:
    slots = CodeSlots(theme, 4, secret=True)
    qtbot.addWidget(slots)
    slots.setText("12345")
    assert slots.text() == "1234"
    assert slots.accessibleName() == "4/4"
