"""Header, sheet, way on and bar stand where they stand, in every language, size and theme."""

import itertools

import pytest
from PySide6.QtCore import QAbstractAnimation, QPoint, Qt
from PySide6.QtWidgets import QWidget

from ui.theme import THEMES, Metrics, Theme
from ui.widgets import AccessBar, DoorFrame, DoorSheet, Keyboard, NavRow, SillButton, Stage, TextLabel, WallHeader

LEFT = Qt.MouseButton.LeftButton
LABELS = {
    "vi": {"text_size": "Chữ to", "contrast": "Màu rõ", "listen": "Nghe đọc", "lower": "Hạ thấp"},
    "en": {"text_size": "Text size", "contrast": "Contrast", "listen": "Listen", "lower": "Lower"},
}
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English"), ("km", "ខ្មែរ")]
SIZES = {"standing": (1080, 1920), "lying": (1920, 1080)}


def make_bar(theme: Theme, language: str = "vi") -> AccessBar:
    return AccessBar(theme, labels=LABELS[language], languages=LANGUAGES, language=language)


def make_frame(theme: Theme, language: str = "vi", shape: str = "low") -> DoorFrame:
    header = WallHeader(theme, "Trung tâm Phục vụ hành chính công", "Xã Vàm Đước", clock="8:42")
    nav = NavRow(theme, back="Quay lại" if language == "vi" else "Back", help="Gọi giúp")
    return DoorFrame(theme, shape, header=header, nav=nav, bar=make_bar(theme, language))


def kiosk(name: str = "light", size: str = "standing", step: float = 1.0) -> Theme:
    return Theme(name, Metrics.from_dpi(80, *SIZES[size]), text_step=step, reduced_motion=True)


def shown(qtbot: object, widget: QWidget, size: tuple[int, int]) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(*size)
    widget.show()
    return widget


def test_nav_and_bar_do_not_move_between_languages_and_screens(qtbot: object) -> None:
    places = set()
    for language, shape in itertools.product(("vi", "en"), ("low", "high", "lowered")):
        frame = shown(qtbot, make_frame(kiosk(), language, shape), SIZES["standing"])
        places.add((frame.nav.geometry().getRect(), frame.bar.y()))
    assert len(places) == 1


def test_the_body_stands_between_header_and_nav_inside_the_margins(qtbot: object) -> None:
    for size, shape in itertools.product(SIZES, ("low", "high", "none")):
        theme = kiosk(size=size)
        frame = shown(qtbot, make_frame(theme, shape=shape), SIZES[size])
        body = frame.body.parentWidget().geometry()
        assert body.left() == theme.margin
        assert body.bottom() < frame.nav.y()
        assert body.top() >= frame.sheet.y()
        assert frame.body_size() == body.size()


def test_only_a_keyboard_lifts_the_way_on(qtbot: object) -> None:
    theme = kiosk()
    frame = shown(qtbot, make_frame(theme), SIZES["standing"])
    before = frame.nav.y()
    frame.set_tray(Keyboard(theme, clear="Xóa hết", space="dấu cách", hide="Ẩn"))
    assert frame.nav.geometry().bottom() < frame.tray.y()
    assert frame.tray.geometry().bottom() < frame.bar.y()
    assert frame.bar.y() == SIZES["standing"][1] - frame.bar.height()
    frame.set_tray(None)
    assert frame.nav.y() == before


def test_the_reach_line_can_lower_the_sheet(qtbot: object) -> None:
    theme = kiosk()
    nav = NavRow(theme, help="Gọi giúp")
    frame = DoorFrame(theme, "lowered", nav=nav, bar=make_bar(theme), top=806)
    shown(qtbot, frame, SIZES["standing"])
    assert frame.sheet.y() == 806


def test_an_arch_is_lit_from_inside_and_shows_the_wall_at_its_shoulders(qtbot: object) -> None:
    theme = kiosk()
    frame = shown(qtbot, make_frame(theme, shape="high"), SIZES["standing"])
    image = frame.grab().toImage()
    top = frame.sheet.y()
    assert image.pixelColor(540, top + 40).name() == theme.hex("paper")
    assert image.pixelColor(4, top + 20).name() != theme.hex("paper")


def test_contrast_themes_have_straight_sheets(qtbot: object) -> None:
    sheet = DoorSheet(kiosk("hc_dark"), "high")
    qtbot.addWidget(sheet)
    assert sheet.arch_height == 0
    with pytest.raises(ValueError, match="round"):
        DoorSheet(kiosk(), "round")


