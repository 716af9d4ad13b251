"""What has a sill can be pressed, by finger, mouse and keyboard; what is off says why."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import Metrics, Theme
from ui.widgets import DoorTile, FaceButton, FieldTile, PaperRow, SillButton
from ui.widgets.focus_ring import FocusRing
from ui.widgets.sill_look import KINDS

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def button(qtbot: object, theme: Theme) -> SillButton:
    made = SillButton(theme, "Lấy số")
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    made.show()
    return made


def clicks_of(button: SillButton) -> list[bool]:
    clicks: list[bool] = []
    button.clicked.connect(lambda checked: clicks.append(checked))  # PySide6 cannot call a built-in method as a slot
    return clicks


def test_pressing_lowers_the_face_and_releasing_clicks_once(qtbot: object, button: SillButton) -> None:
    clicks = clicks_of(button)
    qtbot.mousePress(button, LEFT)
    assert button.sunk == 1.0
    assert clicks == []
    qtbot.mouseRelease(button, LEFT)
    assert button.sunk == 0.0
    assert clicks == [False]


def test_the_lowered_face_uncovers_the_ground_above_it(qtbot: object, theme: Theme, button: SillButton) -> None:
    middle = QPoint(button.width() // 2, 1)
    resting = button.grab().toImage().pixelColor(middle).name()
    qtbot.mousePress(button, LEFT)
    pressed = button.grab().toImage().pixelColor(middle).name()
    assert resting == theme.hex("line")
    assert pressed != resting
    qtbot.mouseRelease(button, LEFT)


def test_a_finger_clicks_once(qtbot: object, button: SillButton) -> None:
    clicks = clicks_of(button)
    device = QTest.createTouchDevice()
    place = button.rect().center()
    QTest.touchEvent(button, device).press(0, place, button).commit()
    assert button.isDown()
    QTest.touchEvent(button, device).release(0, place, button).commit()
    assert clicks == [False]


def test_sliding_off_the_button_does_not_click(qtbot: object, button: SillButton) -> None:
    clicks = clicks_of(button)
    qtbot.mousePress(button, LEFT)
    qtbot.mouseMove(button, QPoint(-40, -40))
    qtbot.mouseRelease(button, LEFT, pos=QPoint(-40, -40))
    assert clicks == []
    assert button.sunk == 0.0


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_the_keyboard_presses_too(qtbot: object, button: SillButton, key: Qt.Key) -> None:
    clicks = clicks_of(button)
    qtbot.keyPress(button, key)
    assert button.sunk == 1.0
    qtbot.keyRelease(button, key)
    assert clicks == [False]


def test_holding_a_key_down_clicks_once(qtbot: object, button: SillButton) -> None:
    clicks = clicks_of(button)
    qtbot.keyPress(button, Qt.Key.Key_Space)
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
        button.event(QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", True))
    qtbot.keyRelease(button, Qt.Key.Key_Space)
    assert clicks == [False]


def test_the_corner_of_the_sill_is_part_of_the_target(qtbot: object, button: SillButton) -> None:
    clicks = clicks_of(button)
    qtbot.mouseClick(button, LEFT, pos=QPoint(1, button.height() - 2))
    assert clicks == [False]


def test_what_is_off_says_why_instead_of_clicking(qtbot: object, button: SillButton) -> None:
    clicks, reasons = clicks_of(button), []
    button.asked_why.connect(lambda reason: reasons.append(reason))
    button.set_off("Máy đang hết giấy")
    qtbot.mouseClick(button, LEFT)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    button.click()
    assert clicks == []
    assert reasons == ["Máy đang hết giấy"] * 3
    assert button.sunk == 0.0
    assert button.accessibleDescription() == "Máy đang hết giấy"


def test_what_is_off_has_no_sill_and_gets_it_back(button: SillButton) -> None:
    assert button.sill_height() > 0
    button.set_off("why")
    assert button.sill_height() == 0
    button.set_off(None)
    assert button.sill_height() > 0
    assert button.off is None


def test_a_chosen_thing_changes_more_than_its_colour(picture: Callable[..., QImage], theme: Theme) -> None:
    rest, chosen = SillButton(theme, "Chữ to"), SillButton(theme, "Chữ to", chosen=True)
    assert chosen.sizeHint().width() > rest.sizeHint().width()  # the tick
    assert picture(rest, 300).pixelColor(150, 4).name() == theme.hex("surface")
    assert picture(chosen, 300).pixelColor(150, 4).name() == theme.hex("tint")


def test_a_button_shown_as_chosen_does_not_toggle_by_itself(qtbot: object, button: SillButton) -> None:
    button.set_chosen(True)
    qtbot.mouseClick(button, LEFT)
    assert button.chosen


def test_a_checkable_button_toggles(qtbot: object, theme: Theme) -> None:
    button = SillButton(theme, "Chờ lâu", box=True, checkable=True)
    qtbot.addWidget(button)
    clicks = clicks_of(button)
    qtbot.mouseClick(button, LEFT)
    qtbot.mouseClick(button, LEFT)
    assert clicks == [True, False]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_at_least_as_large_as_the_law_wants(qtbot: object, any_theme: Theme, kind: str) -> None:
    button = SillButton(any_theme, "x", kind=kind, trail="")
    qtbot.addWidget(button)
    law = any_theme.mm(12.7)
    for size in (button.sizeHint(), button.minimumSizeHint()):
        assert size.width() >= law
        assert size.height() >= law
    assert button.heightForWidth(law) >= law


@pytest.mark.parametrize("types", ["tablet", "clerk"])
def test_nearer_screens_keep_the_law_as_well(qtbot: object, types: str) -> None:
    theme = Theme("light", Metrics.from_dpi(96, 1366, 768), types=types)
    for kind in KINDS:
        button = SillButton(theme, "x", kind=kind, trail="", height=1)
        qtbot.addWidget(button)
        assert button.heightForWidth(500) >= theme.mm(12.7)


def test_words_wrap_and_make_the_button_higher(qtbot: object, theme: Theme) -> None:
    button = SillButton(theme, "Liên thông khai sinh, thường trú, bảo hiểm y tế", note="Tối đa 20 ngày làm việc")
    qtbot.addWidget(button)
    assert button.heightForWidth(320) > button.heightForWidth(1200)
    assert button.minimumSizeHint().width() < 320


def test_ampersands_are_shown_and_read_as_they_are(qtbot: object, theme: Theme) -> None:
    button = SillButton(theme, "A & B")
    qtbot.addWidget(button)
    assert button.text() == "A && B"
    assert button.accessibleName() == "A & B"


def test_motion_is_run_but_never_waited_for(qtbot: object) -> None:
    theme = Theme("light", Metrics.from_dpi(80, 1080, 1920))
    button = SillButton(theme, "Lấy số")
    qtbot.addWidget(button)
    button.show()
    clicks = clicks_of(button)
    qtbot.mouseClick(button, LEFT)
    assert clicks == [False]
    qtbot.waitUntil(lambda: button.sunk == 0.0)


def test_the_ring_stands_around_what_the_keyboard_is_on_and_not_around_a_touched_button(
    qtbot: object, theme: Theme
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    first, second = SillButton(theme, "Một"), SillButton(theme, "Hai")
    row.addWidget(first)
    row.addWidget(second)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(first.hasFocus)
    assert window.findChild(FocusRing) is None  # the window gave the focus, no key did
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    ring = window.findChild(FocusRing)
    assert ring is not None
    assert ring.isVisible()
    assert ring.target is second
    assert ring.geometry().contains(second.geometry())
    qtbot.mouseClick(first, LEFT)
    assert first.hasFocus()
    assert not ring.isVisible()


def test_the_ring_goes_with_the_widget_it_marks(qtbot: object, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = SillButton(theme, "Một", parent=window)
    button.move(100, 100)
    window.show()
    button.show_ring()
    ring = window.findChild(FocusRing)
    button.move(200, 100)
    assert ring.geometry().center().x() == pytest.approx(button.geometry().center().x(), abs=1)
    button.hide()
    assert not ring.isVisible()


def test_an_unknown_kind_is_refused(qapp: object, theme: Theme) -> None:
    with pytest.raises(ValueError, match="fancy"):
        SillButton(theme, "x", kind="fancy")


@pytest.mark.parametrize("state", ["have", "missing"])
def test_a_paper_that_is_there_or_missing_can_be_touched(qtbot: object, theme: Theme, state: str) -> None:
    row = PaperRow(theme, "Giấy chứng sinh", "1 bản chính", state=state, state_word="Chưa có")
    qtbot.addWidget(row)
    with qtbot.waitSignal(row.clicked):
        qtbot.mouseClick(row, LEFT)
    assert row.state == state  # the flow decides what a touch means
    assert row.accessibleName() == "Giấy chứng sinh. 1 bản chính. Chưa có"


def test_a_paper_that_is_not_needed_is_only_read(qtbot: object, theme: Theme) -> None:
    row = PaperRow(theme, "Giấy tờ chứng minh cư trú", state="not_needed", state_word="Khỏi mang")
    qtbot.addWidget(row)
    assert not row.pressable
    assert row.sill_height() == 0
    with qtbot.assertNotEmitted(row.clicked, wait=0):
        row.click()


def test_a_missing_paper_is_brown_and_never_red(theme: Theme, picture: Callable[..., QImage]) -> None:
    row = PaperRow(theme, "Giấy chứng sinh", state="missing", state_word="Chưa có")
    assert row.look().sill == "need"
    with pytest.raises(ValueError, match="lost"):
        row.set_state("lost", "")
    image = picture(row, 900)
    alarm = theme.hex("alarm")
    assert alarm not in {image.pixelColor(x, y).name() for x in range(0, 900, 3) for y in range(0, image.height(), 3)}


def test_tiles_and_faces_click_like_any_button(qtbot: object, theme: Theme) -> None:
    tiles = [
        DoorTile(theme, "Tra cứu hồ sơ", None, "file-search"),
        FieldTile(theme, "A", "Hộ tịch", "Khai sinh"),
        FieldTile(theme, "Z", "Khác", stack=True),
        FaceButton(theme, "very_good", "Rất hài lòng"),
        FaceButton(theme, "skip", "Không đánh giá"),
    ]
    for tile in tiles:
        qtbot.addWidget(tile)
        tile.resize(tile.sizeHint())
        with qtbot.waitSignal(tile.clicked):
            qtbot.mouseClick(tile, LEFT, pos=QPointF(tile.width() / 2, tile.height() / 2).toPoint())


def test_the_sill_of_a_field_has_the_colour_of_its_queue(theme: Theme, picture: Callable[..., QImage]) -> None:
    image = picture(FieldTile(theme, "B", "Chứng thực"), 480)
    assert image.pixelColor(240, image.height() - 2).name() == theme.hex("queue:B")


def test_all_answers_of_the_rating_are_equally_large(qtbot: object) -> None:
    theme = Theme("light", Metrics.from_dpi(149, 1280, 800), types="tablet")
    buttons = [FaceButton(theme, face, "x") for face in ("very_good", "good", "bad", "very_bad", "skip")]
    for button in buttons:
        qtbot.addWidget(button)
    assert len({button.sizeHint().toTuple() for button in buttons}) == 1
    looks = {button.look() for button in buttons}
    assert len(looks) == 1