def test_help_and_back_are_told(qtbot: object) -> None:
    nav = NavRow(kiosk(), back="Quay lại", help="Gọi giúp")
    shown(qtbot, nav, (900, 150))
    with qtbot.waitSignals([nav.back_clicked, nav.help_clicked]):
        qtbot.mouseClick(nav.findChild(SillButton, "back"), LEFT)
        qtbot.mouseClick(nav.findChild(SillButton, "help"), LEFT)


def test_the_middle_of_the_nav_can_be_replaced(qtbot: object) -> None:
    theme = kiosk()
    nav = NavRow(theme, back="Quay lại", help="Gọi giúp")
    shown(qtbot, nav, (900, 150))
    for _ in range(3):
        nav.set_middle(SillButton(theme, "Lấy số", kind="next"))
    places = [nav.back.x(), nav.help.x()]
    assert nav.middle.width() > nav.back.width()
    nav.set_middle(None)
    assert [nav.back.x(), nav.help.x()] == places


def test_the_bar_tells_options_and_languages(qtbot: object) -> None:
    bar = shown(qtbot, make_bar(kiosk()), (1080, 172))
    told: list[str] = []
    bar.option_clicked.connect(lambda name: told.append(name))
    bar.language_clicked.connect(lambda code: told.append(code))
    for name in (*LABELS["vi"], *(f"lang_{code}" for code, _ in LANGUAGES)):
        qtbot.mouseClick(bar.findChild(QWidget, name), LEFT)
    assert told == ["text_size", "contrast", "listen", "lower", "vi", "en", "km"]


def test_the_bar_shows_what_is_on_without_toggling_by_itself(qtbot: object) -> None:
    bar = shown(qtbot, make_bar(kiosk()), (1080, 172))
    qtbot.mouseClick(bar.options["contrast"], LEFT)
    assert not bar.options["contrast"].chosen
    bar.set_chosen({"contrast"})
    assert [name for name, button in bar.options.items() if button.chosen] == ["contrast"]
    assert [code for code, button in bar.languages.items() if button.chosen] == ["vi"]


@pytest.mark.parametrize("step", [1.0, 1.2, 1.4, 1.6])
@pytest.mark.parametrize("name", THEMES)
def test_the_bar_has_room_for_its_words_and_for_fingers(qtbot: object, name: str, step: float) -> None:
    for language, size in itertools.product(LABELS, SIZES):
        theme = kiosk(name, size, step)
        bar = make_bar(theme, language)
        bar.set_chosen(LABELS[language])
        shown(qtbot, bar, (SIZES[size][0], bar.height()))
        for button in (*bar.options.values(), *bar.languages.values()):
            assert button.width() >= button.minimumSizeHint().width(), button.text()
            assert min(button.width(), button.height()) >= theme.mm(12.7)
            assert bar.rect().contains(button.mapTo(bar, QPoint(button.width() - 1, button.height() - 1)))


def test_the_stage_keeps_one_screen_and_deletes_the_other(qtbot: object) -> None:
    stage = Stage(kiosk())
    shown(qtbot, stage, (300, 300))
    first, second = TextLabel(kiosk(), "một"), TextLabel(kiosk(), "hai")
    stage.show_screen(first)
    gone: list[bool] = []
    first.destroyed.connect(lambda: gone.append(True))
    stage.show_screen(second, "back")
    assert stage.screen is second
    assert second.size() == stage.size()
    qtbot.waitUntil(lambda: gone == [True])
    with pytest.raises(ValueError, match="sideways"):
        stage.show_screen(second, "sideways")


def test_a_new_question_can_be_used_while_it_still_slides(qtbot: object) -> None:
    theme = Theme("light", Metrics.from_dpi(80, 1080, 1920))
    stage = Stage(theme)
    shown(qtbot, stage, SIZES["standing"])
    stage.show_screen(make_frame(theme), "cut")
    frame = make_frame(theme)
    button = SillButton(theme, "Lấy số")
    frame.body.addWidget(button)
    stage.show_screen(frame, "forward")
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, LEFT)
    rest = frame.sheet.y() + frame.sheet.body_top(theme.margin)
    qtbot.waitUntil(lambda: frame.body.parentWidget().y() == rest)


def test_a_stage_that_is_to_stand_still_ends_the_slide_where_it_leads(qtbot: object) -> None:
    theme = Theme("light", Metrics.from_dpi(80, 1080, 1920))
    stage = Stage(theme)
    shown(qtbot, stage, SIZES["standing"])
    stage.settle()  # before there is anything
    stage.show_screen(make_frame(theme), "cut")
    stage.settle()
    frame = make_frame(theme)
    stage.show_screen(frame, "forward")
    rest = frame.sheet.y() + frame.sheet.body_top(theme.margin)
    assert frame.body.parentWidget().y() != rest
    stage.settle()
    assert frame.body.parentWidget().y() == rest
    assert frame._slide.state() is QAbstractAnimation.State.Stopped
